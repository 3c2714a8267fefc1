"""Whether the index is whole: all journals folded afresh, as of the day it was stored, have to come to the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesaid.balances.serials import SERIALS
from salesaid.book import folding
from salesaid.book.known import tail_of
from salesaid.core.errors import SalesaidError
from salesaid.core.standing import Problem
from salesaid.core.text import Text
from salesaid.storage import index

if TYPE_CHECKING:
    from salesaid.book import Book

_REMEMBERED = {folding.META, SERIALS}  # of these the index knows more than the ledgers say
_NONE = Text("索引：还没有，下一次记账时建立", "index: none yet, the next command that writes makes it")
_BEHIND = Text(
    "索引：台账改过了，下一次记账时更新", "index: ledgers have changed, the next command that writes renews it"
)
_UNKNOWN = Text("索引：有台账读不了，没有核对", "index: not compared, since a ledger cannot be read")
_WHOLE = Text("索引：与台账一致", "index: agrees with the ledgers")
_WRONG = Text("索引与台账对不上", "the index does not agree with the ledgers")
_REMOVE = Text(
    "删掉 .salesaid/index 文件夹，不会丢数据，下一次记账时重建",
    "delete the folder .salesaid/index: nothing is lost, the next command that writes makes it anew",
)


def look(book: Book) -> Problem:
    """How the index stands; `fine` where its answers hold or are not believed anyway."""
    stored = index.open_index(book.folder / folding.INDEX, write=False)
    if stored is None:
        return Problem("fine", _NONE)
    try:
        if not _is_current(book, stored):
            return Problem("fine", _BEHIND)
        return Problem("fine", _WHOLE) if _agrees(book, stored) else Problem("index_wrong", _WRONG, _REMOVE)
    except SalesaidError:
        return Problem("fine", _UNKNOWN)
    except index.IndexDamagedError:
        return Problem("index_wrong", _WRONG, _REMOVE)
    finally:
        stored.close()


def _is_current(book: Book, stored: index.Index) -> bool:
    """Whether it was made of just these bytes."""
    meta = folding.meta_in(stored)
    if meta.get("version") != folding.VERSION or meta["settings"] != book.settings_crc:
        return False
    plain = book.without_queue()
    try:
        if meta["registers"] is not None and meta["registers"] != folding.registers_crc(plain.shelf):
            return False
        for id_ in folding.journals():
            opened, known = plain.shelf.opened(id_), meta["ledgers"].get(id_)
            if (opened is None) is not (known is None):
                return False
            if opened is not None:
                tail = tail_of(plain.shelf, opened, known, exact=True)
                if tail is None or tail.blocks:
                    return False
        return True
    finally:
        plain.close()


def _agrees(book: Book, stored: index.Index) -> bool:
    day = date.fromisoformat(folding.meta_in(stored)["day"])
    fresh = type(book)(book.folder, day, book.lang, book.user).fresh()
    try:
        folding.fold_everything(fresh.state, fresh.shelf, fresh.supply, day)
        found: dict[str, dict[str, str]] = {}
        for section, key, text in fresh.state.texts():
            if text is not None:
                found.setdefault(section, {})[key] = text
        sections = {*found, *stored.sections()} - _REMEMBERED
        return all(dict(stored.items(section)) == found.get(section, {}) for section in sections)
    finally:
        fresh.close()
