"""A workbook is opened again, by another library than wrote it, before it counts.

A long table is not loaded whole: its sheet is read in pieces, and its columns have to sum up to the table's totals.
"""

from __future__ import annotations

import io
import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from itertools import groupby, islice
from typing import TYPE_CHECKING

from salesaid.core.kinds import MONEY, QTY
from salesaid.core.tables import Table
from salesaid.core.text import Lang, Text
from salesaid.render import Answer
from salesaid.render.sheet_plan import Place, Sheet, sheets_of
from salesaid.render.sheet_reader import WorkbookDiffers, columns_of, has_texts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

EXACT = 60  # digits of a sum: a million rows of twelve digits and six decimals need 24
LONG = 5000  # rows; detail sheets with more are read in pieces


def check_again(data: bytes, answer: Answer, lang: Lang = "zh") -> None:
    """Read a workbook and compare its rows, sums and totals with the tables'. Raises WorkbookDiffers."""
    from python_calamine import CalamineWorkbook

    sheets = sheets_of(answer, lang)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheet_names) != len(sheets):
        raise WorkbookDiffers(answer.title, Text("工作表数", "number of sheets"))
    archive = zipfile.ZipFile(io.BytesIO(data))
    for _, found in groupby(enumerate(sheets), key=lambda each: _table_of(each[1])):
        parts = [*found]
        if not _is_long(parts[0][1]) or not _adds_up(archive, parts):
            for number, sheet in parts:
                _check_sheet(book.get_sheet_by_index(number), sheet)


def _table_of(sheet: Sheet) -> int:
    """What the parts of one long table have in common."""
    return id(sheet.places[0].table) if sheet.places else 0


def _is_long(sheet: Sheet) -> bool:
    return sheet.is_detail and len(sheet.places[0].table.rows) > LONG


def _adds_up(archive: zipfile.ZipFile, parts: Sequence[tuple[int, Sheet]]) -> bool:
    """Whether a long table could be checked by its totals. Raises WorkbookDiffers."""
    sheet = parts[0][1]
    table = sheet.places[0].table
    totalled = [table.totals.get(field.name) if field.kind in {MONEY, QTY} else None for field in table.fields]
    summed = [at for at, total in enumerate(totalled) if total is not None]
    if not summed:
        return False
    places = [(number, each.places[0]) for number, each in parts]
    found = [columns_of(archive, number, place, summed) for number, place in places]
    totals = [totalled[at] for at in summed]
    with localcontext(prec=EXACT):
        sums = [sum((each.rows for each in column), Decimal()) for column in zip(*found, strict=True)]
    if sums == totals and [column.total for column in found[-1]] == totals:
        return True
    if any(has_texts(archive, number, place, summed) for number, place in places):
        return False
    raise WorkbookDiffers(sheet.title, Text("合计", "sums") if sums != totals else Text("合计行", "totals line"))


def _check_sheet(sheet: CalamineSheet, plan: Sheet) -> None:
    lines = sheet.iter_rows()
    at = 0
    for place in plan.places:
        deque(islice(lines, place.head - at), maxlen=0)
        _check_place(lines, place, plan.title)
        at = place.after - (not place.table.totals or not place.is_last)


def _check_place(lines: Iterator[Sequence[object]], place: Place, title: Text) -> None:
    """Compare the rows of a table, and its totals; the lines go on after them."""
    table = place.table
    figures = [at for at, field in enumerate(table.fields) if field.kind.align == "right"]
    read = _sums(islice(lines, place.length), figures)
    if read != _sums(islice(table.rows, place.first, place.first + place.length), figures):
        raise WorkbookDiffers(title, Text("合计", "sums"))
    if not place.length:
        next(lines, None)
    if table.totals and place.is_last:
        _check_totals(next(lines, ()), table, title)


def _sums(rows: Iterator[Sequence[object]], columns: Sequence[int]) -> list[Decimal]:
    """The number of rows, and the exact sum of each of the columns."""
    sums = [Decimal()] * (len(columns) + 1)
    with localcontext(prec=EXACT):
        for row in rows:
            sums[0] += 1
            for index, at in enumerate(columns, 1):
                sums[index] += _figure(row[at])
    return sums


def _check_totals(row: Sequence[object], table: Table, title: Text) -> None:
    for at, field in enumerate(table.fields):
        total = table.totals.get(field.name)
        if isinstance(total, Decimal) and (at >= len(row) or _figure(row[at]) != total):
            raise WorkbookDiffers(title, Text("合计行", "totals line"))


def _figure(cell: object) -> Decimal:
    """A cell's number; a spreadsheet keeps fifteen digits, numbers that have more are written as texts."""
    if isinstance(cell, Decimal):
        return cell if cell.is_finite() else Decimal()
    if isinstance(cell, (int, float)):
        return Decimal(f"{cell:.15g}")
    return _written(cell) if isinstance(cell, str) else Decimal()


def _written(text: str) -> Decimal:
    plain = text.replace(",", "")
    return Decimal(plain) if plain.lstrip("-").replace(".", "", 1).isdecimal() else Decimal()
