"""A workbook is opened again, by another library than wrote it, before it counts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from itertools import islice
from typing import TYPE_CHECKING

from salesaid.core.errors import FileTrouble
from salesaid.core.tables import Table
from salesaid.core.text import Text
from salesaid.render import Answer
from salesaid.render.as_xlsx import header_row, tables_of_sheets

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

EXACT = 60  # digits of a sum: a million rows of twelve digits and six decimals need 24


class WorkbookDiffers(FileTrouble):
    """A workbook read again does not hold what was written."""

    def __init__(self, title: Text, what: Text) -> None:
        super().__init__(
            Text(
                f"写好的工作簿重新打开后与数据不符：「{title.zh}」的{what.zh}；原有文件未动",
                f"the workbook, opened again, differs in the {what.en} of “{title.en}”; the old file is untouched",
            ),
            Text("再试一次；若再出现，改为输出 .csv", "try again; if it happens again, write a .csv"),
        )


def check_again(data: bytes, answer: Answer) -> None:
    """Read a workbook and compare its rows, sums and totals with the tables'. Raises WorkbookDiffers."""
    from python_calamine import CalamineWorkbook

    tables = tables_of_sheets(answer)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheet_names) != len(tables):
        raise WorkbookDiffers(tables[0].title, Text("工作表数", "number of sheets"))
    for number, table in enumerate(tables):
        _check_sheet(book.get_sheet_by_index(number), table)


def _check_sheet(sheet: CalamineSheet, table: Table) -> None:
    lines = islice(sheet.iter_rows(), header_row(table), None)
    figures = [at for at, field in enumerate(table.fields) if field.kind.align == "right"]
    read = _sums(islice(lines, len(table.rows)), figures)
    if read != _sums(table.rows, figures):
        raise WorkbookDiffers(table.title, Text("合计", "sums"))
    if table.totals:
        _check_totals(next(lines if table.rows else islice(lines, 1, None), ()), table)


def _sums(rows: Iterator[Sequence[object]] | Sequence[Sequence[object]], columns: Sequence[int]) -> list[Decimal]:
    """The number of rows, and the exact sum of each of the columns."""
    sums = [Decimal()] * (len(columns) + 1)
    with localcontext(prec=EXACT):
        for row in rows:
            sums[0] += 1
            for index, at in enumerate(columns, 1):
                sums[index] += _figure(row[at])
    return sums


def _check_totals(row: Sequence[object], table: Table) -> None:
    for at, field in enumerate(table.fields):
        total = table.totals.get(field.name)
        if isinstance(total, Decimal) and (at >= len(row) or _figure(row[at]) != total):
            raise WorkbookDiffers(table.title, Text("合计行", "totals line"))


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
