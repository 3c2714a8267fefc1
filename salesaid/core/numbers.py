"""Document numbers: prefix, date, serial, as in SO20261122-001, and the short forms in which people say them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from salesaid.core.width import folded, narrow


class DocumentNumber(NamedTuple):
    """A number of our own form, taken apart."""

    prefix: str
    day: date
    serial: int


_OURS = r"(?s:(.*?)([0-9]{4})([0-9]{2})([0-9]{2})-([0-9]{1,9}))"
_SHORT = r"(?:([0-9]{1,8})?-)?([0-9]{1,9})"

_pattern = cache(re.compile)  # compiled when first needed


def number(prefix: str, day: date, serial: int) -> str:
    """The document number; its serial has three digits, and more past 999."""
    return f"{prefix}{day.year:04}{day.month:02}{day.day:02}-{serial:03}"


def split(no: str) -> DocumentNumber | None:
    """The parts of a number of our form, its whole numeric tail being the serial; None for a foreign one."""
    found = _pattern(_OURS).fullmatch(narrow(no).strip())
    if not found:
        return None
    try:
        day = date(int(found[2]), int(found[3]), int(found[4]))
    except ValueError:
        return None
    return DocumentNumber(found[1], day, int(found[5]))


def next_serial(highest: int | None) -> int:
    """The serial after the highest one that was ever used that day; 1 where none was."""
    return (highest or 0) + 1


def highest_serial(numbers: Iterable[str], prefix: str, day: date) -> int | None:
    """The highest serial of a prefix and day among document numbers; None where there is none."""
    parts = (split(no) for no in numbers)
    wanted = prefix.casefold(), day
    return max((p.serial for p in parts if p and (p.prefix.casefold(), p.day) == wanted), default=None)


def matches(typed: str, numbers: Iterable[str], today: date, prefix: str) -> list[str]:
    """The document numbers that were meant by what was typed, each once and in their order.

    In this order, the first that finds any: the whole number; `[date ending-]serial` of our own numbers, where the
    serial counts as a number and no date means today; any ending. Case and width never matter. The prefix may be
    typed too, and where numbers with and without it fit, those with it are meant.
    """
    wanted = folded(typed)
    if not wanted:
        return []
    distinct = list(dict.fromkeys(numbers))
    return (
        [no for no in distinct if folded(no) == wanted]
        or _short_for(wanted, distinct, today, prefix.casefold())
        or [no for no in distinct if folded(no).endswith(wanted)]
    )


def _short_for(wanted: str, numbers: Sequence[str], today: date, prefix: str) -> list[str]:
    """The numbers of our form that a short form stands for."""
    found = _pattern(_SHORT).fullmatch(wanted.removeprefix(prefix))
    if not found:
        return []
    days, serial = found[1] or f"{today:%Y%m%d}", int(found[2])
    tail = re.compile(rf"{days}-0*{serial}\s*$")
    fitting = [(no, parts) for no in numbers if tail.search(narrow(no)) and (parts := split(no))]
    preferred = [no for no, parts in fitting if parts.prefix.casefold() == prefix]
    return preferred or [no for no, _ in fitting]
