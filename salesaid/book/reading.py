"""Ledger files opened and their headings understood; rows for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.book.finding import LedgerGone, spot_of
from salesaid.book.laying_out import headings_of, parts_of, year_of
from salesaid.book.stores import store_for
from salesaid.core.headers import HeadingMap, heading_test
from salesaid.core.kinds import Reading
from salesaid.core.rows import Block, Rows
from salesaid.core.schema import Ledger
from salesaid.core.sheet_rows import Sheets, row_in, rows_in
from salesaid.core.text import Text
from salesaid.settings import Settings
from salesaid.storage.contract import AS_IT_IS, Sheet, Spot, View
from salesaid.storage.identity import stamp_of
from salesaid.storage.system import stat

if TYPE_CHECKING:
    from salesaid.book.queued_rows import Waiting
    from salesaid.core.at_hand import Parsed

Watch = Callable[[str, float], None]
"""Is told how much of which file has been read, from 0 to 1."""

_NEARLY = 0.999
_BLOCK = 4096  # rows
KEPT = 4 << 20  # bytes: a smaller file is read once and kept


class Opened(NamedTuple):
    """One ledger's file: its sheet, and which of its columns is which."""

    ledger: Ledger
    sheet: Sheet
    headings: HeadingMap

    @property
    def file(self) -> str:
        """The file's name, as findings and addresses say it."""
        return self.sheet.spot.path.name

    @property
    def is_csv(self) -> bool:
        """Whether text that starts with = would run as a formula when the file is opened in Excel."""
        return self.sheet.spot.path.suffix.lower() not in {".xlsx", ".xlsm"}

    @property
    def sheets(self) -> Sheets:
        """The sheet, as far as the settings name one; the names of several that are one ledger."""
        return tuple(part.name for part in parts_of(self.sheet)) or self.sheet.spot.sheet

    def row(self, number: int) -> int:
        """A row's number that says its sheet, where there are several."""
        return row_in(self.sheets, number)


def _still_hold(facts: Mapping[str, Any], path: Path) -> bool:
    """Whether facts of an earlier opening may be believed; the CSV store finds out by itself what has grown."""
    found = stat(path)
    is_csv = path.suffix.lower() not in {".xlsx", ".xlsm"}
    return is_csv or (found is not None and list(stamp_of(found)) == facts.get("stamp"))


class Shelf:
    """The book's ledger files, each opened when first asked for and kept open for this run.

    `views` are how a reader sees files while a post is unfinished; `facts` what the index remembers of each file;
    `queued` the rows by ledger, texts by column id, that wait until a file is free: they stand below its last row.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        views: Mapping[Path, View] | None = None,
        facts: Mapping[str, Mapping[str, Any]] | None = None,
        known: Mapping[str, str] | None = None,
        watch: Watch | None = None,
        queued: Waiting | None = None,
    ) -> None:
        self.folder = folder
        self.settings = settings
        self._views = views or {}
        self._facts = facts or {}
        self._known = known or {}
        self._watch = watch
        self.queued = queued or {}
        self.digests: dict[str, Any] = {}  # of journals that were folded to their end
        self._opened: dict[str, Opened | None] = {}
        self._blocks: dict[str, list[Block]] = {}
        self._at_hand: dict[str, Callable[[date | None], Rows]] = {}  # by ledger: its rows up to a day
        self._read: dict[str, list[Rows]] = {}
        self.framed: dict[tuple[str, date | None], Rows] = {}  # by ledger and last day: rows that work by columns

    def spot(self, id_: str) -> Spot | None:
        """Where a ledger lies; None where it was never written. Raises TwoFiles, LedgerGone."""
        found = spot_of(self.folder, self.settings, id_)
        if found is None:
            if id_ in self._known:
                path = self.folder / self._known[id_]
                if not self._view(path).absent:
                    raise LedgerGone(ledgers.load(id_).title, path)
            return None
        return None if self._view(found.path).absent else found

    def opened(self, id_: str) -> Opened | None:
        """A ledger's file, opened; None where the ledger was never written."""
        if id_ not in self._opened:
            spot = self.spot(id_)
            self._opened[id_] = None if spot is None else self._open(id_, spot, self._facts.get(id_))
        return self._opened[id_]

    def _view(self, path: Path) -> View:
        return self._views.get(path.resolve(), AS_IT_IS) if self._views else AS_IT_IS

    def opened_again(self, id_: str, facts: Mapping[str, Any] | None) -> Opened:
        """A ledger's file after a post; `facts` are those of before, moved on."""
        spot = spot_of(self.folder, self.settings, id_)
        if spot is None:
            raise LedgerGone(ledgers.load(id_).title, self.folder)
        return self._open(id_, spot, facts)

    def _open(self, id_: str, spot: Spot, facts: Mapping[str, Any] | None) -> Opened:
        ledger, own = ledgers.load(id_), self.settings.ledger(id_)
        if facts is not None and not _still_hold(facts, spot.path):
            facts = None
        sheet = store_for(spot.path).open(
            spot, heading_test(ledger, own.columns), view=self._view(spot.path), facts=facts
        )
        try:
            return Opened(ledger, sheet, headings_of(ledger, sheet, own))
        except BaseException:
            sheet.close()
            raise

    def rows(self, id_: str, upto: date | None = None) -> Rows:
        """The rows of a ledger; none where it was never written."""
        if (id_, upto) in self.framed:
            return self.framed[id_, upto]
        opened = self.opened(id_)
        if opened is None:
            return self._unwritten(id_, upto)
        rows = (
            self._at_hand[id_](upto) if id_ in self._at_hand else self.rows_of(opened, lambda: self.blocks(id_), upto)
        )
        self._read.setdefault(id_, []).append(rows)
        return rows

    def set_aside(self, id_: str) -> list[tuple[int, Text]]:
        """Rows of a ledger that no figure used, with why, as far as it was read: damaged ones, and unreadable ones."""
        opened = self._opened.get(id_)
        found = {aside.row: aside.reason for aside in opened.sheet.aside} if opened else {}
        for rows in self._read.get(id_, ()):
            found |= {aside.row: aside.reason for aside in rows.aside}
        return sorted(found.items())

    def read(self, id_: str) -> list[Rows]:
        """The rows of a ledger as they were given out."""
        return self._read.get(id_, [])

    def opened_before(self, id_: str) -> Opened | None:
        """A ledger's file if it was opened; it is not opened for this."""
        return self._opened.get(id_)

    def later(self, id_: str) -> int:
        """How many rows of a ledger were left out because they are dated after the day."""
        return max((rows.later for rows in self._read.get(id_, ())), default=0)

    def rows_of(self, opened: Opened, blocks: Any, upto: date | None) -> Rows:
        """Rows of some blocks of a file, read as the file's own."""
        own = self.settings.ledger(opened.ledger.id)
        rows = Rows(
            opened.ledger,
            opened.headings.columns,
            blocks,
            file=opened.file,
            sheet=opened.sheets,
            reading=Reading(order=own.date_order, year=year_of(opened, own)),
            words={word.strip(): action for word, action in own.words.items()},
            fixed=own.fixed,
            upto=upto,
            at_once=self._at_once(opened.ledger.id),
            unsaved=opened.sheet.unsaved,
        )
        rows.damaged = opened.sheet.aside
        return rows

    def _unwritten(self, id_: str, upto: date | None) -> Rows:
        """The rows of a ledger that has no file yet: none but those that wait to be its first."""
        ledger = ledgers.load(id_)
        columns = _columns_of(ledger) if id_ in self.queued else {}
        return Rows(ledger, columns, lambda: self.queued_blocks(id_, 1), upto=upto, at_once=self._at_once(id_))

    def queued_rows(self, id_: str, last: int, upto: date | None) -> Rows:
        """The rows alone that wait for a ledger's file, of which `last` is the last row."""
        opened = self.opened(id_)
        if opened is None:
            return self._unwritten(id_, upto)
        return self.rows_of(opened, lambda: self.queued_blocks(id_, last), upto)

    def queued_blocks(self, id_: str, last: int) -> list[Block]:
        """The rows that wait for a ledger's file, as cells of its columns, below its row `last`."""
        waiting = self.queued.get(id_, ())
        if not waiting:
            return []
        from salesaid.book.queued_rows import block_of

        opened = self.opened(id_)
        columns = opened.headings.columns if opened else _columns_of(ledgers.load(id_))
        width = len(opened.sheet.headings) if opened else len(columns)
        blocks = block_of(waiting, columns, width, last)
        return [(rows_in(opened.sheets, numbers), cells) for numbers, cells in blocks] if opened else blocks

    def _at_once(self, id_: str) -> bool:
        return id_ in {"orders", "loans"} and self.settings.at_once

    def blocks(self, id_: str) -> Iterable[Block]:
        """All rows of a ledger in blocks, those that wait for its file behind the others."""
        return self._with_queued(id_) if id_ in self.queued else self.file_blocks(id_)

    def _with_queued(self, id_: str) -> Iterator[Block]:
        opened = self.opened(id_)
        last = opened.sheet.header_row if opened else 1
        for block in self.file_blocks(id_):
            yield block
            last = block[0][-1] if block[0] else last
        yield from self.queued_blocks(id_, last)

    def file_blocks(self, id_: str) -> Iterable[Block]:
        """The rows of a ledger's file in blocks; those of a small file are read once and kept."""
        opened = self.opened(id_)
        if opened is None:
            return ()
        if id_ in self._blocks:
            return self._blocks[id_]
        sheet: Any = opened.sheet
        blocks: Iterator[Block] = sheet.blocks() if self._watch is None else watched(self._watch, opened)
        if parts_of(sheet):
            from salesaid.book import joining

            blocks = joining.dated(blocks, opened, self.settings.ledger(id_))
        return blocks if opened.sheet.stamp.size > KEPT else self.keep(id_, blocks)

    def is_long(self, id_: str) -> bool:
        """Whether a ledger is too long for a quick command to read, where the index does not know what it asks."""
        opened = self.opened(id_)
        return opened is not None and opened.sheet.stamp.size > KEPT

    def keep(self, id_: str, blocks: Iterable[Block]) -> list[Block]:
        """Have all rows of a ledger at hand, for whoever asks for them again."""
        kept = self._blocks[id_] = list(blocks)
        return kept

    def keep_parsed(self, id_: str, rows: Rows, parsed: Parsed) -> None:
        """Have all columns of a ledger at hand, as these rows were parsed, for many who ask for them."""
        from salesaid.core.at_hand import RowsAtHand

        self._at_hand[id_] = lambda upto: RowsAtHand(rows, parsed, upto)

    def let_go(self) -> None:
        """Let every handle go."""
        for opened in self._opened.values():
            if opened is not None:
                opened.sheet.close()

    def close(self) -> None:
        """Let every handle go, and forget what was read."""
        self.let_go()
        for read in (self._opened, self._blocks, self._at_hand, self.framed):
            read.clear()


def watched(watch: Watch, opened: Opened) -> Iterator[Block]:
    """The blocks of a file, each told of before it is worked on; the end is told of however it comes."""
    sheet: Any = opened.sheet
    try:
        for block in sheet.blocks():
            watch(opened.file, min(sheet.share(), _NEARLY))
            yield block
    finally:
        watch(opened.file, 1.0)


def _columns_of(ledger: Ledger) -> dict[str, int]:
    return {column.id: at for at, column in enumerate(ledger.columns)}


def blocks_of(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Block]:
    """A stream of numbered rows in blocks of some thousands."""
    while chunk := list(islice(rows, _BLOCK)):
        numbers, cells = zip(*chunk, strict=True)
        yield numbers, cells
