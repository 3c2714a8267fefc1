"""Adding rows to a sheet: new row elements below the last data row, formatted empty ones filled in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from salesaid.core.text import Text
from salesaid.storage.contract import Cell as NewCell
from salesaid.storage.xlsx_cells import Styles, Writer
from salesaid.storage.xlsx_guard import refuse_spanning, refuse_unchangeable
from salesaid.storage.xlsx_opened import Opened
from salesaid.storage.xlsx_patch import Patch
from salesaid.storage.xlsx_read import Unusable, Words, cell_text
from salesaid.storage.xlsx_sheet import (
    LAST_ROW,
    Box,
    Cell,
    SheetXml,
    Span,
    cells,
    column_of,
    letters_of,
    shell,
    spans,
    spans_from_end,
)
from salesaid.storage.xlsx_table import grown, tables
from salesaid.storage.xlsx_tail import Row, Tail, tail
from salesaid.storage.xlsx_tally import Notes, column_names
from salesaid.storage.xlsx_totals import leaves_out, refuse_moving
from salesaid.storage.xlsx_trouble import CannotChange
from salesaid.storage.xlsx_xml import Node

REACH = 50  # rows above that are asked for a date style
_ROW_REFERENCE = re.compile(rb"(\sr=[\"'])[0-9]+([\"'])")
_CELL_REFERENCE = re.compile(rb"(<(?:[A-Za-z_][\w.-]*:)?c(?=\s)[^<>]*?\sr=[\"'][A-Z]+)[0-9]+([\"'])")
_DIMENSION = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?dimension\s+ref=[\"']([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?[\"']")
_SPARE_ROWS = 10_000  # formatted rows below a total that are moved down with it; more are refused


class Plan(NamedTuple):
    """The patches of each part (the sheet's first), where the new rows stand, what a person should know.

    `shift`: so many rows the total below them moves down.
    """

    patches: dict[str, list[Patch]]
    first_row: int
    notes: Notes
    shift: int


class _Ground(NamedTuple):
    """What the planning stands on."""

    opened: Opened
    tail: Tail
    above: dict[int, Cell]  # the cells of the last data row by column
    columns: list[tuple[int, int, int]]  # (first, last, style) of formatted columns
    writer: Writer


def plan_append(opened: Opened, rows: Sequence[Sequence[NewCell | None]]) -> Plan:
    """The change that adds the rows. Raises FileTrouble where it would break anything."""
    data, zipped = opened.data, opened.zipped
    root = shell(data)
    refuse_unchangeable(zipped, data, root)
    ground = _ground(opened, root)
    end = ground.tail
    shift = _shift(end, len(rows))
    target = Box(end.after + 1, 0, end.after + len(rows), max(map(len, rows)) - 1)
    bottom = max(target.bottom, end.total.span.number + shift if end.total else 0)
    _refuse_overflow(opened, bottom)
    if end.total is not None and shift:
        refuse_moving(opened, root, end.total, shift)
    refuse_spanning(data, root, (target,))
    growth = grown(tables(zipped, opened.part), data, opened.header, end.after, target)
    body, as_text = _row_patches(ground, rows, target)
    moved = _moved(data, end, shift) if shift else []
    patches = sorted([*dimension(data, bottom, target.right), *body, *moved])
    return Plan({opened.part: patches} | growth, target.top, _notes(ground, rows, as_text, shift), shift)


def _ground(opened: Opened, root: Node) -> _Ground:
    data, words = opened.data, opened.words
    end = tail(data, opened.header, lambda cell: _or_blank(words, cell))
    above = {column_of(cell[0]): cell for cell in end.last.cells} if end.last else {}
    columns = list(column_styles(root))
    styles = reach_styles(opened, end.last.span.end if end.last else None, columns)
    return _Ground(opened, end, above, columns, Writer(data.layout.prefix, data.file, data.sheet, styles))


def _or_blank(words: Words, cell: Cell) -> str:
    try:
        return cell_text(words, cell)
    except Unusable:
        return ""


def column_styles(root: Node) -> Iterator[tuple[int, int, int]]:
    """The formatted columns of a sheet: first, last, style."""
    for node in root.all("col"):
        try:
            yield int(node.attrs["min"]) - 1, int(node.attrs["max"]) - 1, int(node.attrs.get("style", "0"))
        except (KeyError, ValueError):
            continue


def column_style(columns: Sequence[tuple[int, int, int]], column: int) -> int | None:
    """The style of a formatted column, None where it has none."""
    return next((style for first, last, style in columns if first <= column <= last), None) or None


def reach_styles(opened: Opened, end: int | None, columns: Sequence[tuple[int, int, int]]) -> Styles:
    """Styles within reach of a place in the sheet: the rows above it (`end`; None: no data row), then the columns."""
    words = opened.words

    @cache
    def rows() -> list[list[Cell]]:  # most cells ask for none
        return [] if end is None else _rows_above(opened.data, opened.header, end)

    def reach(column: int) -> int | None:
        for row in rows():
            style = next((int(cell[2]) for cell in row if cell[2] and column_of(cell[0]) == column), 0)
            if style < len(words.dates) and words.dates[style] in ("date", "datetime"):
                return style
        style = column_style(columns, column) or 0
        return style if style < len(words.dates) and words.dates[style] in ("date", "datetime") else None

    def above(column: int) -> str:
        found = (_or_blank(words, cell) for row in rows() for cell in row if column_of(cell[0]) == column)
        return next((text for text in found if text), "")

    return Styles(words.dates, words.from_1904, reach, above)


def _rows_above(data: SheetXml, header: int, end: int) -> list[list[Cell]]:
    above = islice(spans_from_end(data, end), REACH)
    return [cells(data, span) for span in above if span.number > header]


def _shift(end: Tail, count: int) -> int:
    """How many rows the total has to move down: those that the empty rows above it do not take."""
    return max(0, count - (end.total.span.number - 1 - end.after)) if end.total else 0


def _refuse_overflow(opened: Opened, last: int) -> None:
    if last > LAST_ROW:
        hint = Text("另起一张工作表或新的文件", "start a new sheet or a new file")
        raise CannotChange(opened.where(last), Text("超过 1,048,576 行", "it would exceed 1,048,576 rows"), hint)


def _row_patches(
    ground: _Ground, rows: Sequence[Sequence[NewCell | None]], target: Box
) -> tuple[list[Patch], list[int]]:
    """New rows between, and in place of, the empty row elements that stand there already."""
    patches: list[Patch] = []
    as_text: list[int] = []
    waiting = _empty_rows(ground, target)
    place = ground.tail.end
    span = next(waiting, None)
    fresh: list[str] = []
    for number, row in enumerate(rows, target.top):
        if span is None or span.number != number:
            fresh.append(_row(ground, number, row, None, as_text))
            continue
        if fresh:
            patches.append(Patch(place, place, "".join(fresh).encode()))
            fresh = []
        inner = _row(ground, number, row, cells(ground.opened.data, span), as_text)
        patches.append(Patch(span.start, span.end, _tag(ground.opened.data, span) + inner.encode()))
        place = span.end
        span = next(waiting, None)
    if fresh:
        patches.append(Patch(place, place, "".join(fresh).encode()))
    return patches, as_text


def _empty_rows(ground: _Ground, target: Box) -> Iterator[Span]:
    for span in spans(ground.opened.data, ground.tail.end):
        if span.number > target.bottom or (ground.tail.total and span.start >= ground.tail.total.span.start):
            return
        if b"extLst" in ground.opened.data.xml[span.start : span.end]:
            what = Text(f"第 {span.number} 行带有扩展内容", f"row {span.number} carries extensions")
            raise ground.opened.data.not_understood(what, span.number)
        yield span


def _tag(data: SheetXml, span: Span) -> bytes:
    """The opening tag of a row that is filled: visible, and without the span of cells that it had."""
    tag = data.xml[span.start : span.inner].rstrip(b">").rstrip(b"/").rstrip()
    return re.sub(rb"""\s(?:spans|hidden)=["'][^"']*["']""", b"", tag) + b">"


def _row(
    ground: _Ground, number: int, row: Sequence[NewCell | None], own: list[Cell] | None, as_text: list[int]
) -> str:
    """A row's cells and its closing tag; for a row of its own the opening tag too."""
    there = {column_of(cell[0]): int(cell[2] or 0) for cell in own or ()}
    pieces: list[str] = []
    for column in sorted(there.keys() | range(len(row))):
        cell = row[column] if column < len(row) else None
        style = there[column] if column in there else _style(ground, column)
        if cell is None or cell.value is None or cell.value == "":
            pieces.append(ground.writer.blank(number, column, style))
            continue
        written = ground.writer.cell(number, column, style, cell)
        pieces.append(written.xml)
        if written.as_text:
            as_text.append(column)
    prefix = ground.writer.prefix
    opening = "" if own is not None else f'<{prefix}row r="{number}">'
    return opening + "".join(pieces) + f"</{prefix}row>"


def _style(ground: _Ground, column: int) -> int | None:
    above = ground.above.get(column)
    if above is not None and above[2]:
        return int(above[2])
    return column_style(ground.columns, column)


def _moved(data: SheetXml, end: Tail, shift: int) -> list[Patch]:
    """The total row, and the empty rows below it, with their numbers moved down."""
    if end.total is None:
        return []
    patches: list[Patch] = []
    for span in spans(data, end.total.span.start):
        if len(patches) > _SPARE_ROWS:
            raise data.not_understood(Text("合计行下面有太多空行", "too many formatted rows stand below the total"))
        new = rb"\g<1>%d\g<2>" % (span.number + shift)
        tag = _ROW_REFERENCE.sub(new, data.xml[span.start : span.inner], count=1)
        inner = _CELL_REFERENCE.sub(new, data.xml[span.inner : span.end])
        patches.append(Patch(span.start, span.end, tag + inner))
    return patches


def dimension(data: SheetXml, bottom: int, right: int) -> list[Patch]:
    """The sheet's declared extent, where it declares one, reaching down to the new rows."""
    found = _DIMENSION.search(data.xml, 0, data.layout.head)
    if found is None:
        return []
    left, top, old_right, old_bottom = found.groups()
    column = max(right, column_of((old_right or left).decode()))
    row = max(bottom, int(old_bottom or top))
    new = f"{left.decode()}{top.decode()}:{letters_of(column)}{row}".encode()
    return [Patch(found.start(1), found.end(4) if old_bottom else found.end(2), new)]


def _notes(ground: _Ground, rows: Sequence[Sequence[NewCell | None]], as_text: list[int], shift: int) -> Notes:
    notes: Notes = []
    if as_text:
        names = column_names(sorted(set(as_text)))
        text = Text("没有可用的日期格式，日期写成了文字：", "no date format at hand, dates were written as text: ")
        notes.append(("date-as-text", text + names))
    blank = [column for column, cell in sorted(ground.above.items()) if cell[4] and _left_out(rows, column)]
    if blank:
        text = Text("上一行是公式的列没有填：", "formulas stand above what was left blank: ")
        notes.append(("formula-left-blank", text + column_names(blank)))
    total = ground.tail.total
    if total is not None:
        short = [column for column in range(max(map(len, rows))) if _not_summed(ground, total, rows, column)]
        if short:
            text = Text(
                f"第 {total.span.number + shift} 行合计的公式没有算上新行，请改：",
                f"the formulas of the total in row {total.span.number + shift} leave new rows out, mend them: ",
            )
            notes.append(("total-leaves-out", text + column_names(short)))
    if shift:
        notes.append(("total-moved", Text(f"合计行下移了 {shift} 行", f"the total row moved down by {shift}")))
    if _has_formulas(ground):
        text = Text(
            "工作簿里有公式：打开后按 Ctrl+Alt+F9（LibreOffice 按 Ctrl+Shift+F9）重新计算",
            "the workbook has formulas: press Ctrl+Alt+F9 in Excel, Ctrl+Shift+F9 in LibreOffice",
        )
        notes.append(("recalculate", text))
    return notes


def _has_formulas(ground: _Ground) -> bool:
    """Whether results were saved that new rows may change; LibreOffice keeps no list of formulas as Excel does."""
    total = ground.tail.total.cells if ground.tail.total else []
    is_near = any(cell[4] for cell in (*total, *ground.above.values()))
    return is_near or ground.opened.zipped.find("xl/calcChain.xml") is not None


def _not_summed(ground: _Ground, total: Row, rows: Sequence[Sequence[NewCell | None]], column: int) -> bool:
    """Whether the total of a column does not reach down to the last new row that holds something in it."""
    filled = [at for at, row in enumerate(rows) if column < len(row) and row[column] is not None]
    return bool(filled) and leaves_out(total, column, ground.tail.after + 1 + filled[-1])


def _left_out(rows: Sequence[Sequence[NewCell | None]], column: int) -> bool:
    return any(column >= len(row) or row[column] is None for row in rows)
