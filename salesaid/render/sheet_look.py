"""How a sheet looks and prints: styles, column widths, page setup."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from salesaid.core.tables import Field, Table
from salesaid.core.text import Lang, Text
from salesaid.render import Occasion
from salesaid.render.sheet_rows import Styles, drawn

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FONTS = {"zh": "等线", "en": "Calibri"}
INK, GREY, AMBER, PALE, FAINT = "FF1F2937", "FF6B7280", "FFB45309", "FFE8EEF4", "FFE5E7EB"
MARGIN = 0.4  # inches
TITLE_SIZE = 15
NARROWEST, WIDEST, KEPT, MEASURED_ROWS = 8, 44, 4, 2000
WIDEST_ON_PAPER, ROW_ON_PAPER = 28, 18.0
PAPER_A4 = 9
PAGES = Text("第 &P 页，共 &N 页", "Page &P of &N")


class Look(NamedTuple):
    """Style numbers of one sheet; `header`, `cells` and `totals` have one a column."""

    title: Styles
    quiet: Styles
    warning: Styles
    header: tuple[Styles, ...]
    cells: tuple[Styles, ...]
    totals: tuple[Styles, ...]
    line: Styles  # beside a table on paper
    room: dict[int, int]  # of the columns whose texts wrap: how much a line of theirs holds


class _Brush(NamedTuple):
    """What cells look like; `line` is where the cell has a border."""

    bold: bool = False
    color: str = INK
    size: int = 11
    format: str = "@"
    align: str = "left"
    wrap: bool = False
    upright: str = "center"
    filled: bool = False
    line: Literal["top", "bottom", "box"] | None = None
    line_color: str = GREY
    indent: int = 0


def look_of(sheet: Worksheet, table: Table, widths: Sequence[int], lang: Lang) -> Look:
    """The styles of a table's sheet, made known to its workbook."""

    def styles(brush: _Brush) -> Styles:
        return Styles(_style(sheet, brush, lang, quoted=False), _style(sheet, brush, lang, quoted=True))

    room = _room(table, widths)
    plain = [
        _Brush(
            format=field.kind.excel,
            align=field.kind.align,
            wrap=at in room,
            upright="top" if room and not table.paper else "center",
            line="box" if table.paper else "bottom",
            line_color=GREY if table.paper else FAINT,
            indent=0 if table.paper else 1,
        )
        for at, field in enumerate(table.fields)
    ]
    heads = [
        brush._replace(
            bold=True, format="@", wrap=True, upright="center", filled=True, line_color=GREY,
            align="center" if table.paper else brush.align,
        )
        for brush in plain
    ]  # fmt: skip
    sums = [brush._replace(bold=True, line=brush.line if table.paper else "top", line_color=GREY) for brush in plain]
    return Look(
        title=styles(_Brush(bold=True, size=TITLE_SIZE, align="center" if table.paper else "left")),
        quiet=styles(_Brush(color=GREY)),
        warning=styles(_Brush(color=AMBER)),
        header=tuple(styles(brush) for brush in heads),
        cells=tuple(styles(brush) for brush in plain),
        totals=tuple(map(styles, sums)),
        line=styles(_Brush(wrap=True)),
        room=room,
    )


def _room(table: Table, widths: Sequence[int]) -> dict[int, int]:
    """How much a line of each column holds whose texts may need several; Excel keeps some of the width for itself."""
    widest = widest_of(table)
    wraps = (field.folds or width >= widest for field, width in zip(table.fields, widths, strict=True))
    kept = [0 if table.paper and width < widest else KEPT for width in widths]
    return {at: widths[at] - kept[at] for at, wrap in enumerate(wraps) if wrap}


def _style(sheet: Worksheet, brush: _Brush, lang: Lang, *, quoted: bool) -> int:
    """The number of a style in the sheet's workbook."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = Cell(sheet, row=1, column=1)
    cell.font = Font(name=FONTS[lang], size=brush.size, bold=brush.bold, color=brush.color)
    cell.alignment = Alignment(
        horizontal=brush.align, vertical=brush.upright, wrap_text=brush.wrap or None, indent=brush.indent
    )
    cell.number_format = brush.format
    if brush.filled:
        cell.fill = PatternFill("solid", fgColor=PALE)
    if brush.line:
        sides = ("left", "right", "top", "bottom") if brush.line == "box" else (brush.line,)
        cell.border = Border(**dict.fromkeys(sides, Side("thin", brush.line_color)))
    cell.quotePrefix = quoted
    number: int = cell.style_id
    return number


def widths_of(table: Table, lang: Lang) -> list[int]:
    """How wide the columns have to be, in characters of a sheet; a Chinese character takes two."""
    return [_width(field, at, table, lang) for at, field in enumerate(table.fields)]


def _width(field: Field, at: int, table: Table, lang: Lang) -> int:
    values = [row[at] for row in islice(table.rows, MEASURED_ROWS)]
    texts = {field.kind.show(value, lang) for value in (*values, table.totals.get(field.name)) if value is not None}
    widest = max(map(drawn, texts), default=0)
    arrow = 0 if table.paper else 3  # of the filter, beside the heading
    beside = 1 if table.paper and not field.folds else 3
    return max(NARROWEST, min(max(widest, drawn(field.header.in_(lang)) + arrow) + beside, widest_of(table)))


def widest_of(table: Table) -> int:
    """The width from which on a column's texts wrap: an upright page has less room."""
    return WIDEST_ON_PAPER if table.paper else WIDEST


def set_page(
    sheet: Worksheet, widths: Sequence[int], header_row: int, last_row: int, occasion: Occasion, *, upright: bool
) -> None:
    """Widths, frozen headings, filter, and how the sheet prints: across, as wide as a page, headings on each.

    `upright`: a document of its own, that stands upright in the middle of its page.
    """
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(number) for number in range(1, len(widths) + 1)]
    for letter, width in zip(letters, widths, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.sheet_view.showGridLines = False
    if upright:
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = ROW_ON_PAPER, True
    elif last_row > header_row:
        sheet.auto_filter.ref = f"A{header_row}:{letters[-1]}{last_row}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.print_options.horizontalCentered = upright or None
    sheet.page_setup.paperSize = PAPER_A4
    sheet.page_setup.fitToHeight = 0
    for side in ("left", "right", "top"):
        setattr(sheet.page_margins, side, MARGIN)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = PAGES.in_(occasion.lang)
    sheet.oddFooter.right.text = occasion.day.isoformat()
