"""销售明细：一行一笔，卖出的、退回的、借转销售的、退款的。 | Sales row by row: sold, given back, from loan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.money import of_cents
from salesaid.core.periods import Period
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text
from salesaid.frames.figure_tables import CATEGORY, CUSTOMER, PRODUCT, SALESPERSON, quantity
from salesaid.frames.rows import Column, FrameRows
from salesaid.frames.sums import summed, within

if TYPE_CHECKING:
    from pandas import DataFrame

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
    columns = [
        lambda rows: rows["day"].dt.date.tolist(), *map(_texts, _TEXTS), _each(quantity, "written_qty"),
        _texts("unit"), _prices(), _each(of_cents, "cents"),
    ]  # fmt: skip
    totals = {"amount": of_cents(summed(own, (), ("cents",))[()][0])}
    return Table(_TITLE + Text("：", ": ") + period.title, _FIELDS, FrameRows(own, columns), totals, newest=newest)


def _texts(name: str) -> Column:
    return lambda rows: [text or None for text in rows[name].tolist()]


def _each(value_of: Callable[[int], object], name: str) -> Column:
    """A column of numbers as values: the same ones are worked out once."""
    known: dict[int, object] = {}

    def made(rows: DataFrame) -> list[object]:
        numbers = rows[name].tolist()
        known.update({each: value_of(each) for each in {*numbers}.difference(known)})
        return [known[each] for each in numbers]

    return made


def _prices() -> Column:
    figures = _each(quantity, "price")
    return lambda rows: [
        price if has else None for price, has in zip(figures(rows), rows["has_price"].tolist(), strict=True)
    ]
