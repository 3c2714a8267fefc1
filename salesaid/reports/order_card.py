"""One order: its lines, and what was shipped, signed for and taken back of it."""

from __future__ import annotations

from datetime import date

from salesaid.balances.named_order import the_order
from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.other_units import apart_notes, in_sums
from salesaid.balances.paying import PAYING, Part, Paying
from salesaid.balances.shipments_made import Shipment, ShipmentsMade
from salesaid.balances.sold_from_loan import FromLoan, SoldFromLoan
from salesaid.balances.wrong_models import WrongModels, case_notes
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
    Field("received", Text("已收款", "Received"), MONEY),
    Field("due", Text("交期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
    Field("paying", Text("回款", "Paying"), PAYING),
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
_FROM_LOAN = (
    Field("loan_no", Text("借用单号", "Loan"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("qty", Text("数量", "Quantity"), QTY),
)
_PAYMENTS = (
    Field("payment_no", Text("收款单号", "Payment"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("payer", Text("付款人", "Payer"), TEXT),
    Field("amount", Text("用于本单", "For this order"), MONEY),
)


def order_card(
    order_lines: OrderLines, shipments_made: ShipmentsMade, sold_from_loan: SoldFromLoan, paying: Paying,
    wrong_models: WrongModels, settings: Settings, today: date, *, typed: str,
) -> Card:  # fmt: skip
    """Everything of the one order that was meant. Raises UnknownNumber, AmbiguousNumber."""
    number = the_order(typed, order_lines, settings, today)
    lines = order_lines.of(number)
    made = shipments_made.of_order(number)
    paid = paying.parts(number)
    lent = sold_from_loan.of_order(number)
    tables = [
        _lines(lines, paying, today),
        *([_shipments(made)] if made else []),
        *([_from_loan(lent)] if lent else []),
    ]
    tables += [_payments(paid)] if paid else []
    wrong = case_notes(wrong_models.of_order(number))
    notes = (*_notes(lines[0]), *wrong, *apart_notes(lines), *paying.in_advance_notes(lines))
    return Card(_title(number, lines[0]), tuple(tables), notes)


def _title(number: str, line: OrderLine) -> Text:
    return Text(
        f"订单 {number} · {line.day} · {CUSTOMER.show(line.customer, 'zh')}",
        f"Order {number} · {line.day} · {CUSTOMER.show(line.customer, 'en')}",
    )


def _lines(lines: list[OrderLine], paying: Paying, today: date) -> Table:
    paid = paying.of_order(lines)
    rows = [
        (
            line.product or None, line.model or None, line.ordered, line.closed, line.shipped, line.open,
            line.unit or None, line.price, line.amount, own.received, line.due, line.days_late(today),
            line.salesperson or None, own.paying,
        )
        for line, own in zip(lines, paid, strict=True)
    ]  # fmt: skip
    sums = {
        "amount": money.total(line.amount for line in lines), "open": sum((line.open for line in in_sums(lines)), ZERO),
        "received": money.total(own.received for own in paid),
    }  # fmt: skip
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


def _from_loan(lent: list[FromLoan]) -> Table:
    """The loans' rows by which goods count as shipped."""
    return Table(Text("由借用转来的已发", "Shipped by sale from loan"), _FROM_LOAN, lent)


def _payments(parts: list[Part]) -> Table:
    rows = [(part.payment_no, part.day, part.payer or None, part.amount) for part in parts]
    totals = {"amount": money.total(part.amount for part in parts)} if len(parts) > 1 else {}
    return Table(Text("收款", "Payments"), _PAYMENTS, rows, totals)


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
