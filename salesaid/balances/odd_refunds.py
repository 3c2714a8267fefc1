"""Refunds whose amount was typed below zero: as written they add to what is owed, which hardly anybody means."""

from __future__ import annotations

from collections.abc import Callable, Collection

from salesaid.core.kinds import MONEY
from salesaid.core.rows import Rows
from salesaid.core.tables import NAMED, Note
from salesaid.core.text import Text


def refund_notes(returns: Rows, identify: Callable[[str], str], customers: Collection[str] | None = None) -> list[Note]:
    """A warning that names them, of these customers or of all; a red letter has both figures below zero."""
    named = [
        f"{no or f'{returns.file}:{row}'} {MONEY.show(amount, 'zh')}"
        for row, no, action, customer, qty, amount in returns.pick(
            "row", "return_no", "action", "customer", "qty", "amount"
        )
        if action == "refund" and qty > 0 and amount is not None and amount < 0
        if customers is None or identify(customer) in customers
    ]
    if not named:
        return []
    rest = len(named) - NAMED
    more = (f" 等 {len(named)} 行", f" and {rest} more") if rest > 0 else ("", "")
    text = Text(
        f"退货的退款金额写成了负数，照写的算就是加欠款，请核对：{'、'.join(named[:NAMED])}{more[0]}",
        f"refunds with an amount below zero add to what is owed as they are written, please check: "
        f"{', '.join(named[:NAMED])}{more[1]}",
    )
    return [Note("refund_below_zero", "warning", text)]
