"""A sheet read by columns, for reports: the texts that the reader of rows gives, without a turn a cell.

Where cells lie is found for a piece of XML at a time. Then each distinct value of a column is made a text once, by what
makes the texts of single cells. Rows that are spelled in any other way are read by the reader of single rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.storage.contract import Aside
from salesaid.storage.xlsx_columns import Columns
from salesaid.storage.xlsx_numbers import DIGITS, digits_lost
from salesaid.storage.xlsx_read import Reader, Unusable, Words, cell_text
from salesaid.storage.xlsx_sheet import LAST_ROW, Cell, SheetXml
from salesaid.storage.xlsx_tokens import FORMULA, INLINE, KEPT, Kind, find, pieces, slices

if TYPE_CHECKING:
    from numpy import ndarray

_WIDEST = 60  # columns
_MOST_ODD = 3  # one row in so many may be read alone
_FEW = 1000
_SAME = r"^(0|-?[1-9][0-9]{0,14}|-?(0|[1-9][0-9]*)\.[0-9]*[1-9])$"  # numbers that are their own text
_LONGEST_SAME = DIGITS + 1  # with a point or a sign
_ALTERED = r"&|_x|\r"
_EDGED = r"^[ \t\r\n]|[ \t\r\n]$"
_BLANK = r"^[\x00-\x20\x{85}\pZ]*$"  # whatever str.strip() takes off, and little more


class _GivenUp(Exception):  # noqa: N818 - no trouble: one frame up the sheet is left to the reader of rows
    """The sheet has to be read by rows."""


class _Cells(NamedTuple):
    """Cells of one column in one piece: the indexes of their rows and kinds, and what stands in the XML."""

    at: ndarray
    kinds: ndarray
    raw: Any


class _Texts(NamedTuple):
    """A column's texts by rows: indexes of `texts`, a pyarrow array; -1 where a row has to be read alone."""

    codes: ndarray
    texts: Any


class _Gathered:
    """What was found in all pieces of a sheet."""

    def __init__(self, data: SheetXml, width: int) -> None:
        self.cells: list[list[_Cells]] = [[] for _ in range(width)]
        self.kinds: dict[Kind, int] = {}
        self._rows: list[tuple[ndarray, ndarray, ndarray]] = []
        self.count = 0
        for position, piece in pieces(data):
            self._add(position, piece)

    def _add(self, position: int, piece: bytes) -> None:
        import numpy as np
        import pyarrow as pa

        _check_encoding(piece)
        found = find(piece)
        if piece[: found.starts[0] if len(found.starts) else None].strip():
            raise _GivenUp
        kinds = np.array([self.kinds.setdefault(kind, len(self.kinds)) for kind in found.all_kinds], np.int32)
        for column, cells in enumerate(self.cells):
            own = np.flatnonzero(found.column == column)
            raw = slices(piece, found.start[own], found.end[own], pa.string())
            cells.append(_Cells((found.at[own] + self.count).astype(np.int32), kinds[found.kinds[own]], raw))
        self._rows.append((found.starts + position, found.numbers, found.hidden))
        self.count += len(found.starts)

    def given_out(self) -> Iterator[list[_Cells]]:
        """The cells of each column, which are let go of."""
        while self.cells:
            yield self.cells.pop(0)

    def rows(self) -> tuple[ndarray, ndarray, ndarray]:
        """Where rows start, their numbers (0: odd), which are hidden."""
        import numpy as np

        starts, numbers, hidden = (np.concatenate(each) for each in zip(*self._rows, strict=True))
        return starts, numbers, hidden


def columns(reader: Reader, after: int, note: Callable[[Aside], None]) -> Columns | None:
    """The columns of the rows below row `after`; None where the sheet has to be read by rows.

    `reader` reads odd rows, and is told in its tally what a person should know.
    """
    if reader.width > _WIDEST or reader.data.layout.prefix or reader.has_merged:
        return None
    try:
        return Columns(*_read(reader, after, note))
    except (_GivenUp, FileTrouble, UnicodeDecodeError):  # the reader of rows finds the same, and where
        return None


def _read(reader: Reader, after: int, note: Callable[[Aside], None]) -> tuple[ndarray, list[Any]]:
    import numpy as np

    gathered = _Gathered(reader.data, reader.width)
    if not gathered.count:
        raise _GivenUp
    starts, numbers, hidden = gathered.rows()
    kinds = list(gathered.kinds)
    found = [_texts(cells, kinds, reader.words, gathered.count) for cells in gathered.given_out()]
    odd = np.logical_or.reduce([numbers <= after, *(column.codes < 0 for column in found)])
    if np.count_nonzero(odd) > max(_FEW, gathered.count // _MOST_ODD):
        raise _GivenUp
    kept = _filled(found, gathered.count) & ~odd
    reader.tally.hidden += int(np.count_nonzero(kept & hidden))
    read = {
        place: texts
        for first, last in _runs(odd)
        for place, texts in _alone(reader, starts, numbers, range(first, last), after, note)
    }
    if (np.diff(numbers) <= 0).any() or numbers[-1] > LAST_ROW:
        raise _GivenUp
    kept[list(read)] = True
    return numbers[kept], [_finished(column, at, read, kept) for at, column in enumerate(found)]


def _alone(
    reader: Reader, starts: ndarray, numbers: ndarray, run: range, after: int, note: Callable[[Aside], None]
) -> Iterator[tuple[int, list[str]]]:
    """Rows that stand together, read one by one: (index, texts) of those to be used. Their numbers are noted."""
    xml, tail = reader.data.xml, reader.data.layout.tail
    previous = int(numbers[run.start - 1]) if run.start else 0
    rows = list(reader.alone(int(starts[run.start]), len(run), previous, after, note))
    following = int(starts[run.stop]) if run.stop < len(starts) else tail
    if len(rows) != len(run) or rows[-1][1] > following or xml[rows[-1][1] : following].strip():
        raise _GivenUp
    for place, (number, _, texts) in zip(run, rows, strict=True):
        numbers[place] = number
        if texts is not None:
            yield place, texts


def _runs(odd: ndarray) -> Iterator[tuple[int, int]]:
    """Where odd rows stand together: from the first to behind the last."""
    import numpy as np

    turns = np.flatnonzero(np.diff(odd, prepend=False, append=False)).tolist()
    return zip(turns[::2], turns[1::2], strict=True)


def _check_encoding(piece: bytes) -> None:
    """Raises GivenUp where bytes are not UTF-8."""
    import numpy as np
    import pyarrow as pa

    offsets = pa.py_buffer(np.array([0, len(piece)], np.int32))
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, offsets, pa.py_buffer(piece)]).validate(full=True)
    except pa.ArrowInvalid as error:
        raise _GivenUp from error


def _texts(cells: Sequence[_Cells], kinds: Sequence[Kind], words: Words, count: int) -> _Texts:
    """The texts of a column; those of cells of one kind are made together."""
    import numpy as np
    import pyarrow as pa

    at, kind = np.concatenate([each.at for each in cells]), np.concatenate([each.kinds for each in cells])
    raw = pa.concat_arrays([each.raw for each in cells])
    codes, texts = np.zeros(count, np.int32), [pa.array([""])]
    for one in np.unique(kind).tolist():
        own = np.flatnonzero(kind == one)
        encoded = (raw if len(own) == len(kind) else raw.take(pa.array(own))).dictionary_encode()
        made, wrong = _made(kinds[one], encoded.dictionary, words)
        base = sum(map(len, texts))
        codes[at[own]] = np.where(wrong, -1, np.arange(base, base + len(made)))[encoded.indices.to_numpy()]
        texts.append(made)
    return _Texts(codes, pa.concat_arrays(texts))


def _made(kind: Kind, raw: Any, words: Words) -> tuple[Any, ndarray]:
    """The texts of distinct values of a kind, and for which of them their rows have to be read alone."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    same = _are_texts(kind, raw, words)
    wrong = np.zeros(len(raw), bool)
    if same.all():
        return raw, wrong
    made = [_made_one(kind, value, words) for value in raw.filter(pa.array(~same)).to_pylist()]
    wrong[~same] = [text is None for text in made]
    return pc.replace_with_mask(raw, pa.array(~same), pa.array([text or "" for text in made], pa.string())), wrong


def _are_texts(kind: Kind, raw: Any, words: Words) -> ndarray:
    """Which values are their own texts."""
    import numpy as np
    import pyarrow.compute as pc

    same = np.zeros(len(raw), bool)
    if kind.shape in {INLINE, KEPT}:
        same = ~_match(raw, _ALTERED if kind.shape == KEPT else f"{_ALTERED}|{_EDGED}")
    elif kind.type in {"", "n"} and not words.date_kind(kind.style):
        same = _match(raw, _SAME) & (pc.binary_length(raw).to_numpy() <= _LONGEST_SAME)
    return same


def _match(raw: Any, pattern: str) -> ndarray:
    import pyarrow.compute as pc

    found: ndarray = pc.match_substring_regex(raw, pattern).to_numpy(zero_copy_only=False).copy()
    return found


def _made_one(kind: Kind, raw: str, words: Words) -> str | None:
    """The text of one value; None where its row has to be read alone."""
    is_number = kind.type in {"", "n"} and kind.shape != FORMULA
    if is_number and len(raw) > DIGITS and digits_lost(raw):
        return None
    value, inline, kept = (
        ("", raw, " " if kind.shape == KEPT else "") if kind.shape in {INLINE, KEPT} else (raw, "", "")
    )
    cell: Cell = ("", "", kind.style, kind.type, "", value, kept, inline)
    try:
        return cell_text(words, cell)
    except Unusable:
        return None


def _filled(found: Sequence[_Texts], count: int) -> ndarray:
    """Which rows hold something else than blanks."""
    import numpy as np

    filled = np.zeros(count, bool)
    for column in found:
        maybe = _match(column.texts, _BLANK)
        maybe[maybe] = [not text.strip() for text in column.texts.filter(maybe).to_pylist()]
        filled |= ~maybe[column.codes]
        if filled.all():
            break
    return filled


def _finished(column: _Texts, at: int, read: Mapping[int, Sequence[str]], kept: ndarray) -> Any:
    """A pyarrow dictionary array of the rows to be kept, each text in it once, in the order in which they come."""
    import numpy as np
    import pyarrow as pa

    codes, alone = column.codes, [texts[at] for texts in read.values()]
    codes[list(read)] = np.arange(len(column.texts), len(column.texts) + len(alone))
    texts = pa.concat_arrays([column.texts, pa.array(alone, pa.string())]).dictionary_encode()
    used = pa.array(texts.indices.to_numpy()[codes[kept]]).dictionary_encode()
    return pa.DictionaryArray.from_arrays(used.indices, texts.dictionary.take(used.dictionary))
