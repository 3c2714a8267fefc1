"""A ledger whose headings do not do says where they stand."""

from __future__ import annotations

from openpyxl import Workbook


def test_a_missing_heading_names_file_and_row(desk):
    desk.write("订单.csv", "骏业 2026 年订单\n订单号,客户,产品,单价\nA1,骏业,主板,5")
    error = desk.json("order list")["errors"][0]
    assert error["code"] == "missing-heading"
    assert error["message"].startswith("订单没有这些必需的列：")
    assert (error["where"]["file"], error["where"]["row"]) == ("订单.csv", 2)
    assert "订单.csv" in desk.run("order list").err


def test_in_a_workbook_it_names_the_sheet_too(desk):
    book = Workbook()
    book.active.title = "明细"
    book.active.append(["订单号", "客户", "产品", "单价"])
    book.save(desk.folder / "订单.xlsx")
    where = desk.json("order list")["errors"][0]["where"]
    assert (where["file"], where["sheet"], where["row"]) == ("订单.xlsx", "明细", 1)


def test_a_doubled_heading_names_its_file(desk):
    desk.write("订单.csv", "订单号,日期,客户,产品,数量,数量\nA1,2026-11-01,骏业,主板,5,6")
    assert desk.json("order list")["errors"][0]["where"]["file"] == "订单.csv"
