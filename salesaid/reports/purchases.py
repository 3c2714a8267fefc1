"""采购未到：还没到的货、晚几天、改过几次交期。 | Purchases still to come: how late, how often moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.apart import apart_note
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.core import money
from salesaid.core.blanks import PRODUCT, SUPPLIER
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, PRICE, QTY
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text

FIELDS = (
    Field("purchase_no", Text("采购单号", "Purchase"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("supplier", Text("供应商", "Supplier"), SUPPLIER),
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("ordered", Text("采购", "Ordered"), QTY),
    Field("received", Text("已到", "Received"), QTY),
    Field("open", Text("未到", "Open"), QTY),
    Field("price", Text("单价", "Price"), PRICE),
    Field("open_amount", Text("未到金额", "Open amount"), MONEY),
    Field("first_due", Text("最初交期", "First due"), DATE),
    Field("due", Text("交期", "Due"), DATE),
    Field("moved", Text("改期次数", "Times moved"), QTY),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("order_no", Text("为订单", "For order"), NUMBER_NO),
)


def purchases(
    purchase_lines: PurchaseLines, today: date, *, supplier: str | None = None, product: str | None = None
) -> Table:
    """The lines of which something is still to come, what was promised for the earliest day first."""
    fitting = [
        line for line in purchase_lines.all if supplier in {None, line.supplier} and product in {None, line.product}
    ]
    lines = [line for line in fitting if line.open > 0]
    lines.sort(key=lambda line: (line.due or date.max, line.day, line.purchase_no))
    counted = [line for line in lines if not line.is_apart]
    sums = {name: sum((getattr(line, name) for line in counted), ZERO) for name in ("ordered", "received", "open")}
    amount = money.total(own for line in lines if (own := _amount(line)) is not None)
    notes = (*_late(lines, today), *_unpriced(lines), *apart_note((line.purchase_no, line) for line in lines))
    rows = [_row(line, today) for line in lines]
    return Table(Text("采购未到", "Open purchases"), FIELDS, rows, sums | {"open_amount": amount}, notes)


def _amount(line: PurchaseLine) -> Decimal | None:
    return None if line.price is None else money.amount(line.open, line.price)


def _row(line: PurchaseLine, today: date) -> tuple[object, ...]:
    late = line.days_late(today)
    return (
        line.purchase_no, line.day, line.supplier or None, line.product or None, line.ordered, line.received, line.open,
        line.price, _amount(line), line.first_due, line.due, Decimal(max(len(set(line.promises)) - 1, 0)),
        None if late is None else Decimal(late), line.order_no or None,
    )  # fmt: skip


def _late(lines: Iterable[PurchaseLine], today: date) -> list[Note]:
    late = [days for line in lines if (days := line.days_late(today)) is not None]
    if not late:
        return []
    text = Text(f"{len(late)} 行过了交期，最久 {max(late)} 天", f"{len(late)} late, the longest by {max(late)} days")
    return [Note("late", "warning", text)]


def _unpriced(lines: Sequence[PurchaseLine]) -> list[Note]:
    count = sum(line.price is None for line in lines)
    text = Text(f"{count} 行没有单价，金额不在合计里", f"{count} without one price: their amount is not in the total")
    return [Note("no_price", "warning", text)] if count else []
