"""Whether a person's save took acknowledged rows out of a ledger, or changed them: looked at when a ledger has changed.

The index knows every journal's bytes and rows, and the stamp of every register. Only where those it knew are others
now, the receipts are held against the file; so a command that finds its files as they were pays for a look at their
stamps. Without an index all but long journals are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from salesaid import ledgers
from salesaid.book import folding
from salesaid.book.finding import OWN_FOLDER
from salesaid.book.known import tail_of
from salesaid.core.errors import SalesaidError
from salesaid.core.tables import NAMED, Note
from salesaid.core.text import Text
from salesaid.storage import receipts
from salesaid.storage.identity import stamp_of
from salesaid.storage.index import IndexDamagedError
from salesaid.storage.system import stat

if TYPE_CHECKING:
    from salesaid.balances.lost_rows import LostRow
    from salesaid.book import Book
    from salesaid.book.writing import Plan
    from salesaid.storage.post import Desk


CODE = "receipts_lost"


def notes(book: Book) -> list[Note]:
    """What was lost or changed in the journals that are not as the index knows them; nothing where none is."""
    lost = _lost(book)
    return [told(lost)] if lost else []


def tell(book: Book, desk: Desk, *, believed: bool = True) -> None:
    """The same under the lock: the post that is to come remembers what was told, so that no other command tells it.

    `believed`: an index that was found to hold holds still. Not once a file turned out to be another one since.
    """
    lost = _lost(book, believed=believed)
    if lost:
        book.said.append(told(lost))
        desk.told = [place for each in lost for place in each.places]


def look_again(book: Book, desk: Desk, plan: Plan) -> None:
    """Once what is to be written is known, tell of rows lost since the command began: the index will know no more."""
    from salesaid.book import indexing

    if not desk.told and (book.warm is None or not indexing.is_planned_from_known(book.plain, plan)):
        tell(book, desk, believed=False)


def _lost(book: Book, *, believed: bool = True) -> list[LostRow]:
    if not (book.folder / OWN_FOLDER).is_dir():
        return []
    lost = [*_lost_in_journals(book, believed=believed), *_lost_in_registers(book)]
    return sorted(lost, key=lambda each: each.places[0])


def _lost_in_journals(book: Book, *, believed: bool) -> list[LostRow]:
    with suppress(SalesaidError, IndexDamagedError):  # a file that cannot be read is told by who reads it
        touched, unseen = _touched(book), _unseen(book)
        if touched and believed and book.plain.warm is not None:
            touched = []  # the index still holds: the rows that it knows are there
        return _lost_in(book, touched, unseen) if touched or unseen else []
    return []


def _lost_in_registers(book: Book) -> list[LostRow]:
    """What is gone from the registers that somebody saved since the last post, or that no post has looked at.

    The stamps that they have now are kept in `registers_seen`, for a post that is to come.
    """
    known = folding.meta_in(book.stored).get("seen", {}) if book.stored is not None else {}
    saved = []
    for id_ in ledgers.names():
        if ledgers.load(id_).kind == "register":
            with suppress(SalesaidError):
                spot = book.shelf.spot(id_)
                facts = stat(spot.path) if spot is not None else None
                if facts is not None:
                    stamp = book.registers_seen[id_] = list(stamp_of(facts))
                    saved += [id_] if stamp != known.get(id_) else []
    if not saved:
        return []
    from salesaid.balances.lost_in_registers import lost_from

    found: list[LostRow] = []
    with closing(book.without_queue()) as plain:
        posted = book.untold(saved, plain.shelf)
        for id_ in {each.ledger for each in posted}:
            with suppress(SalesaidError):
                found += lost_from(posted, {id_: plain.shelf.rows(id_)})
    return found


def told(lost: Sequence[LostRow]) -> Note:
    """The first of the rows that are lost or changed, and what can be done."""
    from salesaid.balances.lost_rows import sentence

    gone, changed = sum(each.is_gone for each in lost), sum(not each.is_gone for each in lost)
    zh = [f"{gone} 行不见了"] * bool(gone) + [f"{changed} 行被改了"] * bool(changed)
    en = [f"{gone} gone"] * bool(gone) + [f"{changed} changed"] * bool(changed)
    said = [sentence(each) for each in lost[:NAMED]]
    more = Text(f"；还有 {len(lost) - NAMED} 行", f"; {len(lost) - NAMED} more") if len(lost) > NAMED else Text("", "")
    old = any(each.posted.before is not None for each in lost)  # cells of registers
    text = Text(
        f"记过账的行在台账里有 {'、'.join(zh)}：{'；'.join(each.zh for each in said)}{more.zh}。"
        f"salesaid heal --dry-run 列出全部，salesaid heal 把不见的补回{'、变回旧值的改回' * old}，"
        "有意改的用 salesaid heal --accept 认可",
        f"rows that were posted are missing from the ledgers or changed, {', '.join(en)}: "
        f"{'; '.join(each.en for each in said)}{more.en}. salesaid heal --dry-run lists them all, salesaid heal puts "
        f"back what is gone{' and cells that were set back' * old}, salesaid heal --accept lets them be",
    )
    return Note(CODE, "warning", text)


def _touched(book: Book) -> list[str]:
    """The journals whose files are not the ones that the index saw."""
    if book.stored is None:
        return []
    found = []
    for id_, known in folding.meta_in(book.stored).get("ledgers", {}).items():
        with suppress(SalesaidError):
            spot = book.shelf.spot(id_)
            facts = stat(spot.path) if spot is not None else None
            if facts is not None and list(stamp_of(facts)) != known["facts"].get("stamp"):
                found.append(id_)
    return found


def _unseen(book: Book) -> set[str]:
    """The ledgers of posts that the index may not have seen: it was not stored, or a file was saved just before."""
    seq = folding.meta_in(book.stored).get("seq", 0) if book.stored is not None else 0
    found: set[str] = set()
    for receipt in receipts.receipts(book.folder):
        if receipt.seq <= seq:
            break
        entries: Any = receipt.facts.get("entries", ())
        found |= {str(ledger) for ledger, _ in entries}
        large: Any = receipt.facts.get("columns", ())  # of an import, whose rows are not listed
        found |= {*large}
    return found & {*folding.journals()}


def _lost_in(book: Book, touched: Sequence[str], unseen: set[str]) -> list[LostRow]:
    known = folding.meta_in(book.stored)["ledgers"] if book.stored is not None else {}
    plain = book.without_queue()
    try:
        opened = {id_: plain.shelf.opened(id_) for id_ in touched if id_ not in unseen}
        others = {id_ for id_ in unseen if not plain.shelf.is_long(id_)} | {
            id_ for id_, each in opened.items() if each and tail_of(plain.shelf, each, known[id_], exact=False) is None
        }
        if not others:
            return []
        from salesaid.balances.lost_rows import lost_rows

        posted = book.untold(others, plain.shelf)
        return lost_rows(posted, {id_: plain.shelf.rows(id_) for id_ in others})
    finally:
        plain.close()
