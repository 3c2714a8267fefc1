"""What a store is: it opens a ledger file, streams its cells as text, and plans changes that post.py applies.

A store knows cells, no meaning: which heading is which column is decided above. It plans, it never writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from salesaid.core.text import Text

_PIECE = 1 << 20

HeadingTest = Callable[[Sequence[str]], int]
"""How many headings of the ledger a row of cells holds; the store takes the best of the first rows as the header."""


class Spot(NamedTuple):
    """Where a ledger lies. `header_row` counts from 1; None: found by the HeadingTest."""

    path: Path
    sheet: str | None = None
    header_row: int | None = None


class Stamp(NamedTuple):
    """What fstat says of the handle that was read; a changed file has another stamp."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int


class Aside(NamedTuple):
    """A row that is set aside: counted and listed, never used."""

    row: int
    reason: Text


class Cell(NamedTuple):
    """A cell to be written: `text` as a CSV holds it, `value` as a workbook does (Decimal a number, date a date)."""

    text: str
    value: str | Decimal | date | datetime | bool | None


class CellEdit(NamedTuple):
    """A new value for the cell at (row, column): row counts from 1 in the file as rows() gives it, column from 0.

    `expected` is the text the cell had when it was read; a store refuses (ChangedElsewhere) when it differs.
    """

    row: int
    column: int
    expected: str
    cell: Cell


class Splice(NamedTuple):
    """At `offset` the file's tail `old` becomes `new`: an append has no `old`, its undo no `new`.

    `basis` is the stamp the plan was made from, None where the file did not exist (offset 0) and is made by the post.
    `remove`: the file is taken away (undo of the post that made it).
    """

    path: Path
    offset: int
    old: bytes
    new: bytes
    basis: Stamp | None
    remove: bool = False


class Spooled(NamedTuple):
    """The content of a file that is too large to be held: it lies in an open temporary file."""

    file: IO[bytes]
    size: int
    crc: int

    def pieces(self) -> Iterator[bytes]:
        """The content from its beginning, some of it at a time."""
        self.file.seek(0)
        while piece := self.file.read(_PIECE):
            yield piece


class Swap(NamedTuple):
    """The whole file becomes `new` (None: it is removed). `verify` opens the temp file again, raises if it is wrong."""

    path: Path
    new: bytes | Spooled | None
    basis: Stamp | None
    verify: Callable[[Path], None] | None = None


Change = Splice | Swap


class View(NamedTuple):
    """How a reader sees a file while a post over it is unfinished: its first `limit` bytes, or another file instead.

    `absent`: as if the file did not exist.
    """

    limit: int | None = None
    instead: Path | None = None
    absent: bool = False


AS_IT_IS = View()


class Sheet(Protocol):
    """One ledger file, opened: a snapshot from one handle.

    `headings` are the header row's cells as text; `header_row` counts from 1. `facts` is what opening found out
    (dialect, header row, headings, …), JSON-able, so that a later open of the unchanged file can be given it back.
    """

    spot: Spot
    stamp: Stamp
    header_row: int
    headings: tuple[str, ...]
    facts: Mapping[str, object]
    aside: list[Aside]  # filled while rows() runs: ragged rows, undecodable bytes
    unsaved: dict[int, set[int]]  # likewise: columns by row whose formula was saved without its result

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Data rows below the header: (row number in the file, one text a heading). Raises FileTrouble."""
        ...

    def last_rows(self, count: int) -> list[list[str]]:
        """The texts of up to `count` last data rows, oldest first, without reading the whole file where possible."""
        ...

    def checksum(self, upto: int | None = None) -> int:
        """CRC-32 of the file's first `upto` bytes (all where None), read from the same handle."""
        ...

    def append(self, rows: Sequence[Sequence[Cell | None]]) -> Change:
        """The change that adds rows below the last one; a row has one Cell (None: blank) a heading.

        Raises FileTrouble where this cannot be done safely; nothing is touched.
        """
        ...

    def edit(self, edits: Sequence[CellEdit]) -> Change:
        """The change that gives cells new values and leaves every other byte (CSV) or part (workbook) as it is."""
        ...

    def notes(self) -> Sequence[tuple[str, Text]]:
        """(code, sentence) of what a person should know of this file or of the change last planned."""
        ...

    def close(self) -> None:
        """Let the handle go."""
        ...


class Store(Protocol):
    """One file format, one module of storage/."""

    suffixes: tuple[str, ...]

    def open(
        self,
        spot: Spot,
        heads: HeadingTest,
        *,
        view: View = AS_IT_IS,
        facts: Mapping[str, object] | None = None,
    ) -> Sheet:
        """Open a ledger file for reading and planning. Raises FileTrouble with one sentence.

        `facts` are those of an earlier opening of the same stamp: nothing need be found out again.
        """
        ...

    def create(
        self, spot: Spot, headings: Sequence[str], formats: Sequence[str], rows: Sequence[Sequence[Cell | None]]
    ) -> Change:
        """The change that makes a new file with a header and rows; `formats` are Excel number formats a column."""
        ...
