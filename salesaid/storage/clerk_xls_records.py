"""What the records of an old workbook ([MS-XLS]) say beyond its values: errors, hidden rows, zeros, its first day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from struct import unpack_from
from typing import NamedTuple

from salesaid.storage.xlsx_numbers import padded_to

_BOF, _EOF, _SHEET, _DATES, _FORMULA, _ROW, _BOOL_OR_ERROR = 0x0809, 0x0A, 0x85, 0x22, 0x06, 0x0208, 0x0205
_FORMAT, _STYLE, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS = 0x041E, 0xE0, 0x0203, 0x027E, 0xBD
_HIDDEN = 0x20
_NO_NUMBER = 0xFFFF  # stands in a formula's result that is a text, a truth value or an error
_ERROR = 2
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class SheetFacts(NamedTuple):
    """Of one sheet: its errors by row (from 1) and column (from 0), and the hidden rows.

    `padded`: by row and column to how many digits a number is filled up with zeros.
    """

    errors: dict[int, dict[int, str]]
    hidden: list[int]
    padded: dict[int, dict[int, int]]


def facts_of(stream: bytes) -> tuple[bool, list[SheetFacts]]:
    """Whether the workbook counts from 1904, and the facts of its sheets. Raises struct.error on half a record."""
    from_1904, places, formats = False, [], {}
    styles: list[int] = []
    for code, at in _records(stream, 0):
        if code == _DATES:
            from_1904 = unpack_from("<H", stream, at)[0] == 1
        elif code == _SHEET:
            places.append(unpack_from("<I", stream, at)[0])
        elif code == _FORMAT:
            formats[unpack_from("<H", stream, at)[0]] = padded_to(_format(stream, at))
        elif code == _STYLE:
            styles.append(unpack_from("<H", stream, at + 2)[0])
    padded = {style: formats[number] for style, number in enumerate(styles) if formats.get(number)}
    return from_1904, [_facts(stream, place, padded) for place in places]


def _format(stream: bytes, at: int) -> str:
    """The code of a number format, as workbooks since 1997 hold it."""
    count, is_wide = unpack_from("<HB", stream, at + 2)
    start = at + 5
    return stream[start : start + count * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1", "replace")


def _facts(stream: bytes, place: int, padded: Mapping[int, int]) -> SheetFacts:
    facts = SheetFacts({}, [], {})
    for code, at in _records(stream, place):
        if code == _ROW and stream[at + 12] & _HIDDEN:
            facts.hidden.append(unpack_from("<H", stream, at)[0] + 1)
        error = _error(stream, code, at)
        if error is not None:
            row, column = unpack_from("<HH", stream, at)
            facts.errors.setdefault(row + 1, {})[column] = _ERRORS.get(error, "#N/A")
        for row, column, style in _styled(stream, code, at) if padded else ():
            if style in padded:
                facts.padded.setdefault(row + 1, {})[column] = padded[style]
    return facts


def _styled(stream: bytes, code: int, at: int) -> Iterator[tuple[int, int, int]]:
    """The row, the column and the style of each number in a record."""
    if code in (_NUMBER, _SHORT_NUMBER, _FORMULA):
        yield unpack_from("<HHH", stream, at)
    elif code == _SHORT_NUMBERS:
        row, first = unpack_from("<HH", stream, at)
        length = unpack_from("<H", stream, at - 2)[0]
        for more in range((length - 6) // 6):
            yield row, first + more, unpack_from("<H", stream, at + 4 + more * 6)[0]


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
