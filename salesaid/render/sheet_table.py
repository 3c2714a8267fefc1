"""A table as a sheet of its own: title, day, headings, rows, totals, notes; or a document on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from salesaid.core.tables import Note
from salesaid.render import Occasion
from salesaid.render.cells import NOTHING, TOTAL
from salesaid.render.sheet_charts import draw_chart
from salesaid.render.sheet_choices import offer_choices
from salesaid.render.sheet_look import Look, look_of, set_table_page
from salesaid.render.sheet_marks import mark
from salesaid.render.sheet_paper import on_paper
from salesaid.render.sheet_plan import DAY_ROW, TITLE_ROW, Place, Sheet
from salesaid.render.sheet_rows import Body, cell, row, rows, text_cell
from salesaid.render.sheet_texts import SharedTexts
from salesaid.render.sheet_widths import heading_lines, room_of, widths_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE_HEIGHT, HEADER_HEIGHT, HEADER_LINE = 27.0, 21.0, 15.0


class Ink(NamedTuple):
    """What all sheets of one workbook are written with."""

    occasion: Occasion
    texts: SharedTexts


def table_sheet(sheet: Worksheet, plan: Sheet, values: Iterator[Sequence[object]], ink: Ink) -> Iterable[str]:
    """The rows of the sheet, made as they are taken; all else of it is set at once. `values` are the table's rows."""
    place, lang = plan.places[0], ink.occasion.lang
    table = place.table
    widths = widths_of(table, lang)
    set_table_page(
        sheet, widths, place.head, place.head + place.length, ink.occasion, upright=table.paper is not None
    )  # fmt: skip
    room = room_of(table, widths)
    look = look_of(sheet, table, room, lang)
    offer_choices(sheet, table, place.head, lang)
    mark(sheet, place)
    draw_chart(sheet, place, widths, lang)
    body = Body(table.fields, letters(len(table.fields)), look.cells, look.totals, room)
    high = HEADER_HEIGHT + HEADER_LINE * (heading_lines(table, widths, lang) - 1)
    lines = table_rows(place, values, body, look, ink, high)
    if table.paper:
        return [on_paper(sheet, table, table.paper, widths, look, lines, lang)]
    return _with_notes(plan, look, lines, ink)


def letters(count: int) -> list[str]:
    """The letters of the first columns."""
    from openpyxl.utils import get_column_letter

    return [get_column_letter(number) for number in range(1, count + 1)]


def _with_notes(plan: Sheet, look: Look, lines: Iterable[str], ink: Ink) -> Iterator[str]:
    lang = ink.occasion.lang
    yield row(TITLE_ROW, [text_cell("A1", plan.title.in_(lang), look.title)], TITLE_HEIGHT)
    part_of = f" · {plan.part_of.in_(lang)}" if plan.part_of else ""
    yield row(DAY_ROW, [text_cell("A2", ink.occasion.day.isoformat() + part_of, look.quiet)])
    yield from lines
    yield from note_rows(plan.notes, plan.places[0].after + 2, look, ink)


def note_rows(notes: Iterable[Note], first: int, look: Look, ink: Ink) -> Iterator[str]:
    """Sentences in the first column, one a row."""
    for number, note in enumerate(notes, first):
        style = look.warning if note.level == "warning" else look.quiet
        yield row(number, [text_cell(f"A{number}", note.text.in_(ink.occasion.lang), style)])


def table_rows(
    place: Place, values: Iterator[Sequence[object]], body: Body, look: Look, ink: Ink, head_height: float
) -> Iterator[str]:
    """The headings, the rows and the totals."""
    table, lang = place.table, ink.occasion.lang
    yield row(place.head, _headings(place.head, body, look, ink), head_height)
    until = place.first + place.length
    strong = frozenset(at - place.first for at in table.strong if place.first <= at < until)
    yield from rows(values, place.length, place.head + 1, body, ink.texts, lang, strong)
    if not place.length:
        yield row(place.head + 1, [text_cell(f"A{place.head + 1}", NOTHING.in_(lang), look.quiet)], body.height)
    if table.totals and place.is_last:
        yield row(place.after, _totals(place, body, ink), body.height)


def _headings(number: int, body: Body, look: Look, ink: Ink) -> Iterator[str]:
    for field, letter, style in zip(body.fields, body.letters, look.header, strict=True):
        yield text_cell(f"{letter}{number}", field.header.in_(ink.occasion.lang), style)


def _totals(place: Place, body: Body, ink: Ink) -> Iterator[str]:
    lang = ink.occasion.lang
    for at, (field, letter, style) in enumerate(zip(body.fields, body.letters, body.strong, strict=True)):
        value = place.table.totals.get(field.name)
        number = f"{letter}{place.after}"
        if value is not None:
            yield cell(number, field, value, style, lang)
        else:
            yield text_cell(number, "" if at else TOTAL.in_(lang), style)
