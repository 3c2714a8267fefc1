"""未发订单：每一行还欠客户多少货，最早该发的在前。 | Orders with goods still to be shipped, the first due on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.other_units import apart_notes, in_sums
from salesaid.balances.paying import Paying, still_to_ship
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.settings import Settings

FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO, key=True),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("ordered", Text("订购", "Ordered"), QTY),
    Field("shipped", Text("已发", "Shipped"), QTY),
    Field("open", Text("未发", "Open"), QTY),
    Field("amount", Text("金额", "Amount"), MONEY),
    Field("received", Text("已收款", "Received"), MONEY),
    Field("open_amount", Text("未发金额", "Open amount"), MONEY),
    Field("due", Text("交期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
)
_AT_ONCE = Note(
    "at_once", "info", Text("本账本每笔订单就是出库，没有未发", "every order of this book has left at once")
)


def open_orders(
    order_lines: OrderLines, paying: Paying, settings: Settings, today: date, *, customer: str | None = None,
    product: str | None = None, salesperson: str | None = None,
) -> Table:  # fmt: skip
    """The lines of which something is still to be shipped; `open_amount` is what that comes to.

    Where an order is the sale itself, nothing ever is.
    """
    lines = [
        line
        for line in (() if settings.at_once else order_lines.all)
        if line.open > 0
        and customer in {None, line.customer}
        and product in {None, line.product}
        and (salesperson is None or folded(line.salesperson) == folded(salesperson))
    ]
    lines.sort(key=lambda line: (line.due or date.max, line.day, line.order_no))
    rows = [_row(line, paying, today) for line in lines]
    notes = (*_late(lines, today), *apart_notes(lines), *([_AT_ONCE] if settings.at_once else []))
    return Table(Text("未发订单", "Open orders"), FIELDS, rows, _totals(lines, paying), notes)


def _row(line: OrderLine, paying: Paying, today: date) -> tuple[object, ...]:
    late = line.days_late(today)
    return (
        line.day, line.order_no, line.customer or None, line.product or None, line.ordered, line.shipped, line.open,
        line.amount, paying.of(line).received, still_to_ship([line]), line.due,
        None if late is None else Decimal(late), line.salesperson or None,
    )  # fmt: skip


def _totals(lines: Sequence[OrderLine], paying: Paying) -> dict[str, Decimal]:
    counted = in_sums(lines)
    quantities = {name: sum((getattr(line, name) for line in counted), ZERO) for name in ("ordered", "shipped", "open")}
    return quantities | {
        "amount": money.total(line.amount for line in lines),
        "received": paying.total(lines) if lines else money.of_cents(0),
        "open_amount": still_to_ship(lines),
    }


def _late(lines: Iterable[OrderLine], today: date) -> list[Note]:
    """How much of it is late."""
    late = [line for line in lines if line.days_late(today) is not None]
    if not late:
        return []
    days, amount = max(line.days_late(today) or 0 for line in late), MONEY.show(still_to_ship(late), "en")
    text = Text(
        f"{len(late)} 行已过交期，未发 {amount}，最久 {days} 天",
        f"{len(late)} past their due date, {amount} to be shipped, the oldest {days} days late",
    )
    return [Note("late", "warning", text)]
