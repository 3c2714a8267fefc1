"""One return: where its goods are, and each step with its date and the days before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.apart import apart_note
from salesaid.balances.named_return import the_return
from salesaid.balances.repair_days import limit_of
from salesaid.balances.repair_lines import RepairLine, RepairLines
from salesaid.balances.repair_stages import ACTION, OPEN, STAGE
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, QTY, TEXT
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Text
from salesaid.ledgers.returns import LEDGER
from salesaid.settings import Settings

_WHERE = (
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("serial", Text("序列号", "Serial"), TEXT),
    Field("fault", Text("故障现象", "Fault"), TEXT),
    Field("warranty", Text("保修", "Warranty"), LEDGER.column("warranty").kind),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("stage", Text("阶段", "Stage"), STAGE),
    Field("since", Text("起", "Since"), DATE),
    Field("days_in_stage", Text("天数", "Days"), DAYS),
    Field("factory", Text("工厂", "Factory"), TEXT),
)
_STEPS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("action", Text("类型", "What"), ACTION),
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("serial", Text("序列号", "Serial"), TEXT),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("days", Text("此前天数", "Days before"), DAYS),
    Field("factory", Text("工厂", "Factory"), TEXT),
    Field("fee", Text("维修费", "Fee"), MONEY),
    Field("amount", Text("退款", "Refund"), MONEY),
    Field("warehouse", Text("仓库", "Warehouse"), TEXT),
    Field("tracking_no", Text("运单号", "Tracking"), TEXT),
    Field("handler", Text("经手人", "Handler"), TEXT),
    Field("note", Text("备注", "Note"), TEXT),
)


def return_card(repair_lines: RepairLines, settings: Settings, today: date, *, typed: str) -> Card:
    """Everything of the one return that was meant. Raises UnknownNumber, AmbiguousNumber."""
    number = the_return(typed, repair_lines, settings, today)
    lines = repair_lines.of(number)
    tables = (_where(lines, today), _steps(lines))
    notes = (
        *_late(lines, settings, today),
        *_order(lines),
        *apart_note((line.return_no, line) for line in lines),
        *repair_lines.odd(lines),
    )
    return Card(_title(number, lines[0]), tables, notes)


def _title(number: str, line: RepairLine) -> Text:
    return Text(
        f"返修单 {number} · {line.day} · {CUSTOMER.show(line.customer, 'zh')}",
        f"Return {number} · {line.day} · {CUSTOMER.show(line.customer, 'en')}",
    )


def _where(lines: Sequence[RepairLine], today: date) -> Table:
    rows = []
    for line in lines:
        for stage, qty, since, factory in line.standings():
            days = Decimal((today - since).days) if stage in OPEN and qty > 0 else None
            rows.append(
                (
                    line.product or None, line.model or None, line.serial or None, line.fault or None, line.warranty,
                    qty, line.unit or None, stage, since, days, factory or None,
                )
            )  # fmt: skip
    return Table(Text("现在在哪", "Where it is"), _WHERE, rows)


def _steps(lines: Sequence[RepairLine]) -> Table:
    taken = sorted((step.row.day, step.row.row, line.product, step) for line in lines for step in line.steps)
    rows = [
        (
            row.day, row.action, product or None, row.serial or None, row.qty, None if days is None else Decimal(days),
            row.factory or None, row.fee, row.amount, row.warehouse or None, row.tracking_no or None,
            row.handler or None, row.note or None,
        )
        for _, _, product, (row, days) in taken
    ]  # fmt: skip
    sums = {"fee": money.total(line.fee for line in lines), "amount": money.total(line.refunded for line in lines)}
    return Table(Text("经过", "Steps"), _STEPS, rows, {name: sum_ for name, sum_ in sums.items() if sum_})


def _late(lines: Sequence[RepairLine], settings: Settings, today: date) -> list[Note]:
    notes = []
    for line in lines:
        for stage, qty, since, _ in line.standings():
            most, days = limit_of(stage, settings), (today - since).days
            if most is not None and qty > 0 and days > most:
                word = STAGE.words[stage]
                text = Text(
                    f"{line.product} {word.zh} {days} 天，期限 {most} 天",
                    f"{line.product} {word.en} for {days} days, the limit is {most}",
                )
                notes.append(Note("overdue", "warning", text))
    return notes


def _order(lines: Sequence[RepairLine]) -> list[Note]:
    numbers = dict.fromkeys(line.order_no for line in lines if line.order_no)
    zh, en = "、".join(numbers), ", ".join(numbers)
    return [Note("order_no", "info", Text(f"订单：{zh}", f"of order {en}"))] if numbers else []
