"""Tables below each other on one sheet, each with its chart beside it where the page has room, else below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from salesaid.core.tables import Field, Table
from salesaid.core.text import Lang
from salesaid.render.drawing import Drawing, drawing_of
from salesaid.render.sheet_rows import drawn, lines_of

TITLE_HEIGHT, SECTION, HEAD, LINE, LARGE, GAP = 36.0, 27.0, 21.0, 18.0, 27.0, 12.0  # points
FIRST_SECTION = 4  # the first row below the title, the day and a gap
CHARACTER = 5.3  # points that a character of a sheet is wide
PAGE = 190  # characters across a page that one still reads
CHART_WIDTH, CHART_HEIGHT = 430.0, 215.0  # points
BAR, AROUND_BARS = 17.0, 64.0
NARROWEST, WIDEST_FIRST, WIDEST_OTHER = 10, 30, 18
LARGER = 1.4  # how much wider a figure is that stands large
VALUE = "value"  # the field of key figures that stands large


class Spot(NamedTuple):
    """Where a table stands on the sheet, in rows; its chart, where that begins, and the rows left free below.

    `height` is that of the whole section in points, heading to gap; `width` is how far it reaches, in characters.
    """

    head: int
    drawing: Drawing | None
    chart_row: int
    chart_column: int  # counted from 0
    free: int
    height: float
    width: float


def stacked(tables: Sequence[Table], lang: Lang) -> Iterator[tuple[Table, Spot]]:
    """The tables with where they stand."""
    grid = grid_of(tables, lang)
    row = FIRST_SECTION
    for table in tables:
        spot = _spot(table, row, grid, lang)
        yield table, spot
        row = spot.head + rows_below(table) + spot.free + 2  # the gap, and the title of the next


def rows_below(table: Table) -> int:
    """How many rows of a sheet stand below a table's headings: its rows, totals and notes."""
    return max(len(table.rows), 1) + bool(table.totals) + len(table.notes)


def grid_of(tables: Sequence[Table], lang: Lang) -> list[int]:
    """How wide the columns of the sheet are, so that all tables fit that share them."""
    grid: list[int] = []
    for table in tables:
        for at, width in enumerate(_widths(table, lang)):
            grid[at : at + 1] = [max([width, *grid[at : at + 1]])]
    return grid


def _widths(table: Table, lang: Lang) -> Iterator[int]:
    last = len(table.fields) - 1
    for at, field in enumerate(table.fields):
        values = {row[at] for row in table.rows} | {table.totals.get(field.name)}
        wide = max(drawn(field.kind.show(value, lang)) for value in values) if values != {None} else 0
        wide = int(wide * LARGER) if field.name == VALUE else wide
        most = WIDEST_OTHER if at else WIDEST_FIRST
        if at and at == last and field.kind.align == "left":
            most //= 2  # it is spread over what is free beside it
        yield max(NARROWEST, min(max(wide, drawn(field.header.in_(lang))) + 3, most))


def spread_to(table: Table, grid: Sequence[int]) -> int:
    """The last column, counted from 0, over which a table's last texts are spread."""
    last = len(table.fields) - 1
    is_text = last > 0 and table.fields[last].kind.align == "left"
    return max(len(grid) - 1, last) if is_text and table.chart is None else last


def head_height(fields: Sequence[Field], widths: Sequence[int], lang: Lang) -> float:
    """How high the row of the headings has to be."""
    lines = max(
        lines_of(field.header.in_(lang), max(width - 2, 4)) for field, width in zip(fields, widths, strict=True)
    )
    return max(HEAD, lines * 15.0 + 6)


def line_height(table: Table) -> float:
    """How high the rows of a table are; key figures stand large."""
    return LARGE if any(field.name == VALUE for field in table.fields) else LINE


def _spot(table: Table, row: int, grid: Sequence[int], lang: Lang) -> Spot:
    head = row + 1
    below = rows_below(table)
    own = head_height(table.fields, grid[: len(table.fields)], lang) + line_height(table) * below
    drawing = drawing_of(table, lang)
    if drawing is None:
        return Spot(head, None, 0, 0, 0, SECTION + own + GAP, sum(grid))
    columns = len(table.fields)
    high = chart_height(drawing)
    beside = sum(grid[:columns]) + CHART_WIDTH / CHARACTER + 2
    is_beside = beside <= max(PAGE, sum(grid))
    needed = high - own if is_beside else high
    free = max(0, int(needed // LINE) + 1) + 1
    chart_row, chart_column = (head, columns) if is_beside else (head + below + 1, 0)
    high = SECTION + own + free * LINE + GAP
    return Spot(head, drawing, chart_row, chart_column, free, high, beside if is_beside else sum(grid))


def chart_height(drawing: Drawing) -> float:
    """How high a chart is, in points: lying bars need room for each."""
    if drawing.kind != "bars":
        return CHART_HEIGHT
    return max(CHART_HEIGHT * 0.6, AROUND_BARS + BAR * len(drawing.names) * max(len(drawing.columns), 1))


def spread_room(table: Table, grid: Sequence[int]) -> dict[int, int]:
    """How much a line of each column holds, on the sheet's own widths."""
    last = spread_to(table, grid)
    room = {}
    for at, field in enumerate(table.fields):
        if field.kind.align == "left":
            is_spread = at == len(table.fields) - 1
            room[at] = max((sum(grid[at : last + 1]) if is_spread else grid[at]) - 2, 4)
    return {at: width for at, width in room.items() if any(drawn(str(row[at] or "")) > width for row in table.rows)}
