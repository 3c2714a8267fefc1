"""Dates as people and spreadsheets write them, and the form in which a new one is written below theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from salesaid.core.reading import IN_FILES, DateOrder, Reading, Unreadable
from salesaid.core.text import Text
from salesaid.core.width import folded

DATE_ACCEPTED = Text(
    "日期，如 2026-05-06、2026/5/6、20260506、2026年5月6日",
    "a date such as 2026-05-06, 2026/5/6 or 20260506",
)
TYPED_DATE_ACCEPTED = DATE_ACCEPTED + Text(
    "，也可写 5月6日、今天、昨天、+7、周五",
    ", or today, yesterday, +7, fri",
)
ORDER_ACCEPTED = Text(
    "年在前的日期，如 2026-05-06；5/6/26 这样的写法要先用 date_order 说明年月日的次序",
    "a date with the year first such as 2026-05-06; 5/6/26 needs a date_order in the settings",
)
YEAR_ACCEPTED = Text(
    "带年份的日期，如 2026-05-06；5月6日 这样的写法要先用 year 说明年份",
    "a date with its year such as 2026-05-06; 5月6日 needs a year in the settings",
)
SETTINGS_NEEDED = {ORDER_ACCEPTED: "date_order", YEAR_ACCEPTED: "year"}  # what would make such a date readable

_OLDEST = 1900
_LONGEST = 64
_EPOCH = date(1899, 12, 30)  # right for serials from 61 on: Excel counts a 29 February 1900 that never was
_SERIALS = range(61, 80_001)
_YEAR_LIKE = range(_OLDEST, 2200)
_TYPED_SERIALS = 10_000

_TIME = (
    r"[Tt ] *(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?"
    r" *(?:[AaPp][Mm])?(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
_PARTS = r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})"
_COMPACT = r"([0-9]{4})([0-9]{2})([0-9]{2})"
_CHINESE = r"(?:([0-9]{4}|[0-9]{2}) *年 *)?([0-9]{1,2}) *月 *([0-9]{1,2}) *[日号]?"
_SERIAL = r"([0-9]{2,5})(?:\.[0-9]{1,20})?"
_SHIFT = r"([+-])([0-9]{1,4}) *(?:天|d|days?)?"
_WEEKDAY = r"(上|本|这|下)?(?:周|星期|礼拜)([一二三四五六日天])"

_pattern = cache(re.compile)  # compiled when first needed: most runs meet only ISO dates

_DAYS = {
    "今天": 0, "今日": 0, "today": 0, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2,
    "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}
_ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_date(text: str, reading: Reading = IN_FILES) -> date:
    """The date that a text says; a time beside it is dropped. Raises Unreadable."""
    if text[4:5] == "-" == text[7:8] and text.isascii():
        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            pass
        else:
            if (
                day.year >= _OLDEST
                and len(text) <= _LONGEST
                and (len(text) == len("2026-05-06") or _pattern(_TIME).fullmatch(text, 10))
            ):
                return day
    return _written(text, reading)


@lru_cache(maxsize=4096)
def _written(text: str, reading: Reading) -> date:
    """The date of a text in any other form; remembered, as rows of one day follow each other."""
    plain = folded(text) if len(text) <= _LONGEST else ""
    try:
        day = _spelled(plain, reading) or _spelled(_without_time(plain), reading) or _said(plain, reading)
    except (ValueError, OverflowError):
        day = None
    if day is None or day.year < _OLDEST:
        raise Unreadable(text, _accepted(plain, reading))
    return day


def _accepted(plain: str, reading: Reading) -> Text:
    if reading.order is None and _pattern(_PARTS).fullmatch(_without_time(plain)):
        return ORDER_ACCEPTED
    if reading.base is None and reading.year is None and _pattern(_CHINESE).fullmatch(_without_time(plain)):
        return YEAR_ACCEPTED
    return DATE_ACCEPTED if reading.base is None else TYPED_DATE_ACCEPTED


def lacks_year(text: str) -> bool:
    """Whether a text is a date such as 5月6日, whose year the sheet says."""
    found = _pattern(_CHINESE).fullmatch(_without_time(folded(text))) if "月" in text else None
    return found is not None and found[1] is None


def year_in(name: str) -> int | None:
    """The year that a file's or a sheet's name says: the only 20xx in it, alone or before a month (202605)."""
    years = set(_pattern(r"(?<![0-9])(20[0-9]{2})(?:0[1-9]|1[0-2])?(?![0-9])").findall(name))
    return int(years.pop()) if len(years) == 1 else None


def day_in(texts: Iterable[str]) -> date | None:
    """The day that titles above a sheet say: the only one in them, its year with it (盘点日期：2026年10月31日)."""
    found = _pattern(r"(?<![0-9])20[0-9]{2} *[-/.年] *[0-9]{1,2} *[-/.月] *[0-9]{1,2}(?![0-9])")
    days = {day.replace(" ", "") for text in texts for day in found.findall(folded(text))}
    try:
        return parse_date(re.sub(r"[年月]", "-", days.pop())) if len(days) == 1 else None
    except Unreadable:
        return None


def _without_time(plain: str) -> str:
    """The date before a time part; the whole text where there is none."""
    at = _time_at(plain)
    return plain if at is None else plain[:at].rstrip()


def _time_at(plain: str) -> int | None:
    """Where the blank or T before a time stands."""
    for at, char in enumerate(plain[:20]):
        if char in " t" and _pattern(_TIME).fullmatch(plain, at):
            return at
    return None


def _spelled(plain: str, reading: Reading) -> date | None:
    """A date in figures. Raises ValueError where there is no such day."""
    if found := _pattern(_PARTS).fullmatch(plain):
        return _of_parts(found, reading.order)
    if found := _pattern(_COMPACT).fullmatch(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _pattern(_CHINESE).fullmatch(plain):
        return _of_chinese(found, reading)
    if found := _pattern(_SERIAL).fullmatch(plain):
        return _of_serial(found, reading)
    return None


def _of_parts(found: re.Match[str], order: DateOrder | None) -> date | None:
    """2026-5-6 whatever the order; 26.5.6 with points; any other order only where it is stated."""
    first, separator, middle, last = found.groups()
    if len(first) == len("2026"):
        return date(int(first), int(middle), int(last)) if len(last) <= len("31") else None
    if order is None and separator == "." and len(first) == len("26") and len(last) <= len("31"):
        order = "ymd"
    if order is None:
        return None
    parts = dict(zip(order, (first, middle, last), strict=True))
    if len(parts["y"]) not in (2, 4) or max(len(parts["m"]), len(parts["d"])) > len("31"):
        return None
    return date(_full_year(parts["y"]), int(parts["m"]), int(parts["d"]))


def _full_year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == len("26") else 0)


def _of_chinese(found: re.Match[str], reading: Reading) -> date | None:
    """2026年5月6日; without a year that of the reading, else of its base, where a due date may be the next year's."""
    month, day = int(found[2]), int(found[3])
    if found[1]:
        return date(_full_year(found[1]), month, day)
    if reading.year is not None:
        return date(reading.year, month, day)
    if reading.base is None:
        return None
    this_year = date(reading.base.year, month, day)
    return date(reading.base.year + 1, month, day) if reading.ahead and this_year < reading.base else this_year


def _of_serial(found: re.Match[str], reading: Reading) -> date | None:
    """Excel's count of days. A bare year is none, and what is typed is none unless it has five digits."""
    serial = int(found[1])
    if serial not in _SERIALS or serial in _YEAR_LIKE:
        return None
    if serial < _TYPED_SERIALS and (reading.base is not None or "." in found[0]):
        return None
    return _EPOCH + timedelta(days=serial)


def _said(plain: str, reading: Reading) -> date | None:
    """A day in words, counted from the base; None where there is no base."""
    base = reading.base
    if base is None:
        return None
    if plain in _DAYS:
        return base + timedelta(days=_DAYS[plain])
    if found := _pattern(_SHIFT).fullmatch(plain):
        return base + timedelta(days=int(found[1] + found[2]))
    if found := _pattern(_WEEKDAY).fullmatch(plain):
        weekday = min("一二三四五六日天".index(found[2]), 6)
        return _of_week(base, weekday, _WEEKS[found[1]]) if found[1] else _nearest(base, weekday, ahead=reading.ahead)
    english = _english_weekday(plain)
    return None if english is None else _nearest(base, english, ahead=reading.ahead)


def _of_week(base: date, weekday: int, weeks: int) -> date:
    """The weekday of the week (Monday to Sunday) so many weeks from the base's."""
    return base + timedelta(days=weekday - base.weekday() + 7 * weeks)


def _nearest(base: date, weekday: int, *, ahead: bool) -> date:
    """The next or the last such weekday; never the base itself, for which one says 今天."""
    if ahead:
        return base + timedelta(days=(weekday - base.weekday() - 1) % 7 + 1)
    return base - timedelta(days=(base.weekday() - weekday - 1) % 7 + 1)


def _english_weekday(plain: str) -> int | None:
    for at, name in enumerate(_ENGLISH_WEEKDAYS):
        if plain in (name, name[:3]):
            return at
    return None


class _Form(NamedTuple):
    """A date with a time, taken apart."""

    first: str
    separator: str
    middle: str
    last: str
    gap: str
    hour: str
    seconds: str


_TIMED = r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})([Tt]| +)([0-9]{1,2}):[0-9]{2}(:[0-9]{2})?"
_MONTHS = 12


def like_above(day: date, above: Sequence[str], order: DateOrder | None = None) -> str:
    """The date as a new row's cell: ISO, or with the time 0:00 in the form of the rows above that hold times.

    `order` is the file's own for years that come last; where it is None a day above 12 among the rows decides it,
    and where none does the date is written ISO.
    """
    filled = [text.strip() for text in above if text.strip()]
    found = _pattern(_TIMED).fullmatch(filled[-1]) if filled else None
    if not found:
        return day.isoformat()
    form = _Form(*(part or "" for part in found.groups()))
    like = [
        _Form(*(part or "" for part in other.groups())) for other in map(_pattern(_TIMED).fullmatch, filled) if other
    ]
    same = [other for other in like if _shape(other) == _shape(form)]
    known = _order_of(form, same, order)
    return day.isoformat() if known is None else _in_form(day, form, same, known)


def _shape(form: _Form) -> tuple[str, bool, bool]:
    return form.separator, len(form.first) == len("2026"), len(form.last) == len("2026")


def _order_of(form: _Form, same: list[_Form], order: DateOrder | None) -> DateOrder | None:
    """The order of the parts as far as the rows tell it beyond doubt."""
    if len(form.first) == len("2026"):
        return "ymd"
    if len(form.last) != len("2026"):
        return None
    if order is not None:
        return None if order == "ymd" else order
    day_first = any(int(other.first) > _MONTHS for other in same)
    month_first = any(int(other.middle) > _MONTHS for other in same)
    if day_first == month_first:
        return None
    return "dmy" if day_first else "mdy"


def _in_form(day: date, form: _Form, same: list[_Form], order: DateOrder) -> str:
    """The day at 0:00 with the separators, the order, the zeros and the seconds of the form."""
    months_and_days = [p for other in same for p in (other.first, other.middle, other.last) if len(p) != len("2026")]
    width = 1 if any(len(part) == 1 for part in months_and_days) else 2
    parts = {"y": str(day.year), "m": f"{day.month:0{width}}", "d": f"{day.day:0{width}}"}
    hour = "0" if any(len(other.hour) == 1 for other in same) else "00"
    written = form.separator.join(parts[letter] for letter in order)
    return f"{written}{form.gap}{hour}:00{':00' if form.seconds else ''}"
