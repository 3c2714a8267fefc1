"""The end of a ledger's sheet: its last data row, the 合计 row under it, and the empty formatted rows between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from salesaid.core.errors import Where
from salesaid.core.text import Text
from salesaid.core.totals import is_total
from salesaid.storage.xlsx_sheet import LAST_ROW, Cell, SheetXml, Span, cells, holds_value, spans_from_end
from salesaid.storage.xlsx_trouble import CannotChange

_FOOTER_ROWS = 3
_FOOTER_CELLS = 2


class Row(NamedTuple):
    """One row element that holds something, with its cells."""

    span: Span
    cells: list[Cell]


class Tail(NamedTuple):
    """The last data row (None: only the headings stand there), and the total row below it."""

    last: Row | None
    total: Row | None
    after: int  # the number of the last data row, or of the heading row
    end: int  # where in the XML that row ends


def tail(data: SheetXml, header: int, text: Callable[[Cell], str]) -> Tail:
    """The end of the sheet, found from its last row upwards."""
    refuse_disorder(data)
    rows = _valued(data)
    first = _next(rows, data)
    total = first if first.span.number > header and _sums_up(first, text) else None
    last = _next(rows, data) if total is not None else first
    if last.span.number < header:
        raise data.not_understood(Text("表头下面没有接得上的行", "no row follows its heading row"), header)
    for row in filter(None, (total, last)):
        if row.span.number > header:
            _refuse_formulas_alone(data, row)
    if total is None and last.span.number > header:
        _refuse_footer(data, rows, last, text, header)
    return Tail(last if last.span.number > header else None, total, last.span.number, last.span.end)


def _valued(data: SheetXml) -> Iterator[Row]:
    """Rows that hold a value or a formula, from the last one upwards."""
    marks = [b"<" + data.layout.tag(name) for name in ("v", "is", "f")]
    for span in spans_from_end(data):
        if any(data.xml.find(mark, span.inner, span.end) >= 0 for mark in marks):
            found = cells(data, span)
            if any(holds_value(cell) for cell in found):
                yield Row(span, found)


def _next(rows: Iterator[Row], data: SheetXml) -> Row:
    row = next(rows, None)
    if row is None:
        raise data.not_understood(Text("没有任何数据", "it holds no data"))
    if not row.span.number:
        raise data.not_understood(Text("行没有行号", "its rows have no numbers"))
    return row


def _sums_up(row: Row, text: Callable[[Cell], str]) -> bool:
    return any(is_total(text(cell)) for cell in row.cells if cell[3] in ("s", "inlineStr", "str") and not cell[4])


def _refuse_formulas_alone(data: SheetXml, row: Row) -> None:
    """A row of nothing but formulas was filled down ahead of its entries; its values would be stale."""
    if all(cell[4] for cell in row.cells if holds_value(cell)):
        number = row.span.number
        what = Text(f"第 {number} 行只有预填的公式", f"row {number} holds nothing but formulas filled in ahead")
        hint = Text("在 Excel 里删掉数据下方预填的公式后再试", "delete the formulas below the data in Excel and retry")
        raise CannotChange(Where(data.file, data.sheet, number), what, hint)


def _refuse_footer(data: SheetXml, rows: Iterator[Row], last: Row, text: Callable[[Cell], str], header: int) -> None:
    """A total with a line or two of small print under it ends the sheet; rows do not belong below that."""
    below = last
    for _, row in zip(range(_FOOTER_ROWS), rows, strict=False):
        if sum(map(holds_value, below.cells)) > _FOOTER_CELLS or row.span.number <= header:
            return
        if _sums_up(row, text):
            number = row.span.number
            what = Text(f"第 {number} 行是合计，其下还有表尾", f"row {number} is a total with a footer below it")
            hint = Text("在 Excel 里把合计和表尾移到别处", "move the total and the footer elsewhere in Excel")
            raise CannotChange(Where(data.file, data.sheet, number), what, hint)
        below = row


def refuse_disorder(data: SheetXml) -> None:
    """Refuses a sheet whose rows are not in order: a later row might stand before an earlier one."""
    opening = b"<" + data.layout.tag("row")
    body = data.xml, data.layout.head, data.layout.tail
    rows = re.compile(opening + rb'(?: r="([0-9]{1,7})")?').findall(*body)
    if not all(rows):  # other attributes come first
        numbers = list(map(int, re.compile(opening + rb"""\s[^>]*?\br=["']([0-9]{1,7})["']""").findall(*body)))
    else:
        numbers = list(map(int, rows))
    ordered = all(map(int.__lt__, numbers, numbers[1:]))
    if len(numbers) != len(rows) or not ordered or (numbers and numbers[-1] > LAST_ROW):
        raise data.not_understood(Text("行号顺序错乱、重复或缺失", "its rows are out of order, doubled or unnumbered"))
