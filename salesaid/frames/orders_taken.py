"""What customers ordered, one row an order row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.parties import Parties
from salesaid.core import money
from salesaid.core.rows import ZERO, Rows
from salesaid.frames.sales import People, millionths, typed

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "row", "day", "no", "customer", "product", "model", "unit", "category", "salesperson", "qty", "written_qty",
    "apart", "cents",
)  # fmt: skip


def orders_taken(orders: Rows, catalogue: Catalogue, customer_names: Parties) -> DataFrame:
    """The rows of the orders that order, in file order, as `sales` has its columns; red letters are below zero."""
    from pandas import DataFrame

    people, found = People(orders, catalogue, customer_names), []
    for row, action, no, day, written, name, model, unit, qty, price, amount, person in orders.pick(
        "row", "action", "order_no", "date", "customer", "product", "model", "unit", "qty", "price", "amount",
        "salesperson",
    ):  # fmt: skip
        if action == "order":
            number = (no and no.strip()) or f"{orders.file}:{row}"
            customer, product = customer_names.identify(written), catalogue.identify(name, model)
            known = catalogue.product(product) if product else None
            apart = known is not None and not counts_in(known, unit.strip())
            cents = money.cents(amount if amount is not None else money.amount(qty, price or ZERO))
            found.append((
                row, day, number, customer, product, model.strip(), unit.strip(), known.category if known else "",
                people.of_order(person.strip(), number, product, customer), 0 if apart else millionths(qty), millionths(qty),
                apart, cents,
            ))  # fmt: skip
    return typed(DataFrame.from_records(found, columns=COLUMNS))
