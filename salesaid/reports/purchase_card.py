"""One purchase: its lines, every promise and every arrival, and the orders that wait for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from salesaid.balances.apart import apart_note
from salesaid.balances.catalogue import Catalogue
from salesaid.balances.incoming import Incoming
from salesaid.balances.named_purchase import the_purchase
from salesaid.balances.promised import Promised
from salesaid.balances.purchase_drafts import Event
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.balances.shortage import short_lines, waits
from salesaid.balances.stock import Stock
from salesaid.balances.wrong_models import WrongModels, case_notes
from salesaid.core.blanks import CUSTOMER, PRODUCT, SUPPLIER
from salesaid.core.kinds import DATE, DAYS, FLAG, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.rows import ZERO
from salesaid.core.tables import Card, Field, Table
from salesaid.core.text import Text
from salesaid.ledgers import load
from salesaid.settings import Settings

_DONE = Choice({action.id: action.word for action in load("purchases").actions})
_LINES = (
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("ordered", Text("采购", "Ordered"), QTY),
    Field("received", Text("已到", "Received"), QTY),
    Field("rejected", Text("退供", "Sent back"), QTY),
    Field("closed", Text("关闭", "Closed"), QTY),
    Field("open", Text("未到", "Open"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("price", Text("进价", "Price"), PRICE),
    Field("first_due", Text("最初交期", "First due"), DATE),
    Field("due", Text("交期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("order_no", Text("为订单", "For order"), NUMBER_NO),
)
_EVENTS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("action", Text("类型", "What"), _DONE),
    Field("product", Text("产品", "Product"), TEXT),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("due", Text("交期", "Due"), DATE),
    Field("warehouse", Text("仓库", "Warehouse"), TEXT),
    Field("note", Text("备注", "Note"), TEXT),
)
_WAITING = (
    Field("product", Text("产品", "Product"), TEXT),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("open", Text("未发", "Open"), QTY),
    Field("waiting", Text("等这批", "Waits for"), QTY),
    Field("for_it", Text("专为它采购", "Bought for it"), FLAG),
)


def purchase_card(
    purchase_lines: PurchaseLines, wrong_models: WrongModels, stock: Stock, promised: Promised, incoming: Incoming,
    catalogue: Catalogue, settings: Settings, today: date, *, typed: str,
) -> Card:  # fmt: skip
    """Everything of the one purchase that was meant. Raises UnknownNumber, AmbiguousNumber."""
    number = the_purchase(typed, purchase_lines, settings, today)
    lines = purchase_lines.of(number)
    open_ = [part for line in lines if line.open > 0 for part, _ in catalogue.contents(line.product)]
    waiting = [row for id_ in dict.fromkeys(open_) for row in _waiting(id_, number, stock, promised, incoming)]
    tables = [_lines(lines, today), _events(purchase_lines.events(number))]
    tables += [Table(Text("在等这批货的订单", "Orders that wait for it"), _WAITING, waiting)] if waiting else []
    notes = (*case_notes(wrong_models.of_purchase(number)), *apart_note((number, line) for line in lines))
    return Card(_title(number, lines[0]), tuple(tables), notes)


def _title(number: str, line: PurchaseLine) -> Text:
    return Text(
        f"采购 {number} · {line.day} · {SUPPLIER.show(line.supplier, 'zh')}",
        f"Purchase {number} · {line.day} · {SUPPLIER.show(line.supplier, 'en')}",
    )


def _lines(lines: Sequence[PurchaseLine], today: date) -> Table:
    rows = [
        (
            line.product or None, line.model or None, line.ordered, line.received, line.rejected, line.closed,
            line.open, line.unit or None, line.price, line.first_due, line.due, line.days_late(today),
            line.order_no or None,
        )
        for line in lines
    ]  # fmt: skip
    sums = {
        name: sum((getattr(line, name) for line in lines if not line.is_apart), ZERO)
        for name in ("ordered", "received", "open")
    }
    return Table(Text("明细", "Lines"), _LINES, rows, sums if len(lines) > 1 else {})


def _events(events: Iterable[Event]) -> Table:
    rows = [
        (
            each.day, each.action, each.product or None, each.own if each.action != "promise" else None,
            each.unit or None, each.due,
            each.warehouse or None, each.note or None,
        )
        for each in events
    ]  # fmt: skip
    return Table(Text("经过", "What happened"), _EVENTS, rows)


def _waiting(id_: str, number: str, stock: Stock, promised: Promised, incoming: Incoming) -> list[tuple[object, ...]]:
    """The order lines of one product that wait for this purchase, oldest first."""
    short = short_lines(stock.sellable(stock.places(id_)), promised.open_lines(id_))
    return [
        (
            id_, wait.short.order_no, date.fromisoformat(wait.short.day) if wait.short.day else None,
            wait.short.customer or None, wait.short.open, wait.qty, wait.is_for_it,
        )
        for wait in waits(short, incoming.lots(id_))
        if wait.purchase_no == number
    ]  # fmt: skip
