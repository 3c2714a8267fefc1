"""A clerk's CSV file: any of the encodings, any of the delimiters, a header wherever it stands."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from salesaid.core.clerk import Block, Line, Lost, Merge, OddCell
from salesaid.core.clerk_feet import is_no_entry_by_its_first
from salesaid.core.text import Text
from salesaid.storage.contract import Aside
from salesaid.storage.csv_encoding import Encoding, decide
from salesaid.storage.csv_layout import DELIMITERS, LINE_END, Layout, Mark, Record, records
from salesaid.storage.csv_rows import Rows
from salesaid.storage.csv_source import Source, open_source

_HEAD = 256 * 1024
_SEP = '"?sep=([^"\r\n])"?(?:\r\n|\r|\n)'
_END_OF_TEXT = "\x1a"  # that programs of the days of DOS write behind the last row
_TRIED = 60  # records by which the delimiter is chosen


class _Rows(Rows):
    """The rows of a clerk's file: a total or a foot with fewer cells than there are headings is none that is broken."""

    def _mended(self, line: int, cells: list[str]) -> list[str] | None:
        if cells == [_END_OF_TEXT]:
            return None
        if len(cells) < self._width and is_no_entry_by_its_first(cells):
            return cells + [""] * (self._width - len(cells))
        return super()._mended(line, cells)

    def _look_inside(self, line: int, cells: list[str]) -> None:
        super()._look_inside(line, cells)
        if any("\n" in cell and self._swallowed(at, cell) for at, cell in enumerate(cells)):
            self.aside.append(Aside(line, _SWALLOWED))

    def _swallowed(self, at: int, cell: str) -> bool:
        """Whether the lines of a cell, with what stands before and after it, are so many whole rows."""
        others = self._width - 1
        first, *between, last = (text.count(self._layout.delimiter) for text in cell.split("\n"))
        return at + first == others and last == at and set(between) <= {others}


class CsvClerkSheet:
    """One CSV file (core.clerk.ClerkSheet)."""

    name: str | None = None
    hidden = False
    from_1904 = False
    merged: Sequence[Merge] = ()

    def __init__(self, source: Source, file: str) -> None:
        self.file = file
        self.odd: dict[tuple[int, int], OddCell] = {}
        self.lost: list[Lost] = []
        self._source = source
        self._aside: list[Aside] = []
        self._rows: Rows | None = None

    @cached_property
    def _encoding(self) -> Encoding:
        return decide(self._source)

    @cached_property
    def _text(self) -> str:
        """The first bytes as text."""
        codec = self._encoding.codec
        errors = "replace" if codec.startswith("utf-16") else "surrogateescape"
        return codecs.getincrementaldecoder(codec)(errors).decode(self._source.at(self._encoding.bom, _HEAD))

    @cached_property
    def _skipped(self) -> tuple[int, str]:
        """How many characters a `sep=` line takes, and what it says."""
        found = re.match(_SEP, self._text, re.IGNORECASE) if self._text[:1] in {'"', "s", "S"} else None
        return (found.end(), found[1]) if found else (0, "")

    @cached_property
    def _delimiter(self) -> str:
        """The delimiter by which most of the first rows have one width, and a width of more than one cell."""
        _, said = self._skipped
        if said:
            return said
        return max((mark for mark in DELIMITERS if mark == "," or mark in self._text), key=self._regularity)

    def _regularity(self, delimiter: str) -> tuple[int, int]:
        widths = Counter(len(one.cells) for one in islice(self._records(delimiter), _TRIED) if one.cells)
        width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(0, 0))
        return (count if width > 1 else 0, width)

    def _records(self, delimiter: str) -> Iterator[Record]:
        skipped, said = self._skipped
        return records(self._text[skipped:], delimiter, 2 if said else 1)

    def head(self, count: int) -> list[Line]:
        """The first rows that hold something."""
        found = []
        for record in self._records(self._delimiter):
            if record.line > count:
                break
            if record.cells and any(map(str.strip, record.cells)):
                found.append(Line(record.line, record.cells))
        return found

    def blocks(self, below: int, width: int) -> Iterator[Block]:
        """The rows below the header, which ends at row `below`; a row of another width is lost."""
        self.lost.clear()
        self._rows = _Rows(self._source, self._layout(below, width), self._source.checksum(), self._aside)
        told = 0
        for numbers, rows in self._rows.blocks():
            for aside in self._aside[told:]:
                self.lost.append(Lost(aside.row, aside.reason))
            told = len(self._aside)
            yield numbers, list(rows)
        self.lost += [Lost(aside.row, aside.reason) for aside in self._aside[told:]]

    def _layout(self, below: int, width: int) -> Layout:
        skipped, said = self._skipped
        header, end, line = "", skipped, 2 if said else 1
        for record in self._records(self._delimiter):
            if record.line > below:
                break
            start, end = skipped + record.start, skipped + record.end
            header = self._text[start:end]
            line = record.line + len(LINE_END.findall(header))
        encoding = self._encoding
        offset = encoding.bom + len(self._text[:end].encode(encoding.codec, "surrogateescape"))
        headings = tuple(f"#{index}" for index in range(width))
        return Layout(encoding, self._delimiter, below, headings, header, Mark(offset, line))

    def share(self) -> float:
        """How much of the file has been read."""
        return self._source.reached / self._source.length if self._source.length else 1.0

    def notes(self) -> Sequence[tuple[str, Text]]:
        """The encoding where it is not UTF-8, and what reading met."""
        found = list(self._rows.notes()) if self._rows else []
        if self._encoding.codec != "utf-8":
            name = self._encoding.codec.upper()
            found.insert(0, ("encoding", Text(f"按 {name} 编码读取", f"read as {name}")))
        if self._encoding.rare:
            found.append(("rare-characters", _RARE))
        return found

    def close(self) -> None:
        """Let the handle go."""
        self._source.close()


_SWALLOWED = Text("引号没有配对，一格里吞进了几行", "a quotation mark without its pair: a cell has swallowed rows")
_RARE = Text(
    "有生僻的私用区字符，编码可能不是 GB18030（例如繁体 Big5），请核对几行文字",
    "it holds private-use characters and may not be GB18030 but, say, Big5: check some of its text",
)


def open_csv(path: Path) -> CsvClerkSheet:
    """A CSV file. Raises FileTrouble: missing, not a file, not readable, no text, of no known encoding."""
    source = open_source(path)
    try:
        sheet = CsvClerkSheet(source, path.name)
        sheet.head(1)
    except BaseException:
        source.close()
        raise
    return sheet
