"""Tables below each other on one sheet, and their charts in a lane beside them, so that a page tells it all at once.

Where the tables leave no room for a lane each chart stands below its table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from salesaid.core.tables import Field, Table
from salesaid.core.text import Lang
from salesaid.render.drawing import Drawing, drawing_of
from salesaid.render.sheet_rows import drawn, lines_of

TITLE_HEIGHT, SECTION, HEAD, LINE, LARGE, GAP = 36.0, 27.0, 21.0, 18.0, 24.0, 12.0  # points
FIRST_SECTION = 4  # the first row below the title, the day and a gap
CHARACTER = 5.3  # points that a character of a sheet is wide
PAGE_POINTS, PAGE_WIDTH = 510.0, 148.0  # of A4 across: points of rows, characters; at full size
CHART_WIDTH, CHART_HEIGHT = 400.0, 212.0  # points
BETWEEN_CHARTS = 12.0
LANE = CHART_WIDTH / CHARACTER + 4  # characters
WIDEST_BESIDE = 170  # characters of tables that leave room for a lane on a page that one still reads
BAR, AROUND_BARS = 17.0, 64.0
NARROWEST, WIDEST_FIRST, WIDEST_OTHER = 10, 34, 18
LARGER = 1.4  # how much wider a figure is that stands large
VALUE = "value"  # the field of key figures that stands large


class Spot(NamedTuple):
    """Where a table stands on the sheet: the row of its headings, and the rows left free below it.

    Its chart, and where that begins: the row, and the column counted from 0.
    """

    head: int
    free: int = 0
    drawing: Drawing | None = None
    chart_row: int = 0
    chart_column: int = 0


class Layout(NamedTuple):
    """A spot a table, and the rows before which a new page begins."""

    spots: tuple[Spot, ...]
    breaks: tuple[int, ...]


class _Heights(NamedTuple):
    """The heights of a section's rows, its title to the gap after it."""

    first: int
    rows: tuple[float, ...]


def laid_out(tables: Sequence[Table], lang: Lang) -> Layout:
    """Where tables and charts stand, and where pages end."""
    grid = grid_of(tables, lang)
    drawings = [drawing_of(table, lang) for table in tables]
    has_lane = any(drawings) and sum(grid) <= WIDEST_BESIDE
    page = PAGE_POINTS * max((sum(grid) + LANE * has_lane) / PAGE_WIDTH, 1)
    spots, sections, row = [], [], FIRST_SECTION
    for table, drawing in zip(tables, drawings, strict=True):
        free = 0 if has_lane or drawing is None else int(chart_height(drawing) // LINE) + 2
        spot = Spot(row + 1, free, drawing, row + 2 + rows_below(table), 0)
        sections.append(_Heights(row, _heights(table, spot, grid, lang)))
        spots.append(spot)
        row += len(sections[-1].rows)
    starts, breaks = _pages(sections, page)
    if has_lane:
        spots = _with_lane(spots, _tops(sections), starts, page, len(grid))
    return Layout(tuple(spots), breaks)


def _heights(table: Table, spot: Spot, grid: Sequence[int], lang: Lang) -> tuple[float, ...]:
    head = head_height(table.fields, grid[: len(table.fields)], lang)
    return (SECTION, head, *[line_height(table)] * rows_below(table), *[LINE] * spot.free, GAP)


def _pages(sections: Sequence[_Heights], page: float) -> tuple[list[float], tuple[int, ...]]:
    """How far down each page begins, and the rows before which a new one is to begin.

    No section is cut that fits into a page.
    """
    starts, breaks, top = [0.0], [], TITLE_HEIGHT + LINE + GAP
    for section in sections:
        high = sum(section.rows)
        if top + high > starts[-1] + page and high <= page:
            breaks.append(section.first)
            starts.append(top)
        while top + high > starts[-1] + page:
            starts.append(starts[-1] + page)
        top += high
    return starts, tuple(breaks)


def _tops(sections: Sequence[_Heights]) -> list[float]:
    """How far down each row begins, from the first row of the sheet on."""
    heights = [TITLE_HEIGHT, LINE, GAP, *(height for section in sections for height in section.rows)]
    return [0.0, *accumulate(heights)]


def _with_lane(spots: Sequence[Spot], tops: list[float], starts: list[float], page: float, column: int) -> list[Spot]:
    """The spots with their charts below each other beside the tables, none cut by the end of a page that holds it."""
    found, at = [], tops[FIRST_SECTION]
    for spot in spots:
        if spot.drawing is None:
            found.append(spot)
            continue
        high = chart_height(spot.drawing)
        while high <= page and at + high > _end_of_page(at, starts, page):  # a higher one is cut wherever it is
            at = _end_of_page(at, starts, page)
        row = bisect_left(tops, at) + 1
        if row > len(tops):
            row = len(tops) + int((at - tops[-1]) // LINE) + 1
        found.append(spot._replace(chart_row=row, chart_column=column))
        at = max(at, tops[row - 1] if row <= len(tops) else at) + high + BETWEEN_CHARTS
    return found


def _end_of_page(at: float, starts: Sequence[float], page: float) -> float:
    """How far down the page ends in which a place lies; pages without tables go on below them."""
    number = bisect_right(starts, at)
    if number < len(starts):
        return starts[number]
    return starts[-1] + page * (int((at - starts[-1]) // page) + 1)


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
