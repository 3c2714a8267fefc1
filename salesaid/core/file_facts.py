"""What the rules about any ledger look at: a file's headings, the rows nobody can use, the cells nobody can read."""

from __future__ import annotations

from typing import NamedTuple

from salesaid.core.findings import Finding
from salesaid.core.text import Text


class BadCell(NamedTuple):
    """A cell of a used row that cannot be read and counts as blank."""

    row: int
    column: str
    text: str
    accepted: Text


class FileFacts(NamedTuple):
    """One ledger's file. `aside` are rows that no figure uses, `notes` what the store noticed of the file itself."""

    ledger: str
    file: str
    sheet: str | None
    headings: list[Finding]
    aside: list[tuple[int, Text]]
    unreadable: list[BadCell]
    notes: list[tuple[str, Text]]
