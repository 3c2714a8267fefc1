"""Columns measured for a screen: how wide each is, and how they are made to fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from salesaid.core.kinds import Align
from salesaid.core.tables import Field, Table
from salesaid.core.text import Lang
from salesaid.render.cells import header, shown, totals_line

GAP = 2  # blanks between two columns
CELL_LIMIT = 200  # characters of a cell on a screen
FOLDED_LIMIT = 2000  # of a cell that is folded
LEAST_WIDTHS = (40, 24, 16, 12)  # what a text column is shortened to, the first that gives the fewest blocks
_SHORTENED_KINDS = frozenset({"text"})  # numbers, dates and document numbers are never cut


class Column(NamedTuple):
    """One column of shown texts; `below` are the places of negative numbers, `width` counts terminal cells."""

    header: str
    cells: Sequence[str]
    total: str
    align: Align
    width: int
    can_shorten: bool = False
    below: tuple[int, ...] = ()
    folds: bool = False
    key: bool = False
    is_drawn: bool = False  # of bars

    def first(self, rows: int) -> Column:
        """The column of so many first rows, as wide as it was."""
        return self._replace(cells=self.cells[:rows], below=tuple(at for at in self.below if at < rows))


Fit = Callable[[str], str]  # what becomes of a text before it is measured: encoding, stand-ins


def columns_of(table: Table, lang: Lang, limit: int | None, fit: Fit) -> list[Column]:
    """The columns of a table's first `limit` rows (all where None, and then no cell is cut)."""
    rows = table.rows if limit is None else list(islice(table.rows, limit))
    totals = totals_line(table, lang) or [""] * len(table.fields)
    values = list(zip(*rows, strict=True)) or [()] * len(table.fields)
    return [
        _column(field, column, total, lang=lang, cut=None if limit is None else _limit(field), fit=fit)
        for field, column, total in zip(table.fields, values, totals, strict=True)
    ]


def _limit(field: Field) -> int:
    return FOLDED_LIMIT if field.folds else CELL_LIMIT


def _column(field: Field, values: Sequence[object], total: str, *, lang: Lang, cut: int | None, fit: Fit) -> Column:
    texts = {value: fit(_cut(shown(field, value, lang), cut)) for value in set(values)}  # most stand in many rows
    cells = [texts[value] for value in values]
    below = tuple(index for index, value in enumerate(values) if isinstance(value, Decimal) and value < 0)
    can_shorten = field.kind.name.lower() in _SHORTENED_KINDS
    head = fit(header(field, lang))
    column = measured(head, cells, fit(total), align=field.kind.align, can_shorten=can_shorten, below=below)
    return column._replace(folds=field.folds, key=field.key)


def measured(
    head: str,
    cells: Sequence[str],
    total: str = "",
    *,
    align: Align = "left",
    can_shorten: bool = False,
    below: tuple[int, ...] = (),
) -> Column:
    """A column as wide as its widest text."""
    from salesaid.render.cell_width import cell_len

    width = max(map(cell_len, {head, total, *cells}))
    return Column(head, cells, total, align, width, can_shorten, below)


def _cut(text: str, limit: int | None) -> str:
    return text if limit is None or len(text) <= limit else text[: limit - 1] + "…"


def width_of(columns: Sequence[Column]) -> int:
    """How many terminal cells the columns take side by side."""
    return sum(column.width for column in columns) + GAP * (len(columns) - 1)


def is_blank(column: Column) -> bool:
    """Whether a column shows nothing at all below its heading."""
    return not column.total and not any(column.cells)


def blocks(columns: Sequence[Column], width: int, mark: str) -> list[list[Column]]:
    """The columns in as few blocks as fit the width, the first column and all keys repeated in each.

    Long texts are shortened for that, but no further than it helps.
    """
    packed = [_packed(columns, width, least) for least in LEAST_WIDTHS]
    fewest = min(packed, key=len)
    return [_shortened(block, width, mark) for block in fewest]


def _packed(columns: Sequence[Column], width: int, least: int) -> list[list[Column]]:
    again = _repeated(columns, width, least)
    found = [again]
    for at in range(len(columns)):
        if at in again:
            continue
        wider = sorted({*found[-1], at})
        if len(found[-1]) > len(again) and _narrowest([columns[each] for each in wider], least) > width:
            wider = sorted({*again, at})
            found.append(wider)
        found[-1] = wider
    return [[columns[at] for at in block] for block in found]


def _repeated(columns: Sequence[Column], width: int, least: int) -> list[int]:
    """Which columns stand in every block: the first and all keys, or the first alone where they leave no room."""
    keys = [at for at, column in enumerate(columns) if not at or column.key]
    beside = [column for at, column in enumerate(columns) if at not in keys]
    fits = all(_narrowest([*(columns[at] for at in keys), column], least) <= width for column in beside)
    return keys if fits else keys[:1]


def _narrowest(columns: Sequence[Column], least: int) -> int:
    widths = (min(column.width, least) if column.can_shorten else column.width for column in columns)
    return sum(widths) + GAP * (len(columns) - 1)


def _shortened(columns: list[Column], width: int, mark: str) -> list[Column]:
    """The columns with their widest texts shortened until they fit, or can be shortened no more."""
    widths = [column.width for column in columns]
    excess = width_of(columns) - width
    while excess > 0:
        able = [at for at, column in enumerate(columns) if column.can_shorten and widths[at] > LEAST_WIDTHS[-1]]
        if not able:
            break
        widths[max(able, key=widths.__getitem__)] -= 1
        excess -= 1
    return [_narrowed(column, to, mark) for column, to in zip(columns, widths, strict=True)]


def _narrowed(column: Column, width: int, mark: str) -> Column:
    if column.width <= width:
        return column
    cells = [within(cell, width, mark) for cell in column.cells]
    return column._replace(
        header=within(column.header, width, mark), cells=cells, total=within(column.total, width, mark), width=width
    )


def within(text: str, width: int, mark: str) -> str:
    """The text, or its beginning and the mark, in no more than that many terminal cells."""
    from rich.cells import set_cell_size

    from salesaid.render.cell_width import cell_len

    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - cell_len(mark)).rstrip() + mark
