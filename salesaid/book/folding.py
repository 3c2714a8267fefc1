"""The journals folded into balances: afresh, or from the index, which only a post writes.

The index holds what the folds of `balances/` kept, and for each journal the facts its file had then. Where a file has
only grown, or was written anew with the same rows above new ones, the new rows are added on; where anything else about
it changed, all journals are folded again. So the index may be deleted at any time without changing an answer
(RELIABILITY.md 4).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from salesaid import balances, ledgers
from salesaid.book.known import Digest, Tail, tail_of
from salesaid.book.reading import Opened, Shelf
from salesaid.core import inject
from salesaid.core.inject import Supply
from salesaid.core.kinds import NUMBER_NO, TEXT
from salesaid.core.rows import Block, Rows
from salesaid.core.sheet_rows import rows_in
from salesaid.core.state import State, key_of
from salesaid.storage.identity import stamp_of
from salesaid.storage.system import stat

INDEX = Path(".salesaid") / "index"
VERSION = 12
META, LATER, ASIDE, UNREAD = (
    "book.meta",
    "book.later",
    "book.aside",
    "book.unread",
)  # the book's own sections, no fold's
COUNTS_FIRST = "stock_counts"
_CHUNK = 16  # blocks that are held while every fold takes its turn


def journals() -> list[str]:
    """The ids of all journals; counts come first, because what is dated before a count never shifts it."""
    ids = [id_ for id_ in ledgers.names() if ledgers.load(id_).kind == "journal"]
    return sorted(ids, key=lambda id_: (id_ != COUNTS_FIRST, id_))


def folds() -> list[str]:
    """The balances that keep a state, found in their folder."""
    import pkgutil

    names = [module.name for module in pkgutil.iter_modules(balances.__path__)]
    return [name for name in names if hasattr(import_module(f"salesaid.balances.{name}"), "fold")]


def fold(name: str, rows: Rows, state: State, supply: Supply) -> None:
    """Add rows to one fold's state. Raises Afresh where they cannot be added on."""
    inject.call(import_module(f"salesaid.balances.{name}").fold, supply, {"rows": rows, "state": state})


def afresh(shelf: Shelf, supply: Supply, today: date) -> State:
    """A state that folds the journals when it is asked for."""

    def fill(name: str, state: State) -> None:
        if LATER.startswith(f"{name}."):  # no fold: what is put by
            return
        for id_ in () if name == "book" else journals():
            fold(name, shelf.rows(id_, today), state, supply)

    return State(fill=fill)


def fold_everything(state: State, shelf: Shelf, supply: Supply, today: date) -> None:
    """Have everything folded, for the index to keep: each journal is read once for all plain folds.

    Folds that lean on the names of the whole book (stock, for its counts) come after, in a pass of their own.
    """
    plain = [name for name in folds() if _is_plain(name)]
    for name in plain:
        state.count_as_filled(name)
    for id_ in journals():
        opened = shelf.opened(id_)
        if opened is not None:
            _fold_in_chunks(shelf, id_, opened, plain, state, today, supply)
    for name in folds():
        state.fill(name)


def _is_plain(name: str) -> bool:
    code = import_module(f"salesaid.balances.{name}").fold.__code__
    return set(code.co_varnames[: code.co_argcount]) == {"rows", "state"}


def _fold_in_chunks(
    shelf: Shelf, id_: str, opened: Opened, names: list[str], state: State, today: date, supply: Supply
) -> None:
    chunk: list[Block] = []
    digest = Digest()
    rows, all_rows = shelf.rows_of(opened, lambda: chunk, today), shelf.rows_of(opened, lambda: chunk, None)
    blocks = iter(shelf.blocks(id_))
    while chunk := list(islice(blocks, _CHUNK)):
        for name in names:
            fold(name, rows, state, supply)
        put_by(state, all_rows, id_, chunk, today)
        for block in chunk:
            digest = digest.with_block(block)
    _put_aside(state, opened)
    shelf.digests[id_] = digest.with_aside(opened.sheet.aside)


def _put_aside(state: State, opened: Opened) -> None:
    """Keep which rows the store could not read, and why."""
    for aside in opened.sheet.aside:
        state[ASIDE].set(key_of(opened.ledger.id, f"{aside.row:d}"), [opened.file, aside.row, *aside.reason])


def shift_aside(state: State, id_: str, first: int, last: int, shift: int) -> None:
    """The rows from one on to another, of which none was ever used, stand so many rows further down."""
    for section in (ASIDE, UNREAD) if shift else ():
        kept = [(key, value) for key, value in state[section].under(id_) if first <= value[1] <= last]
        for key, _ in kept:
            state[section].set(key, None)
        for _, (file, row, *rest) in kept:
            column = rest[:1] if section == UNREAD else ()
            state[section].set(key_of(id_, f"{row + shift:d}", *column), [file, row + shift, *rest])


class Warm:
    """The index as it stands, with what was written to the journals since.

    `tails` are the new rows by journal; `state` is complete once `catch_up` has run.
    """

    def __init__(self, stored: Any, meta: Mapping[str, Any], tails: Mapping[str, Tail]) -> None:
        self.stored = stored
        self.meta = meta
        self.tails = tails
        self.state = State(stored)

    def catch_up(self, shelf: Shelf, supply: Supply, today: date) -> None:
        """Fold the rows that were written, or have come due, since. Raises Afresh."""
        names = self.meta["folds"]
        for opened, blocks, _ in self.tails.values():
            if blocks:
                add(self.state, names, shelf, opened, blocks, supply, today)
        for id_ in journals() if shelf.queued else ():
            if id_ in shelf.queued:
                add_queued(self, shelf, id_, supply, today)
        for id_, block in self._due(today):
            file = shelf.opened(id_)
            if file is not None:
                due = [(rows_in(file.sheets, block[0]), block[1])]
                _fold_each(names, shelf.rows_of(file, lambda due=due: due, today), self.state, supply)
        self.state.looked_at.clear()

    def _due(self, today: date) -> Iterator[tuple[str, Block]]:
        if today.isoformat() == self.meta["day"]:
            return
        for key, (day, id_, number, cells) in list(self.state[LATER].under()):
            if self.meta["day"] < day <= today.isoformat():
                self.state[LATER].set(key, None)
                yield id_, ([number], [cells])


def add(
    state: State, names: list[str], shelf: Shelf, opened: Opened, blocks: list[Block], supply: Supply, today: date
) -> None:
    """Fold new rows of one journal; those dated later are put by. Raises Afresh."""
    _fold_each(names, shelf.rows_of(opened, lambda: blocks, today), state, supply)
    put_by(state, shelf.rows_of(opened, lambda: blocks, None), opened.ledger.id, blocks, today)
    _put_aside(state, opened)


def add_queued(kept: Warm, shelf: Shelf, id_: str, supply: Supply, today: date) -> None:
    """Fold the rows that wait for a journal's file: they are counted, and never stored."""
    from salesaid.book.placing import last_row

    last = last_row(kept, shelf, id_)
    _fold_each(kept.meta["folds"], shelf.queued_rows(id_, last, today), kept.state, supply)
    rows = shelf.queued_rows(id_, last, None)
    put_by(kept.state, rows, id_, shelf.queued_blocks(id_, last), today)


def _fold_each(names: list[str], rows: Rows, state: State, supply: Supply) -> None:
    for name in names:
        fold(name, rows, state, supply)


def put_by(state: State, rows: Rows, id_: str, blocks: Iterable[Block], today: date) -> None:
    """Keep rows dated after the newest day the index answers for, whole; what was set aside, what cannot be read."""
    dated = rows.has("date")
    days = {number: day for number, day in rows.pick("row", "date" if dated else "row") if dated and day > today}
    for aside in rows.aside:
        state[ASIDE].set(key_of(id_, f"{aside.row:d}"), [rows.file, aside.row, *aside.reason])
    for number, name, text in unread_cells(rows, blocks):
        state[UNREAD].set(key_of(id_, f"{number:d}", name), [rows.file, number, name, text])
    for numbers, cells in blocks if days else ():
        for number, row in zip(numbers, cells, strict=True):
            if number in days:
                day = days[number].isoformat()
                state[LATER].set(key_of(day, id_, f"{number:d}"), [day, id_, number, list(row)])


def columns_read(name: str, rows: Rows, supply: Supply) -> set[str]:
    """Which columns a fold looks at, of those that can be unreadable: tried on rows of which no cell can be read."""
    fold(name, rows, State(), supply)
    return {*rows.unreadable()}


def unread_cells(rows: Rows, blocks: Iterable[Block]) -> Iterator[tuple[int, str, str]]:
    """The cells of a ledger that cannot be read, in whatever column: row, column and text."""
    kinds = {column.id: column.kind for column in rows.ledger.every_column}
    for _ in rows.pick_columns(*(name for name in rows.columns if kinds[name] not in {TEXT, NUMBER_NO})):
        pass
    bad = {name: texts for name, texts in rows.unreadable().items() if name in rows.columns}
    for numbers, cells in blocks if bad else ():
        for number, row in zip(numbers, cells, strict=True):
            for name, texts in bad.items():
                if row[rows.columns[name]] in texts:
                    yield number, name, row[rows.columns[name]]


def warm(stored: Any, shelf: Shelf, settings_crc: int, today: date, *, exact: bool) -> Warm | None:
    """The index, if its answers still hold; None: the ledgers have to be read.

    `exact`: compare every byte of the journals rather than trust their stamps, for a command whose answer is the
    balance.
    """
    meta = meta_in(stored)
    if meta.get("version") != VERSION or meta["settings"] != settings_crc or meta["day"] > today.isoformat():
        return None
    if meta["registers"] is not None and meta["registers"] != registers_crc(shelf):
        return None
    tails: dict[str, Tail] = {}
    for id_ in journals():
        spot, known = shelf.spot(id_), meta["ledgers"].get(id_)
        if (known is None) is not (spot is None) and known is not None:
            return None
        if spot is None or (known is not None and not exact and _is_same(spot.path, known)):
            continue
        if known is not None and known["file"] != spot.path.name:
            return None
        opened = shelf.opened(id_)
        tail = None if opened is None else tail_of(shelf, opened, known, exact=exact)
        if tail is None:
            return None
        tails[id_] = tail
    return Warm(stored, meta, tails)


def _is_same(path: Path, known: Mapping[str, Any]) -> bool:
    facts = stat(path)
    return facts is not None and list(stamp_of(facts)) == known["facts"].get("stamp")


def meta_in(stored: Any) -> dict[str, Any]:
    """The index's record of what it was made from; empty where it has none."""
    found: dict[str, Any] = json.loads(stored.get(META, "") or "{}")
    return found


def registers_crc(shelf: Shelf) -> int:
    """One number for what the registers of products and aliases hold: counts are kept by folded product."""
    crc = 0
    for id_ in ("products", "aliases"):
        opened = shelf.opened(id_)
        crc = crc * 31 + (opened.sheet.checksum() if opened is not None else 1)
    return crc


def meta_of(
    shelf: Shelf, settings_crc: int, today: date, names: list[str], ledgers_: Mapping[str, Any], seq: int,
    seen: Mapping[str, list[int]],
) -> str:  # fmt: skip
    """The index's record of what it was made from; `seq` is the newest post that is surely in it.

    `seen` are the stamps of the registers when they were last known to hold what was posted to them.
    """
    return json.dumps(
        {
            "version": VERSION,
            "settings": settings_crc,
            "day": today.isoformat(),
            "folds": names,
            "registers": registers_crc(shelf) if COUNTS_FIRST in ledgers_ else None,
            "ledgers": ledgers_,
            "seq": seq,
            "seen": seen,
        },
        ensure_ascii=False,
    )
