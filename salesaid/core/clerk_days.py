"""Days written in two columns, 月 and 日, as printed account books have them: read as one column of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from salesaid.core.clerk import Block, ClerkSheet, Line, Merge
from salesaid.core.clerk_header import WITHIN
from salesaid.core.clerk_reshaped import Reshaped

_YEAR = re.compile(r"(20[0-9]{2}) *年?(?:度)?")
_PART = re.compile(r"[0-9]{1,2}")
_WHOLE_YEAR = re.compile(r"20[0-9]{2}")


class _Place(NamedTuple):
    """Where 月 stands, with 日 beside it; the year that stands above both, or whether 年 is a column before them."""

    row: int
    at: int
    year: str
    has_years: bool


def with_whole_days(sheet: ClerkSheet) -> ClerkSheet:
    """The sheet, or one that shows each row's day in the column of its month."""
    place = _place(sheet.head(WITHIN))
    return sheet if place is None else _WholeDays(sheet, place)


def _place(lines: Sequence[Line]) -> _Place | None:
    above: Line | None = None
    for line in lines:
        words = [text.strip() for text in line.texts]
        for at, pair in enumerate(pairwise(words)):
            if pair == ("月", "日"):
                top = above.texts[at] if above is not None and at < len(above.texts) else ""
                year = _YEAR.fullmatch(top.strip())
                return _Place(line.number, at, year[1] if year else "", at > 0 and words[at - 1] == "年")
        above = line
    return None


class _Days:
    """Joins the parts of one row's day after the other: a blank month, or year, is that of the row above."""

    def __init__(self, place: _Place) -> None:
        self._place = place
        self._year = place.year
        self._month = ""

    def joined(self, number: int, texts: list[str]) -> list[str]:
        """A row with its day in one cell; one whose parts are no figures stays as it is."""
        at = self._place.at
        if number < self._place.row:
            return self._without_year(texts) if number == self._place.row - 1 else texts
        if len(texts) <= at + 1:
            return texts
        if number == self._place.row:
            return self._put(texts, "日期")
        self._remember(texts)
        day = texts[at + 1].strip()
        if texts[at].strip() not in {"", self._month} or not _PART.fullmatch(day) or not self._month:
            return texts
        return self._put(texts, f"{self._year}年{self._month}月{day}日" if self._year else f"{self._month}月{day}日")

    def _remember(self, texts: Sequence[str]) -> None:
        at = self._place.at
        if self._place.has_years and _WHOLE_YEAR.fullmatch(texts[at - 1].strip()):
            self._year = texts[at - 1].strip()
        if _PART.fullmatch(texts[at].strip()):
            self._month = texts[at].strip()

    def _put(self, texts: Sequence[str], day: str) -> list[str]:
        at = self._place.at
        new = [*texts]
        new[at : at + 2] = [day, ""]
        if self._place.has_years:
            new[at - 1] = ""
        return new

    def _without_year(self, texts: Sequence[str]) -> list[str]:
        at = self._place.at
        return [*texts[:at], "", *texts[at + 1 :]] if self._place.year else [*texts]


class _WholeDays(Reshaped):
    """A sheet whose days stand in one column."""

    def __init__(self, sheet: ClerkSheet, place: _Place) -> None:
        super().__init__(sheet)
        self._place = place

    @property
    def merged(self) -> Sequence[Merge]:
        """The merged ranges but that of the year above both columns."""
        top = self._place.row - 1
        return [one for one in self._sheet.merged if (one.top, one.left) != (top, self._place.at)]

    def head(self, count: int) -> list[Line]:
        """The first rows, each day in one cell."""
        days = _Days(self._place)
        return [Line(line.number, days.joined(*line)) for line in self._sheet.head(count)]

    def blocks(self, below: int, width: int) -> Iterator[Block]:
        """The rows below a row, each day in one cell."""
        days = _Days(self._place)
        for numbers, rows in self._sheet.blocks(below, width):
            yield numbers, [days.joined(number, row) for number, row in zip(numbers, rows, strict=True)]
