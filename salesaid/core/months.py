"""The kind of cell that names a month: 2026-11, whichever way it was written."""

from __future__ import annotations

import re
from datetime import date

from salesaid.core.dates import parse_date
from salesaid.core.kinds import IN_FILES, Kind, Reading
from salesaid.core.reading import Unreadable
from salesaid.core.text import Lang, Text
from salesaid.core.width import folded, is_blank

ACCEPTED = Text("月份，如 2026-11、2026年11月、202611", "a month such as 2026-11 or 202611")

_FIGURES = r"([0-9]{4})(?:[-/.年]\s*([0-9]{1,2})|([0-9]{2}))\s*(?:月份?)?"
_ENGLISH = r"([a-z]{3})[a-z]*[- ]([0-9]{4}|[0-9]{2})"  # what Excel makes of 2026-11 that is typed into it
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEARS = range(1900, 2200)


class _MonthKind(Kind):
    """A month, as text in ISO form."""

    name = "text"
    excel = "@"

    def parse(self, text: str, reading: Reading = IN_FILES) -> str | None:
        """The month as 2026-11; that of a day, where a whole date stands there. Raises Unreadable."""
        if is_blank(text):
            return None
        plain = folded(text)
        if found := re.fullmatch(_FIGURES, plain):
            return _month(text, int(found[1]), int(found[2] or found[3]))
        if (found := re.fullmatch(_ENGLISH, plain)) and found[1] in _NAMES:
            return _month(text, int(found[2]) % 2000 + 2000, _NAMES.index(found[1]) + 1)
        try:
            day: date = parse_date(text, reading)
        except Unreadable as trouble:
            raise Unreadable(text, ACCEPTED) from trouble
        return f"{day:%Y-%m}"

    def format(self, value: object) -> str:
        """The month in ISO form."""
        return "" if value is None else str(value)

    def show(self, value: object, lang: Lang) -> str:
        """The month in ISO form."""
        del lang
        return self.format(value)


def _month(text: str, year: int, month: int) -> str:
    if year not in _YEARS or month not in range(1, 13):
        raise Unreadable(text, ACCEPTED)
    return f"{year}-{month:02}"


MONTH: Kind = _MonthKind()
