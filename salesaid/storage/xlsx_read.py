"""The rows of a sheet as texts: every cell as a person reads it, nothing guessed, nothing dropped in silence."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from salesaid.core.text import Text
from salesaid.storage.contract import Aside
from salesaid.storage.xlsx_numbers import DIGITS, DateKind, date_text, digits_lost, iso_text, number_text
from salesaid.storage.xlsx_plain import BLOCK, Block, PlainRows, gathered
from salesaid.storage.xlsx_sheet import (
    LAST_COLUMN,
    LAST_ROW,
    Box,
    Cell,
    SheetXml,
    Span,
    body,
    cells,
    column_of,
    is_hidden,
    letters_of,
    spans,
    spans_from_end,
)  # fmt: skip
from salesaid.storage.xlsx_strings import LONGEST, SharedStrings, decoded, length, unescaped
from salesaid.storage.xlsx_tally import Tally

REMEMBERED = 20_000  # numbers whose text is kept at hand: dates and quantities come again and again
_SIMPLE = re.compile(r"0|[1-9][0-9]{0,14}")


class Unusable(Exception):  # noqa: N818 - a cell, caught one frame up
    """A cell whose row cannot be used."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Words(NamedTuple):
    """What the texts of cells are made from: shared strings, styles that are dates, the date system.

    `padded`: to how many digits a style fills numbers up with zeros, where they are to be read as they are shown.
    """

    strings: SharedStrings
    dates: tuple[DateKind, ...]
    from_1904: bool
    padded: tuple[int, ...] = ()

    def date_kind(self, style: str) -> DateKind:
        """What numbers in a style show: blank where they are no dates."""
        index = int(style) if style else 0
        return self.dates[index] if 0 <= index < len(self.dates) else ""

    def filled_up(self, style: str, text: str) -> str:
        """A number as its style shows it: 123 is 000123 in the format 000000, as codes of goods often are."""
        index = int(style) if style else 0
        return text.zfill(self.padded[index]) if 0 <= index < len(self.padded) and text.isdecimal() else text


def cell_text(words: Words, cell: Cell) -> str:
    """A cell's text. Raises Unusable."""
    _, _, style, kind, _, value, kept, inline = cell
    if kind == "s":
        text = words.strings.get(value)
    elif kind in ("", "n"):
        return _number(words, style, unescaped(value).strip()) if value else ""
    elif kind == "inlineStr":
        text = decoded(unescaped(inline if kept else inline.strip(" \t\r\n")))
    elif kind == "str":
        text = decoded(unescaped(value))
    elif kind == "b":
        return {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}.get(value.strip(), value)
    else:
        return iso_text(value) if kind == "d" else unescaped(value)
    if len(text) > LONGEST // 2 and length(text) > LONGEST:
        raise Unusable(Text("单元格超过 32,767 字", "a cell is longer than 32,767 characters"))
    return text


def _number(words: Words, style: str, raw: str) -> str:
    kind = words.date_kind(style)
    if kind:
        shown = date_text(raw, kind, from_1904=words.from_1904)
        if shown is not None:
            return shown
    text = raw if _SIMPLE.fullmatch(raw) else number_text(raw)
    if text is None:
        raise Unusable(Text(f"不是数字：{raw[:20]}", f"not a number: {raw[:20]}"))
    return words.filled_up(style, text) if words.padded else text


class Reader:
    """Streams the data rows of one sheet."""

    def __init__(self, data: SheetXml, words: Words, merged: Sequence[Box], width: int) -> None:
        self.data = data
        self.words = words
        self.width = width
        self._merged = [one for one in merged if one.bottom > one.top and one.left < width]
        self._anchors: dict[Box, str] = {}
        self._columns = {letters_of(column): column for column in range(width)}
        self._numbers: dict[tuple[str, str], str] = {}
        self._special = ("&", "_x", "\r", f"<{data.layout.prefix}f")
        self._plain = PlainRows(data, width, words.strings, lambda cell: cell_text(words, cell), Unusable)
        self.tally = Tally()
        self.aside: list[Aside] = []
        self.reached = data.layout.head  # where in the XML

    @property
    def has_merged(self) -> bool:
        """Whether cells are merged over rows."""
        return bool(self._merged)

    def blocks(self, after: int, note: Callable[[Aside], None]) -> Iterator[Block]:
        """Rows below row `after` that hold something, some thousands at a time: (numbers, texts of each)."""
        return gathered(self._pieces(after, note))

    def rows(self, after: int, note: Callable[[Aside], None]) -> Iterator[tuple[int, list[str]]]:
        """The same rows one by one: (number, texts)."""
        for numbers, rows in self.blocks(after, note):
            yield from zip(numbers, rows, strict=True)

    def _pieces(self, after: int, note: Callable[[Aside], None]) -> Iterator[Block]:
        """Plain rows as they come, many at a time; others one by one, more and more of them before plain ones again."""
        self._anchors = {}
        previous, position, step = 0, self.data.layout.head, 1
        while True:
            self.reached = position
            taken = self._plain.take(position, previous) if previous >= after and not self._merged else None
            if taken is not None:
                yield taken.numbers, taken.rows
                previous, position, step = taken.last, taken.end, 1
                continue
            alone = list(self.alone(position, step, previous, after, note))
            if not alone:
                return
            used = [(number, texts) for number, _, texts in alone if texts is not None]
            yield [number for number, _ in used], [texts for _, texts in used]
            previous, position, step = *alone[-1][:2], min(step * 2, BLOCK)

    def alone(
        self, position: int, count: int, previous: int, after: int, note: Callable[[Aside], None]
    ) -> Iterator[tuple[int, int, list[str] | None]]:
        """Some rows from a place between two on, one by one: (number, where it ends, texts if they are to be used)."""
        for span in islice(spans(self.data, position), count):
            previous = self._in_order(span, previous)
            yield previous, span.end, self._usable_texts(previous, span, after, note)

    def _in_order(self, span: Span, previous: int) -> int:
        number = span.number or previous + 1
        if number <= previous or number > LAST_ROW:
            what = Text(f"行号顺序错乱（第 {number} 行）", f"its rows are out of order or doubled (row {number})")
            raise self.data.not_understood(what, number)
        return number

    def _usable_texts(self, number: int, span: Span, after: int, note: Callable[[Aside], None]) -> list[str] | None:
        try:
            texts = self._texts(number, span, skip=number <= after)
        except Unusable as unusable:
            if number > after:
                note(Aside(number, unusable.reason))
            return None
        if texts is not None:
            self.tally.hidden += is_hidden(self.data, span)
        return texts

    def last_rows(self, after: int, count: int) -> list[list[str]]:
        """The texts of the last rows, oldest first; from the end of the sheet unless merged ranges reach across it."""
        if self._merged or not all(span.number for span in islice(spans_from_end(self.data), 1)):
            return [texts for _, texts in deque(self.rows(after, lambda _: None), maxlen=count)]
        found: list[list[str]] = []
        for span in spans_from_end(self.data):
            if len(found) == count or span.number <= after:
                break
            texts = self._usable(span)
            if texts is not None:
                found.append(texts)
        return found[::-1]

    def _usable(self, span: Span) -> list[str] | None:
        try:
            return self.texts(span.number, cells(self.data, span))
        except Unusable:
            return None

    def _texts(self, number: int, span: Span, *, skip: bool) -> list[str] | None:
        inner = body(self.data, span)
        found = cells(self.data, span if span.number else span._replace(number=number), inner)
        if skip or self._merged or len(inner) > LONGEST // 2 or self._is_special(inner):
            return self.texts(number, found, skip=skip)
        return self._quick(number, found)

    def _is_special(self, inner: str) -> bool:
        one, two, three, four = self._special
        return one in inner or two in inner or three in inner or four in inner

    def _quick(self, number: int, found: list[Cell]) -> list[str] | None:
        """The same as texts() for a row without escapes, formulas and long cells: most rows of most files."""
        texts = [""] * self.width
        last, digits, some = -1, str(number), False
        columns, get, numbers = self._columns, self.words.strings.get, self._numbers
        for cell in found:
            letters, place, style, kind, _, value, kept, inline = cell
            column = columns.get(letters, LAST_COLUMN)
            if column <= last or place != digits or column == LAST_COLUMN:
                return self.texts(number, found)
            last = column
            if kind == "inlineStr" and "&" not in inline:  # rich text is put together anew, its line ends as &#10;
                text = inline if kept else inline.strip(" \t\r\n")
            elif kind == "s":
                text = get(value)
            elif kind in ("", "n"):
                text = numbers.get((style, value)) or self._number(cell, number)
            else:
                return self.texts(number, found)
            if text:
                texts[column] = text
                some = some or not text.isspace()
        return texts if some else None

    def _number(self, cell: Cell, number: int) -> str:
        text = cell_text(self.words, cell)
        if len(cell[5]) > DIGITS:
            self._count(cell, number)
        elif len(self._numbers) < REMEMBERED:
            self._numbers[cell[2], cell[5]] = text
        return text

    def texts(self, number: int, found: list[Cell], *, skip: bool = False) -> list[str] | None:
        """One text a column; None for a row that holds nothing or is skipped (its order is checked all the same)."""
        texts = [""] * self.width
        last = -1
        digits = str(number)
        some = False
        for cell in found:
            column = column_of(cell[0])
            if column <= last or cell[1] != digits or column >= LAST_COLUMN:
                raise self._misplaced(cell, number)
            last = column
            if column < self.width and (cell[5] or cell[7] or cell[4]):
                text = cell_text(self.words, cell)
                if not skip and (cell[4] or cell[3] in ("", "n", "e")):
                    self._count(cell, number)
                if text:
                    texts[column] = text
                    some = some or not text.isspace()
        if self._merged:
            self._fill(number, texts, some=some, counts=not skip)
        return texts if some and not skip else None

    def _misplaced(self, cell: Cell, number: int) -> Exception:
        name = f"{cell[0][:5]}{cell[1][:9]}"
        what = Text(
            f"单元格 {name} 位置不对（第 {number} 行：重复、乱序或越界）",
            f"cell {name} is out of place in row {number}: doubled, out of order or beyond the sheet",
        )
        return self.data.not_understood(what, number)

    def _count(self, cell: Cell, number: int) -> None:
        if cell[4] and not cell[5] and cell[3] != "str":
            self.tally.uncached.setdefault(cell[0], number)
            self.tally.unsaved.setdefault(number, set()).add(column_of(cell[0]))
        elif cell[3] == "e":
            self.tally.errors.setdefault(cell[0], number)
        elif len(cell[5]) > DIGITS and not cell[4] and digits_lost(cell[5]):
            self.tally.lost.setdefault(cell[0], number)

    def _fill(self, number: int, texts: list[str], *, some: bool, counts: bool) -> None:
        """A merged range's first column shows its text in every row of the range."""
        for one in self._merged:
            if one.top == number:
                self._anchors[one] = texts[one.left]
            elif some and one.top < number <= one.bottom and not texts[one.left]:
                texts[one.left] = self._anchors.get(one, "")
                self.tally.filled += counts and bool(texts[one.left])
