from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from salesaid.core.errors import Refused
from salesaid.core.kinds import DATE, MONEY, TEXT
from salesaid.core.tables import Card, Field, Note, Paper, Table
from salesaid.core.text import Text, same
from salesaid.render import Occasion
from salesaid.render.as_xlsx import to_file
from salesaid.render.check_workbook import WorkbookDiffers, check_again
from salesaid.render.sheet_plan import FIRST_ROW, MOST_COLUMNS, MOST_ROWS, TooMuchForExcel
from salesaid.render.sheet_texts import TextTooLongForExcel
from salesaid.render.visible import visible_in_sheet

DAY = date(2026, 11, 22)
OCCASION = Occasion("zh", "order list", DAY)
NAUGHTY = Path(__file__).parents[2] / ".." / "shared" / "data" / "naughty_strings.json"


def opened(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def parts(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode()


def texts_read(data: bytes, count: int) -> list[object]:
    """The first column's cells as a reader that decodes _x000D_ sees them."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return [row[0] for row in rows[FIRST_ROW - 1 : FIRST_ROW - 1 + count]]


def test_cells_are_typed(orders) -> None:
    sheet = opened(to_file(orders(2), OCCASION))
    values = [cell.value for cell in sheet[FIRST_ROW]]
    assert values[1].date() == date(2026, 12, 2)
    assert values[4:] == [1, 120.5, "已收", "否"]
    assert [sheet.cell(FIRST_ROW, n).number_format for n in (1, 2, 6)] == ["@", DATE.excel, MONEY.excel]


def test_a_sheet_has_title_day_headings_totals_and_notes(orders) -> None:
    sheet = opened(to_file(orders(2), OCCASION))
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A3"].value, sheet["H3"].value] == [
        "订单",
        "2026-11-22",
        "订单号",
        "加急",
    ]
    assert [sheet["A6"].value, sheet["E6"].value, sheet["F6"].value] == ["合计", 3, 361.5]
    assert sheet["E6"].font.bold
    assert sheet["A8"].value == "2 行没有单价"


def test_a_sheet_is_ready_to_be_read_and_printed(orders) -> None:
    sheet = opened(to_file(orders(2), OCCASION))
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A4", "A3:H5", "$3:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_columns_are_wide_enough_for_chinese(orders) -> None:
    sheet = opened(to_file(orders(2), OCCASION))
    assert sheet.column_dimensions["C"].width >= 2 * len("北京华夏立鸿商贸有限责任公司")
    assert sheet.column_dimensions["H"].width < 12


def test_an_english_run_has_english_headings(orders) -> None:
    sheet = opened(to_file(orders(1), OCCASION._replace(lang="en")))
    assert [sheet.title, sheet["A3"].value, sheet["G4"].value, sheet["A5"].value] == [
        "Orders",
        "Order No",
        "paid",
        "Total",
    ]


def test_no_text_becomes_a_formula_a_link_or_an_error(texts, injections) -> None:
    data = to_file(texts(*injections), OCCASION)
    assert texts_read(data, len(injections)) == [visible_in_sheet(text) for text in injections]
    for name, part in parts(data):
        assert not re.search(r"<f[ >]|hyperlink|externalLink|t=\"e\"|vbaProject", part), name


def test_what_looks_like_a_formula_is_marked_as_text(texts) -> None:
    sheet = opened(to_file(texts("=1+1", " @x", "plain"), OCCASION))
    assert [sheet.cell(row, 1).quotePrefix for row in (4, 5, 6)] == [True, True, False]
    assert [sheet.cell(row, 1).data_type for row in (4, 5, 6)] == ["s"] * 3


def test_hostile_text_is_held_with_its_control_characters_written_out(texts, hostile) -> None:
    data = to_file(texts(*hostile), OCCASION)
    assert texts_read(data, len(hostile)) == [visible_in_sheet(text) for text in hostile]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_sees_every_text_as_it_is(texts, injections, tmp_path) -> None:
    plain = [text for text in injections if text.isprintable()]
    (tmp_path / "t.xlsx").write_bytes(to_file(texts(*plain), OCCASION))
    to_csv = ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", tmp_path, tmp_path / "t.xlsx"]
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    subprocess.run(["libreoffice", home, "--headless", *to_csv], check=True, capture_output=True)
    rows = list(csv.reader((tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows[FIRST_ROW - 1 :]] == plain


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the list of naughty strings is not there")
def test_naughty_strings_come_out_as_they_went_in(texts) -> None:
    naughty = [text for text in json.loads(NAUGHTY.read_text(encoding="utf-8")) if text]
    read = texts_read(to_file(texts(*naughty), OCCASION), len(naughty))
    assert read == [visible_in_sheet(text) for text in naughty]
    assert sum(cell != text for cell, text in zip(read, naughty, strict=True)) < 10


def test_the_same_tables_give_the_same_bytes(orders) -> None:
    card = Card(same("单"), (orders(3), orders(0)))
    assert to_file(card, OCCASION) == to_file(card, OCCASION)
    assert to_file(card, OCCASION) != to_file(card, OCCASION._replace(day=date(2026, 11, 23)))


def test_nothing_in_a_workbook_tells_when_it_was_made(orders) -> None:
    data = to_file(orders(1), OCCASION)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    times = re.findall(r">(\d{4}-\d\d-\d\dT[^<]*)<", dict(parts(data))["docProps/core.xml"])
    assert times == ["2026-11-22T00:00:00Z"] * 2


def test_a_card_has_a_sheet_a_table_and_its_notes_on_the_first(orders, texts) -> None:
    card = Card(same("单"), (orders(31), texts("甲"), orders(0)), (Note("n", "info", same("截至今日")),))
    book = openpyxl.load_workbook(io.BytesIO(to_file(card, OCCASION)))
    assert book.sheetnames == ["订单", "名称", "订单 (2)"]
    assert [book["订单"]["A37"].value, book["订单 (2)"]["A4"].value] == ["截至今日", "没有符合条件的记录"]


def test_small_tables_of_a_card_stand_below_each_other_on_one_sheet(orders, texts) -> None:
    card = Card(same("单"), (orders(2), texts("甲")), (Note("n", "info", same("截至今日")),))
    data = to_file(card, OCCASION)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["单"]
    said = [cell.value for cell in book["单"]["A"] if cell.value]
    assert [said[0], said[2], said[3]] == ["单", "订单", "订单号"]
    assert said[-3:] == ["名称", "甲", "截至今日"]
    check_again(data, card)


def test_a_number_that_excel_would_round_is_kept_as_text() -> None:
    amounts = [Decimal("123456789012.123456"), Decimal("9.10000000000001"), Decimal("0.1")]
    table = Table(same("t"), (Field("amount", same("amount"), MONEY),), [(amount,) for amount in amounts])
    data = to_file(table, OCCASION)
    assert [cell.value for cell in opened(data)["A"][3:6]] == ["123456789012.123456", 9.10000000000001, 0.1]
    check_again(data, table)


def test_a_whole_number_is_a_number_whatever_made_it() -> None:
    table = Table(same("t"), (Field("amount", same("amount"), MONEY),), [(-3,)], {"amount": -3})
    assert [cell.value for cell in opened(to_file(table, OCCASION))["A"][3:5]] == [-3, -3]


def test_a_day_that_excel_cannot_count_is_kept_as_text() -> None:
    table = Table(same("t"), (Field("day", same("day"), DATE),), [(date(1900, 2, 28),), (date(1900, 3, 1),)])
    assert [type(cell.value).__name__ for cell in opened(to_file(table, OCCASION))["A"][3:5]] == ["str", "datetime"]


@pytest.mark.parametrize(("text", "fits"), [("x" * 32_767, True), ("x" * 32_768, False), ("😀" * 16_384, False)])
def test_a_text_longer_than_a_cell_is_refused_and_never_cut(texts, text, fits) -> None:
    if fits:
        assert texts_read(to_file(texts(text), OCCASION), 1) == [text]
    else:
        with pytest.raises(TextTooLongForExcel):
            to_file(texts(text), OCCASION)


@pytest.mark.parametrize("rows", [1, MOST_ROWS])
def test_what_no_sheet_can_hold_is_refused_before_any_is_written(orders, rows) -> None:
    fields = tuple(Field(f"c{at}", same("c"), TEXT) for at in range(MOST_COLUMNS + 1 if rows == 1 else 1))
    paper = None if rows == 1 else Paper()
    with pytest.raises(TooMuchForExcel) as refused:
        to_file(Table(Text("订单", "Orders"), fields, range(rows), paper=paper), OCCASION)
    assert issubclass(refused.type, Refused)
    assert str(rows) in refused.value.message.zh


def test_a_workbook_opened_again_agrees_with_its_tables_and_no_others(orders, texts, injections) -> None:
    card, other = (Card(same("单"), (orders(rows), orders(0), texts(*injections))) for rows in (50, 49))
    data = to_file(card, OCCASION)
    check_again(data, card)
    with pytest.raises(WorkbookDiffers):
        check_again(data, other)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"<v>120.50</v>", b"<v>120.51</v>"), (b"<v>361.50</v>", b"<v>361.51</v>"), (b'<row r="5">.*?</row>', b"")],
)
def test_a_workbook_that_lost_a_figure_is_not_let_through(orders, old, new) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(to_file(orders(2), OCCASION))) as archive, zipfile.ZipFile(data, "w") as spoilt:
        for name in archive.namelist():
            part = archive.read(name)
            spoilt.writestr(name, re.sub(old, new, part) if "sheet1" in name else part)
    with pytest.raises(WorkbookDiffers):
        check_again(data.getvalue(), orders(2))


def test_a_missing_sheet_is_not_let_through(orders) -> None:
    with pytest.raises(WorkbookDiffers):
        check_again(to_file(orders(2), OCCASION), Card(same("单"), (orders(2), orders(2))))


def test_text_columns_have_the_format_of_text(texts) -> None:
    assert opened(to_file(texts("00123"), OCCASION))["A4"].number_format == TEXT.excel == "@"


def test_errors_speak_both_languages() -> None:
    error = TooMuchForExcel(Text("订单", "Orders"), 2_000_000, 3)
    assert "订单" in error.message.zh
    assert "Orders" in error.message.en
    assert error.code == "too-much-for-excel"


WHY = "在库 20－已订 290，最低 100，日均 12.00（近 90 天），撑不过今天，发不全：SO20261120-001、SO20261119-001 等 5 单"


def reasons(*texts: str) -> Table:
    fields = (Field("product", same("产品"), TEXT), Field("why", same("原因"), TEXT, folds=True))
    return Table(same("库存预警"), fields, [("主板", text) for text in texts])


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    sheet = opened(to_file(reasons(WHY, "在库 3", f"{WHY}，{WHY}", "甲\n乙"), OCCASION))
    heights = [sheet.row_dimensions[row].height for row in range(4, 8)]
    assert heights == [51, None, 102, 34]
    assert (sheet["B4"].alignment.wrap_text, sheet["A4"].alignment.vertical) == (True, "center")


def test_a_row_whose_texts_fit_has_no_empty_second_line() -> None:
    sheet = opened(to_file(reasons("回单上没写是哪张单", "在库 3"), OCCASION))
    assert [sheet.row_dimensions[row].height for row in (4, 5)] == [None, None]
    assert sheet.sheet_format.defaultRowHeight == 18


def test_no_row_is_higher_than_excel_has_them() -> None:
    assert opened(to_file(reasons(WHY * 50), OCCASION)).row_dimensions[4].height == 409


def test_a_card_leaves_out_columns_that_say_nothing(orders) -> None:
    table = orders(3)._replace(rows=[(*row[:2], None, "", *row[4:]) for row in orders(3).rows])
    card = Card(same("单"), (table,))
    data = to_file(card, OCCASION)
    heads = [cell.value for cell in opened(data)[3]]
    assert heads == ["订单号", "交期", "数量", "金额", "收款", "加急"]
    assert "客户" in [cell.value for cell in opened(to_file(table, OCCASION))[3]]
    check_again(data, card)
