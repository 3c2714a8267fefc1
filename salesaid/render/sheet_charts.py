"""Native charts of a workbook: they name the cells of their table, and hold the figures for who does not calculate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from salesaid.core.text import Lang
from salesaid.render.drawing import Drawing, Series, drawing_of, ticks_of
from salesaid.render.sheet_names import in_formula
from salesaid.render.sheet_plan import MOST_ROWS, Place
from salesaid.render.sheet_summary import CHART_WIDTH, PAGE_POINTS, PAGE_WIDTH, WIDEST_BESIDE, chart_height
from salesaid.render.sheet_summary import LINE as LINE_HEIGHT
from salesaid.render.visible import visible_in_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

T = TypeVar("T")

POINT = 12_700  # EMU
FONTS = {"zh": "等线", "en": "Calibri"}
INK, GREY, LINE = "374151", "6B7280", "E5E7EB"
TITLE_SIZE, TEXT_SIZE = 1200, 800  # hundredths of a point
GAP_WIDTH, WIDE_GAP, OVERLAP = 60, 200, -5  # per cent of a column
FEW = 3  # columns, which without a wide gap would be blocks
LONG = 100  # rows below which nobody looks for a chart
MOST_DOTS = 31  # names of which each has a dot on a line
BESIDE = 12.0  # points between a table and its chart


def draw_chart(sheet: Worksheet, place: Place, widths: Sequence[int], lang: Lang) -> None:
    """Add a table's chart to its sheet, where nothing else stands."""
    drawing = place.spot.drawing if place.spot else drawing_of(place.table, lang)
    if drawing is None or place.first:
        return
    chart = _chart(sheet, drawing, place, lang)
    high = chart_height(drawing)
    spot = (place.spot.chart_column, place.spot.chart_row) if place.spot else _own_spot(sheet, place, widths, high)
    chart.anchor = _anchor(*spot, drawing)
    sheet.add_chart(chart)


def _own_spot(sheet: Worksheet, place: Place, widths: Sequence[int], high: float) -> tuple[int, int]:
    """The column and row of the chart of a table on its own sheet: at its right, or below one as wide as a page.

    Where the first page has no room for it below, the chart is for the screen only, at the right.
    """
    from openpyxl.utils import get_column_letter

    end = place.after + len(place.table.notes) + 2
    is_wide = sum(widths) > WIDEST_BESIDE
    page = PAGE_POINTS * sum(widths) / PAGE_WIDTH
    if is_wide and place.length <= LONG and end * LINE_HEIGHT + high <= page:
        return 0, end + 2
    if is_wide:
        sheet.print_area = f"A1:{get_column_letter(len(widths))}{min(end, MOST_ROWS)}"
    return len(widths), place.head


def _anchor(column: int, first: int, drawing: Drawing) -> Any:
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
    from openpyxl.drawing.xdr import XDRPositiveSize2D

    size = XDRPositiveSize2D(int(CHART_WIDTH * POINT), int(chart_height(drawing) * POINT))
    start = AnchorMarker(col=column, colOff=int(BESIDE * POINT) if column else 0, row=first - 1, rowOff=4 * POINT)
    return OneCellAnchor(_from=start, ext=size)


def _chart(sheet: Worksheet, drawing: Drawing, place: Place, lang: Lang) -> Any:
    from openpyxl.chart import BarChart, LineChart

    bars = drawing.columns
    chart = BarChart() if bars else LineChart()
    _fill(chart, bars or drawing.lines, sheet, drawing, place)
    if bars:
        chart.barDir = "bar" if drawing.kind == "bars" else "col"
        chart.gapWidth = GAP_WIDTH if len(drawing.names) > FEW else WIDE_GAP
        chart.overlap = OVERLAP
        if drawing.lines:
            over = LineChart()
            _fill(over, drawing.lines, sheet, drawing, place)
            chart += over
    _set_axes(chart, drawing, lang)
    _set_title(chart, drawing, lang)
    if len(drawing.series) > 1:
        chart.legend.position = "b"
        chart.legend.txPr = _text(lang, TEXT_SIZE, INK)
    else:
        chart.legend = None
    chart.roundedCorners = False
    chart.graphical_properties = _frame()
    chart.display_blanks = "gap"
    return chart


def _fill(chart: Any, found: Sequence[Series], sheet: Worksheet, drawing: Drawing, place: Place) -> None:
    """The series, each with the places of its cells and what stands in them."""
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.series import Series as Drawn
    from openpyxl.chart.series import SeriesLabel

    name = in_formula(sheet.title)
    for series in found:
        drawn = Drawn()
        number = drawing.series.index(series)
        drawn.idx = drawn.order = number
        head = _cells(name, series.at, place.head, place.head)
        drawn.tx = SeriesLabel(strRef=StrRef(f=head, strCache=_texts([series.name])))
        first, last = place.head + 1, place.head + len(drawing.names)
        names = StrRef(f=_cells(name, drawing.x_at, first, last), strCache=_texts(_by_rows(drawing, drawing.names)))
        drawn.cat = AxDataSource(strRef=names)
        figures = NumRef(
            f=_cells(name, series.at, first, last), numCache=_numbers(series, _by_rows(drawing, series.values))
        )
        drawn.val = NumDataSource(numRef=figures)
        _colour(drawn, series, drawing)
        chart.series.append(drawn)


def _cells(name: str, at: int, first: int, last: int) -> str:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(at + 1)
    return f"{name}!${letter}${first}" + (f":${letter}${last}" if last > first else "")


def _texts(texts: Sequence[str]) -> Any:
    from openpyxl.chart.data_source import StrData, StrVal

    return StrData(ptCount=len(texts), pt=[StrVal(at, visible_in_sheet(text)) for at, text in enumerate(texts)])


def _by_rows(drawing: Drawing, found: Sequence[T]) -> Sequence[T]:
    """Names or figures in the order of the rows whose cells they are."""
    return found[::-1] if drawing.newest_first else found


def _numbers(series: Series, values: Sequence[Decimal | None]) -> Any:
    from openpyxl.chart.data_source import NumData, NumVal

    points = [NumVal(idx=at) for at, value in enumerate(values) if value is not None]
    for point in points:
        value = values[point.idx]
        assert value is not None
        vars(point)["v"] = format(value, "f")  # openpyxl would write the sixteen digits of a float
    return NumData(formatCode=series.field.kind.excel, ptCount=len(values), pt=points)


def _colour(drawn: Any, series: Series, drawing: Drawing) -> None:
    from openpyxl.chart.marker import Marker
    from openpyxl.chart.shapes import GraphicalProperties

    looks = GraphicalProperties()
    if not series.is_line:
        looks.solidFill = series.color
        looks.line.noFill = True
        drawn.invertIfNegative = False
    else:
        looks.line.solidFill = series.color
        looks.line.width = int(2.25 * POINT)
        drawn.marker = Marker(symbol="circle" if len(drawing.names) <= MOST_DOTS else "none", size=5)
        drawn.marker.spPr = GraphicalProperties(solidFill=series.color)
        drawn.marker.spPr.line.noFill = True
        drawn.smooth = False
    drawn.spPr = looks


def _set_axes(chart: Any, drawing: Drawing, lang: Lang) -> None:
    from openpyxl.chart.layout import Layout
    from openpyxl.chart.shapes import GraphicalProperties

    names, figures = chart.x_axis, chart.y_axis
    for axis in (names, figures):
        axis.delete = False  # openpyxl leaves it open, and Excel then shows none
        axis.txPr = _text(lang, TEXT_SIZE, GREY)
        axis.majorTickMark = axis.minorTickMark = "none"
    names.tickLblPos = "low"
    names.graphicalProperties = _line(LINE)
    is_lying = drawing.kind == "bars"
    is_turned = is_lying or drawing.newest_first  # the first name at the top, the newest day at the right
    names.scaling.orientation = "maxMin" if is_turned else "minMax"
    names.axPos, figures.axPos = ("l", "b") if is_lying else ("b", "l")
    names.noMultiLvlLbl = True
    ticks = ticks_of(drawing)
    plain = "#,##0" if all(tick == tick.to_integral_value() for tick in ticks) else "#,##0.00"
    figures.number_format = "0%" if all(series.is_rate for series in drawing.series) else plain
    figures.numFmt.sourceLinked = False
    figures.majorUnit = float(ticks[1] - ticks[0])
    figures.scaling.min, figures.scaling.max = float(ticks[0]), float(ticks[-1])
    figures.crosses = "max" if is_turned else "autoZero"  # below the bars, not above them; at the left of a course
    figures.majorGridlines.spPr = _line(LINE)
    figures.graphicalProperties = GraphicalProperties()
    figures.graphicalProperties.line.noFill = True
    chart.layout = Layout()


def _set_title(chart: Any, drawing: Drawing, lang: Lang) -> None:
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import Paragraph, RegularTextRun

    text = _text(lang, TITLE_SIZE, INK, bold=True)
    looks = text.p[0].pPr.defRPr
    run = RegularTextRun(rPr=looks, t=visible_in_sheet(drawing.caption))
    text.p = [Paragraph(pPr=text.p[0].pPr, r=[run])]
    chart.title = Title(overlay=False)
    chart.title.tx = _rich(text)


def _rich(text: Any) -> Any:
    from openpyxl.chart.text import Text as Rich

    return Rich(rich=text)


def _text(lang: Lang, size: int, color: str, *, bold: bool = False) -> Any:
    """How the words of a chart look."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RichTextProperties

    font = Font(typeface=FONTS[lang])
    looks = CharacterProperties(sz=size, b=bold, solidFill=color, latin=font, ea=font)
    return RichText(bodyPr=RichTextProperties(), p=[Paragraph(pPr=ParagraphProperties(defRPr=looks), endParaRPr=looks)])


def _line(color: str) -> Any:
    from openpyxl.chart.shapes import GraphicalProperties

    looks = GraphicalProperties()
    looks.line.solidFill = color
    return looks


def _frame() -> Any:
    from openpyxl.chart.shapes import GraphicalProperties

    looks = GraphicalProperties(solidFill="FFFFFF")
    looks.line.solidFill = LINE
    return looks
