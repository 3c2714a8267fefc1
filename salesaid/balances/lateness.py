"""How late suppliers are, held against their first and their last promise (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from salesaid.balances.purchase_lines import PurchaseLine


class Lateness(NamedTuple):
    """Of so many lines that came, or are overdue, so many were late, by so many days at the median and at worst."""

    lines: int
    late: int
    median: int
    worst: int


def against_first(lines: Iterable[PurchaseLine], today: date) -> Lateness | None:
    """Held against what was promised first; None where no line can be judged yet."""
    return _of([line.days_behind(line.first_due, today) for line in lines])


def against_last(lines: Iterable[PurchaseLine], today: date) -> Lateness | None:
    """Held against the newest promise; None where no line can be judged yet."""
    return _of([line.days_behind(line.due, today) for line in lines])


def _of(days: Sequence[int | None]) -> Lateness | None:
    known = sorted(each for each in days if each is not None)
    if not known:
        return None
    late = [each for each in known if each > 0]
    return Lateness(len(known), len(late), known[(len(known) - 1) // 2], known[-1])
