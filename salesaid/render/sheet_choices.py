"""Columns of a workbook that are to be filled in: their cells offer what may be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesaid.core.tables import Table
from salesaid.core.text import Lang, Text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WRONG = Text("请从下拉列表中选", "choose from the list")


def offer_choices(sheet: Worksheet, table: Table, head: int, lang: Lang) -> None:
    """A drop-down list in every cell of the columns that have choices; `head` is the row of the headings."""
    for number, field in enumerate(table.fields, 1):
        if field.choices and table.rows:
            from openpyxl.utils import get_column_letter
            from openpyxl.worksheet.datavalidation import DataValidation

            words = ",".join(field.kind.show(choice, lang) for choice in field.choices)
            offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
            offered.error = _WRONG.in_(lang)
            letter = get_column_letter(number)
            offered.add(f"{letter}{head + 1}:{letter}{head + len(table.rows)}")
            sheet.add_data_validation(offered)
