"""What a sheet shows beside its figures: bars behind shares, red below zero, amber where something is late."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from salesaid.core.kinds import MONEY, QTY, RATE
from salesaid.core.tables import Field, Table
from salesaid.render.sheet_plan import Place
from salesaid.render.sheet_summary import VALUE

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

RED, AMBER, BAR = "FFB42318", "FFB45309", "FFB8CCE4"
LOOKED_AT = 2000  # rows


def mark(sheet: Worksheet, place: Place) -> None:
    """Add conditional formats to the rows of a table on a sheet, and to its totals."""
    if place.table.paper or not place.length:
        return
    from openpyxl.utils import get_column_letter

    end = place.head + place.length
    for at, field in enumerate(place.table.fields):
        letter = get_column_letter(at + 1)
        own = f"{letter}{place.head + 1}:{letter}{end}"
        if field.kind in {MONEY, QTY, RATE}:
            totals = bool(place.table.totals) and place.is_last
            sheet.conditional_formatting.add(f"{letter}{place.head + 1}:{letter}{end + totals}", _below_zero())
        if is_share(field, place.table, at):
            sheet.conditional_formatting.add(own, _bars())
        if is_lateness(field):
            sheet.conditional_formatting.add(own, _above_zero())


def is_lateness(field: Field) -> bool:
    """Whether a column counts how late something is."""
    return field.kind.align == "right" and "late" in field.name.split("_")


def is_share(field: Field, table: Table, at: int) -> bool:
    """Whether a column holds shares of something, of which none is below zero: what a bar shows well.

    Not the shares among key figures: each is one of another thing.
    """
    if field.kind is not RATE or "change" in field.name or any(each.name == VALUE for each in table.fields):
        return False
    figures = [*_figures(table, at)]
    return len(figures) > 1 and all(figure >= 0 for figure in figures) and any(figures)


def _figures(table: Table, at: int) -> Iterator[Decimal]:
    values = (row[at] for row in islice(table.rows, LOOKED_AT))
    return (value for value in values if isinstance(value, Decimal))


def _below_zero() -> object:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font

    return CellIsRule(operator="lessThan", formula=["0"], font=Font(color=RED))


def _above_zero() -> object:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font

    return CellIsRule(operator="greaterThan", formula=["0"], font=Font(color=AMBER, bold=True))


def _bars() -> object:
    from openpyxl.formatting.rule import DataBarRule

    return DataBarRule(start_type="num", start_value=0, end_type="max", color=BAR)
