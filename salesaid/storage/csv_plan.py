"""The bytes of a CSV row to be added or a cell to be changed, in the file's own dialect."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from salesaid.storage.contract import Cell, CellEdit
from salesaid.storage.csv_layout import CELL_LIMIT, Layout, line_end, records
from salesaid.storage.csv_trouble import CannotEncode, CellTooLong, NoSuchRow
from salesaid.storage.trouble import ChangedElsewhere

_REMEMBERED = 10_000  # texts of one column


class Habit(NamedTuple):
    """How the rows of a file are written: columns that stand in quotes, empty cells after the last, line end."""

    quoted: tuple[bool, ...]
    extra: int
    end: str


def habit_of(raw_rows: Sequence[str], layout: Layout) -> Habit:
    """The habit that the given rows, as they stand in the file, have in common."""
    width = len(layout.headings)
    fields = [_fields(raw, layout.delimiter) for raw in raw_rows]
    columns = [[row[column] if column < len(row) else "" for row in fields] for column in range(width)]
    quoted = tuple(
        all(cell.startswith('"') for cell in cells)
        and any(field(_plain(cell), layout.delimiter) != cell for cell in cells)
        for cells in columns
    )
    extra = max(len(fields[-1]) - width, 0) if fields else 0
    end = line_end(raw_rows[-1]) if raw_rows else ""
    return Habit(quoted, extra, end or layout.end or "\r\n")


def row_text(cells: Sequence[Cell | None], habit: Habit, delimiter: str) -> str:
    """One row as it is written, line end and all."""
    texts = [
        field(cell.text if cell else "", delimiter, always=quoted)
        for cell, quoted in zip(cells, habit.quoted, strict=True)
    ]
    return delimiter.join(texts) + delimiter * habit.extra + habit.end


class _Fields(dict[str, str]):
    """The cells of a column as they are written, each distinct text made once."""

    def __init__(self, delimiter: str, *, always: bool) -> None:
        super().__init__()
        self._delimiter, self._always = delimiter, always
        self._marks = re.compile(rf'[\s"{re.escape(delimiter)}]')
        self._is_crowded = False  # so many texts that remembering them is of little use

    def all(self, column: Sequence[str]) -> Iterable[str]:
        """The cells of a column."""
        if self._is_crowded and not self._always and self._marks.search("".join(column)) is None:
            return column
        return map(self.__getitem__, column)

    def __missing__(self, text: str) -> str:
        written = field(text, self._delimiter, always=self._always)
        if len(self) >= _REMEMBERED:
            self.clear()
            self._is_crowded = True
        self[text] = written
        return written


def column_bytes(
    path: Path, blocks: Iterable[Sequence[Sequence[str]]], habit: Habit, delimiter: str, codec: str, writes: str
) -> Iterator[bytes]:
    """Rows that come by columns, in blocks, as they are written. Raises CannotEncode."""
    fields = [_Fields(delimiter, always=quoted) for quoted in habit.quoted]
    end = delimiter * habit.extra + habit.end
    for columns in blocks:
        written = [own.all(column) for own, column in zip(fields, columns, strict=True)]
        text = "".join([delimiter.join(row) + end for row in zip(*written, strict=True)])
        try:
            text.encode(writes)
        except UnicodeEncodeError as error:
            cell = next(cell for column in columns for cell in column if text[error.start] in cell)
            raise CannotEncode(path, cell, text[error.start], writes) from error
        yield text.encode(codec)


def field(text: str, delimiter: str, *, always: bool = False) -> str:
    """One cell as it is written; in quotes where it could be read as anything else without them."""
    # Python before 3.11.9 leaves a bare CR unquoted, so the csv module does not write here.
    if not always and text == text.strip() and not any(mark in text for mark in (delimiter, '"', "\r", "\n")):
        return text
    return '"' + text.replace('"', '""') + '"'


def checked(path: Path, cells: Sequence[Cell | None], codec: str) -> None:
    """Raise CannotEncode or CellTooLong where a cell would not come back as it is."""
    for cell in cells:
        text = cell.text if cell else ""
        if len(text) > CELL_LIMIT:
            raise CellTooLong(path, len(text), CELL_LIMIT)
        if "\0" in text:
            raise CannotEncode(path, text, "\0", codec)
        try:
            text.encode(codec)
        except UnicodeEncodeError as error:
            raise CannotEncode(path, text, text[error.start], codec) from error


def edited(path: Path, text: str, edits: Sequence[CellEdit], layout: Layout) -> str:
    """The text of a file, without its byte order mark, with new values in some cells and every other character kept."""
    starts = _line_starts(text)
    changes: list[tuple[int, int, str]] = []
    for row in sorted({edit.row for edit in edits}):
        if not layout.data.line <= row <= len(starts):
            raise NoSuchRow(path, row)
        start, end = _record(text, starts[row - 1], layout.delimiter)
        new = _row_edited(path, text[start:end], [edit for edit in edits if edit.row == row], layout)
        changes.append((start, end, new))
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    return text


def removed(text: str, rows: Collection[int], layout: Layout) -> str:
    """The text of a file, without its byte order mark, without the rows that begin in these lines."""
    starts = _line_starts(text)
    pieces, place = [], 0
    for row in sorted(rows):
        start, end = _record(text, starts[row - 1], layout.delimiter)
        pieces.append(text[place:start])
        place = end
    return "".join([*pieces, text[place:]])


def _row_edited(path: Path, raw: str, edits: Sequence[CellEdit], layout: Layout) -> str:
    end = line_end(raw)
    fields = _fields(raw, layout.delimiter)
    fields += [""] * (max(edit.column for edit in edits) + 1 - len(fields))
    for edit in edits:
        if _plain(fields[edit.column]) != edit.expected:
            raise ChangedElsewhere(path)
        fields[edit.column] = field(edit.cell.text, layout.delimiter, always=fields[edit.column].startswith('"'))
    return layout.delimiter.join(fields) + end


def _record(text: str, start: int, delimiter: str) -> tuple[int, int]:
    """From where to where the row that starts at a character reaches."""
    window = 4096
    while True:
        found = next(records(text[start : start + window], delimiter), None)
        if found and (start + window >= len(text) or (found.cells is not None and found.end < window)):
            return start, start + found.end
        window *= 16


def _line_starts(text: str) -> list[int]:
    starts, place = [], 0
    for line in io.StringIO(text, newline=""):
        starts.append(place)
        place += len(line)
    return starts


def _fields(raw: str, delimiter: str) -> list[str]:
    """The cells of one well-formed row as they stand in the file, quotes included."""
    mark = re.escape(delimiter)
    pattern = re.compile(f'("[^"]*(?:""[^"]*)*"|[^{mark}\r\n]*)({mark}|\r\n|\r|\n|$)')
    fields, place = [], 0
    while found := pattern.match(raw, place):
        fields.append(found[1])
        place = found.end()
        if found[2] != delimiter:
            break
    return fields


def _plain(field_: str) -> str:
    return field_[1:-1].replace('""', '"') if field_.startswith('"') else field_
