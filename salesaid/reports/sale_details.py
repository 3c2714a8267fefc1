"""销售明细：一行一笔，卖出的、退回的、借转销售的、退款的。 | Sales row by row: sold, given back, from loan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.money import of_cents
from salesaid.core.periods import Period
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text
from salesaid.frames.figure_tables import CATEGORY, CUSTOMER, PRODUCT, SALESPERSON, quantity
from salesaid.frames.sums import within

if TYPE_CHECKING:
    from pandas import DataFrame, Series

T = TypeVar("T")

_TITLE = Text("销售明细", "Sales in detail")
_KIND = Choice({
    "sale": Text("销售", "sale"), "return": Text("退回", "return"), "loan": Text("借转销售", "sold from loan"),
    "refund": Text("返修退货", "refund"),
})  # fmt: skip
_FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("kind", Text("类型", "Kind"), _KIND),
    Field("no", Text("单号", "Document"), NUMBER_NO, key=True),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    SALESPERSON._replace(key=False),
    CUSTOMER._replace(key=False),
    PRODUCT,
    Field("model", Text("型号", "Model"), TEXT),
    CATEGORY._replace(key=False),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("price", Text("单价", "Price"), PRICE),
    Field("amount", Text("金额", "Amount"), MONEY),
)
_TEXTS = ("kind", "no", "order_no", "salesperson", "customer", "product", "model", "category")


def sale_details(sales: DataFrame, *, period: Period, newest: int | None = None) -> Table:
    """The rows that every sum of the period is made of, by day; what was given back is below zero."""
    own = sales[within(sales, period)].sort_values("day", kind="stable")
    columns: list[Sequence[object]] = [
        own["day"].dt.date.tolist(), *(_texts(own[name]) for name in _TEXTS), _each(quantity, own["written_qty"]),
        _texts(own["unit"]), _prices(own), _each(of_cents, own["cents"]),
    ]  # fmt: skip
    totals = {"amount": of_cents(sum(map(int, own["cents"].tolist())))}
    return Table(
        _TITLE + Text("：", ": ") + period.title, _FIELDS, list(zip(*columns, strict=True)), totals, newest=newest
    )


def _texts(values: Series) -> list[object]:
    return [text or None for text in values.tolist()]


def _each(value_of: Callable[[int], T], values: Series) -> list[T]:
    """Each of the numbers as a value: the same ones are worked out once."""
    known: dict[int, T] = {each: value_of(int(each)) for each in values.unique().tolist()}
    return [known[each] for each in values.tolist()]


def _prices(own: DataFrame) -> list[object]:
    prices = _each(quantity, own["price"])
    return [price if has else None for price, has in zip(prices, own["has_price"].tolist(), strict=True)]
