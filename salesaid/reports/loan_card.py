"""One loan: its lines, and what became of them row by row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.apart import apart_note
from salesaid.balances.loan_drafts import Event
from salesaid.balances.loan_lines import LoanLine, LoanLines
from salesaid.balances.loan_states import STATE
from salesaid.balances.named_loan import the_loan
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, NUMBER_NO, PRICE, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Text
from salesaid.ledgers.loans import LEDGER
from salesaid.settings import Settings

_LINES = (
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("lent", Text("借出", "Lent"), QTY),
    Field("returned", Text("已还", "Returned"), QTY),
    Field("converted", Text("已转", "Converted"), QTY),
    Field("out", Text("在外", "Out"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("price", Text("单价", "Price"), PRICE),
    Field("value", Text("在外价值", "Value"), MONEY),
    Field("due", Text("应还日期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("state", Text("状态", "State"), STATE),
    Field("serial", Text("序列号", "Serial"), TEXT),
)
_HISTORY = (
    Field("date", Text("日期", "Date"), DATE),
    Field("action", Text("类型", "What"), LEDGER.column("action").kind),
    Field("product", Text("产品", "Product"), TEXT),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("due", Text("应还日期", "Due"), DATE),
    Field("order_no", Text("订单号", "Order"), NUMBER_NO),
    Field("warehouse", Text("仓库", "Warehouse"), TEXT),
    Field("serial", Text("序列号", "Serial"), TEXT),
    Field("note", Text("备注", "Note"), TEXT),
)


def loan_card(loan_lines: LoanLines, settings: Settings, today: date, *, typed: str) -> Card:
    """Everything of the one loan that was meant. Raises UnknownNumber, AmbiguousNumber."""
    number = the_loan(typed, loan_lines, settings, today)
    lines = loan_lines.of(number)
    tables = (_lines(lines, today), _history(loan_lines.history(number)))
    return Card(_title(number, lines[0]), tables, _notes(lines, today))


def _title(number: str, line: LoanLine) -> Text:
    return Text(
        f"借用单 {number} · {line.day} · {CUSTOMER.show(line.customer, 'zh')}",
        f"Loan {number} · {line.day} · {CUSTOMER.show(line.customer, 'en')}",
    )


def _lines(lines: Sequence[LoanLine], today: date) -> Table:
    rows = [
        (
            line.product or None, line.model or None, line.lent, line.returned, line.converted, line.out,
            line.unit or None, line.price, line.value, line.due, _days(line.days_late(today)), line.state(today),
            line.serial or None,
        )
        for line in lines
    ]  # fmt: skip
    sums = {
        "out": sum((line.out for line in lines if not line.is_apart), ZERO),
        "value": money.total(line.value for line in lines if line.value is not None),
    }
    return Table(Text("明细", "Lines"), _LINES, rows, sums)


def _days(days: int | None) -> Decimal | None:
    return None if days is None else Decimal(days)


def _history(events: Sequence[Event]) -> Table:
    rows = [
        (
            event.day, event.action, event.product or None, None if event.action == "extend" else event.qty,
            event.unit or None,
            event.due if event.action in {"lend", "extend"} else None, event.order_no or None,
            event.warehouse or None, event.serial or None, event.note or None,
        )
        for event in events
    ]  # fmt: skip
    return Table(Text("经过", "What happened"), _HISTORY, rows)


def _notes(lines: Sequence[LoanLine], today: date) -> tuple[Note, ...]:
    notes = []
    purposes = dict.fromkeys(line.purpose for line in lines if line.purpose)
    if purposes:
        notes.append(Note("purpose", "info", Text(f"用途：{'、'.join(purposes)}", f"purpose: {', '.join(purposes)}")))
    people = dict.fromkeys(line.salesperson for line in lines if line.salesperson)
    if people:
        notes.append(Note("salesperson", "info", Text(f"业务员：{'、'.join(people)}", f"by {', '.join(people)}")))
    late = max((days for line in lines if (days := line.days_late(today)) is not None), default=None)
    if late is not None:
        notes.append(Note("overdue", "warning", Text(f"逾期 {late} 天", f"{late} days overdue")))
    notes += apart_note((line.loan_no, line) for line in lines)
    if any(line.out < 0 for line in lines):
        notes.append(Note("more_back", "warning", Text("归还多于借出", "more came back than was lent")))
    return tuple(notes)
