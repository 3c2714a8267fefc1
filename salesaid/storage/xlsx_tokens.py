"""Where the cells of a sheet's XML lie, found for some megabytes at a time by numpy, without a turn a cell.

Only rows that are spelled to the byte as Excel, WPS and openpyxl spell them are taken: nothing stands between their
tags, each cell says where it stands. All other rows are told of, and are for the reader of single rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid.storage.xlsx_sheet import HIDDEN, LAST_COLUMN, SheetXml
from salesaid.storage.xlsx_strings import LONGEST

if TYPE_CHECKING:
    from numpy import ndarray

_CHUNK = 1 << 20  # bytes
_PAD = 64  # bytes that may be looked at beyond a place
_MOST_DIGITS = 7  # of a row's number
_ATTRIBUTES = re.compile(rb'(?: s="([0-9]{1,9})")?(?: t="([A-Za-z]+)")?( ?/)?>')
_ROW_ATTRIBUTES = re.compile(rb'"[^<>/]*>')
_IN_VALUE = {b"", b"n", b"s", b"str", b"b", b"d"}
VALUE, FORMULA, INLINE, KEPT, EMPTY = range(5)  # how a cell holds its text
_ODD = -1
_PRESERVE = b'<t xml:space="preserve">'


class Kind(NamedTuple):
    """How cells are written: one of VALUE, FORMULA, INLINE, KEPT, their style and their type as in the XML."""

    shape: int
    style: str
    type: str


class Found(NamedTuple):
    """Rows of a piece of XML, where they start, their numbers (0: odd), and the filled cells that rows not odd have.

    A cell is in row `at` (an index), of a kind (an index of `all_kinds`), and its text lies between `start` and `end`.
    """

    starts: ndarray
    numbers: ndarray
    hidden: ndarray
    all_kinds: list[Kind]
    at: ndarray
    column: ndarray
    kinds: ndarray
    start: ndarray
    end: ndarray


def pieces(data: SheetXml) -> Iterator[tuple[int, bytes]]:
    """The rows' XML in pieces of whole rows, and where each starts."""
    position, tail = data.layout.head, data.layout.tail
    while position < tail:
        end = data.xml.rfind(b"<row", position + 1, min(position + _CHUNK, tail)) if position + _CHUNK < tail else tail
        if end < 0:
            end = data.xml.find(b"<row", position + _CHUNK, tail)
        end = tail if end < 0 else end
        yield position, data.xml[position:end]
        position = end


def slices(piece: bytes, start: ndarray, end: ndarray, type_: Any) -> Any:
    """A pyarrow array of strings or bytes: what lies between places that ascend."""
    import numpy as np
    import pyarrow as pa

    if not len(start):
        return pa.array([], type_)
    offsets = np.empty(2 * len(start), np.int32)
    offsets[::2], offsets[1::2] = start, end
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(piece)]
    both = pa.Array.from_buffers(type_, len(offsets) - 1, buffers)  # what lies between, and what lies between these
    return both.take(pa.array(np.arange(0, len(offsets), 2, dtype=np.int32)))


class _Bytes:
    """A piece of XML, one to eight bytes at any place of it as a number."""

    def __init__(self, piece: bytes) -> None:
        import numpy as np

        self.piece = piece
        padded = piece + bytes(_PAD)
        count = len(piece) + _PAD - 8
        self.one = np.frombuffer(padded, np.uint8)
        self._eight = np.ndarray((count,), "<u8", padded, strides=(1,))

    def eight(self, places: ndarray) -> ndarray:
        """The eight bytes from each place on."""
        found: ndarray = self._eight[places]
        return found

    def say(self, places: ndarray, text: bytes) -> ndarray:
        """Where a text of up to eight bytes stands."""
        return _begins(self.eight(places), text)


def _begins(eight: ndarray, text: bytes) -> ndarray:
    """Which eight bytes begin with a text."""
    import numpy as np

    mask = np.uint64((1 << 8 * len(text)) - 1)
    found: ndarray = (eight & mask) == np.uint64(int.from_bytes(text, "little"))
    return found


def find(piece: bytes) -> Found:
    """The rows and cells of a piece of XML."""
    import numpy as np

    given = _Bytes(piece)
    tags = np.flatnonzero(given.one == ord("<"))
    second = given.one[tags + 1]
    rows, cells = np.flatnonzero(second == ord("r")), np.flatnonzero(second == ord("c"))
    rows, cells = rows[given.say(tags[rows], b"<row")], cells[given.say(tags[cells], b'<c r="')]
    starts = tags[rows]
    tags = np.concatenate([tags, np.full(_PAD, len(piece))])
    bounds = np.searchsorted(cells, np.append(rows, len(tags)))
    cells, counts, bounds = cells[bounds[0] :], np.diff(bounds), bounds - bounds[0]
    at = np.repeat(np.arange(len(rows)), counts)
    numbers, digits = _numbers(given, starts)
    column, quoted = _places(given, tags[cells], starts[at], digits[at])
    shape, start, end, closed = _shapes(given, tags, cells)
    kinds, all_kinds = _kinds(given, quoted, tags[cells + 1], shape)
    attributes, hidden = _attributes(given, starts + 8 + digits, tags[np.append(cells, 0)[bounds[:-1]]])
    tidy = (column >= 0) & (kinds >= 0) & _in_turn(given, at, column, tags[cells], closed, starts)
    tidy &= (end - start) <= LONGEST // 2
    is_tidy = (np.bincount(at[~tidy], minlength=len(starts)) == 0) & (counts > 0) & attributes
    numbers = np.where(is_tidy, numbers, 0)
    used = (numbers[at] > 0) & (shape != EMPTY)
    cells_ = (each[used] for each in (at, column, kinds, start, end))
    return Found(starts, numbers, hidden, all_kinds, *cells_)


def _numbers(given: _Bytes, starts: ndarray) -> tuple[ndarray, ndarray]:
    """The rows' numbers (0 where they are spelled otherwise) and how many digits these have."""
    import numpy as np

    number, digits = np.zeros(len(starts), np.int64), np.zeros(len(starts), np.int64)
    going = given.say(starts, b'<row r="')
    for place in range(_MOST_DIGITS):
        byte = given.one[starts + 8 + place]
        going = going & (byte >= ord("0")) & (byte <= ord("9")) & ((byte != ord("0")) | (place > 0))
        number = np.where(going, number * 10 + byte - ord("0"), number)
        digits += going
    return number, digits


def _places(given: _Bytes, cells: ndarray, rows: ndarray, digits: ndarray) -> tuple[ndarray, ndarray]:
    """The cells' columns (-1: not to be seen, or of another row), and where the quotation after their places stands."""
    import numpy as np

    column, letters = np.zeros(len(cells), np.int64), np.zeros(len(cells), np.int64)
    going = np.ones(len(cells), bool)
    for place in range(3):
        byte = given.one[cells + 6 + place]
        going = going & (byte >= ord("A")) & (byte <= ord("Z"))
        column = np.where(going, column * 26 + byte - ord("A") + 1, column)
        letters += going
    shift = (np.uint64(64) - np.uint64(8) * (digits + 1).astype(np.uint64)) & np.uint64(63)
    own, wanted = given.eight(cells + 6 + letters) << shift, given.eight(rows + 8) << shift
    right = (own == wanted) & (letters > 0) & (digits > 0) & (column <= LAST_COLUMN)
    return np.where(right, column - 1, -1), cells + 6 + letters + digits


def _shapes(given: _Bytes, tags: ndarray, cells: ndarray) -> tuple[ndarray, ndarray, ndarray, ndarray]:
    """How each cell holds its text, where that starts and ends, and where the cell ends."""
    import numpy as np

    shape = np.full(len(cells), _ODD, np.int64)
    start, end, closed = (np.zeros(len(cells), np.int64) for _ in range(3))

    def note(chosen: ndarray, kind: int, opened: int, first: int, more: bytes) -> None:
        """Cells whose text starts after an opened tag and ends before the next, after which stands `more`."""
        from_, to = tags[cells[chosen] + first] + opened, tags[cells[chosen] + first + 1]
        right = given.say(to, more[:8]) & given.say(to + 5, more[5:])
        places = chosen[right]
        shape[places], start[places], end[places] = kind, from_[right], to[right]
        closed[places] = to[right] + len(more)

    second, third = tags[cells + 1], tags[cells + 2]
    at_second, at_third = given.eight(second), given.eight(third)
    note(np.flatnonzero(_begins(at_second, b"<v>")), VALUE, 3, 1, b"</v></c>")
    is_inline = _begins(at_second, b"<is><t")
    note(np.flatnonzero(is_inline & _begins(at_third, b"<t>")), INLINE, 3, 2, b"</t></is></c>")
    kept = np.flatnonzero(is_inline & _begins(at_third, _PRESERVE[:8]))
    kept = kept[given.say(third[kept] + 8, _PRESERVE[8:16]) & given.say(third[kept] + 16, _PRESERVE[16:])]
    note(kept, KEPT, len(_PRESERVE), 2, b"</t></is></c>")
    is_formula = _begins(at_second, b"<f>") | _begins(at_second, b"<f ")
    if is_formula.any():
        short = is_formula & _begins(at_third, b"<v>") & given.say(third - 2, b"/>")
        note(np.flatnonzero(short), FORMULA, 3, 2, b"</v></c>")
        note(np.flatnonzero(is_formula & _begins(at_third, b"</f><v>")), FORMULA, 3, 3, b"</v></c>")
        shape[(shape == FORMULA) & (start == end)] = _ODD  # without its result
    empty = np.flatnonzero(shape == _ODD)
    empty = empty[given.say(second[empty] - 2, b"/>")]
    shape[empty], closed[empty] = EMPTY, second[empty]
    return shape, start, end, closed


def _kinds(given: _Bytes, quoted: ndarray, until: ndarray, shape: ndarray) -> tuple[ndarray, list[Kind]]:
    """Each cell's place in the list of kinds; -1 where it is spelled otherwise."""
    import numpy as np
    import pyarrow as pa

    start = np.minimum(quoted + 1, until)
    encoded = slices(given.piece, start, until, pa.binary()).dictionary_encode()
    spelled = encoded.dictionary.to_pylist()
    keys = np.where(shape == _ODD, -1, encoded.indices.to_numpy() * 5 + shape) if len(spelled) else shape
    kinds: list[Kind] = []
    known = np.full(5 * len(spelled) + 1, -1)
    for key in np.unique(keys[keys >= 0]).tolist():
        kind = _kind(spelled[key // 5], key % 5)
        if kind is not None:
            known[key] = len(kinds)
            kinds.append(kind)
    return known[keys], kinds


def _kind(spelled: bytes, shape: int) -> Kind | None:
    read = _ATTRIBUTES.fullmatch(spelled)
    if read is None or (read[3] is not None) is not (shape == EMPTY):
        return None
    type_ = read[2] or b""
    if (shape in {INLINE, KEPT} and type_ != b"inlineStr") or (shape in {VALUE, FORMULA} and type_ not in _IN_VALUE):
        return None
    return Kind(shape, (read[1] or b"").decode(), type_.decode())


def _in_turn(given: _Bytes, at: ndarray, column: ndarray, cells: ndarray, closed: ndarray, starts: ndarray) -> ndarray:
    """Which cells are followed at once by a cell further right in their row, or by the row's end and another row."""
    import numpy as np

    if not len(cells):
        return np.zeros(0, bool)
    is_last = np.append(at[1:] != at[:-1], True)
    follows = np.append((cells[1:] == closed[:-1]) & (column[1:] > column[:-1]), False)
    following = np.append(starts[1:], len(given.piece))[at]
    return np.where(is_last, given.say(closed, b"</row>") & (closed + len(b"</row>") == following), follows)


def _attributes(given: _Bytes, start: ndarray, until: ndarray) -> tuple[ndarray, ndarray]:
    """Of which rows the first tag is as usual, and which rows are hidden."""
    import numpy as np
    import pyarrow as pa

    end = np.minimum(until, np.append(start[1:], len(given.piece)))
    encoded = slices(given.piece, start, np.maximum(start, end), pa.binary()).dictionary_encode()
    spelled, codes = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
    tests = (_ROW_ATTRIBUTES.fullmatch, HIDDEN.search)
    usual, hidden = (np.array([bool(test(text)) for text in spelled], bool)[codes] for test in tests)
    return usual, hidden
