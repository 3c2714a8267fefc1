"""What the reader makes of cells: texts character for character, dates as ISO, damage by name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.errors import FileTrouble
from salesaid.storage.contract import View
from salesaid.storage.trouble import FileMissing, NotAFile
from salesaid.storage.xlsx_numbers import date_kind, date_text, number_text, serial_of
from salesaid.storage.xlsx_store import STORE
from salesaid.storage.xlsx_strings import decoded, encoded, unescaped
from salesaid.storage.xlsx_trouble import NoHeadings, NoSheet, TwoSheets
from tests.storage.xlsx_books import DATA, HEADER, OFFICE, PACKAGE, bare, heads, opened, opened_any, read_in, rows_of

STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="22"/><xf numFmtId="21"/><xf numFmtId="46"/></cellXfs></styleSheet>'
)


def cell(tmp_path, xml, **more):
    path = bare(tmp_path / "a.xlsx", f'{HEADER}<row r="2">{xml}<c r="B2"><v>1</v></c></row>', **more)
    return rows_of(path)[0][0]


def styled(tmp_path, style, value, *, pr=""):
    links = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )
    book = (
        f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}">{pr}<sheets>'
        '<sheet name="订单" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts = {"xl/styles.xml": STYLES, "xl/_rels/workbook.xml.rels": links, "xl/workbook.xml": book}
    return cell(tmp_path, f'<c r="A2" s="{style}"><v>{value}</v></c>', parts=parts)


@pytest.mark.parametrize("text", ["NA", "null", "00123", "1E5", "7E10", "TRUE", "MAR1", "110101199003071234", " A "])
def test_text_cells_come_out_character_for_character(tmp_path, text):
    xml = f'<c r="A2" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    assert cell(tmp_path, xml) == text


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="A2"><v>17850</v></c>', "17850"),
        ('<c r="A2"><v>0.30000000000000004</v></c>', "0.3"),
        ('<c r="A2"><v>1E5</v></c>', "100000"),
        ('<c r="A2"><v>1.2E-7</v></c>', "0.00000012"),
        ('<c r="A2"><v>-0</v></c>', "0"),
        ('<c r="A2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A2" t="str"><f>1&amp;2</f><v>a&lt;b&#10;_x000D_</v></c>', "a<b\n\r"),
        ('<c r="A2" t="d"><v>2026-05-06T00:00:00Z</v></c>', "2026-05-06"),
        ("<c r='A2' t='inlineStr'><is><r><t>红</t></r><r><t>字</t></r><rPh><t>hong</t></rPh></is></c>", "红字"),
        ('<c r="A2" t="inlineStr"><is><t><![CDATA[a<b&c]]></t></is></c>', "a<b&c"),
    ],
)
def test_a_cell_is_read_as_a_person_reads_it(tmp_path, xml, text):
    assert cell(tmp_path, xml) == text


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        (1, "46148", "2026-05-06"),
        (2, "46148.5", "2026-05-06 12:00:00"),
        (3, "0.75", "18:00:00"),
        (4, "1.5", "36:00:00"),
        (1, "60", "60"),
        (1, "-5", "-5"),
        (1, "99999999", "99999999"),
    ],
)
def test_serials_become_iso_dates_and_impossible_ones_stay_numbers(tmp_path, style, value, text):
    assert styled(tmp_path, style, value) == text


def test_a_workbook_that_counts_from_1904_is_shifted(tmp_path):
    assert styled(tmp_path, 1, "44686", pr='<workbookPr date1904="1"/>') == "2026-05-06"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy-mm-dd", "date"),
        ('[$-804]yyyy"年"m"月"d"日";@', "date"),
        ("yyyy/m/d h:mm", "datetime"),
        ("h:mm:ss AM/PM", "time"),
        ("[h]:mm", "span"),
        ("mm:ss", "time"),
        ('0.00"days"', ""),
        ("0.00E+00", ""),
        ("#,##0.00_);[Red](#,##0.00)", ""),
        ("General", ""),
        ("@", ""),
    ],
)
def test_a_number_format_says_whether_it_shows_a_date(code, kind):
    assert date_kind(200, code) == kind


def test_formulas_without_a_saved_result_are_noted_and_not_zero(tmp_path):
    path = bare(tmp_path / "a.xlsx", f'{HEADER}<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f></c></row>')
    sheet = opened(path)
    assert [texts for _, texts in sheet.rows()] == [["1", ""]]
    assert [code for code, _ in sheet.notes()] == ["formula-without-value"]


def test_sixteen_digits_and_error_values_are_noted_by_cell(tmp_path):
    rows = '<row r="2"><c r="A2"><v>1.10101199003071E+17</v></c><c r="B2" t="e"><v>#REF!</v></c></row>'
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + rows))
    assert [texts for _, texts in sheet.rows()] == [["110101199003071000", "#REF!"]]
    assert {code: text.en for code, text in sheet.notes()}.keys() == {"digits-lost", "error-cells"}


def test_merged_cells_are_filled_down_only_inside_the_merge(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="B{n}"><v>{n}</v></c></row>' for n in (3, 4))
    first = '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><v>2</v></c></row>'
    path = bare(tmp_path / "a.xlsx", HEADER + first + rows, after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>')
    assert rows_of(path) == [["甲", "2"], ["甲", "3"], ["", "4"]]
    assert opened(path).last_rows(2) == [["甲", "3"], ["", "4"]]


def test_hidden_rows_are_read_and_counted(tmp_path):
    sheet = opened(bare(tmp_path / "a.xlsx", HEADER + '<row r="2" hidden="1"><c r="A2"><v>7</v></c></row>'))
    assert len(list(sheet.rows())) == 1
    assert sheet.notes()[0][0] == "hidden-rows"


def test_a_prefix_before_every_name_changes_nothing(tmp_path):
    rows = HEADER + '<row r="2"><c r="A2"><v>7</v></c></row>'
    xml = f'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>{rows}'
    xml = xml.replace("<row", "<x:row").replace("</row", "</x:row").replace("<c ", "<x:c ").replace("</c>", "</x:c>")
    for name in ("v", "is", "t"):
        xml = xml.replace(f"<{name}>", f"<x:{name}>").replace(f"</{name}>", f"</x:{name}>")
    part = {"xl/worksheets/sheet1.xml": xml + "</x:sheetData></x:worksheet>"}
    assert rows_of(bare(tmp_path / "a.xlsx", "", parts=part)) == [["7", ""]]


def test_the_headings_are_found_under_title_rows(tmp_path):
    title = '<row r="1"><c r="A1" t="inlineStr"><is><t>二〇二六年订单</t></is></c></row>'
    below = HEADER.replace('r="1"', 'r="4"').replace("A1", "A4").replace("B1", "B4")
    sheet = opened(bare(tmp_path / "a.xlsx", title + below + '<row r="5"><c r="A5"><v>1</v></c></row>'))
    assert (sheet.header_row, sheet.headings) == (4, ("客户", "数量"))
    assert list(sheet.rows()) == [(5, ["1", ""])]


def test_two_sheets_that_fit_equally_are_named(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for name in ("一月", "二月"):
        book.create_sheet(name).append(["客户", "数量"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(TwoSheets, match="一月, 二月"):
        opened(tmp_path / "a.xlsx")
    book["一月"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert opened(tmp_path / "a.xlsx").facts["sheet"] == "二月"


def test_a_missing_sheet_and_missing_headings_are_said(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER)
    with pytest.raises(NoSheet):
        opened(path, "二月")
    with pytest.raises(NoHeadings):
        STORE.open(opened(path).spot, lambda _: 0)


def test_facts_of_an_earlier_opening_save_all_parsing(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER + '<row r="2"><c r="A2"><v>1</v></c></row>')
    first = opened(path)
    again = STORE.open(first.spot, lambda _: pytest.fail("asked for headings"), facts=first.facts)
    assert "zipped" not in vars(again)
    assert (again.headings, list(again.rows())) == (first.headings, list(first.rows()))
    again.close()


def test_views_folders_and_missing_files_are_honoured(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER)
    other = bare(tmp_path / "b.xlsx", HEADER + '<row r="2"><c r="A2"><v>9</v></c></row>')
    spot = opened(path).spot
    assert list(read_in(STORE.open(spot, heads, view=View(instead=other))).rows()) == [(2, ["9", ""])]
    with pytest.raises(FileMissing):
        STORE.open(spot, heads, view=View(absent=True))
    with pytest.raises(NotAFile):
        opened(tmp_path)


@given(st.text())
def test_escapes_of_control_characters_are_undone_exactly(text):
    text = text.encode("utf-16", "replace").decode("utf-16")
    assert decoded(unescaped(encoded(text))) == text


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_numbers_are_plain_digits_of_15_places(value):
    text = number_text(repr(value))
    assert float(text) == float(format(value, ".15g"))
    assert "e" not in text.lower() or abs(value) < 1e-20


@given(st.dates(min_value=date(1900, 3, 1)))
def test_every_date_survives_its_serial_in_both_systems(day):
    assert date_text(serial_of(day, from_1904=False), "date", from_1904=False) == day.isoformat()
    if day.year > 1904:
        assert date_text(serial_of(day, from_1904=True), "date", from_1904=True) == day.isoformat()


def _same(ours: str, theirs: object) -> bool:
    if isinstance(theirs, bool):
        return ours == str(theirs).upper()
    if isinstance(theirs, float):
        return ours == number_text(repr(theirs))
    return ours == str(theirs) or theirs == "" or ours.count(":") == 2


def rows_or_none(path, name):
    try:
        return list(opened_any(path, name).rows())
    except NoHeadings:
        return []


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
def test_calamine_reads_the_same_cells_in_every_sample_workbook():
    from python_calamine import CalamineError, CalamineWorkbook

    compared = 0
    for path in sorted((DATA / "workbooks").glob("*/*")):
        try:
            book = CalamineWorkbook.from_path(str(path))
            sheets = {name: rows_or_none(path, name) for name in STORE.sheet_names(path)}
        except (FileTrouble, CalamineError):
            continue
        for name, rows in sheets.items():
            theirs = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for number, texts in rows:
                pairs = zip(texts, theirs[number - 1], strict=False)
                assert all(_same(ours, other) for ours, other in pairs), (path.name, name, number)
                compared += len(texts)
    assert compared > 5000
