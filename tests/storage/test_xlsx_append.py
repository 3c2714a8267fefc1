"""Rows added to workbooks: every other part stays byte for byte, styles are taken over, traps are refused."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table

from salesaid.core.errors import FileTrouble
from salesaid.storage.contract import Cell
from salesaid.storage.xlsx_store import STORE
from salesaid.storage.xlsx_trouble import CannotChange, CannotHold, NoHeadings, SheetNotUnderstood, WrittenWrong
from tests.storage.xlsx_books import DATA, HEADER, bare, midnight, opened, opened_any, texts

DAY = Cell("2026-05-06", date(2026, 5, 6))
TWO = Cell("2", Decimal(2))


def book_of(tmp_path, *rows, build=None):
    """A workbook made by openpyxl with headings in row 1, changed by `build(sheet)`."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["客户", "日期", "数量"])
    for row in rows:
        sheet.append(row)
    if build:
        build(sheet)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def written(path, *rows, sheet=None):
    """Appends, proves and replaces; answers the sheet that planned it."""
    ledger = opened(path, sheet) if sheet is None else opened_any(path, sheet)
    change = ledger.append(rows)
    path.write_bytes(change.new)
    change.verify(path)
    return ledger


def refusal(path, *rows):
    with pytest.raises(FileTrouble) as caught:
        opened(path).append(rows or [[TWO]])
    assert caught.value.hint
    return caught.value


def records(raw):
    """Every part's compressed bytes, flags and times."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {}
        for info in archive.infolist():
            start = (
                info.header_offset
                + 30
                + int.from_bytes(raw[info.header_offset + 26 : info.header_offset + 28], "little")
            )
            start += int.from_bytes(raw[info.header_offset + 28 : info.header_offset + 30], "little")
            parts[info.filename] = (raw[start : start + info.compress_size], info.CRC, info.date_time, info.extra)
        return parts


def sheet_cells(path):
    return openpyxl.load_workbook(path).worksheets[0]


def test_a_row_goes_below_the_last_with_its_values_typed(tmp_path):
    path = book_of(tmp_path, ["甲", date(2026, 1, 2), 1])
    written(path, [Cell("00123", "00123"), DAY, Cell("2.50", Decimal("2.50"))])
    row = [cell.value for cell in sheet_cells(path)[3]]
    assert row == ["00123", midnight(DAY.value), 2.5]
    assert sheet_cells(path)["A3"].data_type == "s"


def test_new_cells_take_the_style_of_the_row_above_and_never_the_headings(tmp_path):
    def build(sheet):
        sheet["A1"].font = Font(bold=True)
        sheet["C2"].fill = PatternFill("solid", "FFFF00")

    path = book_of(tmp_path, ["甲", None, 1], build=build)
    written(path, [Cell("乙", "乙"), None, TWO])
    sheet = sheet_cells(path)
    assert sheet["C3"].fill.fgColor.rgb == sheet["C2"].fill.fgColor.rgb
    assert not sheet["A3"].font.bold


def test_the_first_row_under_the_headings_takes_the_columns_styles(tmp_path):
    def build(sheet):
        sheet["A1"].font = Font(bold=True)
        sheet.column_dimensions["B"].number_format = "yyyy/mm/dd"

    path = book_of(tmp_path, build=build)
    written(path, [Cell("乙", "乙"), DAY, TWO])
    assert sheet_cells(path)["B2"].number_format == "yyyy/mm/dd"
    assert not sheet_cells(path)["A2"].font.bold


def test_a_formatted_empty_row_is_filled_in_place(tmp_path):
    def build(sheet):
        for row in range(3, 6):
            sheet.cell(row, 3).fill = PatternFill("solid", "00FF00")
            sheet.row_dimensions[row].height = 33

    path = book_of(tmp_path, ["甲", None, 1], build=build)
    written(path, *[[Cell(name, name), None, TWO] for name in "乙丙丁戊"])
    sheet = sheet_cells(path)
    assert [sheet.cell(row, 1).value for row in range(2, 7)] == list("甲乙丙丁戊")
    assert sheet["C5"].fill.fgColor.rgb == "0000FF00"
    assert sheet.row_dimensions[4].height == 33


@pytest.mark.parametrize(
    ("above", "text"), [("2026/5/4", "2026/5/6"), ("2026.05.04", "2026.05.06"), ("2026年5月4日", "2026年5月6日")]
)
def test_without_any_date_format_a_date_is_text_in_the_form_above(tmp_path, above, text):
    path = book_of(tmp_path, ["甲", above, 1])
    ledger = written(path, [Cell("乙", "乙"), DAY, TWO])
    assert sheet_cells(path)["B3"].value == text
    assert dict(ledger.notes())["date-as-text"].zh.endswith("日期写成了文字：B 列")


def test_a_date_takes_the_format_of_any_date_in_the_workbook(tmp_path):
    path = book_of(tmp_path, ["甲", None, 1], build=lambda sheet: setattr(sheet["F9"], "number_format", "d.m.yy"))
    written(path, [Cell("乙", "乙"), DAY, TWO])
    assert sheet_cells(path)["B3"].number_format == "d.m.yy"
    assert sheet_cells(path)["B3"].value == midnight(DAY.value)


def test_a_formula_column_stays_empty_unless_it_is_given(tmp_path):
    path = book_of(tmp_path, ["甲", "=1+1", 1])
    ledger = written(path, [Cell("乙", "乙"), None, TWO])
    assert sheet_cells(path)["B3"].value is None
    assert "formula-left-blank" in dict(ledger.notes())


def test_the_declared_extent_grows(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER, before='<dimension ref="A1:B1"/>')
    written(path, [TWO, TWO], [TWO])
    assert sheet_cells(path).calculate_dimension() == "A1:B3"
    with zipfile.ZipFile(path) as archive:
        assert b'<dimension ref="A1:B3"' in archive.read("xl/worksheets/sheet1.xml")


def test_a_table_grows_with_its_rows(tmp_path):
    def build(sheet):
        sheet.add_table(Table(displayName="T", ref="A1:C2"))

    path = book_of(tmp_path, ["甲", None, 1], build=build)
    before = records(path.read_bytes())
    written(path, *[[Cell("乙", "乙"), None, TWO]] * 3)
    after = records(path.read_bytes())
    assert {name for name in before if before[name] != after[name]} == {
        "xl/worksheets/sheet1.xml",
        "xl/tables/table1.xml",
    }
    table = sheet_cells(path).tables["T"]
    assert (table.ref, table.autoFilter.ref) == ("A1:C5", "A1:C5")


def test_a_table_that_is_somebody_elses_is_not_written_over(tmp_path):
    def build(sheet):
        sheet["A3"], sheet["B3"], sheet["A5"] = "x", "y", "z"
        sheet.add_table(Table(displayName="T", ref="A3:B6"))

    path = book_of(tmp_path, ["甲", None, 1], build=build)
    assert "another table" in refusal(path, [TWO, TWO]).message.en


def test_a_total_row_without_formulas_moves_down(tmp_path):
    path = book_of(tmp_path, ["甲", None, 1], ["合 计：", None, 1])
    ledger = written(path, [Cell("乙", "乙"), None, TWO], [Cell("丙", "丙"), None, TWO])
    assert [cell.value for cell in sheet_cells(path)["A"]] == ["客户", "甲", "乙", "丙", "合 计："]
    assert "total-moved" in dict(ledger.notes())


@pytest.mark.parametrize(
    "build",
    [
        lambda sheet: sheet.cell(3, 3).__setattr__("value", "=SUM(C2:C2)"),
        lambda sheet: sheet.merge_cells("A3:B3"),
        lambda sheet: sheet.cell(1, 6).__setattr__("value", "=C3*2"),
        lambda sheet: sheet.parent.create_sheet("汇总").append(["=Sheet!C3"]),
        lambda sheet: setattr(sheet.auto_filter, "ref", "A1:C3"),
        lambda sheet: setattr(sheet, "print_area", "A1:C3"),
        lambda sheet: sheet.row_breaks.append(openpyxl.worksheet.pagebreak.Break(id=3)),
        lambda sheet: sheet.add_table(Table(displayName="T", ref="A1:C3")),
    ],
)
def test_a_total_row_that_anything_points_at_stays_and_the_row_is_refused(tmp_path, build):
    path = book_of(tmp_path, ["甲", None, 1], ["合计", None, 1], build=build)
    found = refusal(path, [Cell("乙", "乙"), None, TWO])
    assert isinstance(found, CannotChange)
    assert "total" in found.message.en


def test_blank_rows_above_a_total_are_used_up_before_it_would_move(tmp_path):
    path = book_of(tmp_path, ["甲", None, 1], [], [], ["合计", None, "=SUM(C2:C4)"])
    written(path, [Cell("乙", "乙"), None, TWO], [Cell("丙", "丙"), None, TWO])
    assert [cell.value for cell in sheet_cells(path)["A"]] == ["客户", "甲", "乙", "丙", "合计"]
    assert "insert" in refusal(path, [Cell("丁", "丁")]).hint.en


@pytest.mark.parametrize(
    ("formula", "told"),
    [("=SUM(C2:C2)", True), ("=SUM($C$2:$C$2)+C2", True), ("=SUM(C2:C3)", True), ("=SUM(C2:C4)", False),
     ("=SUM(C:C)", False), ("=SUM(A2:A2)", False), ("=C2", False), (1, False)],
)  # fmt: skip
def test_a_total_whose_formula_ends_above_the_new_rows_is_told_of(tmp_path, formula, told):
    path = book_of(tmp_path, ["甲", None, 1], [], [], ["合计", None, formula])
    notes = dict(written(path, [Cell("乙", "乙"), None, TWO], [Cell("丙", "丙"), None, TWO]).notes())
    assert ("total-leaves-out" in notes) is told
    if told:
        assert notes["total-leaves-out"].zh == "第 5 行合计的公式没有算上新行，请改：C 列"


@pytest.mark.parametrize(
    ("rows", "told"),
    [((["甲", None, 1], [], ["合计", None, "=SUM(C2:C3)"]), True), ((["甲", None, "=1+1"],), True),
     ((["甲", None, 1],), False), ((["甲", None, 1], [], ["合计", None, 1]), False)],
)  # fmt: skip
def test_results_that_were_saved_are_to_be_worked_out_anew(tmp_path, rows, told):
    notes = dict(written(book_of(tmp_path, *rows), [Cell("乙", "乙"), None, TWO]).notes())
    assert ("recalculate" in notes) is told


def test_a_total_of_a_column_that_stays_blank_leaves_nothing_out(tmp_path):
    path = book_of(tmp_path, ["甲", None, 1], [], ["合计", None, "=SUM(C2:C2)"])
    notes = dict(written(path, [Cell("乙", "乙"), None, None]).notes())
    assert "total-leaves-out" not in notes


def test_small_print_under_a_total_is_not_taken_for_the_last_entry(tmp_path):
    path = book_of(tmp_path, ["甲", None, 1], ["合计", None, 1], ["制表：小王"])
    assert "footer" in refusal(path).message.en


def test_formulas_filled_in_ahead_are_refused(tmp_path):
    path = book_of(tmp_path, ["甲", None, 1], [None, None, "=1+1"])
    assert "formulas" in refusal(path).message.en


def test_protected_signed_merged_and_strict_sheets_are_refused(tmp_path):
    protect = bare(tmp_path / "a.xlsx", HEADER, after='<sheetProtection sheet="1"/>')
    signed = bare(tmp_path / "b.xlsx", HEADER, parts={"_xmlsignatures/sig1.xml": "<x/>"})
    merged = bare(tmp_path / "c.xlsx", HEADER, after='<mergeCells><mergeCell ref="A2:B3"/></mergeCells>')
    array = bare(tmp_path / "d.xlsx", HEADER.replace("<is>", '<f t="array" ref="A1:A9">1</f><is>', 1))
    for path, word in ((protect, "protected"), (signed, "signed"), (merged, "merged"), (array, "claims")):
        assert word in refusal(path).message.en


def test_a_full_sheet_and_comments_among_rows_are_refused(tmp_path):
    last = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    assert "1,048,576" in refusal(bare(tmp_path / "a.xlsx", HEADER + last)).message.en
    hidden = bare(tmp_path / "b.xlsx", HEADER + '<row r="2"><c r="A2"><v>1</v></c></row><!-- <row r="9"></row> -->')
    assert isinstance(refusal(hidden), SheetNotUnderstood)
    disorder = bare(tmp_path / "c.xlsx", HEADER + '<row r="9"><c r="A9"/></row><row r="2"><c r="A2"><v>1</v></c></row>')
    assert isinstance(refusal(disorder), SheetNotUnderstood)


@pytest.mark.parametrize("value", ["长" * 32_768, "\ud800", Decimal(1234567890123456), Decimal("-Infinity")])
def test_what_a_cell_cannot_hold_is_refused(tmp_path, value):
    assert isinstance(refusal(bare(tmp_path / "a.xlsx", HEADER), [Cell(str(value), value)]), CannotHold)


def test_prefixed_names_are_written_with_the_prefix(tmp_path):
    rows = HEADER
    for name in ("row", "c", "is", "t"):
        rows = (
            rows.replace(f"<{name}>", f"<x:{name}>")
            .replace(f"<{name} ", f"<x:{name} ")
            .replace(f"</{name}>", f"</x:{name}>")
        )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    path = bare(tmp_path / "a.xlsx", "", parts={"xl/worksheets/sheet1.xml": xml})
    written(path, [Cell("甲", "甲"), TWO])
    assert [cell.value for cell in sheet_cells(path)[2]] == ["甲", 2]


def test_a_file_that_was_written_wrong_does_not_pass(tmp_path):
    path = book_of(tmp_path, ["甲", None, 1])
    change = opened(path).append([[Cell("乙", "乙"), None, TWO]])
    caught = 0
    for at in range(0, len(change.new), 97):
        path.write_bytes(change.new[:at] + bytes([change.new[at] ^ 1]) + change.new[at + 1 :])
        passes = is_proved(change, path)
        assert not passes or contents(path.read_bytes()) == contents(change.new)  # in the zip's own record of times
        caught += not passes
    assert caught > len(change.new) / 97 * 0.8


def is_proved(change, path):
    try:
        change.verify(path)
    except WrittenWrong:
        return False
    return True


def contents(raw):
    return [(packed, crc) for packed, crc, *_ in records(raw).values()]


def naughty():
    if not (DATA / "naughty_strings.json").exists():
        pytest.skip("the shared data is not here")
    return [text for text in json.loads((DATA / "naughty_strings.json").read_text()) if text and not text.isspace()]


def test_naughty_strings_come_back_unchanged(tmp_path):
    from python_calamine import CalamineWorkbook

    path = bare(tmp_path / "a.xlsx", HEADER)
    strings = naughty()
    written(path, *[texts(text) for text in strings])
    assert [row[0] for _, row in opened(path).rows()] == strings
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in theirs[1:]] == strings


@given(st.lists(st.text(min_size=1).filter(lambda text: not text.isspace()), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_unchanged(tmp_path_factory, values):
    values = [text.encode("utf-16", "replace").decode("utf-16") for text in values]
    path = bare(tmp_path_factory.mktemp("x") / "a.xlsx", HEADER)
    written(path, *[texts(text) for text in values])
    assert opened(path).last_rows(9) == [[text, ""] for text in values]


def appended_or_refused(path, name, target):
    """Whether rows could be added to one sheet of a sample workbook, everything else being proved unchanged."""
    try:
        ledger = opened_any(path, name)
    except NoHeadings:
        return False
    before = list(ledger.rows())
    row = [(Cell("文字 <&>", "文字 <&>"), TWO, DAY)[place % 3] for place in range(len(ledger.headings))]
    change = ledger.append([row] * 3)
    target.write_bytes(change.new)
    change.verify(target)
    old, new = records(path.read_bytes()), records(change.new)
    changed = {part for part in old if old[part] != new[part]}
    assert list(old) == list(new)
    assert str(ledger.facts["part"]) in {part.replace("\\", "/") for part in changed}
    assert all("tables/" in part or "sheet" in part.lower() for part in changed)
    assert len(changed) <= 2
    after = list(opened_any(target, name, ledger.header_row).rows())
    assert (after[: len(before)], len(after)) == (before, len(before) + 3)
    return True


@pytest.mark.skipif(not (DATA / "workbooks").exists(), reason="the shared data is not here")
def test_every_sample_workbook_is_appended_to_or_refused_with_a_sentence(tmp_path):
    appended, refused, sentences = set(), set(), []
    for path in sorted((DATA / "workbooks").glob("*/*")):
        try:
            for name in STORE.sheet_names(path):
                if appended_or_refused(path, name, tmp_path / "b.xlsx"):
                    appended.add(path)
        except FileTrouble as trouble:
            sentences.append(trouble.message)
            refused.add(path)
    assert all(text.zh and text.en and text.zh != text.en for text in sentences)
    assert len(appended) >= 75
    assert len(refused) <= 30


@pytest.mark.skipif(not (DATA / "workbooks").exists(), reason="the shared data is not here")
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_openpyxl_sees_every_old_cell_unchanged(tmp_path):
    seen = 0
    for path in sorted((DATA / "workbooks" / "xlsxwriter").glob("*0[12].xlsx"))[::4]:
        names = [name for name in STORE.sheet_names(path) if can(path, name, tmp_path / "b.xlsx")]
        for name in names[:1]:
            old, new = (openpyxl.load_workbook(one)[name] for one in (path, tmp_path / "b.xlsx"))
            cells = [cell for row in old.iter_rows() for cell in row if cell.value is not None]
            assert [plainly(new[cell.coordinate].value) for cell in cells] == [plainly(cell.value) for cell in cells]
            seen += 1
    assert seen >= 5


def plainly(value):
    """A value that can be compared; openpyxl's array formulas compare by identity."""
    return getattr(value, "text", value)


def can(path, name, target):
    try:
        return appended_or_refused(path, name, target)
    except FileTrouble:
        return False


def big(path, rows):
    lines = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>客户{n % 999}</t></is></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(2, rows + 2)
    )
    return bare(path, HEADER + lines)


def seconds(work):
    from time import perf_counter

    start = perf_counter()
    work()
    return perf_counter() - start


def grown_by_openpyxl(path, target):
    book = openpyxl.load_workbook(path)
    book.worksheets[0].append(["甲", 1])
    book.save(target)


@pytest.mark.parametrize("rows", [5_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_an_append_is_many_times_faster_than_load_and_save(tmp_path, rows):
    path = big(tmp_path / "a.xlsx", rows)
    facts = opened(path).facts

    def ours():
        sheet = STORE.open(opened(path).spot, len, facts=facts)
        change = sheet.append([[Cell("甲", "甲"), TWO]])
        (tmp_path / "b.xlsx").write_bytes(change.new)
        change.verify(tmp_path / "b.xlsx")
        sheet.close()

    assert min(seconds(ours) for _ in range(3)) * 8 < seconds(lambda: grown_by_openpyxl(path, tmp_path / "c.xlsx"))


@pytest.mark.slow
def test_libreoffice_opens_the_result(tmp_path):
    import csv
    import shutil
    import subprocess

    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = book_of(
        tmp_path, ["甲", date(2026, 1, 2), 1], build=lambda sheet: sheet.add_table(Table(displayName="T", ref="A1:C2"))
    )
    written(path, [Cell("=1+1", "=1+1"), DAY, TWO])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert list(csv.reader((tmp_path / "a.csv").read_text().splitlines()))[2] == ["=1+1", "2026-05-06", "2"]
