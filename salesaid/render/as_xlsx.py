"""Workbooks for people: one sheet a table, values and no formulas, ready to be printed, the same bytes each time.

openpyxl makes the workbook with its styles and page setup; the rows are put into it as XML (sheet_rows.py).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import compress
from typing import TYPE_CHECKING

from salesaid.core.tables import Table
from salesaid.render import Answer, Occasion, tables_of
from salesaid.render.cells import NOTHING, TOTAL
from salesaid.render.sheet_choices import offer_choices
from salesaid.render.sheet_look import Look, look_of, set_page, widths_of
from salesaid.render.sheet_names import sheet_names
from salesaid.render.sheet_paper import on_paper
from salesaid.render.sheet_rows import MOST_COLUMNS, MOST_ROWS, TooMuchForExcel, cell, row, rows, text_cell

if TYPE_CHECKING:
    from openpyxl import Workbook

TITLE_ROW, DAY_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
TITLE_HEIGHT, HEADER_HEIGHT = 27.0, 21.0
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
READ_WRITE = 0o600 << 16

_EMPTY_DATA = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_MODIFIED = re.compile(b"(<dcterms:modified[^>]*>)[^<]*")


def to_file(answer: Answer, occasion: Occasion) -> bytes:
    """A table or a card as the bytes of an .xlsx file; a card's own notes stand with its first table."""
    first, *others = tables_of_sheets(answer)
    notes = () if isinstance(answer, Table) else answer.notes
    return workbook([first._replace(notes=(*notes, *first.notes)), *others], occasion)


def tables_of_sheets(answer: Answer) -> tuple[Table, ...]:
    """What goes into the sheets: of a card's tables the columns that say something, so that they print readably."""
    return (answer,) if isinstance(answer, Table) else tuple(map(_without_blanks, tables_of(answer)))


def _without_blanks(table: Table) -> Table:
    said = [not at or field.name in table.totals or _says(table, at) for at, field in enumerate(table.fields)]
    if not table.rows or table.paper or all(said):
        return table
    rows = [tuple(compress(row, said)) for row in table.rows]
    return table._replace(fields=tuple(compress(table.fields, said)), rows=rows)


def _says(table: Table, at: int) -> bool:
    return any(row[at] not in {None, ""} for row in table.rows)


def workbook(tables: Sequence[Table], occasion: Occasion) -> bytes:
    """The tables as the bytes of an .xlsx file. Raises Refused where Excel's limits do not hold them."""
    from openpyxl import Workbook

    for table in tables:
        _check_size(table)
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "salesaid"
    book.properties.created = datetime.combine(occasion.day, time())
    names = sheet_names(table.title.in_(occasion.lang) for table in tables)
    sheets = [_sheet(book, name, table, occasion) for name, table in zip(names, tables, strict=True)]
    parts = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}
    return _packed(book, parts, occasion)


def _check_size(table: Table) -> None:
    beside = header_row(table) + len(table.paper.below if table.paper else table.notes) + 3
    if len(table.rows) + beside > MOST_ROWS or len(table.fields) > MOST_COLUMNS:
        raise TooMuchForExcel(table.title, len(table.rows), len(table.fields))


def _sheet(book: Workbook, name: str, table: Table, occasion: Occasion) -> str:
    """A new sheet in the book; its rows are the answer, to be put in when the book is packed."""
    sheet = book.create_sheet(name)
    widths = widths_of(table, occasion.lang)
    head = header_row(table)
    set_page(sheet, widths, head, head + len(table.rows), occasion, upright=table.paper is not None)
    look = look_of(sheet, table, widths, occasion.lang)
    offer_choices(sheet, table, head, occasion.lang)
    if table.paper:
        return on_paper(sheet, table, table.paper, widths, look, _rows(table, head, look, occasion), occasion.lang)
    return "".join(_with_notes(table, look, occasion))


def header_row(table: Table) -> int:
    """The row of the sheet in which the headings stand."""
    return HEADER_ROW if table.paper is None else TITLE_ROW + len(table.paper.above) + 1


def _with_notes(table: Table, look: Look, occasion: Occasion) -> Iterator[str]:
    lang = occasion.lang
    yield row(TITLE_ROW, [text_cell("A1", table.title.in_(lang), look.title)], TITLE_HEIGHT)
    yield row(DAY_ROW, [text_cell("A2", occasion.day.isoformat(), look.quiet)])
    yield from _rows(table, HEADER_ROW, look, occasion)
    for number, note in enumerate(table.notes, FIRST_ROW + max(len(table.rows), 1) + 2):
        style = look.warning if note.level == "warning" else look.quiet
        yield row(number, [text_cell(f"A{number}", note.text.in_(lang), style)])


def _rows(table: Table, head: int, look: Look, occasion: Occasion) -> Iterator[str]:
    """The headings, the rows and the totals."""
    from openpyxl.utils import get_column_letter

    lang = occasion.lang
    letters = [get_column_letter(number) for number in range(1, len(table.fields) + 1)]
    yield row(head, _headings(table, head, letters, look, occasion), HEADER_HEIGHT)
    yield from rows(table, head + 1, letters, look.cells, lang, look.room, look.totals)
    if not table.rows:
        yield row(head + 1, [text_cell(f"A{head + 1}", NOTHING.in_(lang), look.quiet)])
    after = head + 1 + max(len(table.rows), 1)
    if table.totals:
        yield row(after, _totals(table, after, letters, look, occasion))


def _headings(table: Table, head: int, letters: Sequence[str], look: Look, occasion: Occasion) -> Iterator[str]:
    for field, letter, style in zip(table.fields, letters, look.header, strict=True):
        yield text_cell(f"{letter}{head}", field.header.in_(occasion.lang), style)


def _totals(table: Table, number: int, letters: Sequence[str], look: Look, occasion: Occasion) -> Iterator[str]:
    for field, letter, style in zip(table.fields, letters, look.totals, strict=True):
        value = table.totals.get(field.name)
        place = f"{letter}{number}"
        if value is not None:
            yield cell(place, field, value, style, occasion.lang)
        else:
            yield text_cell(place, TOTAL.in_(occasion.lang) if field is table.fields[0] else "", style)


def _packed(book: Workbook, parts: Mapping[str, str], occasion: Occasion) -> bytes:
    """The book with the rows in its sheets, and nothing in it that another run would make otherwise."""
    shell = io.BytesIO()
    book.save(shell)
    packed = io.BytesIO()
    with zipfile.ZipFile(shell) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as new:
        for name in old.namelist():
            part = _part(name, old.read(name), parts.get(name), occasion)
            new.writestr(_entry(name), part, zipfile.ZIP_DEFLATED, 4)
    return packed.getvalue()


def _part(name: str, shell: bytes, sheet_rows: str | None, occasion: Occasion) -> bytes:
    if sheet_rows is not None:
        return _filled(shell, sheet_rows)
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>" + occasion.day.isoformat().encode() + b"T00:00:00Z", shell)
    return shell


def _filled(shell: bytes, sheet_rows: str) -> bytes:
    """The sheet's XML with the rows in the place of its empty data."""
    parts = _EMPTY_DATA.split(shell)
    if len(parts) != len(("before", "after")):
        raise ValueError("openpyxl writes an empty sheet in a new way")
    before = re.sub(rb"<dimension [^>]*/>", b"", parts[0])  # optional, and wrong once there are rows
    return b"".join((before, b"<sheetData>", sheet_rows.encode(), b"</sheetData>", parts[1]))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ZIP_TIME)
    entry.create_system = 3  # else the bytes tell Windows from the rest
    entry.external_attr = READ_WRITE
    return entry
