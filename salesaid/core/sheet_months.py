"""Which month a sheet is of, by its name: 3月, 03月, 三月, 3月份, 2026年3月, 2026-03, 202603, Mar 2026."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from salesaid.core.dates import year_in
from salesaid.core.width import folded

_FULL = r"(?<![0-9])(20[0-9]{2}|[0-9]{2}(?= ?年)) ?[-年./_ ]? ?(0?[1-9]|1[0-2])(?![0-9])"
_FIGURE = r"(?<![0-9])(0?[1-9]|1[0-2]) ?月"
_WORD = r"(?<![一二三四五六七八九十])(十[一二]?|[一二三四五六七八九正])月"
_ENGLISH = (
    r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?(?![a-z])"
)
_WORDS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PATTERNS = ("*月", "*月份", "*月*", "20*", "*")


class Month(NamedTuple):
    """A month; `year` is None where a name does not say it."""

    year: int | None
    month: int


@lru_cache(maxsize=256)  # a workbook has few sheets, and an import asks for one by every row
def month_of(name: str) -> Month | None:
    """The one month that a sheet's name says; None where it says none, or several."""
    text = folded(name)
    if found := re.findall(_FULL, text):
        months = {Month(int(year) % 2000 + 2000, int(month)) for year, month in found}
    else:
        numbers = {int(figure) for figure in re.findall(_FIGURE, text)}
        numbers |= {1 if word == "正" else _WORDS.index(word) + 1 for word in re.findall(_WORD, text)}
        numbers |= {_NAMES.index(word) + 1 for word in re.findall(_ENGLISH, text)}
        months = {Month(year_in(name), number) for number in numbers}
    return months.pop() if len(months) == 1 else None


def sheet_for(names: Sequence[str], day: date | None, year: int | None) -> int | None:
    """Which of some sheets is that of a day's month; None where none is.

    `year` is that of sheets whose names say none; where it is not known either, such a sheet is of any year's month.
    """
    if day is None:
        return None
    for at, name in enumerate(names):
        if month_of(name) == Month(day.year, day.month):
            return at
    if year not in {None, day.year}:
        return None
    return next((at for at, name in enumerate(names) if month_of(name) == Month(None, day.month)), None)


def of_one_month(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The sheets that are of one month, as 1月 and 1月备份 are: more than one each."""
    found: list[tuple[str, ...]] = []
    for at, name in enumerate(names):
        own = month_of(name)
        if own is None or any(name in several for several in found):
            continue
        others = [other for other in names[at + 1 :] if _is_like(own, month_of(other))]
        if others:
            found.append((name, *others))
    return found


def _is_like(one: Month, other: Month | None) -> bool:
    """Whether two months are or may be one: a name that says no year may be of any."""
    return other is not None and one.month == other.month and (one.year == other.year or None in {one.year, other.year})


def pattern_of(names: Sequence[str], every: Sequence[str]) -> str | None:
    """The pattern of these sheets and no other of a workbook, where each is of a month of its own; else None."""
    from fnmatch import fnmatchcase

    if len(names) < 2 or None in map(month_of, names) or of_one_month(names):  # noqa: PLR2004 - one sheet has a name
        return None
    fits = (each for each in _PATTERNS if [name for name in every if fnmatchcase(name, each)] == list(names))
    return next(fits, None)
