"""Rows of a sheet as XML: numbers, dates and texts, and by construction no formula and no link.

Written here because openpyxl takes 6.3 s for 85,000 rows of nine cells, this half a second, and because openpyxl
rounds figures to sixteen digits. A column at a time, since most values stand in many rows and each is made once. Shape:
ECMA-376 part 1, 18.3.1 (row, c, v, is).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice, repeat
from typing import NamedTuple

from salesaid.core.blanks import Named
from salesaid.core.tables import Field
from salesaid.core.text import Lang
from salesaid.render.sheet_texts import SharedTexts, item

LINE_HEIGHT, HIGHEST = 17.0, 409.0  # points; Excel has no higher row
MOST_DIGITS = 15  # of a number in a cell
EPOCH = date(1899, 12, 30)
FIRST_SAFE_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
AT_ONCE = 4096  # rows made together
KEPT = 1 << 16  # values of one column whose cells are kept

# F2 and Enter would make a formula of these, were they not marked as texts.
_LIKE_A_FORMULA = re.compile("\\s*[=+\\-@＝＋－＠]")


class Styles(NamedTuple):
    """Style numbers of one column: as it is, and marked as text (`quotePrefix`)."""

    plain: int
    quoted: int

    def of(self, text: str) -> int:
        """The style of a text."""
        return self.quoted if _LIKE_A_FORMULA.match(text) else self.plain


class Body(NamedTuple):
    """The columns of a table on its sheet: letters, styles, `room` in a line of each that wraps.

    `strong` are the styles of the rows that sum up others, `height` is that of a row of one line (None: as usual).
    """

    fields: Sequence[Field]
    letters: Sequence[str]
    styles: Sequence[Styles]
    strong: Sequence[Styles]
    room: Mapping[int, int] = {}
    height: float | None = None


def row(number: int, cells: Iterable[str], height: float | None = None) -> str:
    """One row of cells."""
    return f'<row r="{number}"{_size(height)}>{"".join(cells)}</row>'


def _size(height: float | None) -> str:
    return f' ht="{height}" customHeight="1"' if height else ""


def text_cell(place: str, text: str, styles: Styles) -> str:
    """A cell of text, whatever the text looks like. Raises TextTooLongForExcel."""
    return f'<c r="{place}" s="{styles.of(text)}" t="inlineStr"><is>{item(text)}</is></c>'


def cell(place: str, field: Field, value: object, styles: Styles, lang: Lang) -> str:
    """A cell of a field's kind."""
    if _is_figure(value) and (figure := _figure(value)) is not None:
        return f'<c r="{place}" s="{styles.plain}"><v>{figure}</v></c>'
    return text_cell(place, _words(field, value, lang), styles)


def rows(
    values: Iterator[Sequence[object]], count: int, first: int, body: Body, texts: SharedTexts, lang: Lang,
    strong: frozenset[int] = frozenset(),
) -> Iterator[str]:  # fmt: skip
    """The next `count` of the rows of values as XML, the first of them at row `first`, many in one piece.

    `strong` are those, counted from the first, that sum up others.
    """
    plain = [_maker(field, styles, texts, lang) for field, styles in zip(body.fields, body.styles, strict=True)]
    bold = [_maker(field, styles, texts, lang) for field, styles in zip(body.fields, body.strong, strict=True)]
    for start in range(0, count, AT_ONCE):
        piece = list(islice(values, min(AT_ONCE, count - start)))
        bodies = [
            list(map(cells.__getitem__, column)) for cells, column in zip(plain, zip(*piece, strict=True), strict=True)
        ]
        for at in strong.intersection(range(start, start + len(piece))):
            for index, cells in enumerate(bold):
                bodies[index][at - start] = cells[piece[at - start][index]]
        yield _piece(piece, first + start, bodies, body)


def _piece(piece: Sequence[Sequence[object]], first: int, bodies: Sequence[Sequence[str]], body: Body) -> str:
    numbers = [*map(str, range(first, first + len(piece)))]
    parts: list[Iterable[str]] = [repeat('<row r="'), numbers, _sizes(piece, body)]
    for letter, cells in zip(body.letters, bodies, strict=True):
        parts += [repeat(f'<c r="{letter}'), numbers, cells]
    parts.append(repeat("</row>"))
    return "".join(map("".join, zip(*parts, strict=False)))  # the shortest, `numbers`, ends it


def _sizes(piece: Sequence[Sequence[object]], body: Body) -> Iterable[str]:
    """What follows a row's number."""
    usual = f'"{_size(body.height)}>'
    if not body.room:
        return repeat(usual)
    heights = (_height(values, body.room) for values in piece)
    return [f'"{_size(max(height, body.height or 0))}>' if height else usual for height in heights]


def _height(values: Sequence[object], room: Mapping[int, int]) -> float | None:
    """How high a row has to be for its wrapped texts; None where one line holds each of them."""
    lines = max((lines_of(str(values[at]), each) for at, each in room.items() if values[at]), default=1)
    return min(lines * LINE_HEIGHT, HIGHEST) if lines > 1 else None


def lines_of(text: str, room: int) -> int:
    """Into how many lines a text wraps."""
    return sum(max(1, -(-drawn(part) // room)) for part in text.split("\n"))


def drawn(text: str) -> int:
    """How wide a text is, in characters of a sheet; a Chinese one takes two."""
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


class _Cells(dict[object, str]):
    """What follows the place of a cell, by its value: each is made once while it is remembered."""

    def __init__(self, make: Callable[[object], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: object) -> str:
        if len(self) >= KEPT:
            self.clear()  # rows that follow each other have values in common
        made = self[value] = self._make(value)
        return made


def _maker(field: Field, styles: Styles, texts: SharedTexts, lang: Lang) -> _Cells:
    """The cells of one column."""
    is_named = isinstance(field.kind, Named)
    start = f'" s="{styles.plain}"><v>'

    def made(value: object) -> str:
        if value is None and not is_named:
            return f'" s="{styles.plain}"/>'
        if (
            type(value) is Decimal
            and len(figure := str(value)) <= MOST_DIGITS
            and "E" not in figure
            and value.is_finite()
        ):
            return f"{start}{figure}</v></c>"
        if _is_figure(value) and (other := _figure(value)) is not None:
            return f"{start}{other}</v></c>"
        words = _words(field, value, lang)
        return f'" s="{styles.of(words)}"{texts.cell(words)}'

    return _Cells(made)


def _words(field: Field, value: object, lang: Lang) -> str:
    """A value as text; a number that has too many digits for a cell keeps them all."""
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    return field.kind.show(value, lang)


def _is_figure(value: object) -> bool:
    return isinstance(value, Decimal | date | int) and not isinstance(value, bool)


def _figure(value: object) -> str | None:
    """The number of a cell; None where a cell could hold it as text only: too many digits, too early a day."""
    if isinstance(value, date):
        return str((value - EPOCH).days) if value >= FIRST_SAFE_DAY else None
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return format(number, "f") if has_exact_cell(number) else None


def has_exact_cell(value: Decimal) -> bool:
    """Whether Excel keeps every digit of a number."""
    if not value.is_finite():
        return False
    return len(str(value)) <= MOST_DIGITS or len(value.normalize().as_tuple().digits) <= MOST_DIGITS
