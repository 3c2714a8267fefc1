"""Tables that are documents on paper."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from salesaid.core.kinds import MONEY, TEXT
from salesaid.core.tables import NO_LINE, Field, Note, Paper, Table
from salesaid.core.text import Text, same
from salesaid.render import Occasion
from salesaid.render.as_xlsx import to_file
from salesaid.render.check_workbook import WorkbookDiffers, check_again

NONE = same("")
FIELDS = (Field("what", Text("摘要", "What"), TEXT, folds=True), Field("sum", Text("金额", "Sum"), MONEY))
PAPER = Paper(
    above=((same("To: us"), same("June")),),
    below=(NO_LINE, (same("a very long sentence " * 5), NONE), (same("=stamp"), same("theirs"))),
)
ROWS = [("goods", Decimal("1.50")), ("all", Decimal("1.50"))]
TABLE = Table(Text("单据", "Paper"), FIELDS, ROWS, notes=(Note("x", "warning", same("inner matter")),), paper=PAPER)


def sheet_of(table, lang="en"):
    data = to_file(table, Occasion(lang, "x", date(2026, 11, 23)))
    check_again(data, table)
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_lines_stand_around_the_table_and_no_note_goes_out():
    sheet = sheet_of(TABLE)
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[:5] == [
        ["Paper", None],
        ["To: us", "June"],
        ["What", "Sum"],
        ["goods", 1.5],
        ["all", 1.5],
    ]
    assert cells[6][0].startswith("a very long")
    assert cells[7] == ["=stamp", "theirs"]
    assert "inner matter" not in [value for row in cells for value in row]
    assert sheet["A8"].quotePrefix
    assert sheet.row_dimensions[7].height > sheet.row_dimensions[8].height


def test_title_and_whole_lines_go_over_the_width_and_it_stands_upright():
    sheet = sheet_of(TABLE)
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A1:B1", "A6:B6", "A7:B7"} == merged
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.auto_filter.ref is None
    assert sheet.print_title_rows == "$3:$3"
    assert sheet["B4"].border.left.style == sheet["A5"].border.bottom.style == "thin"


def test_rows_that_sum_up_are_set_off():
    sheet = sheet_of(TABLE._replace(strong=frozenset({1})))
    assert [sheet[f"A{row}"].font.bold for row in (4, 5)] == [False, True]


def test_totals_stand_below_the_rows_and_are_checked():
    table = TABLE._replace(totals={"sum": Decimal("3.00")})
    assert [cell.value for cell in sheet_of(table)[6]] == ["Total", 3]
    data = to_file(table, Occasion("en", "x", date(2026, 11, 23)))
    with pytest.raises(WorkbookDiffers):
        check_again(data, table._replace(totals={"sum": Decimal("3.01")}))


def test_an_empty_one_says_so():
    sheet = sheet_of(TABLE._replace(rows=[]), "zh")
    assert sheet["A4"].value == "没有符合条件的记录"
    assert sheet["A7"].value == "=stamp"


def test_a_table_that_is_no_paper_sets_off_its_sums_too():
    sheet = sheet_of(TABLE._replace(paper=None, strong=frozenset({1})))
    assert [sheet[f"A{row}"].font.bold for row in (4, 5)] == [False, True]
    assert sheet.page_setup.orientation == "landscape"
