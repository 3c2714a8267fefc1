"""The rows of a CSV ledger, character for character, and what is set aside on the way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from salesaid.core.grid import Grid
from salesaid.core.text import Text
from salesaid.storage.contract import Aside
from salesaid.storage.csv_layout import CELL_LIMIT, LINE_END, Layout, Mark, records
from salesaid.storage.csv_source import Source, Texts
from salesaid.storage.csv_trouble import ChangedWhileReading, UnclosedQuote

_BAD = re.compile("[\udc80-\udcff]")
_DAMAGED = Text("含 NUL 字节，多半是断电造成的损坏", "holds NUL bytes, most likely the damage of a power cut")
_UNDECODABLE = Text("有字节不合文件的编码", "holds bytes that are not of the file's encoding")
_BROKEN_QUOTES = Text("引号用得不对", "its quotation marks are not well formed")
_TOO_LONG = Text(f"有一格超过 {CELL_LIMIT} 个字符", f"has a cell of more than {CELL_LIMIT} characters")

_UNFINISHED = Text("最后一行没有换行符，请看看是否完整", "the last line has no line end: see whether it is complete")

_TAIL = 4 * 1024
_TAIL_LIMIT = 16 * 1024 * 1024


Block = tuple[Sequence[int], Sequence[list[str]]]
"""Line numbers and, for each, the cells."""


class Rows:
    """Reads rows of one file. `aside`, `padded`, `cut` and `swallowing` are filled while they are read.

    `padded` and `cut` count rows with fewer or more empty cells at their end than the header has headings;
    `swallowing` are lines of rows with a cell that looks as if a stray quote had joined several rows.
    """

    def __init__(self, source: Source, layout: Layout, crc: int, aside: list[Aside]) -> None:
        self._source = source
        self._layout = layout
        self.crc = crc
        self._width = len(layout.headings)
        self._least = max((i for i, h in enumerate(layout.headings, 1) if h.strip()), default=1)
        self.aside = aside
        self.cut = 0
        self.padded = 0
        self.swallowing: list[int] = []
        self.end: Mark | None = None

    def read(self, start: Mark | None = None) -> Iterator[tuple[int, list[str]]]:
        """(line, cells) of each row from `start` on, the row below the header where it is None."""
        for lines, rows in self.blocks(start):
            yield from zip(lines, rows, strict=True)

    def blocks(self, start: Mark | None = None) -> Iterator[Block]:
        """The same rows in blocks: their lines, and their cells. A million rows one by one take half as long again."""
        self.aside.clear()
        self.swallowing.clear()
        self.cut = self.padded = 0
        self.end = None
        blocks = self._blocks(start or self._layout.data)
        return self._sound(blocks) if self._layout.encoding.nul or self._layout.encoding.bad else blocks

    def _blocks(self, start: Mark) -> Iterator[Block]:
        csv.field_size_limit(CELL_LIMIT)
        texts, line = self._texts(start), start.line
        try:
            while text := texts.next():
                rows = self._plain(text)
                if rows is not None:
                    yield range(line, line + len(rows)), rows
                    line += len(rows)
                else:
                    until = line + len(list(io.StringIO(text, newline="")))
                    numbers, rows, line = self._one_by_one(texts.lines(text), line, until)
                    if rows:
                        yield numbers, rows
        except UnicodeDecodeError as error:
            raise ChangedWhileReading(self._source.path) from error
        self._finish(line)

    def _plain(self, text: str) -> Sequence[list[str]] | None:
        """The rows of a text whose lines are a row each, as wide as the header and none blank; else None."""
        rows = None if '"' in text or len(text) > CELL_LIMIT else self._unquoted(text)
        return rows or self._quoted(text)

    def _unquoted(self, text: str) -> Grid | None:
        """Text without a quotation mark may be split all at once, its line ends as cells: half of csv's time."""
        end, delimiter = "\r\n" if "\r" in text else "\n", self._layout.delimiter
        if not text.endswith(end):
            text += end
        cells = text.replace(end, f"{delimiter}\n{delimiter}").split(delimiter)
        cells.pop()
        count, width = text.count("\n"), self._width
        if (
            text.count(end[0]) != count
            or len(cells) != count * (width + 1)
            or cells[width :: width + 1].count("\n") != count
        ):
            return None
        rows = Grid(cells, width)
        return rows if all(rows.column(0)) or all(map(any, rows)) else None

    def _quoted(self, text: str) -> list[list[str]] | None:
        lines = list(io.StringIO(text, newline=""))
        try:
            rows = list(csv.reader(lines, delimiter=self._layout.delimiter, strict=True))
        except csv.Error:
            return None
        is_plain = len(rows) == len(lines) and set(map(len, rows)) == {self._width}
        return rows if is_plain and all([row[0] or any(row) for row in rows]) else None  # noqa: C419 - takes half the time

    def _one_by_one(self, texts: Iterator[str], line: int, until: int) -> tuple[list[int], list[list[str]], int]:
        """The rows from a line on, up to the first that begins at `until` or later, and where that one begins."""
        numbers: list[int] = []
        rows: list[list[str]] = []
        before = line - 1
        reader = csv.reader(texts, delimiter=self._layout.delimiter, strict=True)
        while line < until:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                last = reader.line_num + before
                self._broken(line, last, str(error))
            else:
                last = reader.line_num + before
                if last != line and len(cells) == self._width:
                    self._look_inside(line, cells)
                if (found := self._fitted(line, cells)) is not None:
                    numbers.append(line)
                    rows.append(found)
            line = last + 1
        return numbers, rows, line

    def _fitted(self, line: int, cells: list[str]) -> list[str] | None:
        if len(cells) == self._width and (cells[0] or any(cells)):
            return cells
        return self._mended(line, cells)

    def _texts(self, start: Mark) -> Texts:
        encoding = self._layout.encoding
        return self._source.texts(start.offset, encoding.codec, "surrogateescape" if encoding.bad else "strict")

    def _finish(self, line: int) -> None:
        """The end is reached: the bytes must have been those of one moment."""
        if not self._source.same_as(self.crc):
            raise ChangedWhileReading(self._source.path)
        self.end = Mark(self._source.length, line if ends_a_line(self._source, self._layout) else line - 1)

    def _mended(self, line: int, cells: list[str]) -> list[str] | None:
        """The cells of a row whose width differs only by empty cells at its end; None: blank, or set aside."""
        if not any(cells) or (len(cells) == 1 and not cells[0].strip() and self._width > 1):
            return None
        if len(cells) > self._width and not any(cells[self._width :]):
            self.cut += 1
            return cells[: self._width]
        if self._least <= len(cells) < self._width:
            self.padded += 1
            return cells + [""] * (self._width - len(cells))
        self.aside.append(Aside(line, damage(cells) or ragged(len(cells), self._width)))
        return None

    def _broken(self, line: int, last: int, error: str) -> None:
        """A row that csv refuses: set aside where it is one line, the end of reading where lines may be lost in it."""
        if last > line or "unexpected end" in error:
            raise UnclosedQuote(self._source.path, line)
        self.aside.append(Aside(line, _TOO_LONG if "limit" in error else _BROKEN_QUOTES))

    def _look_inside(self, line: int, cells: list[str]) -> None:
        """Note a row of several lines if a line inside one of its cells has as many delimiters as a row."""
        delimiter, enough = self._layout.delimiter, max(self._width - 1, 1)
        inner = (part for cell in cells if "\n" in cell or "\r" in cell for part in cell.splitlines())
        if any(part.count(delimiter) >= enough for part in inner):
            self.swallowing.append(line)

    def _sound(self, blocks: Iterator[Block]) -> Iterator[Block]:
        for lines, rows in blocks:
            found = [damage(cells) for cells in rows]
            self.aside += [Aside(line, why) for line, why in zip(lines, found, strict=True) if why]
            self.aside.sort()
            sound = [(line, cells) for line, cells, why in zip(lines, rows, found, strict=True) if not why]
            if sound:
                yield [line for line, _ in sound], [cells for _, cells in sound]

    def notes(self) -> list[tuple[str, Text]]:
        """What the rows read so far have that a person should know of."""
        notes = []
        if self.cut:
            notes.append(
                (
                    "extra-empty-cells",
                    Text(f"{self.cut} 行末尾多出空格子", f"{self.cut} rows end with more empty cells"),
                )
            )
        if self.padded:
            notes.append(
                (
                    "fewer-cells",
                    Text(f"{self.padded} 行末尾少了空格子", f"{self.padded} rows end with fewer empty cells"),
                )
            )
        notes += [("rows-in-a-cell", _swallowing(line)) for line in self.swallowing]
        if self._source.length and not ends_a_line(self._source, self._layout):
            notes.append(("unfinished-last-line", _UNFINISHED))
        return notes

    def fitted(self, cells: list[str] | None) -> list[str] | None:
        """The cells as rows() would give them; None for what it passes over. Nothing is counted."""
        if not cells or not any(cells) or damage(cells):
            return None
        if len(cells) < self._least or any(cells[self._width :]):
            return None
        return (cells + [""] * (self._width - len(cells)))[: self._width]


def _swallowing(line: int) -> Text:
    return Text(
        f"第 {line} 行有一格像是吞进了几行，请检查引号",
        f"a cell of line {line} looks as if it had swallowed rows: check its quotation marks",
    )


def ragged(count: int, width: int) -> Text:
    """Why a row of another width than the header's is not used."""
    return Text(f"有 {count} 格，表头有 {width} 格", f"{count} cells where the header has {width}")


def damage(cells: list[str]) -> Text | None:
    """Why a row's characters cannot be trusted, if they cannot."""
    text = "".join(cells)
    if "\0" in text:
        return _DAMAGED
    return _UNDECODABLE if _BAD.search(text) else None


def ends_a_line(source: Source, layout: Layout) -> bool:
    """Whether the file's last line has its line end."""
    last = source.at(max(source.length - 2, 0), 2)
    if layout.encoding.codec == "utf-16-be":
        return last in (b"\0\n", b"\0\r")
    return last in (b"\n\0", b"\r\0") if layout.encoding.codec == "utf-16-le" else last[-1:] in (b"\n", b"\r")


def tail(rows: Rows, source: Source, layout: Layout, count: int) -> list[tuple[str, list[str]]] | None:
    """(text, cells) of up to `count` last rows, read from the file's end; None where that is not certain."""
    if layout.encoding.nul or layout.encoding.bad:
        return None
    size = _TAIL
    while size <= _TAIL_LIMIT:
        start = max(layout.data.offset, source.length - size)
        start += (start - layout.encoding.bom) % 2 if layout.encoding.codec.startswith("utf-16") else 0
        whole = start == layout.data.offset
        errors = "replace" if layout.encoding.codec.startswith("utf-16") else "surrogateescape"
        text = source.at(start, size).decode(layout.encoding.codec, errors)
        found = _parsed(text, layout.delimiter) if whole else _from_middle(text, layout.delimiter)
        if found is None:
            return None
        kept = [(raw, cells) for raw, given in found if (cells := rows.fitted(given)) is not None]
        if whole or len(kept) >= count:
            return kept[-count:] if count else []
        size *= 4
    return None


def _parsed(text: str, delimiter: str) -> list[tuple[str, list[str]]] | None:
    """The rows of a text that starts outside quotes; None where one of them is not well formed."""
    found = []
    for record in records(text, delimiter):
        if record.cells is None:
            return None
        found.append((text[record.start : record.end], record.cells))
    return found


def _from_middle(text: str, delimiter: str) -> list[tuple[str, list[str]]] | None:
    """The rows after a text's first line end, where only one reading of its quotes is possible."""
    first = LINE_END.search(text)
    if first is None:
        return []
    rest = text[first.end() :]
    if '"' in rest and _parsed('"' + rest, delimiter) is not None:
        return None
    return _parsed(rest, delimiter)
