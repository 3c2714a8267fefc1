"""Single cells of a workbook changed, and new workbooks made."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from salesaid.core.errors import FileTrouble
from salesaid.storage import xlsx_append, xlsx_edit
from salesaid.storage.contract import Cell, CellEdit, Spot
from salesaid.storage.trouble import ChangedElsewhere
from salesaid.storage.xlsx_create import sheet_name
from salesaid.storage.xlsx_store import STORE
from salesaid.storage.xlsx_trouble import CannotChange, WrittenWrong
from tests.storage.xlsx_books import HEADER, bare, midnight, opened

FORMATS = ("@", "yyyy-mm-dd", "#,##0.00")


@pytest.fixture
def path(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["客户", "备注", "数量"], ["甲", "旧", 1], ["乙", None, "=1+1"], ["丙", "b", 3]):
        sheet.append(row)
    sheet["B2"].fill = PatternFill("solid", "FF0000")
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def edited(path, *edits):
    change = opened(path).edit(edits)
    path.write_bytes(change.new)
    change.verify(path)
    return openpyxl.load_workbook(path).worksheets[0]


def test_a_cell_gets_a_new_value_in_its_old_style(path):
    sheet = edited(path, CellEdit(2, 1, "旧", Cell("新", "新")), CellEdit(4, 2, "3", Cell("4.5", Decimal("4.5"))))
    assert (sheet["B2"].value, sheet["B2"].fill.fgColor.rgb, sheet["C4"].value) == ("新", "00FF0000", 4.5)
    assert [sheet["A2"].value, sheet["A3"].value, sheet["C3"].value] == ["甲", "乙", "=1+1"]


def test_a_missing_cell_is_put_in_its_place(path):
    sheet = edited(path, CellEdit(3, 1, "", Cell("有了", "有了")), CellEdit(2, 4, "", Cell("末", "末")))
    assert [cell.value for cell in sheet[3]] == ["乙", "有了", "=1+1", None, None]
    assert sheet["E2"].value == "末"
    assert [row[1] for _, row in opened(path).rows()] == ["旧", "有了", "b"]


def test_an_empty_cell_element_before_others_is_no_obstacle(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER + '<row r="2"><c r="A2" t="inlineStr" /><c r="B2"><v>1</v></c></row>')
    sheet = edited(path, CellEdit(2, 0, "", Cell("甲", "甲")), CellEdit(2, 1, "1", Cell("2", Decimal(2))))
    assert [cell.value for cell in sheet[2]] == ["甲", 2]


def test_a_cell_can_be_emptied(path):
    assert edited(path, CellEdit(2, 1, "旧", Cell("", None)))["B2"].value is None


def test_a_row_without_cells_and_two_new_cells_side_by_side(tmp_path):
    path = bare(tmp_path / "a.xlsx", HEADER + '<row r="2"/><row r="3"><c r="B3"><v>1</v></c></row>')
    sheet = edited(path, CellEdit(2, 0, "", Cell("甲", "甲")), CellEdit(2, 1, "", Cell("乙", "乙")))
    assert [cell.value for cell in sheet[2]] == ["甲", "乙"]


@pytest.mark.parametrize(
    "edit",
    [
        CellEdit(2, 1, "别的", Cell("x", "x")),
        CellEdit(9, 1, "", Cell("x", "x")),
        CellEdit(1, 0, "客户", Cell("x", "x")),
    ],
)
def test_a_cell_that_is_not_as_it_was_read_is_left_alone(path, edit):
    with pytest.raises(ChangedElsewhere):
        opened(path).edit([edit])


def test_formulas_and_cells_with_special_content_are_left_alone(path, tmp_path):
    with pytest.raises(CannotChange, match="formula"):
        opened(path).edit([CellEdit(3, 2, "", Cell("x", "x"))])
    rich = bare(tmp_path / "b.xlsx", HEADER + '<row r="2"><c r="A2" t="e" vm="1"><v>#VALUE!</v></c></row>')
    with pytest.raises(CannotChange, match="special"):
        opened(rich).edit([CellEdit(2, 0, "#VALUE!", Cell("x", "x"))])


def test_a_protected_sheet_is_not_edited(tmp_path):
    row = '<row r="2"><c r="A2"><v>1</v></c></row>'
    path = bare(tmp_path / "a.xlsx", HEADER + row, after='<sheetProtection sheet="1"/>')
    with pytest.raises(CannotChange, match="protected"):
        opened(path).edit([CellEdit(2, 0, "1", Cell("x", "x"))])


def made(tmp_path, *rows, name="订单.xlsx"):
    change = STORE.create(Spot(tmp_path / name), ("客户", "日期", "金额"), FORMATS, rows)
    (tmp_path / name).write_bytes(change.new)
    change.verify(tmp_path / name)
    return tmp_path / name


def test_a_new_workbook_has_bold_frozen_headings_that_fit(tmp_path):
    sheet = openpyxl.load_workbook(made(tmp_path)).worksheets[0]
    assert (sheet.title, sheet.freeze_panes) == ("订单", "A2")
    assert [cell.value for cell in sheet[1]] == ["客户", "日期", "金额"]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.column_dimensions["B"].width >= 12


def test_rows_of_a_new_workbook_and_later_ones_are_formatted_by_their_columns(tmp_path):
    row = [Cell("00123", "00123"), Cell("2026-05-06", date(2026, 5, 6)), Cell("2.50", Decimal("2.50"))]
    path = made(tmp_path, row)
    path.write_bytes(opened(path).append([row]).new)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    for number in (2, 3):
        assert [cell.value for cell in sheet[number]] == ["00123", midnight(date(2026, 5, 6)), 2.5]
        assert [cell.number_format for cell in sheet[number]] == list(FORMATS)
    assert [texts for _, texts in opened(path).rows()] == [["00123", "2026-05-06", "2.5"]] * 2


def test_the_same_input_makes_the_same_bytes(tmp_path):
    first = made(tmp_path, name="a.xlsx").read_bytes()
    assert STORE.create(Spot(tmp_path / "a.xlsx"), ("客户", "日期", "金额"), FORMATS, ()).new == first


def test_a_new_file_that_was_written_wrong_does_not_pass(tmp_path):
    change = STORE.create(Spot(tmp_path / "a.xlsx"), ("客户", "日期", "金额"), FORMATS, ())
    (tmp_path / "t").write_bytes(change.new[:-1] + b"x")
    with pytest.raises((WrittenWrong, FileTrouble)):
        change.verify(tmp_path / "t")


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("订单", "订单"), ("a/b:c", "a_b_c"), ("'x'", "x"), ("", "Sheet1"), ("History", "Sheet1"), ("长" * 40, "长" * 31)],
)
def test_a_sheet_gets_a_name_that_excel_takes(wanted, name):
    assert sheet_name(wanted) == name


def test_no_time_of_saving_is_in_a_new_workbook(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(made(tmp_path).read_bytes()))
    assert book.properties.modified == book.properties.created == midnight(date(2000, 1, 1))


def test_the_sheet_is_searched_once_however_many_rows_are_edited(tmp_path, monkeypatch):
    """Each of 10,000 rows of an import that is undone used to search the whole sheet, and to read 50 rows above it."""
    book = openpyxl.Workbook()
    for row in (["客户", "数量"], *([f"客户{at}", at] for at in range(300))):
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    searches: list[object] = []
    claims, above = xlsx_edit.refuse_spanning, xlsx_append.spans_from_end
    monkeypatch.setattr(xlsx_edit, "refuse_spanning", lambda *given: searches.append("claims") or claims(*given))
    monkeypatch.setattr(xlsx_append, "spans_from_end", lambda *given: searches.append("above") or above(*given))
    edits = [CellEdit(at + 2, 1, str(at), Cell("", None)) for at in range(300)]
    sheet = edited(tmp_path / "a.xlsx", *edits)
    assert {cell.value for (cell,) in sheet.iter_rows(min_row=2, min_col=2, max_col=2)} == {None}
    assert searches == ["claims"]
