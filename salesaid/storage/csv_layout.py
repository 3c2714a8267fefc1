"""Where a CSV ledger's header stands and how its cells are divided: delimiter, `sep=` line, first data line."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from salesaid.storage.contract import HeadingTest
from salesaid.storage.csv_encoding import Encoding, decide, extend
from salesaid.storage.csv_source import Source
from salesaid.storage.csv_trouble import NoHeader

DELIMITERS = (",", ";", "\t", "|")
CELL_LIMIT = 1 << 20  # characters; a longer cell is damage or an attack

_HEAD = 256 * 1024
_FIRST_ROWS = 20
_SEP = '"?sep=([^"\r\n])"?(?:\r\n|\r|\n)'
LINE_END = re.compile("\r\n|\r|\n")
_LAST_END = re.compile("(\r\n|\r|\n)$(?!\n)")


class Mark(NamedTuple):
    """A place where a row can start: byte offset, and line number counted from 1."""

    offset: int
    line: int


class Layout(NamedTuple):
    """What opening finds out of a file. `header` is the header row as it stands there; `data` where the next starts."""

    encoding: Encoding
    delimiter: str
    header_row: int
    headings: tuple[str, ...]
    header: str
    data: Mark

    @property
    def end(self) -> str:
        """The header's line end."""
        return line_end(self.header)


class Record(NamedTuple):
    """One row in a text: its first line, where it starts and ends, its cells (None: not well formed)."""

    line: int
    start: int
    end: int
    cells: list[str] | None


class _Found(NamedTuple):
    """A row that may be the header, and the delimiter it was read with."""

    score: tuple[int, ...]
    delimiter: str
    record: Record


def records(text: str, delimiter: str, line: int = 1) -> Iterator[Record]:
    """The rows of a text, blank ones included, with their places."""
    csv.field_size_limit(CELL_LIMIT)
    end = 0

    def lines() -> Iterator[str]:
        nonlocal end
        for piece in io.StringIO(text, newline=""):
            end += len(piece)
            yield piece

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    start, first = 0, line
    while True:
        cells: list[str] | None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        yield Record(first, start, end, cells)
        start, first = end, line + reader.line_num


def line_end(text: str) -> str:
    """The line end with which a text stops, blank where there is none."""
    found = _LAST_END.search(text[-2:])
    return found[1] if found else ""


def examine(source: Source, header_row: int | None, heads: HeadingTest) -> Layout:
    """The layout of a file. Raises NoHeader, NotCsv, UnknownEncoding."""
    encoding = decide(source)
    raw = source.at(encoding.bom, _HEAD)
    text = codecs.getincrementaldecoder(encoding.codec)("replace" if _wide(encoding) else "surrogateescape").decode(raw)
    sep = re.match(_SEP, text, re.IGNORECASE) if text[:1] in {'"', "s", "S"} else None
    skipped = sep.end() if sep else 0
    found = _header(text[skipped:], (sep[1],) if sep else DELIMITERS, 2 if sep else 1, header_row, heads)
    if found is None:
        raise NoHeader(source.path, empty=source.length == encoding.bom)
    record = found.record
    above = text[: skipped + record.end]
    raw_header = above[skipped + record.start :]
    data = Mark(
        encoding.bom + len(above.encode(encoding.codec, "surrogateescape")),
        record.line + len(LINE_END.findall(raw_header)),
    )
    return Layout(encoding, found.delimiter, record.line, tuple(record.cells or ()), raw_header, data)


def _wide(encoding: Encoding) -> bool:
    return encoding.codec.startswith("utf-16")


def _header(
    text: str, delimiters: tuple[str, ...], line: int, header_row: int | None, heads: HeadingTest
) -> _Found | None:
    """The row that holds most headings: the earliest, comma first, where several hold as many."""
    best: _Found | None = None
    for rank, delimiter in enumerate(d for d in delimiters if d == delimiters[0] or d in text):
        for record in _candidates(text, delimiter, line, header_row):
            cells = record.cells or []
            score = heads(cells)
            if score or header_row is not None:
                found = _Found((score, -record.line, len(cells) if header_row else 0, -rank), delimiter, record)
                best = found if best is None or found.score > best.score else best
    return best


def _candidates(text: str, delimiter: str, line: int, header_row: int | None) -> Iterator[Record]:
    """The rows among which the header is looked for."""
    filled = (r for r in records(text, delimiter, line) if r.cells and any(r.cells))
    if header_row is None:
        return islice(filled, _FIRST_ROWS)
    return islice((r for r in filled if r.line == header_row), 1)


def facts_of(layout: Layout, source: Source, crc: int) -> dict[str, object]:
    """What a later opening may be given back, as JSON holds it."""
    return {
        "stamp": list(source.stamp),
        "size": source.length,
        "crc": crc,
        "encoding": list(layout.encoding),
        "delimiter": layout.delimiter,
        "header_row": layout.header_row,
        "headings": list(layout.headings),
        "header": layout.header,
        "data": list(layout.data),
    }


def recall(source: Source, facts: Mapping[str, object]) -> tuple[Layout, int] | None:
    """The layout an earlier opening found and the file's CRC-32, where they still hold; None: examine the file.

    An unchanged stamp is trusted. Where the stamp differs and the bytes of then stand there unchanged, only those
    added since are examined.
    """
    try:
        layout, size, crc = _layout(facts), int(facts["size"]), int(facts["crc"])  # type: ignore[call-overload]
        if facts["stamp"] == list(source.stamp) and size == source.length:
            return layout, crc
        grown = size <= source.length and layout.end != "" and source.checksum(size) == crc
    except (KeyError, TypeError, ValueError):
        return None
    encoding = extend(source, layout.encoding, size, crc) if grown else None
    return None if encoding is None else (layout._replace(encoding=encoding), source.checksum())


def _layout(facts: Mapping[str, object]) -> Layout:
    """The layout in facts. Raises KeyError, TypeError, ValueError where they are not ours."""
    encoding, data, headings = facts["encoding"], facts["data"], facts["headings"]
    if not (isinstance(encoding, list) and isinstance(data, list) and isinstance(headings, list)):
        raise TypeError
    delimiter, header, row = facts["delimiter"], facts["header"], facts["header_row"]
    if not (isinstance(delimiter, str) and isinstance(header, str) and isinstance(row, int)):
        raise TypeError
    return Layout(Encoding(*encoding), delimiter, row, tuple(headings), header, Mark(*data))
