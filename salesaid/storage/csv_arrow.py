"""A CSV ledger read by columns, with pyarrow: only where that cannot read anything else than csv does.

pyarrow is strict about the width of rows, but takes `"x"y` for `xy` and a blank line for a row. So lines that hold a
quotation mark are read again by csv, and each line has to be one row; in any doubt the file is not read this way.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from salesaid.storage.csv_layout import CELL_LIMIT, Layout
from salesaid.storage.csv_source import Source

_BLOCK = 1 << 22  # bytes that are parsed at a time
_WINDOW = CELL_LIMIT // 2
_MOST_QUOTED = 5  # one line in so many may hold a quotation mark


class Columns(NamedTuple):
    """Rows of a file by columns, blank rows among them; the first stands in line `first`, each in one line.

    `coded` are pyarrow's dictionary arrays by the index of the column, `plain` its string arrays.
    """

    first: int
    length: int
    coded: Mapping[int, Any]
    plain: Mapping[int, Any]
    data: bytes
    delimiter: str

    @property
    def numbers(self) -> Any:
        """The numbers of the rows' lines."""
        import pyarrow as pa

        return pa.arange(self.first, self.first + self.length).to_numpy()

    def rows(self, places: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """(line, cells) of the rows at these places, which count from 0 and ascend."""
        for place, line in zip(places, _lines(self.data, places), strict=True):
            yield self.first + place, _cells(line, self.delimiter)


def columns(source: Source, layout: Layout, coded: Collection[int], plain: Collection[int]) -> Columns | None:
    """These columns of a file's data rows; None where the file has to be read row by row. Checks no sums of bytes."""
    data = _data(source, layout)
    count = None if data is None else _count(data)
    if data is None or count is None:
        return None
    table = _read(data, layout, coded, plain)
    if table is None or table.num_rows != count:
        return None
    found = Columns(
        layout.data.line,
        count,
        {index: _whole(table[str(index)]) for index in coded},
        {index: _joined(table[str(index)]) for index in plain},
        data,
        layout.delimiter,
    )
    return found if _holds(found, len(layout.headings)) else None


def _data(source: Source, layout: Layout) -> bytes | None:
    """The rows in UTF-8; None where their bytes are doubtful."""
    encoding = layout.encoding
    if encoding.nul or encoding.bad or not layout.delimiter.isascii() or source.length <= layout.data.offset:
        return None
    data = source.at(layout.data.offset, source.length - layout.data.offset)
    if encoding.codec == "utf-8":
        return data
    try:
        return data.decode(encoding.codec).encode()
    except UnicodeError:
        return None


def _count(data: bytes) -> int | None:
    """How many lines there are; None where some end with CR alone, or are so long that a cell may be too long."""
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    if any(data.find(b"\n", start, start + _WINDOW) < 0 for start in range(0, len(data) - _WINDOW, _WINDOW)):
        return None
    return data.count(b"\n") + (not data.endswith(b"\n"))


def _read(data: bytes, layout: Layout, coded: Collection[int], plain: Collection[int]) -> Any:
    """The table of these columns; None where a row has another width than the header, or bytes are not UTF-8."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    names = [str(index) for index in range(len(layout.headings))]
    types = dict.fromkeys(map(str, coded), pa.dictionary(pa.int32(), pa.string()))
    types |= dict.fromkeys(map(str, plain), pa.string())
    try:
        return arrow.read_csv(
            pa.py_buffer(data),
            arrow.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),  # measured: threads cost more
            arrow.ParseOptions(delimiter=layout.delimiter, newlines_in_values=True, ignore_empty_lines=False),
            arrow.ConvertOptions(column_types=types, include_columns=[*types], strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None


def _whole(column: Any) -> Any:
    """The column with one dictionary."""
    return _joined(column.unify_dictionaries())


def _joined(column: Any) -> Any:
    """The column in one piece."""
    import pyarrow as pa

    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def _holds(found: Columns, width: int) -> bool:
    """Whether csv reads the lines with quotation marks as pyarrow does."""
    places = _quoted(found.data, found.length // _MOST_QUOTED)
    if not places:
        return places is not None
    read = {index: column.take(places).dictionary_decode().to_pylist() for index, column in found.coded.items()}
    read |= {index: column.take(places).to_pylist() for index, column in found.plain.items()}
    for at, line in enumerate(_lines(found.data, places)):
        try:
            cells = _cells(line, found.delimiter)
        except csv.Error:
            return False
        if len(cells) != width or any(cells[index] != texts[at] for index, texts in read.items()):
            return False
    return True


def _quoted(data: bytes, most: int) -> list[int] | None:
    """Which lines hold a quotation mark, counted from 0; None where they are too many to be read twice."""
    places: list[int] = []
    line, start, found = 0, 0, data.find(b'"')
    while found >= 0:
        line += data.count(b"\n", start, found)
        start = data.find(b"\n", found)
        places.append(line)
        if start < 0 or len(places) > most:
            break
        found = data.find(b'"', start)
    return places if len(places) <= most else None


def _lines(data: bytes, places: Sequence[int]) -> Iterator[bytes]:
    """These lines, which ascend."""
    import io

    lines, at = io.BytesIO(data), 0
    for place in places:
        yield from islice(lines, place - at, place - at + 1)
        at = place + 1


def _cells(line: bytes, delimiter: str) -> list[str]:
    csv.field_size_limit(CELL_LIMIT)
    return next(csv.reader([line.decode()], delimiter=delimiter, strict=True), [])
