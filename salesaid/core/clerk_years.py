"""Where the days of a sheet that says no years go on into the next one: 12月28日, 12月30日, 1月3日."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_MONTH = slice(5, 7)
_LATE, _EARLY = "10", "03"  # a year turns between months as late and as early as these
_DISORDER = 2  # steps against the order of the other rows


class _Step(NamedTuple):
    """From the month of one row to another month in the next."""

    row: int
    before: str
    after: str

    @property
    def is_wide(self) -> bool:
        return min(self.before, self.after) <= _EARLY and max(self.before, self.after) >= _LATE


class YearTurn:
    """Looks at the days of a sheet, all read as of one year, from top to bottom."""

    def __init__(self) -> None:
        self._month = ""
        self._later: list[_Step] = []  # the first few
        self._earlier: list[_Step] = []

    def look(self, numbers: Sequence[int], days: Sequence[str]) -> None:
        """Take some rows: their numbers, and their days as ISO texts; blank ones do not matter."""
        for number, day in zip(numbers, days, strict=True):
            month = day[_MONTH]
            if not month or month == self._month:
                continue
            steps = self._later if month > self._month else self._earlier
            if self._month and len(steps) < _DISORDER:
                steps.append(_Step(number, self._month, month))
            self._month = month

    def row(self) -> int | None:
        """The row where another year seems to begin; None where the days lie in one year, or in no order at all.

        They are in order but for one step from the end of a year to its beginning; in a sheet whose newest rows come
        first, the other way round. Of two months only December and January after it are told.
        """
        if len(self._earlier) == 1 and (self._later or self._earlier[0][1:] == ("12", "01")):
            steps = self._earlier
        elif len(self._later) == 1 and self._earlier:
            steps = self._later
        else:
            return None
        return steps[0].row if steps[0].is_wide else None
