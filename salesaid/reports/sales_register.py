"""销售日报：每天的销售逐笔登记，带本日小计。 | Sales row by row, day by day, with the total of each day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from salesaid.balances.apart import units_note
from salesaid.balances.day_book import DAY_TOTAL, Line, day_book
from salesaid.core.kinds import DATE, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.money import of_cents
from salesaid.core.periods import Period
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text
from salesaid.frames.figure_tables import quantity
from salesaid.frames.sums import within

if TYPE_CHECKING:
    from pandas import DataFrame

KIND = Choice(
    {
        "sale": Text("销售", "sale"),
        "return": Text("退回", "return"),
        "loan": Text("借转销售", "sold from loan"),
        "refund": Text("返修退货", "refund"),
        "day": DAY_TOTAL,
    }
)
FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("kind", Text("类型", "Kind"), KIND),
    Field("no", Text("单号", "Document"), NUMBER_NO, key=True),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("customer", Text("客户", "Customer"), TEXT),
    Field("product", Text("产品", "Product"), TEXT, key=True),
    Field("model", Text("型号", "Model"), TEXT),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("price", Text("单价", "Price"), PRICE),
    Field("amount", Text("金额", "Amount"), MONEY),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
)
_SUMMED = ("qty", "amount")
_COLUMNS = (
    "day", "kind", "no", "order_no", "customer", "product", "model", "written_qty", "unit", "price", "cents",
    "salesperson", "apart", "has_price",
)  # fmt: skip


def sales_register(
    sales: DataFrame, *, period: Period, customer: str | None = None, product: str | None = None,
    salesperson: str | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """Every row that was charged for in the period, what was given back below zero; totals of its days and of all.

    Quantities in another unit than their product's are shown, and in no total.
    """
    wanted = within(sales, period)
    for column, value in (("customer", customer), ("product", product), ("salesperson", salesperson)):
        if value is not None:
            wanted &= sales[column] == value
    frame = sales[wanted].sort_values("day", kind="stable")
    book = day_book(_lines(frame), FIELDS, _SUMMED)
    apart = frame[frame["apart"]]
    named = [
        f"{no} {name} {QTY.format(quantity(qty))} {unit}"
        for no, name, qty, unit in zip(apart["no"], apart["product"], apart["written_qty"], apart["unit"], strict=True)
    ]
    title = Text("销售日报 · ", "Sales register · ") + period.title
    return Table(title, FIELDS, book.rows, book.totals, tuple(units_note(named)), newest, book.strong)


def _lines(frame: DataFrame) -> Iterator[Line]:
    figure, money = cache(quantity), cache(of_cents)  # few are distinct: most rows share theirs
    columns = [frame["day"].dt.date, *(frame[name] for name in _COLUMNS[1:])]
    for day, kind, no, order_no, customer, product, model, qty, unit, price, cents, person, apart, priced in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        count, amount = figure(qty), money(cents)
        cells = (
            day, kind, no or None, order_no or None, customer or None, product or None, model or None, count,
            unit or None, figure(price) if priced else None, amount, person or None,
        )  # fmt: skip
        yield Line(day, cells, {"amount": amount} if apart else {"qty": count, "amount": amount})
