"""A new ledger workbook: bold frozen headings, columns that fit and are formatted, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from salesaid.core.text import Text
from salesaid.storage.contract import Cell
from salesaid.storage.xlsx_append import column_style, column_styles, dimension
from salesaid.storage.xlsx_cells import Styles, Writer
from salesaid.storage.xlsx_lists import Choices, offer
from salesaid.storage.xlsx_numbers import date_kind
from salesaid.storage.xlsx_parts import LEVEL, inflated, package, preflight, replaced
from salesaid.storage.xlsx_patch import Patch, applied
from salesaid.storage.xlsx_sheet import LAST_ROW, letters_of, sheet_xml, shell, spans
from salesaid.storage.xlsx_strings import encoded, unescaped
from salesaid.storage.xlsx_trouble import TooManyRows, WrittenWrong
from salesaid.storage.xlsx_workbook import date_styles, workbook

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same in every file, so that equal input makes equal bytes
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_NARROW, _WIDE = 10, 40
_FONT = "Calibri"  # that of the cells; a heading of no font is shown in another one
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_LONGEST_NAME = 31


def sheet_name(wanted: str) -> str:
    """A name that Excel takes for a sheet."""
    name = wanted.translate(_NOT_IN_NAMES).strip("' ")[:_LONGEST_NAME].strip("' ")
    return name if name and name.lower() != "history" else "Sheet1"


class NewSheet(NamedTuple):
    """One sheet of a new workbook; `formats` are Excel number formats, one a column."""

    title: str
    headings: Sequence[str]
    formats: Sequence[str]
    rows: Iterable[Sequence[Cell | None]]
    sample: Sequence[Sequence[Cell | None]] = ()  # rows that the columns are to have room for
    choices: Mapping[int, Choices] = {}  # by column


def new_workbook(file: str, sheets: Sequence[NewSheet]) -> bytes:
    """The bytes of a new workbook. Raises CannotHold for what a cell cannot hold, TooManyRows."""
    zipped = package(_same_every_time(_empty(sheets)), file)
    book = workbook(zipped)
    styles = Styles(date_styles(zipped, book), from_1904=False, reach=lambda _: None, above=lambda _: "")
    changed = {}
    for entry, new in zip(book.sheets, sheets, strict=False):
        part = zipped.parts[entry.part.lower()]
        data = sheet_xml(inflated(zipped, part), file, entry.name)
        writer = Writer("", file, entry.name, styles)
        columns = list(column_styles(shell(data)))
        end = next(spans(data)).end
        body, last = bytearray(), 1
        for last, row in enumerate(new.rows, 2):
            body += _row(writer, last, row, columns).encode()
        if last > LAST_ROW:
            raise TooManyRows(file, last - 1)
        patches = [*dimension(data, last, len(new.headings) - 1), Patch(end, end, bytes(body))]
        del body
        changed[part.name] = applied(data.xml, patches)
    return replaced(zipped, changed)


def _empty(sheets: Sequence[NewSheet]) -> bytes:
    """Headings and formatted columns alone."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = book.properties.modified = _MADE
    book.properties.creator = "salesaid"
    book.remove(book.worksheets[0])
    made = [_add_sheet(book, new) for new in sheets]
    for sheet, new in zip(made, sheets, strict=True):  # lists come last
        offer(book, sheet, new.headings, new.choices)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _add_sheet(book: Workbook, new: NewSheet) -> Worksheet:
    from openpyxl.styles import Font
    from openpyxl.worksheet.dimensions import ColumnDimension

    sheet = book.create_sheet(sheet_name(new.title))
    sheet.freeze_panes = "A2"
    _fit_to_paper(sheet)
    widths = _widths(new.headings, new.formats, new.sample)
    for place, (heading, code, width) in enumerate(zip(new.headings, new.formats, widths, strict=True)):
        column = ColumnDimension(sheet, index=letters_of(place), width=width, customWidth=True)
        column.number_format, column.alignment = code, _aligned(code)
        sheet.column_dimensions[letters_of(place)] = column
        cell = sheet.cell(1, place + 1)
        cell.value = unescaped(encoded(heading))  # what XML cannot hold is written as _x001B_
        cell.data_type = "s"  # also where it looks like a formula
        cell.font, cell.alignment = Font(name=_FONT, size=11, scheme="minor", bold=True), _aligned(code)
    return sheet


def _aligned(code: str) -> Alignment:
    """Texts at the left, dates in the middle, figures at the right with room before the column beside them."""
    from openpyxl.styles import Alignment

    if code == "@":
        return Alignment(vertical="center")
    if date_kind(0, code):
        return Alignment(horizontal="center", vertical="center")
    return Alignment(horizontal="right", indent=1, vertical="center")


def _fit_to_paper(sheet: Worksheet) -> None:
    """Printed across the paper, all columns on a page and the headings on each."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def _widths(headings: Sequence[str], formats: Sequence[str], rows: Sequence[Sequence[Cell | None]]) -> list[float]:
    return [
        _width(heading, code, [cell.text for row in rows for cell in row[place : place + 1] if cell])
        for place, (heading, code) in enumerate(zip(headings, formats, strict=True))
    ]


def _width(heading: str, code: str, texts: Sequence[str]) -> float:
    """Room for the heading and the texts below it, and for a date in a date column."""
    room = 12 if date_kind(0, code) else _NARROW
    return min(_WIDE, max(room, _letters(heading) + 4, *(_letters(text) + 2 for text in texts)))


def _letters(text: str) -> int:
    """How wide a text is in letters, a Chinese character being twice as wide."""
    if text.isascii():
        return len(text)
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)  # noqa: PLR2004 - where CJK starts


def _same_every_time(raw: bytes) -> bytes:
    """The same parts with fixed times, the time of saving taken out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as new,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                fixed = _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", fixed, content)
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()


def _row(writer: Writer, number: int, row: Sequence[Cell | None], columns: Sequence[tuple[int, int, int]]) -> str:
    cells = [
        writer.cell(number, place, column_style(columns, place), cell).xml
        for place, cell in enumerate(row)
        if cell is not None and cell.value not in (None, "")
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def reopened(new: bytes) -> Callable[[Path], None]:
    """A test of the file written: every part inflates with its checksum, and the bytes are those meant."""

    def verify(temp: Path) -> None:
        written = package(temp.read_bytes(), str(temp))
        preflight(written)
        if written.raw != new:
            raise WrittenWrong(str(temp), Text("内容不符", "it does not hold what was meant"))

    return verify
