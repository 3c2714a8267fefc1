"""The index moved on behind a post, or made anew; numbers once given stay remembered in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from salesaid import ledgers
from salesaid.balances.serials import SERIALS, raise_to
from salesaid.book import folding
from salesaid.book.folding import INDEX
from salesaid.book.known import Digest, facts_now, grown, known_of, moved_on
from salesaid.book.laying_out import parts_of
from salesaid.book.reading import Opened, blocks_of
from salesaid.book.writing import Plan, Written
from salesaid.core.errors import SalesaidError
from salesaid.core.numbers import split
from salesaid.core.rows import Block
from salesaid.core.sheet_rows import first_of, sheet_of
from salesaid.core.state import Afresh, State, key_of
from salesaid.storage import index, receipts
from salesaid.storage.contract import Splice, Spooled, Swap
from salesaid.storage.csv_layout import Mark
from salesaid.storage.identity import stamp_of
from salesaid.storage.standing import content_of, sum_of
from salesaid.storage.system import stat

if TYPE_CHECKING:
    from salesaid.book import Book


def keep_index(book: Book, plan: Plan) -> None:
    """Move the index on by what was just written; make it anew where there was none to believe.

    Whatever goes wrong here loses nothing but time: the next command reads the ledgers.
    """
    with suppress(SalesaidError, OSError, index.IndexDamagedError):
        _move_index_on(book, plan)


def _move_index_on(book: Book, plan: Plan) -> None:
    journals = [each for each in plan.written if ledgers.load(each.ledger).kind == "journal"]
    warm = book.warm
    known = _known_before(book)
    book.state.is_complete = True
    try:
        _require_known(book, plan)
        for each in journals:
            opened = book.shelf.opened_again(each.ledger, _facts_after(each, known.get(each.ledger)))
            try:
                blocks, entry = _written(opened, each, known.get(each.ledger))
            finally:
                opened.sheet.close()
            for first, shift in getattr(each.opened.sheet if each.opened else None, "shifts", ()):
                folding.shift_aside(book.state, each.ledger, first, first_of(sheet_of(first) + 1), shift)
            folding.add(book.state, book.folds, book.shelf, opened, blocks, book.supply, book.today)
            known[each.ledger] = entry
    except Afresh:
        rebuild_index(book, plan.numbers.values(), lambda _: _seq(book, plan), plan)
        return
    seq, seen = _seq(book, plan), _seen(book, plan)
    meta = folding.meta_of(book.shelf, book.settings_crc, book.today, book.folds, known, seq, seen)
    if warm is None:
        for no in plan.numbers.values():
            _remember(book.state, no)
        index.rebuild(book.folder / INDEX, _entries(book.state, meta))
    else:
        warm.stored.save(_changes(book.state, meta))


def is_planned_from_known(book: Book, plan: Plan) -> bool:
    """Whether the files that a plan was made from are those that the index was brought up to, not saved since."""
    known = _known_before(book) if book.warm is not None else {}
    for each in plan.written:
        own = known.get(each.ledger)
        if own is not None and each.opened is not None and list(each.opened.sheet.stamp) != own["facts"].get("stamp"):
            return False
    return True


def _require_known(book: Book, plan: Plan) -> None:
    if not is_planned_from_known(book, plan):
        raise Afresh


def newest_seq(folder: Path) -> int:
    """The number of the newest post that stands; 0 where there is none."""
    newest = receipts.newest_done(folder)
    return newest.seq if newest else 0


def _seq(book: Book, plan: Plan) -> int:
    """The newest post that is surely in the index: not one whose file somebody saved before it could be read again."""
    if all(_is_as_left(each) for each in plan.written):
        return newest_seq(book.folder)
    return int(folding.meta_in(book.stored).get("seq", 0)) if book.stored is not None else 0


def _seen(book: Book, plan: Plan) -> dict[str, list[int]]:
    """The stamps of the registers as they were held against the receipts; of those that a post wrote, as it left them.

    Not of one that somebody saved between that look and the post, or since: the next command looks at it.
    """
    seen = dict(book.registers_seen)
    for each in plan.written:
        if ledgers.load(each.ledger).kind == "register":
            was = seen.pop(each.ledger, None)
            facts = stat(each.change.path)
            is_known = each.opened is None or list(each.opened.sheet.stamp) == was
            if is_known and facts is not None and _is_as_left(each):
                seen[each.ledger] = list(stamp_of(facts))
    return seen


def _is_as_left(each: Written) -> bool:
    if isinstance(each.change, Splice):
        return content_of(each.change.path, each.change.offset) == each.change.new
    new = _content(each.change)
    return sum_of(each.change.path) == (len(new), crc32(new))


def _known_before(book: Book) -> dict[str, Any]:
    """The index's entries of the journals as they were before this post."""
    if book.warm is None:
        return _known_now(book)
    known = dict(book.warm.meta["ledgers"])
    return known | {id_: tail.known for id_, tail in book.warm.tails.items()}


def _changes(state: State, meta: str) -> dict[str, dict[str, str | None]]:
    changes: dict[str, dict[str, str | None]] = {folding.META: {"": meta}}
    for section, key, text in state.texts():
        changes.setdefault(section, {})[key] = text
    return changes


def _written(opened: Opened, each: Written, known: Mapping[str, Any] | None) -> tuple[list[Block], dict[str, Any]]:
    """Of a journal opened again after the post its new rows, and its entry in the index."""
    before = Digest(*known["digest"]) if known and known["digest"] else None if known else Digest()
    if opened.is_csv:
        sheet: Any = opened.sheet
        mark = Mark(*known["mark"]) if known else None
        blocks = list(blocks_of(sheet.rows(mark) if mark else sheet.rows()))
        return blocks, known_of(opened, sheet.facts, grown(before, blocks, sheet.aside))
    facts = facts_now(opened)
    if isinstance(each.change, Swap) and facts["crc"] != crc32(_content(each.change)):
        raise Afresh  # somebody saved the workbook since
    if not getattr(each.opened.sheet if each.opened else None, "is_at_end", True):
        raise Afresh  # rows of later sheets stand below
    placed: Block = getattr(each.opened.sheet if each.opened else None, "planned_rows", ([], []))
    first = placed[0][0] if placed[0] else opened.sheet.header_row + 1
    is_last = placed[0] and before is not None and before.last < first  # else a total row has moved down
    after = known_of(opened, facts, grown(before, [placed], ()) if is_last else None)
    if each.opened is not None and parts_of(each.opened.sheet):
        return [placed], after
    return [(range(first, first + len(each.rows)), each.rows)], after


def _content(change: Swap) -> bytes:
    """What a planned file is to hold; only an import, which makes the index anew, has more than can be held."""
    assert not isinstance(change.new, Spooled)
    return change.new or b""


def _facts_after(each: Written, known: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if known is None:
        return None
    found = stat(each.change.path)
    if found is None:
        return None
    if isinstance(each.change, Splice):
        size = each.change.offset + len(each.change.new)
        crc = crc32(each.change.new, known["facts"]["crc"])
    else:
        new = _content(each.change)
        size, crc = len(new), crc32(new)
    return moved_on(known["facts"], stamp_of(found), size, crc)


def index_anew(book: Book) -> None:
    """The index of the journals as they now are; as in keep_index, whatever goes wrong loses nothing but time."""
    with suppress(SalesaidError, OSError, index.IndexDamagedError):
        rebuild_index(book, ())


def keep_up(book: Book) -> bool:
    """Whether the index knows what was just written at the journals' ends: moved on where it held before.

    Else it is made anew, which reads all journals, and so only where none of them is long.
    """
    with suppress(SalesaidError, OSError, index.IndexDamagedError, Afresh):
        if _moved_on(book):
            return True
        if not any(map(book.shelf.is_long, folding.journals())):
            rebuild_index(book, ())
            return True
    return False


def _moved_on(book: Book) -> bool:
    with closing(book.without_queue()) as plain:
        warm = plain.warm
        if warm is None:
            return False
        known, seq = _known_before(plain), newest_seq(book.folder)
        meta = folding.meta_of(
            plain.shelf, book.settings_crc, book.today, plain.folds, known, seq, book.registers_seen
        )  # fmt: skip
        warm.stored.save(_changes(plain.state, meta))
        return True


def rebuild_index(
    book: Book, numbers: Iterable[str], seq: Callable[[Path], int] | None = None, plan: Plan | None = None
) -> None:
    """Fold all journals as they now are and store the result; numbers once given stay remembered."""
    fresh = book.fresh()
    state = fresh.state
    remember_given(state, book.folder)
    for no in numbers:
        _remember(state, no)
    known = _known_now(fresh)
    newest = (seq or newest_seq)(book.folder)  # only now: by this time the files have been read
    seen = _seen(book, plan) if plan is not None else book.registers_seen
    meta = folding.meta_of(fresh.shelf, book.settings_crc, book.today, fresh.folds, known, newest, seen)
    index.rebuild(book.folder / INDEX, _entries(state, meta))
    fresh.close()


def remember_given(state: State, folder: Path) -> None:
    """Raise the serials of a fresh fold to all that were ever given, also to rows that are gone.

    An index that is out of date still knows them, but for those of the newest posts, if those were stopped before
    they could move it on; where there is none, the journal knows them all.
    """
    old = index.open_index(folder / INDEX, write=False)
    if old is not None:
        for key, text in old.items(SERIALS):
            raise_to(state, key, int(text))
        old.close()
    remember_newest(state, folder, to_the_first=old is None)


def remember_newest(state: State, folder: Path, *, to_the_first: bool = False) -> None:
    """Raise the serials to those of the newest posts, whose index may never have been stored; or to those of all."""
    for receipt in receipts.receipts(folder):
        if receipt.state == "taken back":  # nobody ever saw its numbers
            continue
        facts: Mapping[str, Any] = receipt.facts
        known = [_remember(state, no) for no in facts.get("numbers", ()) if split(no)]
        known += [_remember_serial(state, prefix, day, last) for prefix, day, _, last in facts.get("ranges", ())]
        if known and all(known) and not to_the_first:
            return


def _remember(state: State, no: str) -> bool:
    """Remember a number that was given; whether it was remembered before."""
    parts = split(no)
    return parts is None or _remember_serial(state, parts.prefix, parts.day.isoformat(), parts.serial)


def _remember_serial(state: State, prefix: str, day: str, serial: int) -> bool:
    """The same of the highest serial of a day."""
    return not raise_to(state, key_of(prefix.upper(), day), serial)


def _known_now(book: Book) -> dict[str, Any]:
    known = {}
    for id_ in folding.journals():
        opened = book.shelf.opened(id_)
        if opened is not None:
            known[id_] = known_of(opened, facts_now(opened), book.shelf.digests.get(id_))
    return known


def _entries(state: State, meta: str) -> Iterator[tuple[str, str, str]]:
    yield folding.META, "", meta
    for section, key, text in state.texts():
        if text is not None:
            yield section, key, text
