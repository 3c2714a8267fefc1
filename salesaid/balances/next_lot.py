"""What is said of goods under way: when the next lot comes, and how long its supplier usually takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salesaid.balances.census import party_code
from salesaid.balances.incoming import Lot
from salesaid.core.kinds import QTY
from salesaid.core.rows import ZERO
from salesaid.core.text import Text


def next_lot(lots: Sequence[Lot], today: date) -> Text:
    """The next of the lots of one product, which are in their order; what is due on the same day is one."""
    due = lots[0].due
    qty = QTY.format(sum((lot.qty for lot in lots if lot.due == due), ZERO))
    if due is None:
        return Text(f"下一批 {qty} 没有交期", f"next lot of {qty} without a date")
    day = f"{due:%m-%d}" if due.year == today.year else due.isoformat()
    if due >= today:
        return Text(f"下一批 {qty} 于 {day} 到", f"next lot of {qty} on {day}")
    late = (today - due).days
    return Text(f"下一批 {qty} 应于 {day} 到，已晚 {late} 天", f"next lot of {qty} was due on {day}, {late} days late")


class Usual(NamedTuple):
    """How many days a supplier usually takes: the median of so many purchases that came in whole."""

    days: int
    times: int


def usual_days(taken: Mapping[str, Mapping[int, int]], supplier: str) -> Usual | None:
    """How long a supplier takes, of `Incoming.days_taken()`; None where nothing of theirs has come in whole."""
    code = party_code(supplier)
    days = sorted(
        day
        for name, counts in taken.items()
        if name and party_code(name) == code
        for day, count in counts.items()
        for _ in range(count)
    )
    return Usual(days[(len(days) - 1) // 2], len(days)) if days else None
