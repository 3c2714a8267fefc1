"""Native charts: what they draw is what stands in the cells, axes are seen, and nothing lies over anything."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from salesaid.core.tables import Card, Chart, Report
from salesaid.core.text import same
from salesaid.render.as_xlsx import to_file
from salesaid.render.sheet_summary import CHART_WIDTH, LINE, WIDEST_BESIDE, laid_out
from tests.render import made_reports as made
from tests.render.made_reports import CHINESE, ENGLISH

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
POINT = 12_700


def charts(data: bytes) -> list[ET.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart"))
        return [ET.fromstring(archive.read(name)) for name in names]


def caches(chart: ET.Element) -> list[tuple[str, list[tuple[int, str]]]]:
    """(reference, its cached points) of every reference in a chart."""
    found = []
    for kind in ("numRef", "strRef"):
        for node in chart.iter(C + kind):
            points = [(int(point.get("idx")), point.find(C + "v").text) for point in node.iter(C + "pt")]
            found.append((node.find(C + "f").text, points))
    return found


@pytest.fixture(scope="module", params=["zh", "en"])
def data(request) -> bytes:
    return to_file(made.report(), CHINESE if request.param == "zh" else ENGLISH)


def test_what_a_chart_holds_is_what_stands_in_the_cells_it_names(data) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    checked = 0
    for chart in charts(data):
        for reference, points in caches(chart):
            name, _, place = reference.rpartition("!")
            left, top, right, bottom = range_boundaries(place.replace("$", ""))
            assert left == right
            sheet = book[name.strip("'")]
            cells = [sheet.cell(row, left).value for row in range(top, bottom + 1)]
            kept = {at: value for at, value in enumerate(cells) if value is not None}
            assert set(kept) == {at for at, _ in points}
            for at, text in points:
                assert text == kept[at] or Decimal(text) == Decimal(str(kept[at]))
                checked += 1
    assert checked > 60


def test_months_are_columns_with_the_target_as_a_line_and_gaps_stay_gaps(data) -> None:
    trend = charts(data)[0]
    assert [node.get("val") for node in trend.iter(C + "barDir")] == ["col"]
    assert len(list(trend.iter(C + "lineChart"))) == 1
    points = caches(trend)
    assert sorted(len(found) for _, found in points) == [1, 1, 11, 12, 12, 12]
    assert trend.find(f".//{C}dispBlanksAs").get("val") == "gap"


def test_people_are_lying_bars_the_first_at_the_top_and_no_more_than_asked_for(data) -> None:
    people = charts(data)[1]
    assert people.find(f".//{C}barDir").get("val") == "bar"
    assert people.find(f".//{C}catAx/{C}scaling/{C}orientation").get("val") == "maxMin"
    assert max(len(found) for _, found in caches(people)) == 10


def test_axes_are_there_have_a_format_and_round_steps(data) -> None:
    for chart in charts(data):
        axes = [*chart.iter(C + "catAx"), *chart.iter(C + "valAx")]
        assert len(axes) >= 2
        assert {axis.find(C + "delete").get("val") for axis in axes} == {"0"}
        for axis in chart.iter(C + "valAx"):
            assert axis.find(C + "numFmt").get("formatCode") == "#,##0"
            step = float(axis.find(C + "majorUnit").get("val"))
            assert step / 10 ** len(str(int(step))) in {0.1, 0.2, 0.25, 0.5}


def test_a_chart_of_one_measure_says_which_and_one_of_several_has_a_legend(data) -> None:
    trend, people = charts(data)[:2]
    title = "".join(node.text for node in people.find(f".//{C}title").iter(A + "t"))
    assert title.endswith((" · 净额", " · Net"))
    assert trend.find(f".//{C}legend") is not None
    assert people.find(f".//{C}legend") is None


def test_a_chart_of_rates_has_an_axis_in_per_cent() -> None:
    table = made.months()._replace(chart=Chart("line", "month", ("attainment", "net")))
    chart = charts(to_file(table, CHINESE))[0]
    assert chart.find(f".//{C}valAx/{C}numFmt").get("formatCode") == "0%"
    assert len(list(chart.iter(C + "ser"))) == 1


@pytest.mark.parametrize("chart", [Chart("bars", "nobody", ("net",)), Chart("bars", "month", ("nothing",))])
def test_a_chart_of_what_the_table_lacks_is_left_out(chart) -> None:
    assert charts(to_file(made.months()._replace(chart=chart), CHINESE)) == []


def test_rows_that_sum_up_others_are_not_drawn() -> None:
    chart = charts(to_file(made.months()._replace(strong=frozenset({3, 7})), CHINESE))[0]
    assert max(len(found) for _, found in caches(chart)) == 3


# ── where they stand ─────────────────────────────────────────────────────────────────────────────


def anchors(sheet) -> list[tuple[int, int, float, float]]:
    """(first row, first column, width, height) of a sheet's charts, the sizes in points."""
    found = []
    for chart in sheet._charts:  # noqa: SLF001  # openpyxl shows them nowhere else
        start, size = chart.anchor._from, chart.anchor.ext  # noqa: SLF001
        found.append((start.row + 1, start.col + 1, size.width / POINT, size.height / POINT))
    return found


def rows_covered(sheet, first: int, height: float) -> set[int]:
    """The rows under a chart, by the heights that the file gives them."""
    covered, row = set(), first
    while height > 0:
        covered.add(row)
        height -= sheet.row_dimensions[row].height or LINE
        row += 1
    return covered


def columns_covered(sheet, first: int, width: float) -> range:
    last = first
    while width > 0:
        width -= (sheet.column_dimensions[openpyxl.utils.get_column_letter(last)].width or 8) * 5
        last += 1
    return range(first, last)


def used(sheet) -> set[tuple[int, int]]:
    return {
        (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value is not None or cell.has_style
    }


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("occasion", [CHINESE, ENGLISH])
def test_no_chart_of_a_summary_lies_over_a_cell_or_another_chart(wide, occasion) -> None:
    tables = (made.key_figures(), made.months(), made.people(), made.months("其他"), made.quality())
    if wide:
        names = tuple(f"{name}{'长' * 30}" for name in made.HOSTILE)
        tables = (*tables, widened(made.people(names)), made.people())
    data = to_file(Report(same("月报"), (Card(same("汇总"), tables),)), occasion)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cells, taken = used(sheet), set()
    found = anchors(sheet)
    assert len(found) == (5 if wide else 3)
    for first, column, width, height in found:
        rows = rows_covered(sheet, first, height + 4)
        under = {(row, each) for row in rows for each in columns_covered(sheet, column, width)}
        assert not under & cells
        assert not under & taken
        taken |= under


def widened(table):
    """The table with so many columns that its sheet has no room for a lane."""
    more = tuple(field._replace(name=f"{field.name}_{at}") for at in range(4) for field in table.fields[1:])
    rows = [(*row, *row[1:] * 4) for row in table.rows]
    return table._replace(fields=(*table.fields, *more), rows=rows)


def test_a_lane_of_charts_is_cut_by_no_page() -> None:
    tables = [made.key_figures(), *(made.months(f"走势 {at}") for at in range(6)), made.quality()]
    layout = laid_out(tables, "zh")
    assert layout.breaks
    first = [spot.chart_row for spot in layout.spots if spot.drawing]
    assert first == sorted(first)
    for page in layout.breaks:
        heights = [row for row in first if row < page]
        assert all(row + CHART_HEIGHT_ROWS <= page + 3 for row in heights)


CHART_HEIGHT_ROWS = 212 // 24


def test_the_chart_of_a_table_on_its_own_sheet_stands_beside_or_below_it() -> None:
    beside = openpyxl.load_workbook(io.BytesIO(to_file(made.people(), CHINESE))).active
    assert anchors(beside)[0][:2] == (3, 5)
    few = made.people(tuple(f"客户{'长' * 12}{at}" for at in range(5)))
    wide = openpyxl.load_workbook(io.BytesIO(to_file(widened(few), CHINESE))).active
    assert sum(wide.column_dimensions[letter].width for letter in "ABCDEFGHIJKLMNOPQ") > WIDEST_BESIDE
    first, column = anchors(wide)[0][:2]
    assert column == 1
    assert first > max(row for row, _ in used(wide))


@pytest.mark.parametrize(("count", "fits"), [(5, True), (20, False), (34, False)])
def test_a_chart_for_which_the_page_is_too_short_is_not_printed(count, fits) -> None:
    names = tuple(f"客户{'长' * 12}{at}" for at in range(count))
    sheet = openpyxl.load_workbook(io.BytesIO(to_file(widened(made.people(names)), CHINESE))).active
    row, column = anchors(sheet)[0][:2]
    assert (column, row > count) == ((1, True) if fits else (17, False))
    assert bool(sheet.print_area) is not fits


def test_a_wide_long_table_has_its_chart_for_the_screen_only() -> None:
    names = tuple(f"客户{'长' * 12}{at}" for at in range(150))
    data = to_file(widened(made.people(names)), CHINESE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = archive.read("xl/workbook.xml").decode()
    assert re.search(r"_xlnm.Print_Area[^>]*>'?业务员'?!\$A\$1:\$P\$156<", book)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert anchors(sheet)[0][:2] == (3, 17)


def test_lying_bars_have_room_for_each() -> None:
    few = openpyxl.load_workbook(io.BytesIO(to_file(made.people(("a", "b")), CHINESE))).active
    many = openpyxl.load_workbook(io.BytesIO(to_file(made.people(), CHINESE))).active
    assert anchors(few)[0][3] < anchors(many)[0][3]
    assert anchors(few)[0][2] == pytest.approx(CHART_WIDTH)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_a_report_and_keeps_its_sheets_and_charts(tmp_path, data) -> None:
    (tmp_path / "report.xlsx").write_bytes(data)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    to_ods = ["--convert-to", "ods", "--outdir", tmp_path, tmp_path / "report.xlsx"]
    subprocess.run(["libreoffice", home, "--headless", *to_ods], check=True, capture_output=True)
    with zipfile.ZipFile(tmp_path / "report.ods") as archive:
        content = archive.read("content.xml").decode()
        objects = [name for name in archive.namelist() if name.endswith("/content.xml")]
    assert content.count("<table:table ") == 4
    assert len(objects) == 4


def test_a_sheet_with_an_apostrophe_is_named_as_references_have_it() -> None:
    data = to_file(made.people(title="O'Brien's"), CHINESE)
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["O'Brien's"]
    references = {reference for reference, _ in caches(charts(data)[0])}
    assert references == {f"'O''Brien''s'!${place}" for place in ("A$4:$A$13", "B$3", "B$4:$B$13")}
