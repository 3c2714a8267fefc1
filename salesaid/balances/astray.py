"""Receipts that name an order, or a document, that the book does not have."""

from __future__ import annotations

from salesaid.balances.receipts import Receipt
from salesaid.balances.receivables import Receivables
from salesaid.core.rows import Rows


def astray(receivables: Receivables, orders: Rows) -> list[Receipt]:
    """The receipts for what nobody knows, in file order."""
    standing = (row for each in receivables.standing for row in each.rows)
    named = [row for row in standing if row.order_no and row.cents > 0]
    unknown = {row.order_no for row in named}
    for _, numbers in orders.written("order_no") if unknown and "order_no" in orders.columns else ():
        unknown.difference_update(map(str.strip, numbers))
    for account in receivables.accounts.values() if unknown else ():
        for owing in account.allocation.owing:
            unknown -= {owing.no, owing.order_no}
    return [row for row in named if row.order_no in unknown]
