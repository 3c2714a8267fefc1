"""What an export wrote."""

from __future__ import annotations

from typing import NamedTuple

from salesaid.core.text import Text


class Exported(NamedTuple):
    """One ledger as it was written."""

    ledger: str
    title: Text
    path: str
    sheet: str | None
    rows: int
    columns: int
    aside: tuple[tuple[int, Text], ...] = ()  # rows of the ledger's file that could not be read as rows
    file: str = ""  # the ledger's own
    as_text: tuple[str, ...] = ()  # headings of columns whose figures or dates only a text keeps as they are written
