"""How a sheet looks and prints: styles, column widths, page setup."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from salesaid.core.tables import Table
from salesaid.core.text import Lang, Text
from salesaid.render import Occasion
from salesaid.render.sheet_rows import Styles
from salesaid.render.sheet_summary import VALUE

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FONTS = {"zh": "等线", "en": "Calibri"}
INK, DEEP, GREY = "FF1F2937", "FF1F3A5F", "FF6B7280"
AMBER, PALE, FAINT, FRAME = "FFB45309", "FFE8EEF4", "FFE5E7EB", "FFCBD5E1"
MARGIN, BOTTOM = 0.4, 0.7  # inches
TITLE_SIZE, REPORT_SIZE, SECTION_SIZE, LARGE_SIZE = 15, 20, 12, 14
ROW = 18.0
PAPER_A4 = 9
PAGES = Text("第 &P 页，共 &N 页", "Page &P of &N")


class Look(NamedTuple):
    """Style numbers of one table; `header`, `cells` and `totals` have one a column."""

    title: Styles
    section: Styles  # the title of one table among several
    quiet: Styles
    warning: Styles
    header: tuple[Styles, ...]
    cells: tuple[Styles, ...]
    totals: tuple[Styles, ...]
    line: Styles  # beside a table on paper


Side = Literal["left", "right", "top", "bottom"]
BOX: tuple[Side, ...] = ("left", "right", "top", "bottom")


class _Brush(NamedTuple):
    """What cells look like; `sides` are those that have a border."""

    bold: bool = False
    color: str = INK
    size: int = 11
    format: str = "@"
    align: str = "left"
    wrap: bool = False
    upright: str = "center"
    filled: bool = False
    sides: tuple[Side, ...] = ()
    line_color: str = GREY
    indent: int = 0


def look_of(sheet: Worksheet, table: Table, wraps: Collection[int], lang: Lang, *, is_framed: bool = False) -> Look:
    """The styles of a table, made known to its sheet's workbook; `wraps` are the columns whose texts wrap.

    `is_framed`: the table stands among others, in a frame.
    """

    def styles(brush: _Brush) -> Styles:
        return Styles(_style(sheet, brush, lang, quoted=False), _style(sheet, brush, lang, quoted=True))

    on_paper = table.paper is not None
    plain = [_plain(table, at, wraps, is_framed=is_framed) for at in range(len(table.fields))]
    heads = [_head(brush, on_paper=on_paper, is_framed=is_framed) for brush in plain]
    sums = [_total(brush, on_paper=on_paper, is_framed=is_framed) for brush in plain]
    return Look(
        title=styles(
            _Brush(bold=True, size=REPORT_SIZE if is_framed else TITLE_SIZE, align="center" if on_paper else "left")
        ),
        section=styles(_Brush(bold=True, size=SECTION_SIZE, color=DEEP, upright="bottom")),
        quiet=styles(_Brush(color=GREY)),
        warning=styles(_Brush(color=AMBER)),
        header=tuple(map(styles, heads)),
        cells=tuple(map(styles, plain)),
        totals=tuple(map(styles, sums)),
        line=styles(_Brush(wrap=True)),
    )


def _head(brush: _Brush, *, on_paper: bool, is_framed: bool) -> _Brush:
    """How the header looks of a column whose cells look so."""
    return brush._replace(
        bold=True, format="@", wrap=True, upright="center", filled=True, size=11, color=INK,
        line_color=FRAME if is_framed else GREY, align="center" if on_paper else brush.align,
        sides=(*brush.sides, "top") if is_framed else brush.sides,
    )  # fmt: skip


def _total(brush: _Brush, *, on_paper: bool, is_framed: bool) -> _Brush:
    """How its total looks."""
    return brush._replace(
        bold=True, filled=is_framed, line_color=FRAME if is_framed else GREY,
        sides=brush.sides if on_paper else (*brush.sides, "top") if is_framed else ("top",),
    )  # fmt: skip


def _plain(table: Table, at: int, wraps: Collection[int], *, is_framed: bool) -> _Brush:
    """How the ordinary cells of a column look."""
    field, on_paper = table.fields[at], table.paper is not None
    is_large = is_framed and field.name == VALUE
    ends: tuple[tuple[Side, int], ...] = (("left", 0), ("right", len(table.fields) - 1))
    edges = [side for side, end in ends if is_framed and at == end]
    return _Brush(
        bold=is_large,
        size=LARGE_SIZE if is_large else 11,
        color=DEEP if is_large else INK,
        format=field.kind.excel,
        align=field.kind.align,
        wrap=at in wraps,
        sides=BOX if on_paper else ("bottom", *edges),
        line_color=GREY if on_paper else FRAME if is_framed else FAINT,
        indent=0 if on_paper or field.kind.align == "right" else 1,  # LibreOffice takes it from figures it colours
    )


def _style(sheet: Worksheet, brush: _Brush, lang: Lang, *, quoted: bool) -> int:
    """The number of a style in the sheet's workbook."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill
    from openpyxl.styles import Side as Line

    cell = Cell(sheet, row=1, column=1)
    cell.font = Font(name=FONTS[lang], size=brush.size, bold=brush.bold, color=brush.color)
    cell.alignment = Alignment(
        horizontal=brush.align, vertical=brush.upright, wrap_text=brush.wrap or None, indent=brush.indent
    )
    cell.number_format = brush.format
    if brush.filled:
        cell.fill = PatternFill("solid", fgColor=PALE)
    if brush.sides:
        cell.border = Border(**dict.fromkeys(brush.sides, Line("thin", brush.line_color)))
    cell.quotePrefix = quoted
    number: int = cell.style_id
    return number


def set_table_page(
    sheet: Worksheet, widths: Sequence[int], header_row: int, last_row: int, occasion: Occasion, *, upright: bool
) -> None:
    """Widths, frozen headings, filter, and how the sheet prints: across, as wide as a page, headings on each.

    `upright`: a document of its own, that stands upright in the middle of its page.
    """
    from openpyxl.utils import get_column_letter

    set_page(sheet, widths, occasion, upright=upright)
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = ROW, True
    if not upright and last_row > header_row:
        sheet.auto_filter.ref = f"A{header_row}:{get_column_letter(len(widths))}{last_row}"
    sheet.print_title_rows = f"{header_row}:{header_row}"


def set_page(sheet: Worksheet, widths: Sequence[int], occasion: Occasion, *, upright: bool = False) -> None:
    """Widths, and how the sheet prints: on A4, as wide as a page, its number and the day below."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.print_options.horizontalCentered = upright or None
    sheet.page_setup.paperSize = PAPER_A4
    sheet.page_setup.fitToHeight = 0
    for side, margin in (("left", MARGIN), ("right", MARGIN), ("top", MARGIN), ("bottom", BOTTOM)):
        setattr(sheet.page_margins, side, margin)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = PAGES.in_(occasion.lang)
    sheet.oddFooter.right.text = occasion.day.isoformat()
