"""Rows of plain cells read many at a time: what Excel, WPS and openpyxl write for numbers and texts.

One search a row finds all its cells, and each column's texts are made at once. Whatever is not as plain as that is left
to the reader of single rows, whose answers are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.storage.xlsx_numbers import DIGITS, digits_lost
from salesaid.storage.xlsx_sheet import HIDDEN, LAST_ROW, Cell, SheetXml, letters_of
from salesaid.storage.xlsx_strings import LONGEST, SharedStrings, decoded, unescaped

BLOCK = 4096  # rows
_MOST, _FEWEST = 2048, 32  # rows that are taken at a time
_REMEMBERED = 20_000  # numbers of one style
_WIDEST = 60  # columns
_INDEX_DIGITS = 9
_KIND = re.compile(rb'(?: s="([0-9]+)")?(?: t="(n|s|inlineStr)")?>')
_FORMULA = r"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)<v>(?!<)"  # with its result

Block = tuple[list[int], list[list[str]]]
"""Row numbers and, for each, one text a heading."""


class NotPlain(Exception):  # noqa: N818 - no trouble: one frame up the rows are read one by one
    """Some cell has to be looked at more closely."""


class Taken(NamedTuple):
    """Rows that were taken: those that hold something, and the number and the place that the next row comes after."""

    numbers: list[int]
    rows: list[list[str]]
    last: int
    end: int


class _Numbers(dict[bytes, str]):
    """The texts of numbers in one style, each made once."""

    def __init__(self, text: Callable[[Cell], str], style: str, kind: str) -> None:
        super().__init__()
        self._text, self._style, self._kind = text, style, kind

    def __missing__(self, value: bytes) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        if len(value) > DIGITS and digits_lost(value.decode()):
            raise NotPlain
        text = self[value] = self._text(("", "", self._style, self._kind, "", value.decode(), "", ""))
        return text


@lru_cache(maxsize=4)
def _pattern(width: int) -> re.Pattern[bytes]:
    """A row of up to so many cells. A cell's groups: what it is opened with, what opens its inline text, the value."""
    cells = ""
    for column in range(width):
        opened = rf'<c r="{letters_of(column)}\1"'
        value = rf'([^<>]*>)(?:<v>|(<is><t(?: xml:space="preserve")?>)|{_FORMULA})([^<]*)'
        closed = rf"(?({column * 3 + 4})</t></is>|</v>)</c>"
        cells += rf'(?:{opened}(?:{value}{closed}|(?: s="[0-9]+")?(?: t="[A-Za-z]+")? ?/>))?'
    return re.compile(rf'<row r="([1-9][0-9]{{0,6}})"([^<>/]*)>{cells}</row>'.encode())


def gathered(pieces: Iterable[Block]) -> Iterator[Block]:
    """The same rows in blocks of some thousands."""
    numbers: list[int] = []
    rows: list[list[str]] = []
    for some, texts in pieces:
        numbers += some
        rows += texts
        if len(rows) >= BLOCK:
            yield numbers, rows
            numbers, rows = [], []
    if rows:
        yield numbers, rows


class PlainRows:
    """Takes rows of plain cells from a sheet. `text` makes the text of any cell, and may raise `unusable`."""

    def __init__(
        self,
        data: SheetXml,
        width: int,
        strings: SharedStrings,
        text: Callable[[Cell], str],
        unusable: type[Exception],
    ) -> None:
        self._data = data
        self._width = width
        self._strings = strings
        self._text = text
        self._trouble = (NotPlain, FileTrouble, UnicodeDecodeError, unusable)
        self._numbers: dict[bytes, _Numbers] = {}

    def take(self, position: int, previous: int) -> Taken | None:
        """The plain rows from a place between two rows on; None where there are too few of them."""
        if self._width > _WIDEST or self._data.layout.prefix:
            return None
        match, xml, tail = _pattern(self._width).match, self._data.xml, self._data.layout.tail
        found: list[tuple[bytes, ...]] = []
        while len(found) < _MOST and (row := match(xml, position, tail)):
            found.append(row.groups())
            position = row.end()
        if len(found) < _FEWEST:
            return None
        try:
            return self._taken(list(zip(*found, strict=True)), position, previous)
        except self._trouble:
            return None

    def _taken(self, columns: list[tuple[bytes, ...]], end: int, previous: int) -> Taken:
        numbers = list(map(int, columns[0]))
        ordered = all(above < below for above, below in pairwise([previous, *numbers]))
        if not ordered or numbers[-1] > LAST_ROW or any(map(HIDDEN.search, set(columns[1]))):
            raise NotPlain
        texts = [self._column(*columns[at : at + 3]) for at in range(2, len(columns), 3)]
        rows = [list(row) for row in zip(*texts, strict=True)]
        full = [bool("".join(row).strip()) for row in rows]
        if not all(full):
            pairs = [pair for pair, is_full in zip(zip(numbers, rows, strict=True), full, strict=True) if is_full]
            return Taken([number for number, _ in pairs], [row for _, row in pairs], numbers[-1], end)
        return Taken(numbers, rows, numbers[-1], end)

    def _column(
        self, opened: Sequence[bytes | None], inline: Sequence[bytes | None], values: Sequence[bytes]
    ) -> Sequence[str]:
        """A column's texts; those of cells that are opened alike are made together."""
        if len(set(opened)) == len(set(inline)) == 1:
            return self._texts(opened[0], inline[0], values)
        kinds = list(zip(opened, inline, strict=True))
        texts = [""] * len(opened)
        for kind in set(kinds) - {(None, None)}:
            places = [place for place, other in enumerate(kinds) if other == kind]
            for place, text in zip(places, self._texts(*kind, [values[place] for place in places]), strict=True):
                texts[place] = text
        return texts

    def _texts(self, opened: bytes | None, inline: bytes | None, values: Sequence[bytes]) -> Sequence[str]:
        if opened is None:
            return [""] * len(values)
        known = _KIND.fullmatch(opened)
        if known is None or (known[2] == b"inlineStr") is (inline is None):
            raise NotPlain
        if inline is not None:
            return _inline(values, kept=inline.endswith(b'preserve">'))
        if known[2] == b"s":
            return self._shared(values)
        if opened not in self._numbers:
            self._numbers[opened] = _Numbers(self._text, (known[1] or b"").decode(), (known[2] or b"").decode())
        return list(map(self._numbers[opened].__getitem__, values))

    def _shared(self, values: Sequence[bytes]) -> Sequence[str]:
        if not all(map(bytes.isdigit, values)) or max(map(len, values)) > _INDEX_DIGITS:
            raise NotPlain
        texts = self._strings.many(list(map(int, values)))
        if max(map(len, texts)) > LONGEST // 2:
            raise NotPlain
        return texts


def _inline(values: Sequence[bytes], *, kept: bool) -> Sequence[str]:
    if max(map(len, values)) > LONGEST // 2:
        raise NotPlain
    joined = b"\n".join(values)
    texts = joined.decode().split("\n")
    if len(texts) != len(values):  # some have lines
        texts = [value.decode() for value in values]
    if not kept:
        texts = [text.strip(" \t\r\n") for text in texts]
    if b"&" in joined or b"\r" in joined or b"_x" in joined:
        return [decoded(unescaped(text)) for text in texts]
    return texts
