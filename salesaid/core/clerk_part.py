"""What an import has read: sheet by sheet, with what was understood of it and what became of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from salesaid.core.clerk_header import Header
from salesaid.core.clerk_mapping import SheetMapping
from salesaid.core.clerk_tally import Tally
from salesaid.core.reading import DateOrder
from salesaid.core.tables import Note
from salesaid.core.text import Text


class Part(NamedTuple):
    """One sheet as it was read: which ledger, which column is which, and what became of its rows.

    `samples` are some texts of each column by its index; `profile`: it was known from an earlier import.
    """

    file: str
    sheet: str | None
    header: Header
    mapping: SheetMapping
    samples: Mapping[int, tuple[str, ...]]
    tally: Tally
    notes: tuple[Note, ...]
    profile: bool
    date_order: DateOrder | None

    @property
    def place(self) -> str:
        """The file, and the sheet where it has several."""
        return f"{self.file} {self.sheet}" if self.sheet else self.file


class Skipped(NamedTuple):
    """A sheet or a file that was left out, and why."""

    file: str
    sheet: str | None
    reason: Text
