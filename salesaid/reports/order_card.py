"""One order: its lines, and what was shipped, signed for and taken back of it."""

from __future__ import annotations

from datetime import date

from salesaid.balances.named_order import the_order
from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.shipments_made import Shipment, ShipmentsMade
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.rows import ZERO
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Text
from salesaid.settings import Settings

_MOVED = Choice({"ship": Text("发货", "ship"), "return": Text("退回", "return")})
_LINES = (
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("ordered", Text("订购", "Ordered"), QTY),
    Field("closed", Text("关闭", "Closed"), QTY),
    Field("shipped", Text("已发", "Shipped"), QTY),
    Field("open", Text("未发", "Open"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("price", Text("单价", "Price"), PRICE),
    Field("amount", Text("金额", "Amount"), MONEY),
    Field("due", Text("交期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
)
_SHIPMENTS = (
    Field("ship_no", Text("货单号", "Shipment"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("action", Text("类型", "What"), _MOVED),
    Field("product", Text("产品", "Product"), TEXT),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("carrier", Text("物流公司", "Carrier"), TEXT),
    Field("tracking_no", Text("运单号", "Tracking"), TEXT),
    Field("signed", Text("签收", "Signed"), DATE),
)


def order_card(
    order_lines: OrderLines, shipments_made: ShipmentsMade, settings: Settings, today: date, *, typed: str
) -> Card:
    """Everything of the one order that was meant. Raises UnknownNumber, AmbiguousNumber."""
    number = the_order(typed, order_lines, settings, today)
    lines = order_lines.of(number)
    made = shipments_made.of_order(number)
    tables = [_lines(lines, today)] + ([_shipments(made)] if made else [])
    return Card(_title(number, lines[0]), tuple(tables), _notes(lines[0]))


def _title(number: str, line: OrderLine) -> Text:
    return Text(
        f"订单 {number} · {line.day} · {CUSTOMER.show(line.customer, 'zh')}",
        f"Order {number} · {line.day} · {CUSTOMER.show(line.customer, 'en')}",
    )


def _lines(lines: list[OrderLine], today: date) -> Table:
    rows = [
        (
            line.product or None, line.model or None, line.ordered, line.closed, line.shipped, line.open,
            line.unit or None, line.price, line.amount, line.due, line.days_late(today), line.salesperson or None,
        )
        for line in lines
    ]  # fmt: skip
    sums = {"amount": money.total(line.amount for line in lines), "open": sum((line.open for line in lines), ZERO)}
    return Table(Text("明细", "Lines"), _LINES, rows, sums)


def _shipments(made: list[Shipment]) -> Table:
    rows = [
        (
            each.ship_no, each.day, each.action, sent.product, sent.qty, each.carrier or None,
            each.tracking_no or None, each.signed,
        )
        for each in made
        for sent in each.rows
    ]  # fmt: skip
    return Table(Text("出货", "Shipments"), _SHIPMENTS, rows)


def _notes(line: OrderLine) -> tuple[Note, ...]:
    notes = []
    if line.reviewed_by:
        said = Text(f"评审：{line.reviewed_by}", f"reviewed by {line.reviewed_by}")
        notes.append(Note("reviewed", "info", said))
    else:
        notes.append(Note("unreviewed", "warning", Text("未评审", "not reviewed")))
    if line.customer_po:
        po = Text(f"客户订单号：{line.customer_po}", f"the customer's own number: {line.customer_po}")
        notes.append(Note("customer_po", "info", po))
    return tuple(notes)
