"""CSV ledgers: opened from one handle, streamed as text, appended to and edited in their own dialect."""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from salesaid.core.text import Text
from salesaid.storage.contract import (
    AS_IT_IS,
    Aside,
    Cell,
    CellEdit,
    Change,
    HeadingTest,
    Splice,
    Spooled,
    Spot,
    Swap,
    View,
)
from salesaid.storage.csv_encoding import Encoding
from salesaid.storage.csv_layout import Layout, Mark, examine, facts_of, recall
from salesaid.storage.csv_plan import Habit, checked, column_bytes, edited, habit_of, removed, row_text
from salesaid.storage.csv_rows import Block, Rows, ends_a_line, tail
from salesaid.storage.csv_source import Source, open_source
from salesaid.storage.csv_trouble import ChangedWhileReading, DamagedFile, UnknownEncoding, WrittenWrong
from salesaid.storage.trouble import trouble_of

if TYPE_CHECKING:
    from salesaid.storage.csv_arrow import Columns

_ROWS_OF_HABIT = 5
INLINE = 1 << 20  # bytes added that the journal holds itself; of more it keeps the sum of the whole file
_NEW_BOM = "\ufeff"


class CsvSheet:
    """One CSV ledger, opened. Close it."""

    def __init__(self, spot: Spot, source: Source, layout: Layout, crc: int, view: View) -> None:
        self.spot = spot
        self.stamp = source.stamp
        self.header_row = layout.header_row
        self.headings = layout.headings
        self.aside: list[Aside] = []
        self.unsaved: dict[int, set[int]] = {}
        self._view = view
        self._source = source
        self._layout = layout
        self._rows = Rows(source, layout, crc, self.aside)
        self.facts: Mapping[str, object] = facts_of(layout, source, crc)

    def rows(self, start: Mark | None = None) -> Iterator[tuple[int, list[str]]]:
        """(line number, cells) of each data row; only those from `start` on where the bytes before are known.

        Raises UnclosedQuote, and ChangedWhileReading after the last row.
        """
        return self._rows.read(start)

    def blocks(self) -> Iterator[Block]:
        """The same rows from the first on, some thousands at a time: (line numbers, cells of each)."""
        return self._rows.blocks()

    def columns(self, coded: Collection[int], plain: Collection[int]) -> Columns | None:
        """These columns as pyarrow reads them; None where only blocks() can be sure. Raises ChangedWhileReading."""
        from salesaid.storage.csv_arrow import columns

        found = columns(self._source, self._layout, coded, plain)
        if not self._source.same_as(self._rows.crc):
            raise ChangedWhileReading(self.spot.path)
        return found

    def share(self) -> float:
        """How much of the file has been read by now, from 0 to 1."""
        return self._source.reached / self._source.length if self._source.length else 1.0

    def mark(self) -> Mark | None:
        """Where the next row will start; known once rows() has come to its end, None before."""
        return self._rows.end

    def resumes(self, mark: Mark) -> bool:
        """Whether a row can start at a mark of earlier. Whether the bytes before it are the same, checksum() tells."""
        if mark.offset >= self._source.length:
            return mark.offset == self._source.length
        unit = 2 if self._layout.encoding.codec.startswith("utf-16") else 1
        around = self._source.at(mark.offset - unit, unit) + self._source.at(mark.offset, unit)
        return any(byte in around for byte in b"\r\n")

    def last_rows(self, count: int) -> list[list[str]]:
        """The cells of up to `count` last data rows, oldest first, from the end of the file where that is certain."""
        found = tail(self._rows, self._source, self._layout, count)
        if found is None:
            rows = Rows(self._source, self._layout, self._rows.crc, [])
            return list(deque((cells for _, cells in rows.read()), maxlen=count))
        return [cells for _, cells in found]

    def checksum(self, upto: int | None = None) -> int:
        """CRC-32 of the first `upto` bytes, read from the opened handle."""
        return self._source.checksum(upto)

    def append(self, rows: Sequence[Sequence[Cell | None]]) -> Change:
        """The splice that adds rows after the last byte, in the file's dialect.

        Raises CannotEncode, CellTooLong, DamagedFile, UnclosedQuote.
        """
        encoding, path = self._writable(), self._source.path
        for row in rows:
            checked(path, row, encoding.writes)
        habit = self._habit()
        text = "".join(row_text(row, habit, self._layout.delimiter) for row in rows)
        if not ends_a_line(self._source, self._layout):
            text = habit.end + text
        return Splice(path, self._source.length, b"", text.encode(encoding.codec), self.stamp)

    def append_texts(self, columns: Iterable[Sequence[Sequence[str]]]) -> Change:
        """The same from rows that come by columns, one a heading, some thousands at a time: what an import adds.

        Raises CannotEncode, DamagedFile, UnclosedQuote.
        """
        encoding, habit, path = self._writable(), self._habit(), self._source.path
        new = column_bytes(path, columns, habit, self._layout.delimiter, encoding.codec, encoding.writes)
        gap = b"" if ends_a_line(self._source, self._layout) else habit.end.encode(encoding.codec)
        spool = spooled(chain([gap], new))
        if spool.size <= INLINE:
            return Splice(path, self._source.length, b"", held(spool), self.stamp)
        with spool.file:
            return Swap(path, spooled(chain(self._source.blocks(), spool.pieces())), self.stamp)

    def _writable(self) -> Encoding:
        if self._view != AS_IT_IS:
            raise ValueError("changes are planned from the file as it is, not from a view of it")
        if self._layout.encoding.nul:
            raise DamagedFile(self._source.path)
        return self._layout.encoding

    def _habit(self) -> Habit:
        """How the last rows are written, or the header where there are none. Raises UnclosedQuote."""
        found = tail(self._rows, self._source, self._layout, _ROWS_OF_HABIT)
        if found is None:
            deque(Rows(self._source, self._layout, self._rows.crc, []).read(), maxlen=0)
        return habit_of([raw for raw, _ in found] if found else [self._layout.header], self._layout)

    def without(self, rows: Collection[int]) -> Change:
        """The swap that takes rows out, named by their line numbers, and keeps every other byte."""
        encoding, path = self._writable(), self._source.path
        data = self._source.at(0, self._source.length)
        text = data[encoding.bom :].decode(encoding.codec, "surrogateescape")
        new = removed(text, rows, self._layout).encode(encoding.codec, "surrogateescape")
        return _swap(path, data[: encoding.bom] + new, self)

    def edit(self, edits: Sequence[CellEdit]) -> Change:
        """The swap that gives cells new texts and keeps every other byte.

        Raises ChangedElsewhere where a cell does not hold what is expected, CannotEncode, NoSuchRow, DamagedFile.
        """
        encoding, path = self._writable(), self._source.path
        checked(path, [edit.cell for edit in edits], encoding.writes)
        data = self._source.at(0, self._source.length)
        text = data[encoding.bom :].decode(encoding.codec, "surrogateescape")
        if text.encode(encoding.codec, "surrogateescape") != data[encoding.bom :]:
            raise UnknownEncoding(path, self._layout.data.line, encoding.codec)
        new = edited(path, text, edits, self._layout).encode(encoding.codec, "surrogateescape")
        return _swap(path, data[: encoding.bom] + new, self)

    def notes(self) -> Sequence[tuple[str, Text]]:
        """(code, sentence) of what is odd about the file, as far as it has been read."""
        return [*_encoding_notes(self._layout), *self._rows.notes()]

    def close(self) -> None:
        """Let the handle go."""
        self._source.close()


def spooled(pieces: Iterable[bytes]) -> Spooled:
    """Content in a temporary file. Raises DiskFull and its like."""
    import tempfile  # and all that it needs to make a name up: a millisecond

    file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed by who takes it
    size = crc = 0
    try:
        for piece in pieces:
            file.write(piece)
            size, crc = size + len(piece), zlib.crc32(piece, crc)
        file.flush()
    except BaseException as error:
        file.close()
        if isinstance(error, OSError):
            raise trouble_of(error, tempfile.gettempdir()) from error
        raise
    return Spooled(file, size, crc)


def held(spool: Spooled) -> bytes:
    """Content that is small enough to be held; its temporary file goes."""
    with spool.file:
        return b"".join(spool.pieces())


def _swap(path: Path, new: bytes, sheet: CsvSheet) -> Swap:
    return Swap(path, new, sheet.stamp, _holds(new))


def _holds(new: bytes) -> Callable[[Path], None]:
    """A test that a written file holds these bytes."""

    def verify(path: Path) -> None:
        if path.read_bytes() != new:
            raise WrittenWrong(path)

    return verify


class CsvStore:
    """Ledgers in CSV files."""

    suffixes: tuple[str, ...] = (".csv", ".tsv", ".txt")

    def open(
        self,
        spot: Spot,
        heads: HeadingTest,
        *,
        view: View = AS_IT_IS,
        facts: Mapping[str, object] | None = None,
    ) -> CsvSheet:
        """Open a ledger. Facts of an earlier opening spare the search, as far as the bytes are still the same.

        Raises FileMissing, NotAFile, NotReadable, NotCsv, UnknownEncoding, NoHeader.
        """
        source = open_source(spot.path, view)
        try:
            known = recall(source, facts) if facts else None
            layout, crc = known or (examine(source, spot.header_row, heads), source.checksum())
        except BaseException:
            source.close()
            raise
        return CsvSheet(spot, source, layout, crc, view)

    def create(
        self, spot: Spot, headings: Sequence[str], formats: Sequence[str], rows: Sequence[Sequence[Cell | None]]
    ) -> Change:
        """The splice that makes a file in UTF-8 with BOM and CRLF, as Excel opens it; `formats` are of no use here."""
        assert headings[0] != "ID", "Excel takes a file that starts with ID for a SYLK file"
        assert len(formats) == len(headings)
        lines = [[Cell(heading, heading) for heading in headings], *rows]
        for line in lines:
            checked(spot.path, line, "utf-8")
        habit = Habit((False,) * len(headings), 0, "\r\n")
        text = _NEW_BOM + "".join(row_text(line, habit, ",") for line in lines)
        return Splice(Path(os.path.realpath(spot.path)), 0, b"", text.encode(), None)

    def create_texts(self, spot: Spot, headings: Sequence[str], columns: Iterable[Sequence[Sequence[str]]]) -> Change:
        """The same from rows that come by columns, some thousands at a time."""
        habit = Habit((False,) * len(headings), 0, "\r\n")
        head = _NEW_BOM + row_text([Cell(heading, heading) for heading in headings], habit, ",")
        spool = spooled(chain([head.encode()], column_bytes(spot.path, columns, habit, ",", "utf-8", "utf-8")))
        path = Path(os.path.realpath(spot.path))
        if spool.size <= INLINE:
            return Splice(path, 0, b"", held(spool), None)
        return Swap(path, spool, None)


def _encoding_notes(layout: Layout) -> list[tuple[str, Text]]:
    encoding = layout.encoding
    notes = []
    if encoding.codec != "utf-8":
        name = encoding.codec.upper()
        notes.append(("encoding", Text(f"按 {name} 编码读取", f"read as {name}")))
    if encoding.rare:
        notes.append(
            (
                "rare-characters",
                Text(
                    "有生僻的私用区字符，编码可能不是 GB18030（例如繁体 Big5），请核对几行文字",
                    "it holds private-use characters and may not be GB18030 but, say, Big5: check some of its text",
                ),
            )
        )
    if layout.headings[0].startswith("\ufeff"):
        notes.append(
            ("two-byte-order-marks", Text("文件开头有两个字节顺序标记", "the file starts with two byte order marks"))
        )
    return notes


STORE = CsvStore()
