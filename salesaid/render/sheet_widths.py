"""How wide the columns of a sheet have to be, in characters; a Chinese character takes two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from salesaid.core.tables import Field, Table
from salesaid.core.text import Lang
from salesaid.render.sheet_rows import drawn, lines_of

NARROWEST, WIDEST, KEPT, MEASURED_ROWS = 8, 44, 4, 2000
WIDEST_ON_PAPER = 28
ARROW = 3  # of the filter, beside a heading
MANY = 10  # columns; of more, headings of figures take two lines


def widths_of(table: Table, lang: Lang) -> list[int]:
    """How wide the columns have to be for their texts, up to a width from which on they wrap."""
    first = list(islice(table.rows, MEASURED_ROWS))
    return [_width(field, [row[at] for row in first], table, lang) for at, field in enumerate(table.fields)]


def _width(field: Field, values: Sequence[object], table: Table, lang: Lang) -> int:
    shown = {value for value in (*values, table.totals.get(field.name)) if value is not None}
    widest = max((drawn(field.kind.show(value, lang)) for value in shown), default=0)
    arrow = 0 if table.paper else ARROW
    beside = 1 if table.paper and not field.folds else 3
    head = _heading(field, lang) if len(table.fields) > MANY and not table.paper else drawn(field.header.in_(lang))
    return max(NARROWEST, min(max(widest, head + arrow) + beside, widest_of(table)))


def _heading(field: Field, lang: Lang) -> int:
    """How wide a heading is that may take two lines, in a table with so many columns that each counts."""
    text = field.header.in_(lang)
    if field.kind.align == "left":
        return drawn(text)
    return max(max(map(drawn, text.split()), default=0) if text.isascii() else 0, -(-drawn(text) // 2))


def heading_lines(table: Table, widths: Sequence[int], lang: Lang) -> int:
    """How many lines the headings of a table need in columns so wide."""
    arrow = 0 if table.paper else ARROW
    texts = (field.header.in_(lang) for field in table.fields)
    return max(
        (lines_of(text, max(width - arrow - 1, 4)) for text, width in zip(texts, widths, strict=True)), default=1
    )


def widest_of(table: Table) -> int:
    """The width from which on a column's texts wrap: an upright page has less room."""
    return WIDEST_ON_PAPER if table.paper else WIDEST


def room_of(table: Table, widths: Sequence[int]) -> dict[int, int]:
    """How much a line of each column holds whose texts may need several.

    Of the widest columns Excel keeps some of the width for itself; the others are wider than what stands in them.
    """
    widest = widest_of(table)
    wraps = (field.folds or width >= widest for field, width in zip(table.fields, widths, strict=True))
    return {at: widths[at] - (KEPT if widths[at] >= widest else 0) for at, wrap in enumerate(wraps) if wrap}
