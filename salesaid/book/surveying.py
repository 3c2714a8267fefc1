"""The facts of every ledger's file, gathered in one pass over all its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesaid import ledgers
from salesaid.core.file_facts import BadCell, FileFacts

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.book.reading import Opened


def file_facts(book: Book) -> list[FileFacts]:
    """The facts of every ledger that was ever written, each read once with all its columns."""
    opened = ((id_, book.shelf.opened(id_)) for id_ in ledgers.names())
    return [_facts(book, id_, file) for id_, file in opened if file is not None]


def _facts(book: Book, id_: str, opened: Opened) -> FileFacts:
    rows = book.shelf.rows(id_)
    columns = [column.id for column in opened.ledger.columns if column.id in opened.headings.columns]
    for _ in rows.pick_columns(*columns):
        pass
    aside = [(row, reason) for row, reason in (*opened.sheet.aside, *rows.aside)]
    left_out = {row for row, _ in aside}
    bad = rows.unreadable()
    at = {opened.headings.columns[name]: name for name in bad}
    cells: list[BadCell] = []
    for numbers, block in book.shelf.blocks(id_) if bad else ():
        for number, row in zip(numbers, block, strict=True):
            for index, name in at.items() if number not in left_out else ():
                accepted = bad[name].get(row[index])
                if accepted is not None:
                    cells.append(BadCell(number, name, row[index], accepted))
    sheet = opened.sheet.spot.sheet
    return FileFacts(
        id_, opened.file, sheet, opened.headings.findings, sorted(aside), cells, list(opened.sheet.notes())
    )
