"""What customers ordered, one row an order row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.core.by_columns import RowsByColumns
from salesaid.frames.goods import Names, Texts, debts, numbers, taken
from salesaid.frames.people import People

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "row", "day", "no", "customer", "product", "name", "model", "unit", "category", "salesperson", "qty", "written_qty",
    "apart", "cents",
)  # fmt: skip


def orders_taken(
    orders_columns: RowsByColumns, sales: DataFrame, catalogue: Catalogue, customer_names: Parties
) -> DataFrame:  # fmt: skip
    """The rows of the orders that order, in file order, as `sales` has its columns; red letters are below zero."""
    if orders_columns.at_once:  # where each is a sale
        rows = sales["ledger"] == "orders"
        return (sales if rows.all() else sales[rows].reset_index(drop=True))[[*COLUMNS]]
    return _ordered(orders_columns, catalogue, customer_names)


def _ordered(orders_columns: RowsByColumns, catalogue: Catalogue, customer_names: Parties) -> DataFrame:
    import numpy as np
    from pandas import DataFrame

    names, people, persons = (
        Names(catalogue, customer_names),
        People(orders_columns, catalogue, customer_names),
        Texts(),
    )
    own, _, _ = taken(orders_columns, ("order",))
    customers, products, apart = names.add(own)
    nos, qtys = numbers(own, "order_no", placed=True), own.figures("qty")[0]
    persons.add(*people.of_rows(own, nos, (names.product, products), (names.customer, customers)))
    columns = {
        "row": own.values("row"), "day": own.values("date"), "no": nos, "qty": np.where(apart, 0, qtys),
        "written_qty": qtys, "apart": apart, "cents": debts(own, qtys)[0],
    }  # fmt: skip
    columns |= {name: words.column for name, words in names.words.items()}
    return DataFrame(columns | {"salesperson": persons.column}, copy=False)[[*COLUMNS]]
