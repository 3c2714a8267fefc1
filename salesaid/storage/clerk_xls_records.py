"""What the records of an old workbook ([MS-XLS]) say beyond its values: errors, hidden rows, its first day."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from
from typing import NamedTuple

_BOF, _EOF, _SHEET, _DATES, _FORMULA, _ROW, _BOOL_OR_ERROR = 0x0809, 0x0A, 0x85, 0x22, 0x06, 0x0208, 0x0205
_HIDDEN = 0x20
_NO_NUMBER = 0xFFFF  # stands in a formula's result that is a text, a truth value or an error
_ERROR = 2
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class SheetFacts(NamedTuple):
    """Of one sheet: its errors by row (from 1) and column (from 0), and the hidden rows."""

    errors: dict[int, dict[int, str]]
    hidden: list[int]


def facts_of(stream: bytes) -> tuple[bool, list[SheetFacts]]:
    """Whether the workbook counts from 1904, and the facts of its sheets. Raises struct.error on half a record."""
    from_1904, places = False, []
    for code, at in _records(stream, 0):
        if code == _DATES:
            from_1904 = unpack_from("<H", stream, at)[0] == 1
        elif code == _SHEET:
            places.append(unpack_from("<I", stream, at)[0])
    return from_1904, [_facts(stream, place) for place in places]


def _facts(stream: bytes, place: int) -> SheetFacts:
    facts = SheetFacts({}, [])
    for code, at in _records(stream, place):
        if code == _ROW and stream[at + 12] & _HIDDEN:
            facts.hidden.append(unpack_from("<H", stream, at)[0] + 1)
        error = _error(stream, code, at)
        if error is not None:
            row, column = unpack_from("<HH", stream, at)
            facts.errors.setdefault(row + 1, {})[column] = _ERRORS.get(error, "#N/A")
    return facts


def _error(stream: bytes, code: int, at: int) -> int | None:
    """The number of the error that a record holds."""
    if code == _BOOL_OR_ERROR:
        return stream[at + 6] if stream[at + 7] else None
    if code == _FORMULA and stream[at + 6] == _ERROR and unpack_from("<H", stream, at + 12)[0] == _NO_NUMBER:
        return stream[at + 8]
    return None


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The records of one part of the stream: code, and where the content begins; not those of charts inside it."""
    depth = 0
    while at + 4 <= len(stream):
        code, length = unpack_from("<HH", stream, at)
        depth += (code == _BOF) - (code == _EOF)
        if not depth:
            return
        if depth == 1:
            yield code, at + 4
        at += 4 + length
