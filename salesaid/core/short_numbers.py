"""Document numbers as people say them: 1122-3 for SO20261122-003, wherever that means this one alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from salesaid.core.numbers import matches, split
from salesaid.core.width import narrow

_DIGITS = (4, 6, 8)  # of the date: 1122, 261122, 20261122


class ShortNumbers:
    """The short forms of the numbers of one kind; `prefix` is that of our own ones."""

    def __init__(self, numbers: Iterable[str], prefix: str, today: date) -> None:
        self._prefix = prefix
        self._today = today
        self._alike: dict[tuple[str, str], list[str]] = {}
        for no in dict.fromkeys(numbers):
            self._alike.setdefault(_tail(no), []).append(no)

    def of(self, no: str, *, with_prefix: bool = False) -> str:
        """The shortest form that stands for this number and no other, else the number itself."""
        parts = split(no)
        if parts is None or parts.prefix.casefold() != self._prefix.casefold():
            return no
        alike = self._alike.get(_tail(no), [no])
        for digits in _DIGITS:
            short = f"{self._prefix if with_prefix else ''}{parts.day:%Y%m%d}"
            short = f"{short[: len(short) - 8]}{short[-digits:]}-{parts.serial}"
            if matches(short, alike, self._today, self._prefix) == [no]:
                return short
        return no


def _tail(no: str) -> tuple[str, str]:
    """What all numbers share that one short form could mean: the last four digits of the date, and the serial."""
    head, _, serial = narrow(no).strip().rpartition("-")
    return head[-4:], serial.lstrip("0")
