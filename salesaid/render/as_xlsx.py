"""Workbooks for people: values and no formulas, ready to be printed, the same bytes each time.

A table is a sheet of its own; a card is one sheet with its tables below each other in a report, and where they are
small; a table longer than a sheet is parted. openpyxl makes the workbook with its styles, charts and page setup; the
rows go into it as XML (sheet_rows.py), a piece at a time, so that a long table need not be held twice.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from salesaid.render import Answer, Occasion
from salesaid.render.sheet_names import sheet_names
from salesaid.render.sheet_plan import Sheet, sheets_of
from salesaid.render.sheet_stack import stack_sheet
from salesaid.render.sheet_table import Ink, table_sheet
from salesaid.render.sheet_texts import PART, SharedTexts, announced
from salesaid.render.visible import visible_in_sheet

if TYPE_CHECKING:
    from openpyxl import Workbook

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
READ_WRITE = 0o600 << 16
LEVEL = 4  # 85,000 rows of twelve cells: 5.8 MB in 0.75 s; with 1 7.4 MB in 0.67 s, with 6 5.4 MB in 1.06 s
LARGE = 1 << 24  # cells; a part with more may need the long form of a zip

_EMPTY_DATA = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_MODIFIED = re.compile(b"(<dcterms:modified[^>]*>)[^<]*")


class _Rows(NamedTuple):
    """The rows of a sheet as XML, made as they are taken."""

    pieces: Iterable[str]
    is_large: bool


def to_file(answer: Answer, occasion: Occasion) -> bytes:
    """An answer as the bytes of an .xlsx file. Raises Refused where Excel's limits do not hold it."""
    from openpyxl import Workbook

    sheets = sheets_of(answer, occasion.lang)
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "salesaid"
    book.properties.title = visible_in_sheet(answer.title.in_(occasion.lang)) or None
    book.properties.created = datetime.combine(occasion.day, time())
    texts = SharedTexts()
    found = _rows(book, sheets, Ink(occasion, texts))
    parts = {f"xl/worksheets/sheet{number}.xml": rows for number, rows in enumerate(found, 1)}
    return _packed(book, parts, texts, occasion)


def _rows(book: Workbook, sheets: Sequence[Sheet], ink: Ink) -> list[_Rows]:
    """The rows of each sheet, made as they are taken; the parts of one table share its rows."""
    names = sheet_names(sheet.title.in_(ink.occasion.lang) for sheet in sheets)
    found = []
    running: dict[int, Iterator[Sequence[object]]] = {}
    for name, plan in zip(names, sheets, strict=True):
        sheet = book.create_sheet(name)
        if plan.is_summary:
            rows = stack_sheet(sheet, plan, ink)
        else:
            table = plan.places[0].table
            rows = table_sheet(sheet, plan, running.setdefault(id(table), iter(table.rows)), ink)
        cells = sum(place.length * len(place.table.fields) for place in plan.places)
        found.append(_Rows(rows, is_large=cells > LARGE))
    return found


def _packed(book: Workbook, parts: Mapping[str, _Rows], texts: SharedTexts, occasion: Occasion) -> bytes:
    """The book with the rows in its sheets, and nothing in it that another run would make otherwise."""
    shell, packed = io.BytesIO(), io.BytesIO()
    book.save(shell)
    with zipfile.ZipFile(shell) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in parts:
                _fill(new, name, old.read(name), parts[name])
            elif name != PART:
                new.writestr(_entry(name), _part(name, old.read(name), occasion))
        new.writestr(_entry(PART), texts.part())
    return packed.getvalue()


def _part(name: str, shell: bytes, occasion: Occasion) -> bytes:
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>" + occasion.day.isoformat().encode() + b"T00:00:00Z", shell)
    return announced(name, shell)


def _fill(archive: zipfile.ZipFile, name: str, shell: bytes, rows: _Rows) -> None:
    """Write a sheet's XML with the rows in the place of its empty data."""
    parts = _EMPTY_DATA.split(shell)
    if len(parts) != len(("before", "after")):
        raise ValueError("openpyxl writes an empty sheet in a new way")
    before = re.sub(rb"<dimension [^>]*/>", b"", parts[0])  # optional, and wrong once there are rows
    with archive.open(_entry(name), "w", force_zip64=rows.is_large) as file:
        file.write(before + b"<sheetData>")
        for piece in rows.pieces:
            file.write(piece.encode())
        file.write(b"</sheetData>" + parts[1])


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ZIP_TIME)
    entry.create_system = 3  # else the bytes tell Windows from the rest
    entry.external_attr = READ_WRITE
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = LEVEL  # type: ignore[attr-defined]  # noqa: SLF001  # no other way for what is streamed
    return entry
