"""Rows of a sheet as XML: numbers, dates and texts, and by construction no formula and no link.

Written here because openpyxl takes 6.3 s for 85,000 rows of nine cells, this 0.5, and because openpyxl rounds
figures to sixteen digits. Shape: ECMA-376 part 1, 18.3.1 (row, c, v, is).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape

from salesaid.core.blanks import Named
from salesaid.core.errors import Refused
from salesaid.core.tables import Field, Table
from salesaid.core.text import Lang, Text
from salesaid.render.visible import visible_in_sheet

LONGEST_TEXT = 32_767  # UTF-16 code units in a cell
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LINE_HEIGHT, HIGHEST = 17.0, 409.0  # points; Excel has no higher row
MOST_DIGITS = 15  # of a number in a cell
EPOCH = date(1899, 12, 30)
FIRST_SAFE_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was

# Excel reads _x000D_ in a text as a carriage return.
_ESCAPE_LIKE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
# F2 and Enter would make a formula of these, were they not marked as texts.
_LIKE_A_FORMULA = re.compile("\\s*[=+\\-@＝＋－＠]")


class TextTooLongForExcel(Refused):
    """A text does not fit into one cell."""

    def __init__(self, text: str) -> None:
        shown = f"{text[:20]}…"
        super().__init__(
            Text(
                f"「{shown}」长 {len(text)} 字，Excel 的一个单元格放不下（上限 {LONGEST_TEXT}）",
                f"“{shown}” has {len(text)} characters, a cell in Excel holds {LONGEST_TEXT}",
            ),
            Text("改为输出 .csv 或 .json", "write a .csv or .json instead"),
        )


class TooMuchForExcel(Refused):
    """A table does not fit into one sheet."""

    def __init__(self, title: Text, rows: int, columns: int) -> None:
        super().__init__(
            Text(
                f"「{title.zh}」有 {rows} 行 {columns} 列，Excel 的一张表最多 {MOST_ROWS} 行 {MOST_COLUMNS} 列",
                f"“{title.en}” has {rows} rows and {columns} columns, a sheet in Excel at most "
                f"{MOST_ROWS} and {MOST_COLUMNS}",
            ),
            Text("缩短期间，或改为输出 .csv、.json", "take a shorter period, or write a .csv or .json instead"),
        )


Body = Callable[[object], str]
"""What follows a cell's place."""


class Styles(NamedTuple):
    """Style numbers of one column: as it is, and marked as text (`quotePrefix`)."""

    plain: int
    quoted: int


def row(number: int, cells: Iterable[str], height: float | None = None) -> str:
    """One row of cells."""
    size = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{size}>{"".join(cells)}</row>'


def text_cell(place: str, text: str, styles: Styles) -> str:
    """A cell of text, whatever the text looks like. Raises TextTooLongForExcel."""
    return f'<c r="{place}"{_text(text, styles)}'


def cell(place: str, field: Field, value: object, styles: Styles, lang: Lang) -> str:
    """A cell of a field's kind."""
    return f'<c r="{place}"{_body(field, styles, lang)(value)}'


def rows(
    table: Table, first: int, letters: Sequence[str], styles: Sequence[Styles], lang: Lang,
    room: Mapping[int, int] = {}, strong: Sequence[Styles] = (),
) -> Iterator[str]:  # fmt: skip
    """The rows of a table, the first of them at row `first`; `room` is what a line of each wrapping column holds.

    `strong` are the styles of the rows that sum up others.
    """
    plain = _columns(table, letters, styles, lang)
    bold = _columns(table, letters, strong, lang) if table.strong else plain
    for number, values in enumerate(table.rows, first):
        columns = bold if number - first in table.strong else plain
        yield row(number, _line(number, values, columns), _height(values, room))


def _columns(table: Table, letters: Sequence[str], styles: Sequence[Styles], lang: Lang) -> list[tuple[str, Body]]:
    bodies = [_body(field, style, lang) for field, style in zip(table.fields, styles, strict=True)]
    return list(zip(letters, bodies, strict=True))


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


def _line(number: int, values: Sequence[object], columns: Sequence[tuple[str, Body]]) -> Iterator[str]:
    for value, (letter, body) in zip(values, columns, strict=True):
        yield f'<c r="{letter}{number}"{body(value)}'


def _body(field: Field, styles: Styles, lang: Lang) -> Body:
    """The cells of one column. Texts repeat, so each is made once."""
    known: dict[object, str] = {} if isinstance(field.kind, Named) else {None: f' s="{styles.plain}"/>'}

    def body(value: object) -> str:
        if isinstance(value, (Decimal, date, int)) and not isinstance(value, bool):
            figure = _figure(value)
            if figure is not None:
                return f' s="{styles.plain}"><v>{figure}</v></c>'
        found = known.get(value)
        if found is None:
            found = known[value] = _text(_words(field, value, lang), styles)
        return found

    return body


def _words(field: Field, value: object, lang: Lang) -> str:
    """A value as text; a number that has too many digits for a cell keeps them all."""
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    return field.kind.show(value, lang)


def _figure(value: Decimal | date | int) -> str | None:
    """The number of a cell; None where a cell could hold it as text only: too many digits, too early a day."""
    if isinstance(value, date):
        return str((value - EPOCH).days) if value >= FIRST_SAFE_DAY else None
    number = Decimal(value)
    return format(number, "f") if has_exact_cell(number) else None


def has_exact_cell(value: Decimal) -> bool:
    """Whether Excel keeps every digit of a number."""
    return value.is_finite() and len(value.normalize().as_tuple().digits) <= MOST_DIGITS


def _text(text: str, styles: Styles) -> str:
    held = visible_in_sheet(text)
    if len(held.encode("utf-16-le")) > 2 * LONGEST_TEXT:
        raise TextTooLongForExcel(held)
    style = styles.quoted if _LIKE_A_FORMULA.match(held) else styles.plain
    held = escape(_ESCAPE_LIKE.sub("_x005F_x", held))
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{held}</t></is></c>'
