"""Periods of reports: a day, a week, an accounting month, a quarter, a year, or any range of days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from salesaid.core.dates import TYPED_DATE_ACCEPTED, parse_date
from salesaid.core.errors import Refused
from salesaid.core.reading import Reading, Unreadable
from salesaid.core.text import Text
from salesaid.core.width import folded

PeriodKind = Literal["day", "week", "month", "quarter", "year", "range"]

CALENDAR = 31  # the day on which accounting months end that are the calendar's
_DAY = timedelta(days=1)
_YEARS = range(1901, 9999)
_WORDS: dict[PeriodKind, Text] = {
    "day": Text("日", "day"), "week": Text("周", "week"), "month": Text("月", "month"),
    "quarter": Text("季度", "quarter"), "year": Text("年", "year"), "range": Text("期间", "range"),
}  # fmt: skip
_EXAMPLES: dict[PeriodKind, Text] = {
    "day": TYPED_DATE_ACCEPTED,
    "week": Text("2026-W47、第47周、本周、上周，或其中任一天", "2026-W47, W47, or any day of it"),
    "month": Text("2026-11、11月、本月、上月，或其中任一天", "2026-11, or any day of it"),
    "quarter": Text("2026Q3、3季度、本季度、上季度，或其中任一天", "2026Q3, Q3, or any day of it"),
    "year": Text("2026、今年、去年，或其中任一天", "2026, or any day of it"),
    "range": Text(
        "2026-11-22、2026-W47、2026-11、2026Q3、2026、本月、上周", "2026-11-22, 2026-W47, 2026-11, 2026Q3 or 2026"
    ),
}


class UnreadablePeriod(Refused):
    """What was typed names no period, or none of the kind that is asked for."""

    def __init__(self, text: str, kind: PeriodKind) -> None:
        super().__init__(
            Text(f"期间“{text}”看不懂", f"the period “{text}” cannot be read"),
            Text(f"可以写：{_EXAMPLES[kind].zh}", f"accepted: {_EXAMPLES[kind].en}"),
        )


class OtherPeriod(Refused):
    """A period of another kind than the one that is asked for was typed: a year where it is to be a month."""

    def __init__(self, text: str, found: PeriodKind, wanted: PeriodKind, command: str) -> None:
        is_, other = _WORDS[found], _WORDS[wanted]
        hint = Text(f"{other.zh}写作：{_EXAMPLES[wanted].zh}", f"a {other.en} is written {_EXAMPLES[wanted].en}")
        if command:
            see = f"{command} {found} {text}"
            hint = Text(f"要看它：{see}；{hint.zh}", f"to see it: {see}; {hint.en}")
        super().__init__(
            Text(f"“{text}”是{is_.zh}，这里要{other.zh}", f"“{text}” is a {is_.en}, not a {other.en}"), hint
        )


class PeriodTwice(Refused):
    """A period was given by its name and by its days."""

    def __init__(self, text: str) -> None:
        super().__init__(
            Text(
                f"期间写了“{text}”，又写了 --since 或 --until",
                f"the period is given as “{text}” and by --since or --until, too",
            ),
            Text("两种写法留一种", "keep one of the two"),
        )


class Period(NamedTuple):
    """Days from `first` to `last`, both included. Months end on the day `month_end`, or earlier where they are shorter.

    An accounting month that ends on the 25th is called by the calendar month in which it ends; quarters and years
    are made of such months. Weeks begin on Monday.
    """

    kind: PeriodKind
    first: date
    last: date
    month_end: int = CALENDAR

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def title(self) -> Text:
        """What people call it: 2026年11月, 2026-11."""
        year, month = _month_holding(self.last, self.month_end)
        titles: dict[PeriodKind, Callable[[], Text]] = {
            "day": lambda: Text(f"{self.first.year}年{self.first.month}月{self.first.day}日", f"{self.first}"),
            "week": self._week_title,
            "month": lambda: Text(f"{year}年{month}月", f"{year}-{month:02}") + self._between(),
            "quarter": lambda: (
                Text(f"{year}年第{(month + 2) // 3}季度", f"{year} Q{(month + 2) // 3}") + self._between()
            ),
            "year": lambda: Text(f"{year}年", f"{year}") + self._between(),
            "range": lambda: Text(f"{self.first} 至 {self.last}", f"{self.first} to {self.last}"),
        }
        return titles[self.kind]()

    def _week_title(self) -> Text:
        year, week, _ = self.first.isocalendar()
        days = f"{self.first:%m-%d}", f"{self.last:%m-%d}"
        return Text(f"{year}年第{week}周（{days[0]} 至 {days[1]}）", f"{year}-W{week:02} ({days[0]} to {days[1]})")

    def _between(self) -> Text:
        if self.month_end >= CALENDAR:
            return Text("", "")
        return Text(f"（{self.first} 至 {self.last}）", f" ({self.first} to {self.last})")

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def holding(day: date, kind: PeriodKind, month_end: int = CALENDAR) -> Period:
    """The period of a kind that holds a day; as a range the day alone."""
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(kind, monday, monday + timedelta(days=6), month_end)
    if kind in {"day", "range"}:
        return Period(kind, day, day, month_end)
    return _of_months(kind, *_month_holding(day, month_end), month_end)


def _of_months(kind: PeriodKind, year: int, month: int, month_end: int) -> Period:
    """The month, or the quarter or year that holds it."""
    start, end = {"month": (month, month), "quarter": (month - (month - 1) % 3, month + (-month) % 3)}.get(
        kind, (1, 12)
    )
    before = _month_last(year, start - 1, month_end) if start > 1 else _month_last(year - 1, 12, month_end)
    return Period(kind, before + _DAY, _month_last(year, end, month_end), month_end)


def _month_last(year: int, month: int, month_end: int) -> date:
    return date(year, month, min(month_end, monthrange(year, month)[1]))


def _month_holding(day: date, month_end: int) -> tuple[int, int]:
    """Year and month of the accounting month that holds a day."""
    if day <= _month_last(day.year, day.month, month_end):
        return day.year, day.month
    return (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)  # noqa: PLR2004


def between(first: date, last: date, month_end: int = CALENDAR) -> Period:
    """Any range of days; one that is just a month, a quarter or the like is still a range."""
    return Period("range", first, last, month_end)


def before(period: Period) -> Period:
    """The period of the same kind just before; of a range as many days just before."""
    if period.kind == "range":
        return period._replace(first=period.first - timedelta(days=period.days), last=period.first - _DAY)
    return holding(period.first - _DAY, period.kind, period.month_end)


def year_before(period: Period) -> Period:
    """The same period a year before: the week of the same number (52 for 53), of 29 February the 28th."""
    if period.kind == "week":
        year, week, _ = period.first.isocalendar()
        weeks = date(year - 1, 12, 28).isocalendar().week  # 28 December lies in the year's last week
        monday = date.fromisocalendar(year - 1, min(week, weeks), 1)
        return holding(monday, "week", period.month_end)
    if period.kind in {"day", "range"}:
        return period._replace(first=_a_year_earlier(period.first), last=_a_year_earlier(period.last))
    year, month = _month_holding(period.last, period.month_end)
    return _of_months(period.kind, year - 1, month, period.month_end)


def _a_year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def year_of(period: Period) -> Period:
    """The year, of accounting months, in which the period ends."""
    return holding(period.last, "year", period.month_end)


def months_of(period: Period) -> tuple[Period, ...]:
    """The accounting months that the period touches, in order."""
    found = [holding(period.first, "month", period.month_end)]
    while found[-1].last < period.last:
        found.append(holding(found[-1].last + _DAY, "month", period.month_end))
    return tuple(found)


def month_name(period: Period) -> str:
    """The month in which a period ends, as targets call it: 2026-11."""
    year, month = _month_holding(period.last, period.month_end)
    return f"{year}-{month:02}"


# ── what people type ─────────────────────────────────────────────────────────────────────────────────

_pattern = cache(re.compile)
_YEAR = r"(?:([0-9]{4})\s*[年-]?\s*)"
_SAID: dict[str, tuple[PeriodKind, int]] = {
    "今天": ("day", 0), "今日": ("day", 0), "昨天": ("day", 1), "昨日": ("day", 1),
    "本周": ("week", 0), "这周": ("week", 0), "上周": ("week", 1), "上上周": ("week", 2),
    "本月": ("month", 0), "这个月": ("month", 0), "当月": ("month", 0), "上月": ("month", 1), "上个月": ("month", 1),
    "本季": ("quarter", 0), "本季度": ("quarter", 0), "上季": ("quarter", 1), "上季度": ("quarter", 1),
    "今年": ("year", 0), "本年": ("year", 0), "本年度": ("year", 0), "去年": ("year", 1), "上年": ("year", 1),
    "前年": ("year", 2),
}  # fmt: skip


def parse_period(
    text: str, today: date, *, kind: PeriodKind | None = None, month_end: int = CALENDAR, command: str = ""
) -> Period:
    """The period that a text names; of `kind`, where one is asked for, also by any of its days.

    `command` is what shows a period of another kind, where its kind and the text follow it.

    Raises UnreadablePeriod, OtherPeriod.
    """
    plain = folded(text)
    try:
        found = _said(plain, today, month_end) or _written(plain, today, month_end)
        day = parse_date(text, Reading(today)) if found is None else None
    except (Unreadable, ValueError, OverflowError) as error:
        raise UnreadablePeriod(text, kind or "range") from error
    if found is None and day is not None:
        found = holding(day, kind or "day", month_end)
    if found is None or found.first.year not in _YEARS:
        raise UnreadablePeriod(text, kind or "range")
    if kind is not None and found.kind != kind:
        if found.kind == "day":
            return holding(found.first, kind, month_end)
        raise OtherPeriod(text, found.kind, kind, command)
    return found


def _said(plain: str, today: date, month_end: int) -> Period | None:
    """A period in words, counted from today."""
    if plain not in _SAID:
        return None
    kind, back = _SAID[plain]
    found = holding(today, kind, month_end)
    for _ in range(back):
        found = before(found)
    return found


def _written(plain: str, today: date, month_end: int) -> Period | None:
    """A period in figures; without a year that of today. Raises ValueError where there is no such period."""
    if found := _pattern(r"([0-9]{4})\s*年?").fullmatch(plain):
        return _of_months("year", int(found[1]), 1, month_end)
    if found := _pattern(_YEAR + r"?(?:q([1-4])|第?([1-4一二三四])季度?)").fullmatch(plain):
        quarter = _figure(found[2] or found[3])
        return _of_months("quarter", _year(found[1], today, month_end), 3 * quarter, month_end)
    if found := _pattern(_YEAR + r"?(?:w|第)([0-9]{1,2})周?").fullmatch(plain):
        year = int(found[1]) if found[1] else today.isocalendar().year
        return holding(date.fromisocalendar(year, int(found[2]), 1), "week", month_end)
    found = _pattern(r"([0-9]{4})[-/.年]\s*([0-9]{1,2})\s*月?").fullmatch(plain) or _pattern(
        r"()([0-9]{1,2})\s*月份?"
    ).fullmatch(plain)
    if found:
        return _of_months("month", _year(found[1], today, month_end), _month(found[2]), month_end)
    return None


def _year(text: str | None, today: date, month_end: int) -> int:
    return int(text) if text else _month_holding(today, month_end)[0]


def _figure(text: str) -> int:
    return "一二三四".index(text) + 1 if text in "一二三四" else int(text)


def _month(text: str) -> int:
    if int(text) not in range(1, 13):
        raise ValueError(text)
    return int(text)
