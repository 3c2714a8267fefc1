"""In which row of its file a document will stand: what it is called where the file has no column for numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesaid.book.laying_out import parts_of
from salesaid.book.reading import Opened, Shelf

if TYPE_CHECKING:
    from salesaid.book.folding import Warm

_LAST = 3  # where a digest holds the last row


def is_numberless(opened: Opened | None) -> bool:
    """Whether a journal's file lacks the column for the documents' numbers: each of its rows is one of its own."""
    if opened is None or opened.ledger.number is None:
        return False
    return opened.ledger.number not in opened.headings.columns


def row_of(opened: Opened, nth: int, shelf: Shelf, warm: Warm | None) -> int:
    """The row of the nth of the rows that have just been planned to be added to a journal."""
    sheet: Any = opened.sheet
    if parts_of(sheet):
        return int(sheet.placed_rows[nth])
    if not opened.is_csv:
        return int(sheet.placed) + nth
    if warm is not None:
        id_ = opened.ledger.id
        known = warm.tails[id_].known if id_ in warm.tails else warm.meta["ledgers"][id_]
        return _below(known["mark"][1], known["digest"][_LAST] if known["digest"] else 0) + nth
    last = 0
    for numbers, _ in shelf.file_blocks(opened.ledger.id):
        last = numbers[-1] if numbers else last
    return _below(sheet.mark().line, last) + nth


def last_row(warm: Warm, shelf: Shelf, id_: str) -> int:
    """The last row of a journal's file, as the index knows it."""
    known = warm.tails[id_].known if id_ in warm.tails else warm.meta["ledgers"].get(id_)
    if known is None:
        return 1
    last: int = known["digest"][_LAST] if known["digest"] else 0
    if last:
        return last
    for numbers, _ in shelf.file_blocks(id_):
        last = numbers[-1] if numbers else last
    return last or 1


def _below(end: int, last: int) -> int:
    """The row below the last one; a file that ends within its last line has its end there."""
    return max(end, last + 1)
