"""Sheets as offices keep them, made the way that users describe them, brought in from end to end."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest


@pytest.fixture(autouse=True)
def here(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)


def put(desk, name, text):
    (desk.folder / name).write_bytes(text.strip().replace("\n", "\r\n").encode("gb18030"))


def ledger(desk, name):
    return list(csv.DictReader(io.StringIO(desk.text(name))))


def book_of(desk):
    """Every file of the book but those of its own folder, by name."""
    return {path.name: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()}


def test_a_purchase_sheet_with_promised_and_actual_days(desk):
    put(
        desk, "采购跟踪表.csv",
        """
采购跟踪表,,,,,,,,
采购单号,采购日期,供应商,物料名称,规格型号,数量,单价,承诺交期,到货日期
CG001,2026-9-1,东莞厂,主板,BVM7-710,100,80,2026-9-20,2026-9-25
CG002,2026.10.1,惠州厂,整机,ZJ-100,10,500,2026.10.20,
""",
    )  # fmt: skip
    assert desk.run("import 采购跟踪表.csv --new").code == 0
    found = [(row["单号"], row["类型"], row["日期"], row["交期"]) for row in ledger(desk, "采购.csv")]
    assert found == [
        ("CG001", "采购", "2026-09-01", "2026-09-20"),
        ("CG001", "到货", "2026-09-25", ""),
        ("CG002", "采购", "2026-10-01", "2026-10-20"),
    ]
    late = desk.json("purchase list --late")["data"]["rows"]
    assert [(row["purchase_no"], row["first_due"], row["open"]) for row in late] == [("CG002", "2026-10-20", 10)]


def test_a_count_sheet_says_who_counted_and_a_bill_where_it_went(desk):
    put(desk, "盘点表.csv", "盘点日期,品名,型号,账面数量,实盘数量,盘点人\n2026-10-31,主板,BVM7-710,100,98,小李\n")
    assert desk.run("import 盘点表.csv --new").code == 0
    assert [(row["实盘数量"], row["经手人"]) for row in ledger(desk, "盘点.csv")] == [("98", "小李")]
    put(desk, "顺丰账单.csv", "日期,运单号码,寄件地区,到件地区,计费重量,应付金额\n2026/10/5,SF1,深圳,广州,2,14\n")
    assert desk.run("import 顺丰账单.csv").code == 0
    assert [(row["始发地"], row["目的地"]) for row in ledger(desk, "运费账单.csv")] == [("深圳", "广州")]


def test_a_bill_that_names_no_carrier_is_told_of(desk):
    put(desk, "账单.csv", "日期,运单号码,计费重量,应付金额\n2026/10/5,SF1,2,14\n")
    notes = desk.json("import 账单.csv --as freight_bills --dry-run")["data"]["notes"]
    told = [note["text"] for note in notes if note["code"] == "no-carrier"]
    assert ["salesaid freight audit 账单.csv --carrier" in text for text in told] == [True]
    put(desk, "账单.csv", "日期,物流公司,运单号码,计费重量,应付金额\n2026/10/5,顺丰,SF1,2,14\n")
    notes = desk.json("import 账单.csv --as freight_bills --dry-run")["data"]["notes"]
    assert "no-carrier" not in [note["code"] for note in notes]


COUNT = (
    "库存盘点表 2026年10月31日,,,\n品名,型号,账面数量,实盘数量\n主板,BVM7-710,100,98\n电源线,DY-1,,500\n合计,,,598\n"
)


def test_a_count_sheet_without_a_column_of_dates_is_no_list_of_products(desk):
    put(desk, "盘点表.csv", COUNT)
    refused = desk.run("import 盘点表.csv --new")
    assert refused.code == 2
    assert "没有日期列" in refused.err
    assert "--date" in refused.err
    assert not list(desk.folder.glob("产品*"))
    answer = desk.json("import 盘点表.csv --new --date 2026-10-31")["data"]
    assert answer["added"] == {"stock_counts": 2}
    assert [note["text"] for note in answer["notes"] if note["code"] == "dated"] == [
        "表里没有日期，各行都记为 2026-10-31"
    ]
    assert [(row["日期"], row["产品"], row["实盘数量"]) for row in ledger(desk, "盘点.csv")] == [
        ("2026-10-31", "主板", "98"), ("2026-10-31", "电源线", "500"),
    ]  # fmt: skip
    assert desk.json("import 盘点表.csv --new --date 2026-10-31")["data"]["added"] == {"stock_counts": 0}
    assert desk.json("import 盘点表.csv --new --date 2026-11-20 --dry-run")["data"]["added"] == {"stock_counts": 2}


def test_a_date_said_of_a_sheet_that_has_its_own_is_not_used(desk):
    put(desk, "回款.csv", "日期,客户,收款金额\n2026-10-20,骏业,1200\n2026-10-21,骏业,\n合计,,1200\n")
    refused = desk.run("import 回款.csv --new --date 2026-11-01")
    assert refused.code == 2  # the second row lacks its amount
    put(desk, "回款.csv", "日期,客户,收款金额\n2026-10-20,骏业,1200\n,骏业,5\n")
    refused = desk.run("import 回款.csv --new --date 2026-11-01")
    assert (refused.code, "A3" in refused.out) == (2, True)
    put(desk, "回款.csv", "日期,客户,收款金额\n2026-10-20,骏业,1200\n")
    answer = desk.json("import 回款.csv --new --date 2026-11-01")["data"]
    assert "date-not-used" in [note["code"] for note in answer["notes"]]
    assert [row["日期"] for row in ledger(desk, "收款.csv")] == ["2026-10-20"]


@pytest.mark.parametrize("words", ["未还", "尚未归还", "还没还", " 未退还 "])
def test_what_is_not_back_yet_says_so_in_place_of_a_day(desk, words):
    rows = f"2026-9-1,骏业,主板,2,2026-9-15,2026-9-14\n2026-9-3,骏业,主板,1,2026-9-20,{words}\n"
    put(desk, "借用登记.csv", f"借出日期,借用单位,品名,数量,预计归还日期,归还日期\n{rows}")
    assert desk.json("import 借用登记.csv --new")["data"]["added"] == {"loans": 3}
    assert [(row["lent"], row["out"]) for row in desk.rows("loan list --all")] == [(1, 1), (2, 0)]


@pytest.mark.parametrize("words", ["未知", "待定", "不还", "未还2个"])
def test_other_words_in_place_of_a_day_are_no_day(desk, words):
    rows = f"2026-9-3,骏业,主板,1,2026-9-20,{words}\n"
    put(desk, "借用登记.csv", f"借出日期,借用单位,品名,数量,预计归还日期,归还日期\n{rows}")
    refused = desk.run("import 借用登记.csv --new")
    assert (refused.code, "F2" in refused.out) == (2, True)
    assert book_of(desk).keys() <= {"salesaid.toml", "借用登记.csv"}


def test_the_preview_says_what_the_ledger_does_not_get(desk):
    put(desk, "客户资料.csv", "序号,客户简称,电话,传真,账期,星座\n1,骏业,0755-1,0755-2,月结30,\n")
    tables = desk.json("import 客户资料.csv --new --dry-run")["data"]["preview"]["tables"]
    notes = [note["text"] for table in tables for note in table["notes"] if note["code"] == "not-read"]
    assert notes == ["没有读的列：传真；要读的用 --map '传真=…'"]
    assert "1 row of customers" in desk.run("import 客户资料.csv --lang en").out


def test_merged_headings_of_two_rows_are_no_cells_that_were_filled(desk):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "1月"
    for row in (
        ["某某公司销售台账"], ["日期", "单号", "客户名称", "货物", None, "销售"],
        [None, None, None, "品名", "型号", "数量", "单价"],
        ["2026-01-03", "XS1", "骏业", "主板", "BVM7-710", 1, 120], [None, None, None, "电源线", "DY-1", 2, 3.5],
    ):  # fmt: skip
        sheet.append(row)
    for place in ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"):
        sheet.merge_cells(place)
    book.save(desk.folder / "销售.xlsx")
    found = desk.run("import 销售.xlsx --dry-run --new")
    assert (found.code, "A5" in found.out) == (2, True)
    for place in ("A4:A5", "B4:B5", "C4:C5"):
        sheet.merge_cells(place)
    book.save(desk.folder / "销售.xlsx")
    answer = desk.json("import 销售.xlsx --new")["data"]
    assert [note["text"] for note in answer["notes"] if note["code"] == "merged-cells"] == ["合并单元格内补了 3 格"]
    assert [(row["单号"], row["客户"], row["产品"], row["数量"], row["单价"]) for row in ledger(desk, "订单.csv")] == [
        ("XS1", "骏业", "主板", "1", "120"), ("XS1", "骏业", "电源线", "2", "3.5"),
    ]  # fmt: skip


def test_a_sheet_of_events_is_no_register_because_it_names_customers(desk):
    rows = "2026-5-6,骏业,120,电汇,已核\n2026-5-7,安卡,80,微信,\n"
    put(desk, "表.csv", "回款日期,客户,实收额/美元,收款方式,备注\n" + rows)
    before = book_of(desk)
    answer = desk.json("import 表.csv --new")
    assert answer["status"] == "error"
    assert book_of(desk) == before


def test_headings_with_units_and_in_two_languages_are_read_and_the_file_may_be_adopted(desk):
    text = "编号,日期/Date,客户名称 Customer,型号,数量/台,单价/元,金额(元),备注\n"
    text += "1,2026-5-6,骏业,A,2,5,10,\n2,2026-5-7,安卡,B,3,5,15,急\n"
    put(desk, "销售台账.csv", text)
    assert desk.run("import 销售台账.csv --new --dry-run").code == 0
    assert desk.run("adopt 销售台账.csv --ships later").code == 0
    found = [(row["date"], row["customer"], row["ordered"], row["amount"]) for row in desk.rows("order list")]
    assert found == [("2026-05-07", "安卡", 3, 15), ("2026-05-06", "骏业", 2, 10)]


def test_below_a_register_totals_footers_and_headings_again_are_no_things(desk):
    rows = "供应商,联系人,电话\n华强,小于,1\n供应商　,联系人,电话\n联科,小郑,2\n合计：2家,,\n制表：小于,,\n"
    put(desk, "供应商名录.csv", "供应商名录,,\n" + rows)
    assert desk.run("import 供应商名录.csv").code == 0
    assert [row["供应商"] for row in ledger(desk, "供应商.csv")] == ["华强", "联科"]


def test_quantities_with_the_unit_of_their_row_are_read_and_others_refused_by_their_cell(desk):
    head = "日期,客户,型号,单位,数量\n2026-5-6,骏业,A,台,275台\n"
    put(desk, "销售.csv", head + "2026-5-7,骏业,A,台,3箱\n")
    answer = desk.json("import 销售.csv --as orders --new")
    assert [(error["where"]["row"], error["where"]["column"]) for error in answer["errors"][1:]] == [(3, "E")]
    put(desk, "表.csv", head)
    assert desk.run("import 表.csv --as orders --new").code == 0
    assert [row["ordered"] for row in desk.rows("order list")] == [275]


def test_a_list_of_products_is_known_by_their_names_where_descriptions_stand_beside(desk):
    put(desk, "buy.csv", "id|name|description|price\n0|Switch EZXS88W|8-port switch|9\n1|Cable|black|\n")
    assert desk.run("import buy.csv --new").code == 0
    assert {row["product"] for row in desk.rows("product list")} == {"Cable", "Switch EZXS88W"}
    put(desk, "people.csv", "Name,City,Status\nAlice,Berlin,Active\n")
    assert desk.json("import people.csv")["errors"][0]["code"] == "no-ledger-fits"


def test_rows_that_a_spreadsheet_sums_up_by_groups_are_no_entries(desk):
    rows = "2026-5-6,骏业,A,2,5\n,骏业 汇总,,2,\n2026-5-7,安卡,B,3,5\n,安卡 汇总,,3,\n,总计,,5,\n"
    put(desk, "表.csv", "日期,客户,型号,数量,单价\n" + rows)
    assert desk.run("import 表.csv --as orders --new").code == 0
    assert [row["数量"] for row in ledger(desk, "订单.csv")] == ["2", "3"]
    put(desk, "产品表.csv", "产品,型号,单价\nx,y,1\n汇总,,1\n平均值,,1\n")
    assert desk.json("import 产品表.csv --as products --dry-run")["data"]["added"] == {"products": 1}


def test_a_column_is_not_judged_by_the_total_and_the_foot_below_it(desk):
    put(desk, "产品表.csv", "产品,单位,型号,安全库存\nx,个,A,2\n,合计：,,2\n制表人：,小郑,,\n")
    assert desk.run("import 产品表.csv --as products").code == 0
    assert [(row["产品"], row["单位"]) for row in ledger(desk, "产品.csv")] == [("x", "个")]


def test_codes_that_a_number_format_fills_up_with_zeros_keep_them(desk):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["日期", "订单号", "客户", "商品编码", "数量", "单价"])
    for number in (17, 250, 1_234_567):
        sheet.append(["2026-11-02", f"A{number}", "骏业", number, number, 9])
        sheet.cell(sheet.max_row, 4).number_format = "000000"
        sheet.cell(sheet.max_row, 5).number_format = "000;(000)"
    book.save(desk.folder / "编码.xlsx")
    assert desk.run("import 编码.xlsx --as orders --new").code == 0
    found = [(row["型号"], row["数量"]) for row in ledger(desk, "订单.csv")]
    assert found == [("000017", "17"), ("000250", "250"), ("1234567", "1234567")]
    assert "都已在账本里" in desk.run("import 编码.xlsx --as orders --new").out


def test_a_number_in_a_files_name_is_no_year_that_is_still_far_away(desk):
    put(desk, "2048.csv", "日期,客户,型号,数量\n10月8日,骏业,BVM7-710,5\n")
    refused = desk.run("import 2048.csv --as shipments --new")
    assert (refused.code, "--year" in refused.out) == (2, True)
    put(desk, "2025.csv", "日期,客户,型号,数量\n10月8日,骏业,BVM7-710,5\n")
    assert desk.run("import 2025.csv --as shipments --new").code == 0
    assert [row["日期"] for row in ledger(desk, "出货.csv")] == ["2025-10-08"]


def test_days_without_a_year_that_go_on_into_the_next_are_asked_about(desk):
    put(desk, "2025年发货.csv", "日期,客户,型号,数量\n11月8日,骏业,B7,5\n12月28日,骏业,B7,6\n1月3日,骏业,B7,7\n")
    before = book_of(desk)
    refused = desk.run("import 2025年发货.csv --as shipments --new --format json")
    found = [(one["code"], one["where"]) for one in json.loads(refused.out)["errors"]][1:]
    assert found == [("year-turns", {"file": "2025年发货.csv", "sheet": None, "row": 4, "column": "A"})]
    assert book_of(desk) == before
    taken = desk.run("import 2025年发货.csv --as shipments --new --year 2025")
    assert (taken.code, "第 4 行起像是到了另一年" in taken.out + taken.err) == (0, True)
    assert [row["日期"] for row in ledger(desk, "出货.csv")] == ["2025-11-08", "2025-12-28", "2025-01-03"]


@pytest.mark.parametrize(
    ("ledger_id", "first", "other"),
    [
        ("customers", "客户名称,联系人,电话\n骏业,张三,138", "供应商名称,联系人,电话\n东莞厂,李四,139"),
        ("shipments", "日期,客户,型号,数量\n2026-05-06,骏业,B7,5", "日期,供应商,型号,数量\n2026-05-07,东莞厂,B7,6"),
    ],
)
def test_the_headings_of_another_table_below_are_no_row_and_those_below_them_are_not_taken(
    desk, ledger_id, first, other
):
    put(desk, "表.csv", f"{first}\n{other}\n")
    before = book_of(desk)
    refused = desk.run(f"import 表.csv --as {ledger_id} --new --format json")
    found = [(one["code"], one["where"]["row"]) for one in json.loads(refused.out)["errors"][1:]]
    assert (refused.code, found) == (2, [("another-table", 3)])
    assert book_of(desk) == before
