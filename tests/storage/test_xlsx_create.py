from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from salesaid.storage.contract import Cell, Spot
from salesaid.storage.xlsx_store import STORE


def widths(tmp_path, *rows):
    """How wide the columns are that a new workbook with these rows gets."""
    change = STORE.create(Spot(tmp_path / "订单.xlsx"), ("订单号", "日期"), ("@", "yyyy\\-mm\\-dd"), rows)
    (tmp_path / "订单.xlsx").write_bytes(change.new)
    sheet = openpyxl.load_workbook(tmp_path / "订单.xlsx").worksheets[0]
    return [sheet.column_dimensions[letter].width for letter in "AB"]


def test_a_document_number_fits_its_column(tmp_path):
    number = "SO20261123-001"
    day = Cell("2026-11-23", date(2026, 11, 23))
    assert widths(tmp_path, [Cell(number, number), day]) == [len(number) + 2, 12]


@pytest.mark.parametrize(("text", "width"), [("深圳骏业电子", 14), ("长" * 30, 40), ("x", 10), ("", 10)])
def test_a_column_is_as_wide_as_its_widest_text_within_limits(tmp_path, text, width):
    assert widths(tmp_path, [Cell(text, text), None], [None], []) == [width, 12]


def test_a_new_ledger_prints_across_the_paper_with_its_headings_on_every_page(tmp_path):
    widths(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "订单.xlsx").worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"


def test_headings_stand_above_their_cells(tmp_path):
    spot = Spot(tmp_path / "订单.xlsx")
    row = [Cell("A", "A"), Cell("2026-11-23", date(2026, 11, 23)), Cell("2", Decimal(2))]
    change = STORE.create(spot, ("订单号", "日期", "数量"), ("@", "yyyy\\-mm\\-dd", "General"), [row])
    spot.path.write_bytes(change.new)
    sheet = openpyxl.load_workbook(spot.path).worksheets[0]
    aligned = [[cell.alignment.horizontal for cell in line] for line in sheet.rows]
    assert aligned == [[None, "center", "right"], [None, "center", "right"]]
    assert {cell.font.name for line in sheet.rows for cell in line} == {"Calibri"}
