"""Numbers of a workbook's cells as text, and back: plain digits, dates of both systems, formats that are dates."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

DateKind = Literal["", "date", "datetime", "time", "span"]

# Formats that are known by number alone (ECMA-376 18.8.30); 27-36 and 50-58 are the dates of Chinese Excel.
_BUILTIN: dict[int, DateKind] = {
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "date"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "time"),
    22: "datetime",
    46: "span",
}
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|am/pm|a/p|上午/下午|e[+-]', re.IGNORECASE)
_SPAN = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_MINUTE = re.compile(r"[hs][^a-z]*m+|m+[^a-z]*s")
_FIRST_SAFE_SERIAL = 61  # Excel believes in 29 February 1900, so that serials before it are off by one
_LAST_SERIAL = 2_958_466
_SHIFT_1904 = 1462
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's dates know no zone
_DAY = 86_400
DIGITS = 15  # that Excel keeps
_PLAIN_UPTO = 21


@lru_cache(maxsize=512)
def date_kind(number: int, code: str | None) -> DateKind:
    """What a number format shows: a date, a date with time, a time, a span of hours, or (blank) something else."""
    if code is None:
        return _BUILTIN.get(number, "")
    first = code.split(";")[0]
    if _SPAN.search(first):
        return "span"
    bare = _LITERAL.sub("", first).lower()
    if "general" in bare or not re.search(r"[ymdhse]", bare):
        return ""
    has_time = "h" in bare or "s" in bare
    has_date = bool(re.search(r"[yde]", bare)) or "m" in _MINUTE.sub("", bare)
    if has_date:
        return "datetime" if has_time else "date"
    return "time" if has_time else ""


@lru_cache(maxsize=512)
def padded_to(code: str | None) -> int:
    """To how many digits a number format fills up with zeros: 6 for `000000`, 0 for one that shows numbers as such."""
    first = (code or "").split(";")[0]
    return len(first) if len(first) > 1 and not first.strip("0") else 0


def number_text(raw: str) -> str | None:
    """A cell's number as plain digits with the 15 that Excel keeps; None for what is no finite number."""
    try:
        value = float(raw)
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is not itself
        return None
    text = format(value, f".{DIGITS}g")
    if "e" not in text:
        return text if text != "-0" else "0"
    exact = Decimal(text)
    return format(exact, "f") if -_PLAIN_UPTO < exact.adjusted() < _PLAIN_UPTO else text.upper()


def digits_lost(raw: str) -> bool:
    """Whether a number has 16 digits or more: Excel keeps 15, what was typed is lost."""
    mantissa, _, exponent = raw.lower().partition("e")
    if exponent and exponent.lstrip("+").isdigit() and int(exponent[:6]) > DIGITS:
        return True
    whole = mantissa.partition(".")[0].lstrip("-0")
    return len(whole) > DIGITS


def date_text(raw: str, kind: DateKind, *, from_1904: bool) -> str | None:
    """A serial as ISO text; None where it is out of range and must not be taken for a date."""
    try:
        serial = float(raw)
    except ValueError:
        return None
    if kind == "span" or (kind == "time" and serial >= 1):
        return _span_text(serial) if 0 <= serial < _LAST_SERIAL else None
    if kind != "date" and 0 <= serial < 1:
        return _clock(round(serial * _DAY) % _DAY)
    serial += _SHIFT_1904 if from_1904 else 0
    if not _FIRST_SAFE_SERIAL <= serial < _LAST_SERIAL:
        return None
    seconds = round(serial * _DAY)
    day = (_EPOCH + timedelta(days=seconds // _DAY)).date().isoformat()
    return day if seconds % _DAY == 0 else f"{day} {_clock(seconds % _DAY)}"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _span_text(serial: float) -> str:
    seconds = round(serial * _DAY)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def iso_text(raw: str) -> str:
    """A cell of type d (an ISO date as the strict format writes it), in the form that all other dates have."""
    day, _, clock = raw.strip().partition("T")
    clock = clock.removesuffix("Z")
    return day if not clock or re.fullmatch(r"00:00(:00(\.0+)?)?", clock) else f"{day} {clock}".strip()


def serial_of(day: date | datetime, *, from_1904: bool) -> str | None:
    """The serial that Excel writes for a date; None before 1 March 1900, where its calendar is wrong."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    gone = moment.replace(tzinfo=None) - _EPOCH
    if gone.days < _FIRST_SAFE_SERIAL + (_SHIFT_1904 if from_1904 else 0):
        return None
    days = gone.days - (_SHIFT_1904 if from_1904 else 0)
    if not gone.seconds and not gone.microseconds:
        return str(days)
    return format(days + (gone.seconds + gone.microseconds / 1e6) / _DAY, ".15g")


def decimal_text(value: Decimal) -> str | None:
    """A Decimal as the `<v>` of a number cell; None where Excel could not keep all its digits."""
    if not value.is_finite() or not -_PLAIN_UPTO < value.adjusted() < _PLAIN_UPTO:
        return None
    if len(value.normalize().as_tuple().digits) > DIGITS:
        return None
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if text not in ("", "-0") else "0"
