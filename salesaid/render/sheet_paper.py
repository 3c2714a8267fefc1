"""A table as a document on paper: its title over the whole width, lines above and below it, room for stamps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from salesaid.core.tables import Line, Paper, Table
from salesaid.core.text import Lang
from salesaid.render.sheet_look import Look
from salesaid.render.sheet_rows import LINE_HEIGHT, lines_of, row, text_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE_HEIGHT, HEIGHT = 34.0, 20.0


def on_paper(
    sheet: Worksheet, table: Table, paper: Paper, widths: Sequence[int], look: Look, body: Iterable[str], lang: Lang
) -> str:
    """The rows of the sheet: the title, the lines above, `body`, the lines below."""
    parts = _halves(widths)
    after = 1 + len(paper.above) + 1 + max(len(table.rows), 1) + bool(table.totals) + 1
    _join(sheet, 1, parts[0][0], parts[1][1])
    return "".join((
        row(1, [text_cell("A1", table.title.in_(lang), look.title)], TITLE_HEIGHT),
        *_lines(sheet, paper.above, 2, parts, widths, look, lang),
        *body,
        *_lines(sheet, paper.below, after, parts, widths, look, lang),
    ))  # fmt: skip


Halves = tuple[tuple[int, int], tuple[int, int]]


def _halves(widths: Sequence[int]) -> Halves:
    """The first and the last column, counted from 1, of either half of the page."""
    half = sum(widths) / 2
    first = next(at for at, wide in enumerate(accumulate(widths), 1) if wide >= half or at == len(widths))
    left = max(1, min(first, len(widths) - 1))
    return (1, left), (min(left + 1, len(widths)), len(widths))


def _lines(
    sheet: Worksheet, lines: Iterable[Line], start: int, parts: Halves, widths: Sequence[int], look: Look, lang: Lang
) -> Iterator[str]:
    from openpyxl.utils import get_column_letter

    (left, middle), (right, last) = parts
    for number, (one, other) in enumerate(lines, start):
        text, beside = one.in_(lang), other.in_(lang)
        end = middle if beside else last
        height = max(HEIGHT, LINE_HEIGHT * lines_of(text, sum(widths[:end])) + 3)
        cells = [text_cell(f"{get_column_letter(left)}{number}", text, look.line)]
        _join(sheet, number, left, end)
        if beside:
            cells.append(text_cell(f"{get_column_letter(right)}{number}", beside, look.line))
            _join(sheet, number, right, last)
        yield row(number, cells, height)


def _join(sheet: Worksheet, number: int, first: int, last: int) -> None:
    """Make one cell of several; only said, for the cells themselves are put in as XML."""
    from openpyxl.utils import get_column_letter

    if last > first:
        sheet.merged_cells.add(f"{get_column_letter(first)}{number}:{get_column_letter(last)}{number}")
