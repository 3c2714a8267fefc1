"""What the rules about any ledger look at: a file's headings, the rows nobody can use, the cells nobody can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from salesaid.core.heading_trouble import OddHeading, Oddity
from salesaid.core.rules import Wrong
from salesaid.core.text import Text


class BadCell(NamedTuple):
    """A cell of a used row that cannot be read and counts as blank."""

    row: int
    column: str
    text: str
    accepted: Text


class Formula(NamedTuple):
    """A cell of a CSV file that a spreadsheet would run; `column` is an id, or the heading of a column not read."""

    row: int
    column: str
    text: str


class FileFacts(NamedTuple):
    """One ledger's file. `aside` are rows that no figure uses, `notes` what the store noticed of the file itself.

    `later` are rows dated after today; `copies` rows that are equal to an earlier one, cell by cell, each with that.
    """

    ledger: str
    file: str
    sheet: str | None
    header_row: int
    headings: list[OddHeading]
    aside: list[tuple[int, Text]]
    unreadable: list[BadCell]
    later: list[tuple[int, date]]
    copies: list[tuple[int, int]]
    formulas: list[Formula]
    notes: list[tuple[str, Text]]


def odd_headings(file_facts: Iterable[FileFacts], oddity: Oddity) -> Iterator[Wrong]:
    """What is wrong with headings in one way, in all files."""
    for facts in file_facts:
        for odd in facts.headings:
            if odd.oddity == oddity:
                yield Wrong(
                    facts.ledger, odd.message, row=facts.header_row, column=odd.column, suggestion=odd.suggestion,
                    severity=odd.severity,
                )  # fmt: skip
