"""A report as a workbook: its sheets, what stands on them, that nothing is lost and that it is looked at again."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from salesaid.core.kinds import MONEY
from salesaid.core.tables import Card, Chart, Field, Report, Table
from salesaid.core.text import same
from salesaid.render import sheet_plan, sheet_texts
from salesaid.render.as_xlsx import to_file
from salesaid.render.check_workbook import WorkbookDiffers, check_again
from salesaid.render.visible import visible_in_sheet
from tests.render import made_reports as made
from tests.render.made_reports import CHINESE, ENGLISH

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LONG = 6000  # rows of details that are read again in pieces


def sheets_of(data: bytes) -> dict[str, list[list[object]]]:
    """Every sheet's rows as calamine reads them, from the first row on."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def with_part(data: bytes, wanted: str, change) -> bytes:
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts(data):
            archive.writestr(name, change(part) if name == wanted else part)
    return out.getvalue()


def test_a_chart_higher_than_a_page_ends_the_page_and_not_the_run():
    names = tuple(f"业务员 {number}" for number in range(200))
    people = made.people(names)._replace(chart=Chart("bars", "salesperson", ("net",)))
    report = Report(same("月报"), (Card(same("汇总"), (people,)),))
    assert len(next(iter(sheets_of(to_file(report, CHINESE)).values()))) > 200


def plain(value: object) -> object:
    """A value of a table as calamine reads its cell."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return float(value)
    return visible_in_sheet(value) if isinstance(value, str) else value


@pytest.fixture(scope="module", params=["zh", "en"])
def occasion(request):
    return CHINESE if request.param == "zh" else ENGLISH


def test_a_card_is_one_sheet_and_every_table_and_detail_another(occasion) -> None:
    names = list(sheets_of(to_file(made.report(), occasion)))
    summary, details = ("汇总", "明细") if occasion is CHINESE else ("Summary", "Details")
    assert names == [summary, "x" * 31, "X" * 27 + " (2)", details]


def test_every_cell_of_every_table_stands_on_its_sheet(occasion) -> None:
    report = made.report()
    summary, people, _, details = sheets_of(to_file(report, occasion)).values()
    for table, sheet in ((report.sheets[1], people), (report.details[0], details)):
        assert [row[: len(table.fields)] for row in sheet[3 : 3 + len(table.rows)]] == [
            [plain(value) for value in row] for row in table.rows
        ]
    for table in report.sheets[0].tables:
        title = visible_in_sheet(table.title.in_(occasion.lang))
        head = next(at for at, row in enumerate(summary) if row[0] == title) + 1
        width = len(table.fields)
        assert summary[head][:width] == [field.header.in_(occasion.lang) for field in table.fields]
        below = summary[head + 1 : head + 1 + len(table.rows)]
        assert [row[:width] for row in below] == [[plain(value) for value in row] for row in table.rows]
        if table.totals:
            line = summary[head + 1 + len(table.rows)]
            assert [line[at] for at, f in enumerate(table.fields) if f.name in table.totals] == [
                float(total) for total in table.totals.values()
            ]


def test_the_summary_begins_with_the_title_of_the_report_and_ends_with_its_notes() -> None:
    first = [row[0] for row in sheets_of(to_file(made.report(), CHINESE))["汇总"]]
    assert first[:2] == ["销售月报 2026-11", "2026-11-22"]
    assert [text for text in first if text][-3:] == ["2 行未采用", "3 行日期在今天以后", "截至今日"]


def test_other_sheets_say_of_which_report_they_are() -> None:
    assert sheets_of(to_file(made.report(), CHINESE))["明细"][1][0] == "2026-11-22 · 销售月报 2026-11"


def test_key_figures_stand_large_and_the_last_texts_have_the_room_beside_them() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_file(made.report(), CHINESE)))["汇总"]
    assert sheet["B6"].font.sz > sheet["C6"].font.sz
    assert sheet["B6"].font.bold
    row = next(cell.row for cell in sheet["A"] if cell.value == "名称未定")
    assert f"C{row}:D{row}" in {str(each) for each in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[row].height > 2 * sheet.row_dimensions[row + 1].height
    assert sheet[f"C{row}"].alignment.wrap_text
    assert sheet["A5"].border.top.style == sheet["A5"].border.left.style == "thin"


def test_a_summary_prints_as_wide_as_a_page_and_is_not_filtered() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_file(made.report(), CHINESE)))["汇总"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.auto_filter.ref is None
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_details_have_frozen_headings_a_filter_and_repeat_them_on_paper() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_file(made.report(), CHINESE)))["明细"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A4", "A3:E43", "$3:$3")


def test_shares_have_bars_what_is_below_zero_is_red_and_what_is_late_amber() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_file(made.report(), CHINESE)))["x" * 31]
    rules = {
        (str(area.sqref), rule.type, rule.operator): rule
        for area in sheet.conditional_formatting
        for rule in area.rules
    }
    last = 3 + len(made.HOSTILE)
    assert rules["D4:D" + str(last), "dataBar", None].dataBar.cfvo[0].val == 0
    assert rules[f"B4:B{last + 1}", "cellIs", "lessThan"].dxf.font.color.rgb == "FFB42318"
    assert (f"C4:C{last}", "cellIs", "greaterThan") in rules


def test_key_figures_and_changes_have_no_bars() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_file(made.report(), CHINESE)))["汇总"]
    bars = [str(area.sqref) for area in sheet.conditional_formatting for rule in area.rules if rule.type == "dataBar"]
    assert len(bars) == 2
    assert all(place.startswith("D") for place in bars)


# ── text stays text ──────────────────────────────────────────────────────────────────────────────


def test_nothing_in_a_hostile_report_is_a_formula_a_link_or_from_elsewhere() -> None:
    data = to_file(made.report(title='=HYPERLINK("http://e.com")'), CHINESE)
    elements = {name: {node.tag for node in ET.fromstring(part).iter()} for name, part in parts(data) if b"<" in part}
    sheets = [name for name in elements if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 4
    for name in sheets:
        assert not {tag for tag in elements[name] if tag.rpartition("}")[2] in {"f", "hyperlink", "oleObject"}}, name
    for name, part in parts(data):
        assert "externalLink" not in name
        assert b'TargetMode="External"' not in part, name
        assert b"vbaProject" not in part


def test_a_title_with_control_characters_is_a_workbook_all_the_same() -> None:
    report = made.report(title="\x1b[31m月报\x00")
    book = openpyxl.load_workbook(io.BytesIO(to_file(report, CHINESE)))
    assert book.properties.title == book["汇总"]["A1"].value == visible_in_sheet("\x1b[31m月报\x00")


def test_references_of_charts_name_cells_of_their_own_sheet_and_nothing_else() -> None:
    report = made.report()
    data = to_file(report, CHINESE)
    names = {f"'{name}'" for name in sheets_of(data)}
    found = []
    for name, part in parts(data):
        if name.startswith("xl/charts/chart"):
            found += [node.text for node in ET.fromstring(part).iter() if node.tag.endswith("}f")]
    assert len(found) == 2 * 3 + 3 * 3
    assert {text.rpartition("!")[0] for text in found} <= names
    assert all(re.fullmatch(r"\$[A-Z]\$\d+(:\$[A-Z]\$\d+)?", text.rpartition("!")[2]) for text in found)


# ── nothing is lost ──────────────────────────────────────────────────────────────────────────────


def test_more_rows_than_a_sheet_holds_go_on_on_the_next(monkeypatch) -> None:
    monkeypatch.setattr(sheet_plan, "MOST_ROWS", 106)
    table = made.details(250)
    report = made.report()._replace(details=(table,))
    data = to_file(report, CHINESE)
    sheets = sheets_of(data)
    assert list(sheets)[3:] == ["明细 1", "明细 2", "明细 3"]
    rows = [row for name in list(sheets)[3:] for row in sheets[name][3:] if row[1]]
    assert [row[1] for row in rows] == [row[1] for row in table.rows]
    assert [sheets[name][2][0] for name in list(sheets)[3:]] == ["日期"] * 3
    assert [[row[0] for row in sheets[name]].count("合计") for name in list(sheets)[3:]] == [0, 0, 1]
    assert max(map(len, sheets.values())) <= 106
    check_again(data, report)


def test_a_table_alone_goes_on_on_the_next_sheet_too(monkeypatch) -> None:
    monkeypatch.setattr(sheet_plan, "MOST_ROWS", 106)
    data = to_file(made.details(120), ENGLISH)
    assert list(sheets_of(data)) == ["Details 1", "Details 2"]
    check_again(data, made.details(120))


def test_more_distinct_texts_than_are_shared_stand_in_their_cells(monkeypatch) -> None:
    monkeypatch.setattr(sheet_texts, "MOST_SHARED", 20)
    monkeypatch.setattr("salesaid.render.sheet_rows.KEPT", 7)
    report = made.report(300)
    rows = sheets_of(to_file(report, CHINESE))["明细"][3:303]
    assert [row[1:3] for row in rows] == [[row[1], visible_in_sheet(row[2])] for row in report.details[0].rows]


def test_a_report_of_nothing_is_a_workbook_all_the_same() -> None:
    empty = [table._replace(rows=[], totals={}) for table in (made.months(), made.people(), made.quality())]
    report = Report(same("月报"), (Card(same("汇总"), tuple(empty)), empty[1]), (empty[2],))
    data = to_file(report, CHINESE)
    check_again(data, report)
    assert [row[0] for row in sheets_of(data)["汇总"]].count("没有符合条件的记录") == 3
    bare = Report(same("月报"), (Card(same("汇总"), ()),))
    check_again(to_file(bare, CHINESE), bare)


def test_rows_that_are_made_as_they_are_taken_are_never_held_at_once() -> None:
    class Made:
        """Many rows, made when they are asked for."""

        def __len__(self):
            return 30_000

        def __iter__(self):
            return map(made.detail, range(30_000))

    held = made.details(0)._replace(rows=Made(), totals={"amount": sum(made.detail(at)[4] for at in range(30_000))})
    report = Report(same("年报"), (made.months(),), (held,))
    to_file(made.report(10), CHINESE)
    tracemalloc.start()
    data = to_file(report, CHINESE)
    written = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    check_again(data, report)
    checked = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(data) > 500_000
    assert written < 30_000_000  # 41 with all rows held at once
    assert checked < len(data) * 3 + 15_000_000


# ── the same bytes, looked at again ──────────────────────────────────────────────────────────────

SCRIPT = """
import hashlib, locale, sys
sys.path.insert(0, {root!r})
try: locale.setlocale(locale.LC_ALL, "")
except locale.Error: pass
from tests.render.made_reports import CHINESE, report
from salesaid.render.{module} import to_file
print(hashlib.sha256(to_file(report(500), CHINESE)).hexdigest())
"""


@pytest.mark.parametrize("module", ["as_xlsx", "as_html"])
def test_another_hash_seed_clock_and_locale_give_the_same_bytes(module) -> None:
    root = str(Path(__file__).parents[2])
    digests = set()
    for seed, zone, locale in (("1", "Asia/Shanghai", "C.UTF-8"), ("77", "America/New_York", "de_DE.UTF-8")):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
        code = SCRIPT.format(root=root, module=module)
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environ)
        digests.add(done.stdout)
    assert len(digests) == 1


@pytest.mark.parametrize("lang", [CHINESE, ENGLISH])
@pytest.mark.parametrize("count", [40, LONG])
def test_a_report_opened_again_agrees_with_its_tables_and_no_others(lang, count) -> None:
    report = made.report(count)
    data = to_file(report, lang)
    check_again(data, report, lang.lang)
    with pytest.raises(WorkbookDiffers):
        check_again(data, made.report(count - 1), lang.lang)


SPOILS = {
    "a figure": (rb'(<c r="E17" s="\d+"><v>)[^<]*', rb"\g<1>1.23"),
    "the total": (rb'(<c r="E6004" s="\d+"><v>)[^<]*', rb"\g<1>1.23"),
    "a row": (rb'<row r="4000".*?</row>', b""),
    "well-formedness": (rb'<row r="4000">', b"<row>>"),
    "the end": (rb"</sheetData>.*", b""),
}


@pytest.mark.parametrize("what", SPOILS)
def test_long_details_that_lost_something_are_not_let_through(what) -> None:
    report = made.report(LONG)
    data = to_file(report, CHINESE)
    spoilt = with_part(
        data, "xl/worksheets/sheet4.xml", lambda part: re.sub(*SPOILS[what], part, count=1, flags=re.DOTALL)
    )
    assert spoilt != data
    check_again(data, report)
    with pytest.raises(WorkbookDiffers):
        check_again(spoilt, report)


def test_details_that_do_not_sum_up_to_their_totals_are_not_let_through() -> None:
    table = made.details(LONG)
    off = table._replace(totals={**table.totals, "amount": table.totals["amount"] + Decimal("0.01")})
    report = Report(same("月报"), (made.months(),), (off,))
    with pytest.raises(WorkbookDiffers):
        check_again(to_file(report, CHINESE), report)


def test_details_whose_quantities_have_no_total_are_checked_by_the_others() -> None:
    table = made.details(LONG)
    report = Report(same("月报"), (made.months(),), (table._replace(totals={**table.totals, "qty": None}),))
    check_again(to_file(report, CHINESE), report)
    assert sheets_of(to_file(report, CHINESE))["明细"][3 + LONG][3] == ""


def test_a_figure_that_excel_would_round_does_not_stop_a_report() -> None:
    amounts = [Decimal("123456789012.123456"), *[Decimal(at) for at in range(LONG)]]
    fields = (Field("amount", same("amount"), MONEY),)
    table = Table(same("t"), fields, [(amount,) for amount in amounts], {"amount": sum(amounts)})
    report = Report(same("月报"), (made.months(),), (table,))
    data = to_file(report, CHINESE)
    check_again(data, report)
    spoilt = with_part(data, "xl/worksheets/sheet2.xml", lambda part: part.replace(b"<v>77</v>", b"<v>78</v>"))
    with pytest.raises(WorkbookDiffers):
        check_again(spoilt, report)


def test_a_summary_that_lost_a_figure_is_not_let_through() -> None:
    report = made.report()
    figure = format(report.sheets[0].tables[1].rows[4][1], "f").encode()
    data = to_file(report, CHINESE)
    spoilt = with_part(data, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"<v>" + figure, b"<v>9" + figure))
    with pytest.raises(WorkbookDiffers):
        check_again(spoilt, report)
