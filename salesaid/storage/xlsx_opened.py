"""One ledger in its workbook, as what plans changes needs it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from salesaid.core.errors import Where
from salesaid.storage.xlsx_parts import Package
from salesaid.storage.xlsx_read import Words
from salesaid.storage.xlsx_sheet import SheetXml, letters_of
from salesaid.storage.xlsx_workbook import Workbook


class Opened(NamedTuple):
    """The file's parts, the workbook, the sheet's XML and part, and the number of its heading row."""

    path: Path
    zipped: Package
    book: Workbook
    words: Words
    data: SheetXml
    part: str
    header: int

    def where(self, row: int, column: int | None = None) -> Where:
        """A place of this sheet that a person can go to."""
        return Where(self.data.file, self.data.sheet, row, None if column is None else letters_of(column))
