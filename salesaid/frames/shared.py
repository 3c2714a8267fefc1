"""Money that only the order says: rows of a frame that have none get their shares of their orders' lines."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salesaid.balances.debts import Charge
from salesaid.balances.order_shares import OrderShares

if TYPE_CHECKING:
    from pandas import DataFrame


def price_by_orders(frame: DataFrame, shares: OrderShares) -> Any:
    """The cents of all rows, `unpriced` ones among them. Only orders with such rows are looked at."""
    from salesaid.frames.exact import whole

    named = set(frame.loc[frame["unpriced"], "order_no"])
    rows = frame[frame["order_no"].isin(named)].sort_values(["day", "no"], kind="stable")
    shares.expect_many()
    priced = [charge.cents or 0 for charge in shares.priced(_charges(rows))]
    cents = frame["cents"].to_numpy(object, copy=True)
    cents[rows.index[rows["unpriced"]]] = priced
    return whole(cents)


def _charges(rows: DataFrame) -> Iterator[Charge]:
    """The rows as far as an order's shares go by them."""
    columns = ("order_no", "no", "day", "name", "model", "written_qty", "price", "has_price", "cents", "unpriced")
    for order_no, no, day, name, model, qty, price, has_price, cents, unpriced in zip(
        *(rows[column].tolist() for column in columns), strict=True
    ):
        own = _decimal(price) if has_price else None
        owed = None if unpriced else cents
        yield Charge("sale", "", order_no, no, day.date(), None, name, model, _decimal(qty), "", own, owed)


def _decimal(millionths: int) -> Decimal:
    return Decimal(millionths).scaleb(-6)
