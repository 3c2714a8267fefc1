"""What came in from customers, one row a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Receivables
from salesaid.core.by_columns import RowsByColumns
from salesaid.frames.people import People

if TYPE_CHECKING:
    from pandas import DataFrame

_TEXTS = ("no", "customer", "payer", "method", "order_no", "salesperson")
COLUMNS = ("row", "day", *_TEXTS, "is_known", "cents")


def money_in(
    receivables: Receivables, orders_columns: RowsByColumns, catalogue: Catalogue, customer_names: Parties
) -> DataFrame:
    """The rows of the payments in file order: whole cents, below zero what was paid back or red letters took back.

    `is_known` is whether it is certain whose money it is; `customer` is "" where not. `day` is datetime64[s].
    """
    from pandas import DataFrame

    people = People(orders_columns, catalogue, customer_names)
    frame = DataFrame.from_records(
        [
            (
                each.row, each.day, each.payment_no, each.customer or "", each.payer, each.method, each.order_no,
                people.of("", each.order_no, "", each.customer or ""), each.customer is not None, each.cents,
            )
            for each in receivables.all_receipts
        ],
        columns=COLUMNS,
    )  # fmt: skip
    types = dict.fromkeys(_TEXTS, "category") | dict.fromkeys(("row", "cents"), "int64")
    return frame.astype(types | {"is_known": "bool", "day": "datetime64[s]"})
