from __future__ import annotations

from datetime import date

import openpyxl
import pytest


@pytest.fixture(autouse=True)
def here(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)


def put(desk, name, text, encoding="utf-8"):
    (desk.folder / name).write_bytes((text.strip() + "\n").replace("\n", "\r\n").encode(encoding))


def workbook(desk, name, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(desk.folder / name)


SALES = [
    ["公司销售台账"], [], ["销售日期", "客户", "产品型号", "数目", "单价", "备注"],
    [date(2026, 11, 1), "骏业", "A1", 2, 3, None], ["2026/11/2", "安卡", "B1", 1, 5, None],
]  # fmt: skip


def test_a_workbook_is_used_where_it_lies_and_appended_to_in_its_own_layout(desk):
    workbook(desk, "销售2026.xlsx", 销售=SALES, 说明=[["说明"]])
    answer = desk.json("adopt 销售2026.xlsx")["data"]
    assert (answer["ledger"], answer["ships"], answer["rows"], answer["header_row"]) == ("orders", "at_once", 2, 3)
    assert 'sheet = "销售"' in desk.text("salesaid.toml")
    assert '"数目" = "qty"' in desk.text("salesaid.toml")
    assert [row["ordered"] for row in desk.rows("order list")] == [1, 2]
    assert desk.run("order add 安卡 B1×2@5").code == 0
    rows = list(openpyxl.load_workbook(desk.folder / "销售2026.xlsx")["销售"].iter_rows(values_only=True))
    assert rows[-1][1:5] == ("安卡", "B1", 2, 5)
    assert not (desk.folder / "订单.csv").exists()


def test_a_sheet_that_is_no_sale_follows_orders_with_shipments(desk):
    put(desk, "合同.csv", "合同号,下单日期,客户,型号,数量,交期\nH1,2026-11-01,骏业,A1,2,2026-12-01", "gb18030")
    assert desk.json("adopt 合同.csv")["data"]["ships"] == "later"
    assert desk.rows("order list")[0]["shipping"] == "unshipped"


def test_what_left_the_warehouse_is_a_book_of_sales_unless_it_names_orders(desk):
    put(desk, "出库.csv", "出库日期,客户,型号,出库数量,单价\n2026-11-01,骏业,A1,2,3")
    assert desk.json("adopt 出库.csv --dry-run")["data"]["ledger"] == "orders"
    put(desk, "出库单.csv", "出库单号,出库日期,关联订单,客户,型号,出库数量\nC1,2026-11-01,S1,骏业,A1,2")
    assert desk.json("adopt 出库单.csv --dry-run")["data"]["ledger"] == "shipments"
    assert desk.json("adopt 出库.csv --as shipments --dry-run")["data"]["ledger"] == "shipments"


def test_ships_is_what_was_said_or_answered(desk):
    workbook(desk, "a.xlsx", 销售=SALES)
    assert desk.json("adopt a.xlsx --ships later --dry-run")["data"]["ships"] == "later"
    assert desk.run("adopt a.xlsx", stdin="n\n").code == 0
    assert 'ships = "later"' in desk.text("salesaid.toml")


def test_comments_of_the_settings_stay_and_undo_takes_the_adoption_back(desk):
    desk.write("salesaid.toml", '# 我的账本\n[book]\nlanguage = "zh"  # 中文\n')
    put(desk, "客户表.csv", "客户,联系人,电话\n骏业,何,138")
    before = (desk.folder / "salesaid.toml").read_bytes()
    data = (desk.folder / "客户表.csv").read_bytes()
    assert desk.run("adopt 客户表.csv").code == 0
    assert (desk.folder / "salesaid.toml").read_bytes().startswith(before)
    assert (desk.folder / "客户表.csv").read_bytes() == data
    assert [row["customer"] for row in desk.rows("customer list")] == ["骏业"]
    assert desk.run("undo").code == 0
    assert (desk.folder / "salesaid.toml").read_bytes() == before


def test_a_dry_run_writes_nothing(desk):
    put(desk, "客户表.csv", "客户,联系人,电话\n骏业,何,138")
    before = desk.text("salesaid.toml")
    assert desk.json("adopt 客户表.csv --dry-run")["data"]["dry_run"] is True
    assert desk.text("salesaid.toml") == before


def test_rows_that_are_set_aside_are_named(desk):
    put(
        desk,
        "合同.csv",
        "合同号,下单日期,客户,型号,数量,交期\nH1,2026-11-01,骏业,A1,2,\nH2,某天,骏业,A1,2,\n合计,,,,4,",
    )
    answer = desk.json("adopt 合同.csv")["data"]
    assert (answer["rows"], answer["aside"]) == (1, 2)
    assert "第 3 行" in answer["notes"][-1]["text"] + answer["notes"][0]["text"]


@pytest.mark.parametrize("ending", [".xls", ".ods"])
def test_formats_that_cannot_be_appended_to_are_refused_with_import(desk, ending):
    (desk.folder / f"a{ending}").write_bytes(b"x")
    refused = desk.run(f"adopt a{ending}")
    assert refused.code == 2
    assert "salesaid import" in refused.err


def test_wide_sheets_two_rows_of_headings_and_several_months_are_refused_with_what_to_do(desk):
    put(
        desk,
        "借用.2026.csv",
        "借出日期,借用单位,产品型号,数量,归还日期\n2026-09-01,骏业,A,3,\n2026-09-02,骏业,A,3,2026-09-03",
    )
    assert "salesaid import" in desk.run("adopt 借用.2026.csv").err
    workbook(desk, "二.xlsx", 订单=[["客户", "下单", None], [None, "日期", "数量"], ["骏业", "2026-11-01", 2]])
    assert desk.run("adopt 二.xlsx --as orders").code == 2
    workbook(desk, "月.xlsx", **{"1月": SALES, "2月": SALES})
    refused = desk.run("adopt 月.xlsx")
    assert refused.code == 2
    assert "--sheet" in refused.err
    assert desk.run("adopt 月.xlsx --sheet 2月").code == 0


def test_a_ledger_that_the_book_has_is_not_adopted_twice(desk):
    """
    订单.csv
    单号,日期,产品,数量,客户
    A1,2026-05-01,主板,1,骏业
    """
    workbook(desk, "a.xlsx", 销售=SALES)
    assert desk.run("adopt a.xlsx").code == 2
    assert desk.run("adopt 订单.csv").code == 2
    assert desk.run("adopt 没有.csv").code == 3
