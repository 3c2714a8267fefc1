"""Which sheets a workbook has, and in which of their rows which tables stand: written by it, and checked by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from salesaid.core.errors import Refused
from salesaid.core.tables import Card, Note, Report, Table
from salesaid.core.text import Lang, Text
from salesaid.render import Answer
from salesaid.render.filled import filled
from salesaid.render.sheet_summary import Spot, laid_out

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
AT_A_GLANCE = 30  # rows of all tables of a card
TITLE_ROW, DAY_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4


class TooMuchForExcel(Refused):
    """A table does not fit into one sheet, and cannot be parted."""

    def __init__(self, title: Text, rows: int, columns: int) -> None:
        super().__init__(
            Text(
                f"「{title.zh}」有 {rows} 行 {columns} 列，Excel 的一张表最多 {MOST_ROWS} 行 {MOST_COLUMNS} 列",
                f"“{title.en}” has {rows} rows and {columns} columns, a sheet in Excel at most "
                f"{MOST_ROWS} and {MOST_COLUMNS}",
            ),
            Text("缩短期间，或改为输出 .csv、.json", "take a shorter period, or write a .csv or .json instead"),
        )


class Place(NamedTuple):
    """Where rows of a table stand: the row of the headings, and of its rows the first and how many.

    `is_last`: the table ends here, with its totals. `spot` is where its chart stands.
    """

    table: Table
    head: int
    first: int
    length: int
    is_last: bool = True
    spot: Spot | None = None

    @property
    def after(self) -> int:
        """The row after its rows, in which the totals stand."""
        return self.head + 1 + max(self.length, 1)


class Sheet(NamedTuple):
    """One sheet: its title, what it is part of, its tables and what is noted below them.

    `is_summary`: several tables below each other, with new pages before the rows in `breaks`.
    `is_detail`: a long table, checked by its totals.
    """

    title: Text
    places: tuple[Place, ...]
    notes: tuple[Note, ...] = ()
    part_of: Text | None = None
    is_summary: bool = False
    is_detail: bool = False
    breaks: tuple[int, ...] = ()


def sheets_of(answer: Answer, lang: Lang) -> list[Sheet]:
    """The sheets of an answer. Raises TooMuchForExcel."""
    if isinstance(answer, Table):
        return [*_table(answer)]
    if isinstance(answer, Card) and _fits_a_page(answer):
        return [_summary(answer, None, lang)]
    if isinstance(answer, Card):
        sheets = [sheet for table in answer.tables for sheet in _table(filled(table))]
    else:
        sheets = [*_report(answer, lang)]
    return [sheet._replace(notes=(*answer.notes, *sheet.notes)) if not at else sheet for at, sheet in enumerate(sheets)]


def _report(report: Report, lang: Lang) -> Iterator[Sheet]:
    for each in report.sheets:
        if isinstance(each, Card):
            yield _summary(each, report, lang)
        else:
            yield from (sheet._replace(part_of=report.title) for sheet in _table(filled(each)))
    for each in report.details:
        yield from (sheet._replace(part_of=report.title, is_detail=True) for sheet in _table(each))


def _fits_a_page(card: Card) -> bool:
    """Whether several small tables are seen at one glance, so that nobody misses headings that stay and filters."""
    rows = sum(len(table.rows) for table in card.tables)
    return len(card.tables) > 1 and rows <= AT_A_GLANCE and not any(table.paper for table in card.tables)


def _summary(card: Card, report: Report | None, lang: Lang) -> Sheet:
    tables = [filled(table) for table in card.tables]
    layout = laid_out(tables, lang)
    places = [
        Place(table, spot.head, 0, len(table.rows), spot=spot) for table, spot in zip(tables, layout.spots, strict=True)
    ]
    part_of = None if report is None else report.title
    return Sheet(card.title, tuple(places), card.notes, part_of, is_summary=True, breaks=layout.breaks)


def _table(table: Table) -> Iterator[Sheet]:
    """The table's sheet; of a table longer than a sheet as many as it needs, numbered."""
    head, count = header_row(table), len(table.rows)
    room = MOST_ROWS - head - len(table.paper.below if table.paper else table.notes) - 3
    if len(table.fields) > MOST_COLUMNS or (table.paper and count > room):
        raise TooMuchForExcel(table.title, count, len(table.fields))
    starts = range(0, max(count, 1), room)
    for number, start in enumerate(starts, 1):
        title = table.title if len(starts) == 1 else table.title + f" {number}"
        is_last = number == len(starts)
        place = Place(table, head, start, min(room, count - start), is_last)
        yield Sheet(title, (place,), table.notes if is_last else ())


def header_row(table: Table) -> int:
    """The row of a sheet of its own in which a table's headings stand."""
    return HEADER_ROW if table.paper is None else TITLE_ROW + len(table.paper.above) + 1
