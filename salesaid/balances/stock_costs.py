"""What is said of goods whose cost is not known: they stand in no sum of values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from salesaid.core.kinds import QTY
from salesaid.core.tables import NAMED, Note
from salesaid.core.text import Text


def no_cost_note(goods: Iterable[tuple[str, Decimal]]) -> tuple[Note, ...]:
    """A warning that names products (and how many of each) without a cost; none are told of that are not there."""
    named = [f"{id_ or '?'} {QTY.format(qty)}" for id_, qty in goods if qty]
    if not named:
        return ()
    rest = len(named) - NAMED
    more = Text(f" 等 {len(named)} 种", f" and {rest} more") if rest > 0 else Text("", "")
    listed = Text("、".join(named[:NAMED]), ", ".join(named[:NAMED])) + more
    text = Text(
        f"没有成本，不在金额里：{listed.zh}（可用 product set --cost 补上）",
        f"without a cost, in no value: {listed.en} (product set --cost fills it in)",
    )
    return (Note("no_cost", "warning", text),)
