"""Rows of several sheets that are one ledger: a row's number says in which of them it stands.

Folds, the index and columns of figures know whole numbers only, and that rows stand below each other. So the rows of
the second sheet are counted on far behind any row of the first; for people such a number reads `3月:12`, with a
colon, which no sheet's name can hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

SPAN = 1 << 21  # more rows than a sheet has

Sheets = str | tuple[str, ...] | None
"""The sheet of a ledger, as far as it is told; the names of several that are one ledger."""


class RowOfSheet(int):
    """The number of a row in one of several sheets. As text: the sheet and the row, as people count it."""

    sheet: str

    def __new__(cls, number: int, sheet: str) -> Self:
        """`number` counts on from sheet to sheet, as `first_of` has it."""
        made = super().__new__(cls, number)
        made.sheet = sheet
        return made

    def __reduce__(self) -> tuple[type[RowOfSheet], tuple[int, str]]:
        """What another process makes it of."""
        return RowOfSheet, (int(self), self.sheet)

    def __str__(self) -> str:
        """The sheet and the row: 3月:12."""
        return f"{self.sheet}:{plain_row(self)}"


def is_pattern(sheet: str | None) -> bool:
    """Whether a name is that of several sheets: no sheet's own name can hold * or ?."""
    return sheet is not None and ("*" in sheet or "?" in sheet)


def first_of(at: int) -> int:
    """What is added to the rows of a sheet, the first being 0."""
    return at * SPAN


def sheet_of(number: int) -> int:
    """Which sheet a row stands in, the first being 0."""
    return number // SPAN


def plain_row(number: int) -> int:
    """A row's number in its own sheet, as Excel counts it."""
    return int(number) % SPAN


def row_in(sheets: Sheets, number: int) -> int:
    """A row's number that says its sheet, where there are several."""
    if not isinstance(sheets, tuple) or isinstance(number, RowOfSheet):
        return number
    at = sheet_of(number)
    return RowOfSheet(number, sheets[at]) if at < len(sheets) else number


def rows_in(sheets: Sheets, numbers: Sequence[int]) -> Sequence[int]:
    """The same of many."""
    return [row_in(sheets, number) for number in numbers] if isinstance(sheets, tuple) else numbers


def sheet_in(sheets: Sheets, number: int | None) -> str | None:
    """The sheet of a row; None where it is not told."""
    if not isinstance(sheets, tuple):
        return sheets
    at = 0 if number is None else sheet_of(number)
    return sheets[at] if number is not None and at < len(sheets) else None


def row_said(sheets: Sheets, text: str) -> int | None:
    """The row that a text says: 12, or 3月:12 where there are several sheets; None where it is no such text."""
    sheet, _, row = text.rpartition(":")
    names = sheets if isinstance(sheets, tuple) else ("",)
    if not row.isdecimal() or sheet not in names:
        return None
    return row_in(sheets, first_of(names.index(sheet)) + int(row))
