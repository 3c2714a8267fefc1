"""Document numbers: prefix, date, serial, as in SO20261122-001, and the short forms in which people say them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import NamedTuple, TypeVar

from salesaid.core.width import folded, narrow


class DocumentNumber(NamedTuple):
    """A number of our own form, taken apart."""

    prefix: str
    day: date
    serial: int


_OURS = r"(?s:(.*?)([0-9]{4})([0-9]{2})([0-9]{2})-([0-9]{1,9}))"
_SHORT = r"(?:([0-9]{1,8})?-)?([0-9]{1,9})"
_SERIAL = r"-?[0-9]{1,9}"

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


def matches(typed: str, numbers: Iterable[str], today: date, prefix: str) -> list[str]:
    """The document numbers that were meant by what was typed, each once and in their order.

    In this order, the first that finds any: the whole number; `[date ending-]serial` of our own numbers, where the
    serial counts as a number and no date means today; any ending, but a serial alone is no ending of our own numbers
    of other days. Case and width never matter. The prefix may be typed too, and where numbers with and without it
    fit, those with it are meant.
    """
    return [no for _, no in matches_among(typed, {"": (prefix, numbers)}, today)]


Kind = TypeVar("Kind")


def matches_among(
    typed: str, documents: Mapping[Kind, tuple[str, Iterable[str]]], today: date
) -> list[tuple[Kind, str]]:
    """The same among documents of several kinds, each with its prefix and its numbers: as (kind, number).

    What finds any number of one kind goes for all kinds: a serial of today's orders beats an ending of a payment.
    """
    wanted = folded(typed)
    distinct = {kind: (prefix.casefold(), list(dict.fromkeys(nos))) for kind, (prefix, nos) in documents.items()}
    for fitting in (_whole, partial(_short, today=today), _ending) if wanted else ():
        found = [(kind, no) for kind, (prefix, nos) in distinct.items() for no in fitting(wanted, nos, prefix)]
        if found:
            return found
    return []


def is_serial(typed: str) -> bool:
    """Whether a serial was typed and no day: it means one of today's documents."""
    return _pattern(_SERIAL).fullmatch(folded(typed)) is not None


def _whole(wanted: str, numbers: Sequence[str], prefix: str) -> list[str]:
    del prefix
    return [no for no in numbers if folded(no) == wanted]


def _ending(wanted: str, numbers: Sequence[str], prefix: str) -> list[str]:
    del prefix
    found = [no for no in numbers if folded(no).endswith(wanted)]
    return [no for no in found if split(no) is None] if is_serial(wanted) else found


def _short(wanted: str, numbers: Sequence[str], prefix: str, *, today: date) -> list[str]:
    """The numbers of our form that a short form stands for."""
    found = _pattern(_SHORT).fullmatch(wanted.removeprefix(prefix))
    if not found:
        return []
    days, serial = found[1] or f"{today:%Y%m%d}", int(found[2])
    fitting = [(no, parts) for no in numbers if _ends_in(narrow(no), days, serial) and (parts := split(no))]
    preferred = [no for no, parts in fitting if parts.prefix.casefold() == prefix]
    return preferred or [no for no, _ in fitting]


def _ends_in(number: str, days: str, serial: int) -> bool:
    day, _, tail = number.rstrip().rpartition("-")
    return day.endswith(days) and tail.isdecimal() and (tail.lstrip("0") or "0") == str(serial)
