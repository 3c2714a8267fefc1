"""Nothing goes missing in silence: which rows an answer did not use, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from salesaid import ledgers
from salesaid.book import folding
from salesaid.book.lacking import no_columns
from salesaid.core.state import parts_of
from salesaid.core.tables import Note
from salesaid.core.text import Text

if TYPE_CHECKING:
    from salesaid.book import Book

_NAMED = 3  # rows that are named one by one


def notes(book: Book, supplied: Iterable[str]) -> list[Note]:
    """What to say of the rows that were left out of the ledgers behind an answer."""
    found: list[Note] = []
    later = 0
    for id_ in _behind(set(supplied)):
        aside = _set_aside(book, id_)
        if aside:
            found.append(_aside_note(book, id_, aside))
        later += _later(book, id_)
        found += no_columns(book, id_)
    if later:
        text = Text(
            f"{later} 行的日期晚于 {book.today}，未计入", f"{later} rows are dated after {book.today}: left out"
        )
        found.append(Note("later_rows", "info", text))
    return found


def _behind(supplied: set[str]) -> list[str]:
    """The ledgers whose rows an answer rests on."""
    ids = supplied & set(ledgers.names())
    if "stock" in supplied:
        ids |= {id_ for id_ in folding.journals() if id_ == folding.COUNTS_FIRST or _moves_goods(id_)}
    if supplied & {"promised", "order_lines"}:
        ids |= {"orders", "shipments"}
    return sorted(ids)


def _moves_goods(id_: str) -> bool:
    return any(action.ways or action.at_once for action in ledgers.load(id_).actions)


def _set_aside(book: Book, id_: str) -> list[tuple[int, Text]]:
    found = dict(book.shelf.set_aside(id_))
    if book.warm is not None:
        for key, (_, row, zh, en) in book.warm.state[folding.ASIDE].under(id_):
            assert parts_of(key)[0] == id_
            found[row] = Text(zh, en)
    return sorted(found.items())


def _later(book: Book, id_: str) -> int:
    if book.warm is None:
        return book.shelf.later(id_)
    later = (value for _, value in book.warm.state[folding.LATER].under())
    return sum(1 for day, ledger, *_ in later if ledger == id_ and day > book.today.isoformat())


def _aside_note(book: Book, id_: str, aside: list[tuple[int, Text]]) -> Note:
    spot = book.shelf.spot(id_)
    file = spot.path.name if spot else id_
    zh = "；".join(f"第 {row} 行 {reason.zh}" for row, reason in aside[:_NAMED])
    en = "; ".join(f"row {row}: {reason.en}" for row, reason in aside[:_NAMED])
    more = len(aside) - _NAMED
    rest = Text(f"；还有 {more} 行", f"; {more} more") if more > 0 else Text("", "")
    rows = "1 row" if len(aside) == 1 else f"{len(aside)} rows"
    text = Text(f"{file} 有 {len(aside)} 行未采用：{zh}", f"{rows} of {file} set aside: {en}") + rest
    return Note("set_aside", "warning", text)
