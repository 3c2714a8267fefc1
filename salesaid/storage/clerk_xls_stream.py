"""The workbook stream of an old workbook, put together from the sectors of its compound file ([MS-CFB])."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import iter_unpack, unpack_from
from typing import NamedTuple

_ENTRY = 128
_IN_HEADER = 109  # sectors of the allocation table that the header itself names
_LAST_SECTOR = 0xFFFFFFFA
_NAMES = ("Workbook", "Book")
_ROOT = 5


class _Entry(NamedTuple):
    """What the directory says of one stream."""

    name: str
    kind: int
    start: int
    size: int


def workbook_stream(raw: bytes) -> bytes:
    """The bytes of the stream that holds the workbook. Raises ValueError, struct.error where the file is damaged."""
    shift, small_shift = unpack_from("<HH", raw, 30)
    first_entry, cutoff, small_table = (unpack_from("<I", raw, at)[0] for at in (48, 56, 60))
    if shift not in (9, 12) or small_shift > shift:
        raise ValueError(shift)
    table = _table(raw, shift)
    entries = list(_entries(_joined(raw, 1 << shift, shift, table, first_entry)))
    book = next((each for name in _NAMES for each in entries if each.name == name), None)
    if book is None:
        raise ValueError(entries)
    if book.size >= cutoff:
        return _joined(raw, 1 << shift, shift, table, book.start)[: book.size]
    root = next(each for each in entries if each.kind == _ROOT)
    container = _joined(raw, 1 << shift, shift, table, root.start)
    small = _numbers(_joined(raw, 1 << shift, shift, table, small_table))
    return _joined(container, 0, small_shift, small, book.start)[: book.size]


def _table(raw: bytes, shift: int) -> Sequence[int]:
    """The sector that follows each sector: the allocation table, itself in sectors that the header and others name."""
    parts = list(unpack_from(f"<{_IN_HEADER}I", raw, 76))
    (more,) = unpack_from("<I", raw, 68)
    for _ in range(len(raw) >> shift):
        if more >= _LAST_SECTOR:
            break
        *named, more = _numbers(_sector(raw, 1 << shift, shift, more))
        parts += named
    return [
        number for part in parts if part < _LAST_SECTOR for number in _numbers(_sector(raw, 1 << shift, shift, part))
    ]


def _numbers(data: bytes) -> list[int]:
    return [number for (number,) in iter_unpack("<I", data[: len(data) // 4 * 4])]


def _sector(raw: bytes, before: int, shift: int, number: int) -> bytes:
    at = before + (number << shift)
    return raw[at : at + (1 << shift)]


def _joined(raw: bytes, before: int, shift: int, table: Sequence[int], number: int) -> bytes:
    """The sectors of a chain. Raises ValueError where it leads out of the file or round in a circle."""
    found: list[bytes] = []
    while number < _LAST_SECTOR:
        if number >= len(table) or len(found) > len(table):
            raise ValueError(number)
        sector = _sector(raw, before, shift, number)
        if not sector:
            raise ValueError(number)
        found.append(sector)
        number = table[number]
    return b"".join(found)


def _entries(directory: bytes) -> Iterator[_Entry]:
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = unpack_from("<HB", directory, at + 64)
        first, size = unpack_from("<II", directory, at + 116)
        yield _Entry(directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, first, size)
