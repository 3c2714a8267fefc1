"""Books of a sheet a month held against each other: months that lack a column, hidden ones, rows named with sheets."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from tests.book.test_months import HEADS, desk_of
from tests.desk import Desk


@pytest.fixture
def books(tmp_path):
    """Our book and theirs, alike but for one quantity in September; October has no prices, November is hidden."""
    desk = desk_of(
        tmp_path / "book",
        **{
            "汇总": [["月份", "数量"], ["9月", 3]],
            "9月": [HEADS, ["A1", date(2026, 9, 1), "骏业", "主板", 3, 9, 27]],
            "10月": [HEADS[:5], ["A2", date(2026, 10, 1), "骏业", "电源线", 5]],
            "11月": [HEADS, ["A3", date(2026, 11, 1), "骏业", "风扇", 7, 2, 14]],
        },
    )
    theirs = tmp_path / "对方.xlsx"
    shutil.copy(desk.folder / "销售.xlsx", theirs)
    book = load_workbook(theirs)
    book["9月"]["E2"] = 4
    book["9月"]["G2"] = 36
    book["11月"].sheet_state = "hidden"
    book.save(theirs)
    return desk, str(theirs)


def reconciled(desk: Desk, *words: str):
    answer = desk.json(["reconcile", "orders", *words])
    assert answer["status"] == "ok", answer
    return answer["data"]


def test_a_difference_names_the_rows_it_is_of_whatever_sheet_they_stand_in(books):
    desk, theirs = books
    found = reconciled(desk, theirs, "--sheet", "*月")
    differences = found["tables"][1]["rows"]
    assert [row["why"] for row in differences] == ["qty"]
    [row] = differences
    assert (row["our_sheet"], row["our_row"], row["their_sheet"], row["their_row"]) == ("9月", 2, "9月", 2)
    assert (row["their_no"], row["their_product"], row["their_qty"], row["difference"]) == ("A1", "主板", 4, 9)


def test_months_without_a_column_are_compared_and_hidden_ones_are_named(books):
    desk, theirs = books
    found = reconciled(desk, theirs, "--sheet", "*")
    every = [*found.get("notes", ()), *(note for table in found["tables"] for note in table["notes"])]
    told = [note["text"] for note in every if note["code"] == "sheets_left_out"]
    assert len(told) == 1
    assert "11月 是隐藏的工作表" in told[0]
    assert "汇总" in told[0]
    lines = {row["line"]: row["lines"] for row in found["tables"][0]["rows"]}
    assert (lines["ours"], lines["theirs"]) == (2, 2)


def test_no_month_is_taken_for_the_whole_book_because_it_has_most_columns(books):
    desk, theirs = books
    answer = desk.run(["reconcile", "orders", theirs])
    assert (answer.code, "9月、10月" in answer.err, "--sheet '*月'" in answer.err) == (2, True, True)


def test_a_heading_that_only_some_of_the_sheets_have_may_be_said(books):
    desk, theirs = books
    book = load_workbook(theirs)
    book["9月"]["E1"] = "几个"
    book.save(theirs)
    found = reconciled(desk, theirs, "--sheet", "*月", "--map", "几个=qty")
    assert [row["why"] for row in found["tables"][1]["rows"]] == ["qty"]
    assert desk.run(["reconcile", "orders", theirs, "--sheet", "*月", "--map", "没有=qty"]).code == 2


def test_a_bill_of_several_sheets_is_not_told_to_be_audited_together(books):
    desk, _ = books
    book = Workbook()
    for at, name in enumerate(("10月", "11月")):
        sheet = book.active if at == 0 else book.create_sheet()
        sheet.title = name
        sheet.append(["运单号", "日期", "重量", "运费"])
        sheet.append([f"SF{at}", date(2026, 10 + at, 1), 1, 12])
    path = desk.folder.parent / "顺丰账单.xlsx"
    book.save(path)
    for words in ([], ["--sheet", "*月"]):
        answer = desk.run(["freight", "audit", str(path), "--carrier", "顺丰", *words])
        assert (answer.code, "--sheet '10月'" in answer.err, "*月" in answer.err) == (2, True, False)
