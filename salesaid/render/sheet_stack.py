"""A summary: tables below each other on one sheet in frames, each with its chart, and notes at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from salesaid.core.kinds import TEXT
from salesaid.core.tables import Field, Table
from salesaid.core.text import same
from salesaid.render.sheet_charts import draw_chart
from salesaid.render.sheet_look import Look, look_of, set_page
from salesaid.render.sheet_marks import mark
from salesaid.render.sheet_plan import DAY_ROW, TITLE_ROW, Place, Sheet
from salesaid.render.sheet_rows import Body, row, text_cell
from salesaid.render.sheet_summary import (
    FIRST_SECTION,
    GAP,
    LINE,
    SECTION,
    TITLE_HEIGHT,
    grid_of,
    head_height,
    line_height,
    spread_room,
    spread_to,
)
from salesaid.render.sheet_table import Ink, letters, note_rows, table_rows

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def stack_sheet(sheet: Worksheet, plan: Sheet, ink: Ink) -> Iterable[str]:
    """The rows of the sheet, made as they are taken; all else of it is set at once."""
    from openpyxl.worksheet.pagebreak import Break

    lang = ink.occasion.lang
    grid = grid_of([place.table for place in plan.places], lang)
    set_page(sheet, grid, ink.occasion)
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = LINE, True
    for number in plan.breaks:
        sheet.row_breaks.append(Break(id=number - 1))
    sections = [_section(sheet, place, grid, ink) for place in plan.places]
    look = look_of(sheet, Table(plan.title, (), ()), (), lang, is_framed=True)
    return _lines(plan, look, sections, ink)


def _lines(plan: Sheet, look: Look, sections: Iterable[Iterator[str]], ink: Ink) -> Iterator[str]:
    lang = ink.occasion.lang
    title = plan.part_of.in_(lang) if plan.part_of else plan.title.in_(lang)
    yield row(TITLE_ROW, [text_cell("A1", title, look.title)], TITLE_HEIGHT)
    yield row(DAY_ROW, [text_cell("A2", ink.occasion.day.isoformat(), look.quiet)], LINE)
    yield row(DAY_ROW + 1, [], GAP)
    for section in sections:
        yield from section
    yield from note_rows(plan.notes, _end(plan) + 1, look, ink)


def _end(plan: Sheet) -> int:
    """The first row below all tables."""
    if not plan.places:
        return FIRST_SECTION
    place = plan.places[-1]
    return place.after + bool(place.table.totals) + len(place.table.notes) + (place.spot.free if place.spot else 0)


def _section(sheet: Worksheet, place: Place, grid: Sequence[int], ink: Ink) -> Iterator[str]:
    """The rows of one table, from its title to its notes."""
    table, lang = place.table, ink.occasion.lang
    until = spread_to(table, grid)
    room = spread_room(table, grid)
    look = _spread(look_of(sheet, table, room, lang, is_framed=True), until)
    _join(sheet, place, until)
    mark(sheet, place)
    draw_chart(sheet, place, grid, lang)
    fields = _wide(table.fields, until)
    body = Body(fields, letters(len(fields)), look.cells, look.totals, room, line_height(table))
    blanks = (None,) * (len(fields) - len(table.fields))
    values = (tuple(values) + blanks for values in table.rows)
    high = head_height(table.fields, grid[: len(table.fields)], lang)
    lines = table_rows(place, values, body, look, ink, high)
    return _titled(place, look, lines, ink)


def _titled(place: Place, look: Look, lines: Iterable[str], ink: Ink) -> Iterator[str]:
    number = place.head - 1
    yield row(number, [text_cell(f"A{number}", place.table.title.in_(ink.occasion.lang), look.section)], SECTION)
    yield from lines
    yield from note_rows(place.table.notes, place.after + bool(place.table.totals), look, ink)


def _wide(fields: Sequence[Field], until: int) -> tuple[Field, ...]:
    """The fields, and blank ones over which the last is spread."""
    return (*fields, *(Field(f"_{at}", same(""), TEXT) for at in range(len(fields), until + 1)))


def _spread(look: Look, until: int) -> Look:
    more = until + 1 - len(look.cells)
    header, cells, totals = (styles + styles[-1:] * more for styles in (look.header, look.cells, look.totals))
    return look._replace(header=header, cells=cells, totals=totals)


def _join(sheet: Worksheet, place: Place, until: int) -> None:
    """Make one cell of those over which the last column is spread; only said, the cells are put in as XML."""
    last = len(place.table.fields)
    if until + 1 > last:
        first, end = letters(until + 1)[last - 1], letters(until + 1)[until]
        for number in range(place.head, place.after + bool(place.table.totals)):
            sheet.merged_cells.add(f"{first}{number}:{end}{number}")
