"""New values for single cells: only their `<c>` elements change, each in the style that it had."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from salesaid.core.text import Text
from salesaid.storage.contract import CellEdit
from salesaid.storage.trouble import ChangedElsewhere
from salesaid.storage.xlsx_append import reach_styles
from salesaid.storage.xlsx_cells import Writer, Written
from salesaid.storage.xlsx_guard import refuse_spanning, refuse_unchangeable
from salesaid.storage.xlsx_opened import Opened
from salesaid.storage.xlsx_patch import Patch
from salesaid.storage.xlsx_read import Unusable, cell_text
from salesaid.storage.xlsx_sheet import Box, Cell, SheetXml, Span, cells, column_of, letters_of, shell, spans
from salesaid.storage.xlsx_tail import refuse_disorder
from salesaid.storage.xlsx_tally import Notes, column_names
from salesaid.storage.xlsx_trouble import CannotChange

_KNOWN = re.compile(rb"""^<[\w.:-]+(?:\s+(?:r|s|t)=["'][^"']*["'])*\s*/?>""")


def plan_edit(opened: Opened, edits: Sequence[CellEdit]) -> tuple[list[Patch], Notes]:
    """The patches that give the cells their new values. Raises ChangedElsewhere where one has another text by now."""
    data = opened.data
    root = shell(data)
    refuse_unchangeable(opened.zipped, data, root)
    refuse_disorder(data)
    rows = {span.number: span for span in spans(data)}
    patches: list[Patch] = []
    as_text: list[int] = []
    every = {
        number: {edit.column: edit for edit in group}
        for number, group in groupby(sorted(edits, key=lambda edit: (edit.row, edit.column)), lambda edit: edit.row)
    }
    if any(number not in rows or number <= opened.header for number in every):
        raise ChangedElsewhere(opened.path)
    refuse_spanning(data, root, [Box(number, min(own), number, max(own)) for number, own in every.items()])
    for number, wanted in every.items():
        patches.extend(_row_patches(opened, rows[number], wanted, as_text))
    return patches, _notes(as_text)


def _notes(as_text: list[int]) -> Notes:
    if not as_text:
        return []
    text = Text("没有可用的日期格式，日期写成了文字：", "no date format at hand, dates were written as text: ")
    return [("date-as-text", text + column_names(sorted(set(as_text))))]


def _row_patches(opened: Opened, span: Span, wanted: Mapping[int, CellEdit], as_text: list[int]) -> list[Patch]:
    data = opened.data
    there = cells(data, span)
    known = {column_of(cell[0]): cell for cell in there}
    places = dict(zip(known, _places(data, span, len(there)), strict=True))
    styles = reach_styles(opened, span.end, [])
    writer = Writer(data.layout.prefix, data.file, data.sheet, styles)
    patches: list[Patch] = []
    inserted: dict[int, str] = {}
    for column, edit in wanted.items():
        cell = known.get(column)
        _compare(opened, cell, edit.expected)
        if cell is not None:
            _refuse_special(opened, span, cell, places[column])
        written = _written(writer, edit, cell)
        as_text.extend([column] if written.as_text else [])
        if cell is not None:
            patches.append(Patch(*places[column], written.xml.encode()))
        elif written.xml:
            at = next((places[other][0] for other in known if other > column), _row_end(data, span))
            inserted[at] = inserted.get(at, "") + written.xml
    if data.xml[span.inner - 2 : span.inner] == b"/>" and inserted:
        return [_opened_up(data, span, "".join(inserted.values()))]
    return sorted(patches + [Patch(at, at, xml.encode()) for at, xml in inserted.items()])


def _opened_up(data: SheetXml, span: Span, inner: str) -> Patch:
    """A row element without cells gets its first ones."""
    closing = f"></{data.layout.prefix}row>"
    return Patch(span.inner - 2, span.inner, f">{inner}{closing[1:]}".encode())


def _row_end(data: SheetXml, span: Span) -> int:
    return span.end - len(data.layout.tag("row")) - 3


def _places(data: SheetXml, span: Span, count: int) -> list[tuple[int, int]]:
    """Where each cell element of the row starts and ends."""
    tag = data.layout.tag("c")
    pattern = re.compile(rb"<%s(?:\s[^<>]*?)?(?:/>|>.*?</%s>)" % (tag, tag), re.DOTALL)
    found = [match.span() for match in pattern.finditer(data.xml, span.inner, span.end)]
    if len(found) != count:
        raise data.not_understood(Text(f"第 {span.number} 行的单元格不认识", f"row {span.number} is not understood"))
    return found


def _compare(opened: Opened, cell: Cell | None, expected: str) -> None:
    try:
        text = cell_text(opened.words, cell) if cell is not None else ""
    except Unusable as unusable:
        raise ChangedElsewhere(opened.path) from unusable
    if text != expected:
        raise ChangedElsewhere(opened.path)


def _refuse_special(opened: Opened, span: Span, cell: Cell, place: tuple[int, int]) -> None:
    """A formula stays a formula, and a cell with a picture or a rich value in it stays what it is."""
    name = f"{cell[0]}{span.number}"
    where = opened.where(span.number, column_of(cell[0]))
    if cell[4]:
        hint = Text("在 Excel 里改公式，或把它换成数值", "change the formula in Excel, or make it a value")
        raise CannotChange(where, Text(f"{name} 是公式", f"{name} holds a formula"), hint)
    if _KNOWN.match(opened.data.xml[place[0] : place[1]]) is None:
        hint = Text("在 Excel 里改", "change it in Excel")
        raise CannotChange(where, Text(f"{name} 带有特殊内容", f"{name} carries special content"), hint)


def _written(writer: Writer, edit: CellEdit, cell: Cell | None) -> Written:
    style = int(cell[2] or 0) if cell is not None else None
    if edit.cell.value is None or edit.cell.value == "":
        blank = writer.blank(edit.row, edit.column, style)
        empty = f'<{writer.prefix}c r="{letters_of(edit.column)}{edit.row}"/>' if cell is not None else ""
        return Written(blank or empty)
    return writer.cell(edit.row, edit.column, style, edit.cell)
