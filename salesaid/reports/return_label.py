"""Labels for goods that came in: one for each piece, to be printed and stuck on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.named_return import the_return
from salesaid.balances.repair_lines import RepairLine, RepairLines
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.errors import Refused
from salesaid.core.kinds import DATE, NUMBER_NO, QTY, TEXT, Choice
from salesaid.core.tables import Card, Field, Paper, Table
from salesaid.core.text import Lang, Text
from salesaid.ledgers.returns import LEDGER
from salesaid.settings import Settings

MOST = 30  # pieces of a line that have a label each; more of them, or a weight, have one together

WARRANTY = LEDGER.column("warranty").kind
FIELDS = (
    Field("return_no", Text("返修单号", "Return"), NUMBER_NO),
    Field("count", Text("件", "Label"), TEXT),
    Field("date", Text("收到日期", "Received"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("serial", Text("序列号", "Serial"), TEXT),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("fault", Text("故障现象", "Fault"), TEXT),
    Field("warranty", Text("保修", "Warranty"), WARRANTY),
)
_ITEM = Choice({field.name: field.header for field in FIELDS})
_ON_SHEET = (Field("item", Text("项目", "Item"), _ITEM), Field("value", Text("内容", "Value"), TEXT))


class NothingToLabel(Refused):
    """A return has no goods that were received."""

    def __init__(self, number: str) -> None:
        super().__init__(
            Text(
                f"返修单 {number} 没有收到过货，没有标签可打",
                f"return {number} never received goods: there is no label",
            )
        )


class _Piece(NamedTuple):
    """What one label stands for."""

    line: RepairLine
    qty: Decimal
    serial: str


def return_label(repair_lines: RepairLines, settings: Settings, today: date, *, typed: str) -> Table:
    """A row for each label of the one return that was meant. Raises UnknownNumber, AmbiguousNumber, NothingToLabel."""
    number = the_return(typed, repair_lines, settings, today)
    pieces = [piece for line in repair_lines.of(number) for piece in _pieces(line)]
    if not pieces:
        raise NothingToLabel(number)
    rows = [
        (
            number, f"{at}/{len(pieces)}", line.day, line.customer or None, line.product or None, line.model or None,
            serial or None, qty, line.unit or None, line.fault or None, line.warranty,
        )
        for at, (line, qty, serial) in enumerate(pieces, 1)
    ]  # fmt: skip
    return Table(Text(f"返修标签 {number}", f"Labels of return {number}"), FIELDS, rows)


def _pieces(line: RepairLine) -> Iterator[_Piece]:
    """The pieces that were received: each by itself where they can be counted and are not too many."""
    if line.received <= 0:
        return
    if line.received > MOST or line.received != line.received.to_integral_value():
        yield _Piece(line, line.received, line.serial)
        return
    serials = [*line.serials] + [""] * int(line.received)
    alone = len(line.serials) <= line.received
    for at in range(int(line.received)):
        yield _Piece(line, Decimal(1), serials[at] if alone else line.serial)


def label_sheets(labels: Table, lang: Lang) -> Card:
    """The labels for a workbook: a sheet each, one below the other what it says."""
    return Card(labels.title, tuple(_sheet(row, lang) for row in labels.rows))


def label_lines(labels: Table, lang: Lang) -> list[str]:
    """The labels as lines of plain text, an empty one between two labels."""
    colon = Text("：", ": ").in_(lang)
    lines: list[str] = []
    for row in labels.rows:
        lines += [""] if lines else []
        lines += [f"{field.header.in_(lang)}{colon}{text}" for field, text in _said(row, lang)]
    return lines


def _sheet(row: tuple[object, ...], lang: Lang) -> Table:
    said = [(field.name, text) for field, text in _said(row, lang)]
    return Table(Text(f"返修 {row[0]}", f"Return {row[0]}"), _ON_SHEET, said[1:], paper=Paper())


def _said(row: tuple[object, ...], lang: Lang) -> list[tuple[Field, str]]:
    """What a label says, without what is blank; the unit stands behind its quantity."""
    cells = {field: value for field, value in zip(FIELDS, row, strict=True) if value is not None}
    shown = [(field, field.kind.show(value, lang)) for field, value in cells.items()]
    unit = next((text for field, text in shown if field.name == "unit"), "")
    return [
        (field, f"{text} {unit}".strip() if field.name == "qty" else text)
        for field, text in shown
        if field.name != "unit"
    ]
