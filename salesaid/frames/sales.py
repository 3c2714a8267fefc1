"""Every sale as one row: what customers were charged for goods, and what they gave back (DOMAIN.md 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.order_shares import OrderShares
from salesaid.balances.parties import Parties
from salesaid.balances.red_letters import is_red
from salesaid.core.by_columns import RowsByColumns
from salesaid.frames.goods import Names, Taken, Texts, debts, numbers, prices_of, taken
from salesaid.frames.people import People
from salesaid.frames.shared import price_by_orders

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "ledger", "row", "kind", "day", "no", "order_no", "customer", "product", "name", "model", "unit", "category",
    "salesperson", "qty", "written_qty", "apart", "cents", "cost_cents", "has_cost", "price", "has_price",
)  # fmt: skip
_KINDS = {"order": "sale", "ship": "sale", "return": "return", "opening": "opening", "sell": "loan", "refund": "refund"}
_BACK = {"return", "refund"}


def sales(
    orders_columns: RowsByColumns, shipments_columns: RowsByColumns, loans_columns: RowsByColumns,
    returns_columns: RowsByColumns, catalogue: Catalogue, customer_names: Parties, order_lines: OrderLines,
) -> DataFrame:  # fmt: skip
    """One row a sale, in the order of the ledgers and their rows; the columns are `COLUMNS`.

    `kind` is sale, return, loan (sold from loan) or refund; what is given back has quantity and money below zero, but
    red letters keep the kind of what they take back. `qty`, `written_qty` and `price` are whole millionths, `cents` and
    `cost_cents` whole cents; `qty` is 0 where the row is in another unit than its product's (`apart`), `cost_cents`
    where the register knows no cost (`has_cost`), `price` where the row has none (`has_price`). `day` is datetime64[s].
    `customer` and `product` are canonical names, `name` and `model` how a row writes the product. Numbers are strings,
    all other texts categories.
    """
    at_once = orders_columns.at_once
    wanted: list[tuple[RowsByColumns, tuple[str, ...]]]
    wanted = [(orders_columns, ("order",))] if at_once else [(loans_columns, ("sell",))]
    wanted += [(shipments_columns, ("opening",) if at_once else ("ship", "return", "opening"))]
    wanted += [(returns_columns, ("refund",))]
    names, people = Names(catalogue, customer_names), People(orders_columns, catalogue, customer_names)
    words = {"ledger": Texts(), "kind": Texts(), "salesperson": Texts()}
    parts = [_part(*taken(rows, actions), names, people, words) for rows, actions in wanted]
    from pandas import concat

    frame = concat(parts, ignore_index=True)
    for name, own in (words | names.words).items():
        frame[name] = own.column
    if frame["unpriced"].any():
        shares = OrderShares(orders_columns, (shipments_columns, loans_columns), catalogue, order_lines)
        frame["cents"] = price_by_orders(frame, shares)
    if (frame["kind"] == "opening").any():
        frame = frame[frame["kind"] != "opening"].reset_index(drop=True)
    return frame[[*COLUMNS]].assign(kind=frame["kind"].cat.remove_unused_categories())


def _part(
    own: Taken, actions: Any, said: list[str], names: Names, people: People, words: Mapping[str, Texts]
) -> DataFrame:
    """The rows of one ledger. Their words are not in it: they are added to those of all ledgers."""
    import numpy as np
    from pandas import DataFrame

    customers, products, apart = names.add(own)
    sign = np.array([-1 if action in _BACK else 1 for action in said], np.int64)[actions]
    qtys = own.figures("qty")[0]
    cents, free = debts(own, qtys)
    cents, qtys = cents * sign, qtys * sign
    costs, has_cost = names.costs(products, qtys, apart)
    prices, no_price = prices_of(own)
    is_order = own.rows.ledger.id == "orders"
    nos = numbers(own, own.rows.ledger.number or "", placed=True)
    orders = nos if is_order else numbers(own, "order_no", placed=False)
    words["ledger"].add(np.zeros(len(qtys), np.int32), [own.rows.ledger.id])
    words["kind"].add(*_kinds(own, actions, said, qtys, cents))
    words["salesperson"].add(*people.of_rows(own, orders, (names.product, products), (names.customer, customers)))
    return DataFrame(
        {
            "row": own.values("row"), "day": own.values("date"), "no": nos, "order_no": orders,
            "qty": np.where(apart, 0, qtys), "written_qty": qtys, "apart": apart, "cents": cents,
            "unpriced": _stands_on_order(own, orders, free), "cost_cents": costs, "has_cost": has_cost,
            "price": prices, "has_price": ~no_price,
        },
        copy=False,
    )  # fmt: skip


def _stands_on_order(own: Taken, orders: Any, free: Any) -> Any:
    """Which rows have their money on an order: goods shipped that say none, and those sold from loan, under its number.

    `free` are the rows without amount and price.
    """
    id_ = own.rows.ledger.id
    return (orders != "") & (free | (id_ == "loans")) & (id_ in {"shipments", "loans"})


def _kinds(own: Taken, actions: Any, said: list[str], qtys: Any, cents: Any) -> tuple[Any, list[str]]:
    """What kind each row is, by codes. A sale below zero was given back, unless it is a red letter."""
    import numpy as np

    kinds = [_KINDS.get(action, "") for action in said]
    sold = np.isin(actions, [place for place, kind in enumerate(kinds) if kind == "sale"])
    back = np.flatnonzero(sold & ((qtys < 0) | ((qtys == 0) & (cents < 0))))
    codes = actions.copy()
    if len(back):
        notes, texts = own.coded("note")
        red = np.array([is_red(text) for text in texts], bool)[notes[back]]
        codes[back[~red]] = len(kinds)
    return codes, [*kinds, "return"]
