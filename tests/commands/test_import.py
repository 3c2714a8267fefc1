from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from salesaid import ledgers
from tests.desk import Desk

SALES = """
北京办事处销售台账,,,,,,
日期,客户,型号,数量,单价,金额,备注
2026-5-6,骏业,BVM7-710,10,120,1200,
2026/5/7,安卡,BVM7-720,2,158,316,急
2026/5/7,安卡,BVM7-720,2,158,316,急
5月小计,,,14,,1832,
合计,,,14,,1832,
制表人：小郑,,,,,,
"""


@pytest.fixture(autouse=True)
def here(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)


def put(desk, name, text, encoding="utf-8"):
    (desk.folder / name).write_bytes(text.strip().replace("\n", "\r\n").encode(encoding))


def book_of(desk):
    """Every file of the book but those of its own folder, by name."""
    return {path.name: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()}


def ledger(desk, name):
    return list(csv.DictReader(io.StringIO(desk.text(name))))


def workbook(desk, name, *sheets):
    """A workbook of sheets: (title, rows, merged ranges)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows, *merged in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for one in merged:
            sheet.merge_cells(one)
    book.save(desk.folder / name)
    return book


def test_a_sheet_under_a_title_comes_into_its_ledger_without_its_totals(desk):
    put(desk, "销售台账.csv", SALES)
    answer = desk.json("import 销售台账.csv --new")["data"]
    assert answer["added"] == {"orders": 3}
    assert answer["registered"] == {"products": 2, "customers": 2}
    rows = ledger(desk, "订单.csv")
    assert [(row["单号"], row["日期"], row["客户"], row["型号"], row["数量"], row["金额"]) for row in rows] == [
        ("SO20260506-001", "2026-05-06", "骏业", "BVM7-710", "10", "1200"),
        ("SO20260507-001", "2026-05-07", "安卡", "BVM7-720", "2", "316"),
        ("SO20260507-002", "2026-05-07", "安卡", "BVM7-720", "2", "316"),
    ]
    assert [row["amount"] for row in desk.rows("order list")] == [316, 316, 1200]


def test_a_dry_run_shows_sheets_columns_rows_left_out_and_new_names_and_writes_nothing(desk):
    put(desk, "销售台账.csv", SALES)
    before = book_of(desk)
    tables = desk.json("import 销售台账.csv --dry-run")["data"]["preview"]["tables"]
    sheets, columns, left_out, names = (table["rows"] for table in tables)
    assert sheets[0]["ledger"] == "orders"
    assert (sheets[0]["read"], sheets[0]["used"], sheets[0]["left_out"], sheets[0]["made"]) == (6, 3, 3, 3)
    assert {row["heading"]: row["column"] for row in columns}["型号"] == "model"
    assert [(row["row"], row["why"]) for row in left_out] == [(6, "total"), (7, "total"), (8, "no-entry")]
    assert {(row["kind"], row["name"], row["rows"]) for row in names} == {
        ("customer", "骏业", 1), ("customer", "安卡", 2), ("product", "BVM7-710", 1), ("product", "BVM7-720", 2),
    }  # fmt: skip
    assert book_of(desk) == before
    assert not (desk.folder / ".salesaid" / "imports").exists()


def test_the_same_rows_add_nothing_again_and_real_duplicates_stay(desk):
    put(desk, "a.csv", SALES)
    desk.run("import a.csv --as orders --new")
    before = book_of(desk)
    again = desk.json("import a.csv --as orders")["data"]
    assert again["receipt"] is None
    assert again["added"] == {"orders": 0}
    assert book_of(desk) == before
    put(
        desk,
        "b.csv",
        SALES.replace("2026-5-6", "2026年5月6日").replace("5月小计", "2026/5/7,安卡,BVM7-720,2,158,316,急\n小计"),
    )
    more = desk.json("import b.csv --as orders")["data"]
    assert more["added"] == {"orders": 1}
    assert len(ledger(desk, "订单.csv")) == 4


def test_the_same_rows_in_another_order_of_columns_and_another_format_are_the_same_rows(desk):
    put(desk, "a.csv", SALES)
    desk.run("import a.csv --as orders --new")
    workbook(
        desk, "b.xlsx",
        ("5月", [["型号", "数量", "客户", "单价", "金额", "日期", "备注"],
                ["BVM7-710", 10, "骏业", "120.00", 1200, date(2026, 5, 6), None],
                ["BVM7-720", 2, "安卡", 158, 316, date(2026, 5, 7), "急"]]),
    )  # fmt: skip
    assert desk.json("import b.xlsx --as orders")["data"]["added"] == {"orders": 0}


def test_undo_of_the_newest_import_restores_the_book_to_the_byte(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-05-01,骏业,主板,1
    """
    put(desk, "a.csv", "日期,客户,产品,数量\n2026-05-02,骏业,主板,2\n2026-05-03,安卡,风扇,3")
    before = book_of(desk)
    assert desk.run("import a.csv --as orders --new").code == 0
    assert book_of(desk) != before
    assert desk.run("undo").code == 0
    assert book_of(desk) == before
    assert desk.json("import a.csv --as orders --new")["data"]["added"] == {"orders": 2}


def test_every_problem_is_told_at_once_with_its_cell_and_nothing_is_imported(desk):
    workbook(
        desk, "bad.xlsx",
        ("10月", [["日期", "客户", "型号", "数量", "单价", "订单号"],
                 [date(2026, 10, 1), "骏业", "A", 2, 120, "x1"],
                 ["5/6/26", "骏业", "A", "两个", "=1+1", 1234567890123456789],
                 [None, "骏业", "A", 3, 1, None],
                 [date(2026, 10, 2), "骏业", "A", 6, "#REF!", None],
                 [date(2026, 10, 2), "骏业", "A", 6, 1, None],
                 [date(2026, 10, 2), "骏业", "B", None, 1, None]],
         "D6:D7"),
    )  # fmt: skip
    before = book_of(desk)
    refused = desk.run("import bad.xlsx --as orders --new")
    assert refused.code == 2
    told = [line.split() for line in refused.out.splitlines() if line.startswith("bad.xlsx")]
    assert [(words[2], words[4]) for words in told] == [
        ("A3", "看不懂"), ("D3", "看不懂"), ("E3", "公式没有结果"), ("F3", "数字丢了位数"), ("A4", "缺少"),
        ("E5", "错误值"), ("D6", "合并的格子"),
    ]  # fmt: skip
    assert "7 处" in refused.err
    assert book_of(desk) == before
    envelope = desk.json("import bad.xlsx --as orders")
    assert (envelope["status"], envelope["data"], len(envelope["errors"])) == ("error", None, 8)
    assert envelope["errors"][1]["where"] == {"file": "bad.xlsx", "sheet": "10月", "row": 3, "column": "A"}
    assert desk.run("import bad.xlsx --as orders --format json --dry-run").code == 2
    english = desk.run("import bad.xlsx --as orders --dry-run", SALESAID_LANG="en")
    assert english.code == 2
    assert "--date-order" in english.out


def test_rows_of_another_width_are_problems_of_a_csv(desk):
    put(desk, "a.csv", "日期,客户,产品,数量\n2026-05-02,骏业,主板,2,多了,这些\n2026-05-03,骏业,主板,2")
    refused = desk.run("import a.csv --as orders")
    assert refused.code == 2
    assert "格数不对" in refused.out


def test_a_date_order_that_is_said_is_kept_for_the_next_time(desk):
    put(desk, "a.csv", "日期,客户,产品,数量\n5/6/26,骏业,主板,2")
    assert desk.run("import a.csv --as orders").code == 2
    assert desk.run("import a.csv --as orders --date-order dmy --new").code == 0
    assert ledger(desk, "订单.csv")[0]["日期"] == "2026-06-05"
    put(desk, "b.csv", "日期,客户,产品,数量\n7/6/26,骏业,主板,2")
    assert desk.run("import b.csv").code == 0
    assert ledger(desk, "订单.csv")[1]["日期"] == "2026-06-07"


def test_headings_that_nobody_knows_are_mapped_and_remembered(desk):
    put(desk, "a.csv", "Wann,Wer,Was,Menge\n2026-05-02,骏业,主板,2")
    refused = desk.run("import a.csv")
    assert refused.code == 2
    assert "--map" in refused.err
    maps = ["--map", "Wann=date", "--map", "Wer=客户", "--map", "Was=product", "--map", "Menge=数量"]
    assert desk.run(["import", "a.csv", "--as", "orders", *maps, "--new"]).code == 0
    put(desk, "b.csv", "Menge,Was,Wer,Wann\n3,主板,骏业,2026-05-03")
    again = desk.json("import b.csv")["data"]
    assert again["added"] == {"orders": 1}
    assert again["preview"]["tables"][0]["rows"][0]["profile"] is True
    assert [(row["数量"], row["客户"]) for row in ledger(desk, "订单.csv")] == [("2", "骏业"), ("3", "骏业")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--map 没有=qty", "没有“没有”这个表头"),
        ("--map 数量=咸菜", "没有这一列"),
        ("--map 数量", "表头=列"),
        ("--as 天书", "没有叫“天书”的台账"),
        ("--as aliases", "不能导入"),
        ("--sheet 八月 --as customers", "必需的列"),
    ],
)
def test_what_is_said_wrongly_is_refused_with_what_to_do(desk, words, said):
    put(desk, "a.csv", "日期,型号,数量\n2026-05-02,主板,2")
    refused = desk.run(f"import a.csv {words}" if "--as" in words else f"import a.csv --as orders {words}")
    assert refused.code == 2
    assert said in refused.err


def test_doubled_headings_are_refused_until_one_is_named(desk):
    put(desk, "a.csv", "日期,店仓,店仓,产品,数量\n2026-05-02,北京店,骏业,主板,2")
    refused = desk.run("import a.csv --as orders")
    assert refused.code == 2
    assert "--map '店仓#1=customer'" in refused.err
    assert desk.run(["import", "a.csv", "--as", "orders", "--map", "店仓#2=customer", "--new"]).code == 0
    assert ledger(desk, "订单.csv")[0]["客户"] == "骏业"


def test_a_header_that_fits_two_ledgers_is_refused_with_both(desk):
    put(desk, "a.csv", "日期,产品,数量\n2026-05-02,主板,2")
    refused = desk.run("import a.csv")
    assert refused.code == 2
    assert "--as" in refused.err
    assert "orders" in refused.err


def test_names_that_are_new_are_asked_for_where_the_book_knows_others(desk):
    """
    客户.csv
    客户,全称
    深圳骏业电子,深圳市骏业电子有限公司

    名称对照.csv
    种类,写法,对应名称,判定
    客户,骏业,深圳骏业电子,同一
    """
    put(desk, "a.csv", "日期,客户,产品,数量\n2026-05-02,骏业,主板,2\n2026-05-02,深圳骏业,主板,2")
    refused = desk.run("import a.csv --as orders")
    assert refused.code == 2
    assert "客户 深圳骏业" in refused.err
    assert "客户 骏业" not in refused.err
    assert "--new" in refused.err
    made = desk.json("import a.csv --as orders --new")["data"]
    assert made["registered"] == {"products": 1, "customers": 1}
    assert [row["客户"] for row in ledger(desk, "客户.csv")] == ["深圳骏业电子", "深圳骏业"]
    assert {row["customer"] for row in desk.rows("order list")} == {"深圳骏业电子", "深圳骏业"}


def test_months_are_taken_together_and_other_sheets_are_left_with_why(desk):
    head = ["日期", "客户", "型号", "数量", "单价", "业务员", "交期"]
    workbook(
        desk, "2026.xlsx",
        ("9月", [["九月销售"], [], head, [date(2026, 9, 1), "骏业", "A", 1, 5, "徐峰", None], ["合计", None, None, 1]]),
        ("10月", [head, ["10月3日", "骏业", "A", 2, 5, "徐峰", None]]),
        ("汇总", [["客户", "金额"], ["骏业", 15]]),
        ("空", []),
    )  # fmt: skip
    answer = desk.json("import 2026.xlsx --new")["data"]
    assert answer["added"] == {"orders": 2}
    notes = {note["text"] for note in answer["preview"]["tables"][0]["notes"]}
    assert len(notes) == 2
    assert [row["日期"] for row in ledger(desk, "订单.csv")] == ["2026-09-01", "2026-10-03"]


def test_only_the_sheets_that_are_named_are_read(desk):
    head = ["日期", "客户", "型号", "数量", "单价", "业务员", "交期"]
    sheets = [(f"{month}月", [head, [date(2026, month, 1), "骏业", "A", 1, 5, "徐峰", None]]) for month in (8, 9, 10)]
    workbook(desk, "a.xlsx", *sheets)
    assert desk.json("import a.xlsx --as orders --sheet 1*月 --new")["data"]["added"] == {"orders": 1}


def test_a_merged_day_is_filled_down_inside_its_range_only(desk):
    rows = [
        ["日期", "客户", "型号", "数量"],
        [date(2026, 9, 1), "骏业", "A", 1],
        [None, "骏业", "B", 1],
        [None, "骏业", "C", 1],
    ]
    workbook(desk, "a.xlsx", ("9月", rows, "A2:A3"))
    refused = desk.run("import a.xlsx --as orders")
    assert refused.code == 2
    assert [line.split()[2] for line in refused.out.splitlines() if line.startswith("a.xlsx")] == ["A4"]
    workbook(desk, "b.xlsx", ("9月", rows, "A2:A4"))
    assert desk.run("import b.xlsx --as orders").code == 0
    assert [row["日期"] for row in ledger(desk, "订单.csv")] == ["2026-09-01"] * 3


def test_a_row_of_a_wide_loan_sheet_becomes_its_events(desk):
    workbook(
        desk, "借用登记.xlsx",
        ("2026", [["借用登记表"], ["序号", "借出日期", "借用单位", "产品型号", "数量", "归还日期", "归还数量", "备注"],
                  [1, date(2026, 9, 1), "骏业", "A", 3, date(2026, 9, 20), 2, "展会"],
                  [2, "9月5日", "安卡", "B", 2, None, None, None],
                  [3, 20260908, "安卡", "B", 4, "2026.10.8", None, None]]),
    )  # fmt: skip
    assert desk.json("import 借用登记.xlsx --new")["data"]["added"] == {"loans": 5}
    rows = [(row["单号"], row["日期"], row["类型"], row["数量"], row["备注"]) for row in ledger(desk, "借用.csv")]
    assert rows == [
        ("LN20260901-001", "2026-09-01", "借出", "3", "展会"),
        ("LN20260901-001", "2026-09-20", "归还", "2", ""),
        ("LN20260905-001", "2026-09-05", "借出", "2", ""),
        ("LN20260908-001", "2026-09-08", "借出", "4", ""),
        ("LN20260908-001", "2026-10-08", "归还", "4", ""),
    ]
    assert {row["loan_no"]: row["out"] for row in desk.rows("loan list")} == {"LN20260901-001": 1, "LN20260905-001": 2}


def test_the_day_it_came_back_stands_beside_the_day_it_should(desk):
    put(
        desk,
        "借用.2026.csv",
        "借出日期,借用单位,产品型号,数量,预计归还日期,归还日期\n2026-11-01,骏业,A,1,2026-11-20,2026-12-01",
    )
    assert desk.json("import 借用.2026.csv --new")["data"]["added"] == {"loans": 2}
    assert [(row["日期"], row["交期"]) for row in ledger(desk, "借用.csv")] == [
        ("2026-11-01", "2026-11-20"), ("2026-12-01", ""),
    ]  # fmt: skip


def test_a_day_to_give_back_that_lies_ahead_is_a_due_date(desk):
    put(desk, "借用.2026.csv", "借出日期,借用单位,产品型号,数量,归还日期\n2026-11-01,骏业,A,1,2026-12-01")
    assert desk.json("import 借用.2026.csv --new")["data"]["added"] == {"loans": 1}
    assert ledger(desk, "借用.csv")[0]["交期"] == "2026-12-01"


def test_a_row_of_a_repair_sheet_becomes_its_stages_each_with_its_own_cells(desk):
    put(
        desk, "返修登记.csv",
        "返修单号,收货日期,客户,型号,数量,故障现象,是否保修,送修日期,加工厂,修回日期,维修费用,寄回日期,快递单号\n"
        "RX-01,2026-10-01,骏业,A,2,不开机,保内,2026-10-03,联芯,2026-10-20,30,2026-10-22,SF1\n"
        "RX-02,2026-10-05,安卡,B,1,花屏,保外,2026-10-06,联芯,,,,",
    )  # fmt: skip
    assert desk.json("import 返修登记.csv --new")["data"]["added"] == {"returns": 6}
    rows = ledger(desk, "返修.csv")
    assert [row["类型"] for row in rows] == ["收到", "送修", "修回", "寄回", "收到", "送修"]
    assert [row["加工厂"] for row in rows] == ["", "联芯", "", "", "", "联芯"]
    assert [row["维修费用"] for row in rows] == ["", "", "30", "", "", ""]
    assert [row["运单号"] for row in rows] == ["", "", "", "SF1", "", ""]
    assert [row["故障现象"] for row in rows] == ["不开机", "", "", "", "花屏", ""]
    stages = {row["return_no"]: row["stage"] for row in desk.rows("return list --all")}
    assert stages == {"RX-01": "delivered", "RX-02": "at_factory"}


def test_an_export_in_gb18030_keeps_its_numbers_and_its_figures(desk):
    text = (
        "单据编号,单据日期,购货单位,物料编码,物料名称,实发数量,含税单价,价税合计\n"
        'X1,2026-10-08,骏业,007,主板𠮷,10,120.00,"1,200.00"\nX2,2026-10-09,安卡,1E5,风扇,-2,8,-16.00'
    )
    put(desk, "订单导出.csv", text, "gb18030")
    answer = desk.json("import 订单导出.csv --as orders --new")["data"]
    assert "encoding" in {note["code"] for note in answer["notes"]}
    rows = ledger(desk, "订单.csv")
    assert [(row["单号"], row["型号"], row["产品"], row["金额"]) for row in rows] == [
        ("X1", "007", "主板𠮷", "1200.00"), ("X2", "1E5", "风扇", "-16.00"),
    ]  # fmt: skip


def test_rows_are_added_in_the_form_of_a_ledger_that_is_there(desk):
    """
    订单.csv
    备注;日期;单号;产品;数量;客户
    "";"2026-05-01";A1;主板;1;骏业
    """
    put(desk, "a.csv", "日期,客户,产品,数量\n2026/5/2,骏业,主板,2")
    before = (desk.folder / "订单.csv").read_bytes()
    assert desk.run("import a.csv --as orders").code == 0
    assert (desk.folder / "订单.csv").read_bytes() == before + '"";"2026-05-02";SO20260502-001;主板;2;骏业\n'.encode()


def test_a_column_that_the_ledger_lacks_is_refused_or_left_out_when_asked(desk):
    """
    订单.csv
    单号,日期,产品,数量,客户
    A1,2026-05-01,主板,1,骏业
    """
    put(desk, "a.csv", "日期,客户,产品,数量,备注\n2026/5/2,骏业,主板,2,急")
    refused = desk.run("import a.csv --as orders")
    assert refused.code == 2
    assert "备注" in refused.err
    assert desk.run("import a.csv --as orders --map 备注=-").code == 0


def test_a_workbook_ledger_takes_the_rows_as_well(desk):
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\nstore = "xlsx"')
    put(desk, "a.csv", "日期,客户,产品,数量\n2026-05-02,骏业,主板,2\n2026-05-03,安卡,风扇,3")
    before = book_of(desk)
    assert desk.json("import a.csv --as orders --new")["data"]["added"] == {"orders": 2}
    assert (desk.folder / "订单.xlsx").exists()
    assert [row["order_no"] for row in desk.rows("order list")] == ["SO20260503-001", "SO20260502-001"]
    assert desk.json("import a.csv --as orders")["data"]["added"] == {"orders": 0}
    desk.run("undo")
    assert book_of(desk) == before


def test_registers_get_a_row_a_thing(desk):
    """
    客户.csv
    客户,电话
    骏业,1
    """
    put(desk, "客户资料.csv", "客户,联系人,电话\n骏业,何,2\n安卡,李,3\n安卡,李,3")
    with (desk.folder / "客户.csv").open("rb") as file:
        assert "联系人" not in file.read().decode()
    refused = desk.run("import 客户资料.csv")
    assert refused.code == 2
    assert desk.json(["import", "客户资料.csv", "--map", "联系人=-"])["data"]["added"] == {"customers": 1}
    assert [(row["客户"], row["电话"]) for row in ledger(desk, "客户.csv")] == [("骏业", "1"), ("安卡", "3")]


def test_text_that_would_run_as_a_formula_is_refused_unless_it_is_meant(desk):
    put(desk, "a.csv", '日期,客户,产品,数量\n2026-05-02,"=HYPERLINK(1)",主板,2')
    refused = desk.run("import a.csv --as orders")
    assert refused.code == 2
    assert "--literal" in refused.err
    assert desk.run("import a.csv --as orders --literal").code == 0


def test_a_second_run_with_the_same_request_id_answers_the_first(desk):
    put(desk, "a.csv", "日期,客户,产品,数量\n2026-05-02,骏业,主板,2")
    first = desk.json("import a.csv --as orders --request-id q")["data"]
    second = desk.json("import a.csv --as orders --request-id q")["data"]
    assert first["receipt"] == second["receipt"]
    assert len(ledger(desk, "订单.csv")) == 1


def test_on_a_terminal_the_import_is_shown_and_asked_for(desk):
    put(desk, "a.csv", "日期,客户,产品,数量\n2026-05-02,骏业,主板,2")
    no = desk.run("import a.csv --as orders", stdin="n\n")
    assert no.code == 2
    assert "导入预览" in no.out
    assert not (desk.folder / "订单.csv").exists()
    assert desk.run("import a.csv --as orders", stdin="y\n").code == 0
    assert len(ledger(desk, "订单.csv")) == 1


def test_numbers_taken_back_are_not_given_again_and_an_imported_document_is_voided_alone(desk):
    put(desk, "a.csv", "日期,客户,产品,数量\n2026-11-23,骏业,主板,2\n2026-11-23,骏业,风扇,2")
    desk.run("import a.csv --as orders")
    voided = desk.json("void SO20261123-001 --why 记错")["data"]
    assert {entry["row"]["order_no"] for entry in voided["entries"]} == {"SO20261123-001"}
    desk.run("undo")
    desk.run("undo")
    assert desk.json("order add 骏业 主板×1 --new")["data"]["no"] == "SO20261123-003"


def test_the_log_counts_the_rows_of_an_import(desk):
    put(desk, "a.csv", "日期,客户,产品,数量\n2026-11-23,骏业,主板,2\n2026-11-23,骏业,风扇,2")
    desk.run("import a.csv --as orders")
    assert desk.rows("log")[0]["rows"] == 2


def test_a_file_of_the_book_itself_cannot_be_imported_into_it(desk):
    """
    订单.csv
    单号,日期,产品,数量,客户
    A1,2026-05-01,主板,1,骏业
    """
    assert desk.run("import 订单.csv").code == 2


def test_an_import_that_is_not_the_newest_post_is_taken_back_by_its_rows(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-05-01,骏业,主板,1
    B1,2026-05-02,骏业,主板,2
    """
    new = "B1,2026-05-02,骏业,主板,2\nB2,2026-05-03,骏业,主板,3\nB3,2026-05-04,骏业,主板,4"
    put(desk, "a.csv", f"单号,日期,客户,产品,数量\n{new}")
    before = desk.lines("订单.csv")
    receipt = desk.json("import a.csv --as orders")["data"]["receipt"]
    desk.run("order add 骏业 主板×9")
    text = desk.text("订单.csv").replace("B2,2026-05-03,骏业,主板,3", "B2,2026-05-03,骏业,主板,33")
    (desk.folder / "订单.csv").write_text(text, encoding="utf-8", newline="")
    assert desk.json(f"undo {receipt} --dry-run")["data"]["dry_run"] is True
    assert desk.text("订单.csv") == text
    answer = desk.json(f"undo {receipt}")["data"]
    changed = next(note for note in answer["notes"] if note["code"] == "changed-since")
    assert "订单.csv:5" in changed["text"]
    lines = desk.lines("订单.csv")
    assert lines[:3] == before
    assert lines[3] == "B2,2026-05-03,骏业,主板,33"
    assert lines[4].startswith("SO20261123-001")
    assert len(lines) == 5
    assert desk.run(f"undo {receipt}").code == 2
    assert {row["receipt"]: row["state"] for row in desk.rows("log")}[receipt] == "undone"
    desk.run("undo")
    assert desk.text("订单.csv") == text
    desk.run("undo")
    assert desk.lines("订单.csv") == lines
    assert desk.json("import a.csv --as orders")["data"]["added"] == {"orders": 2}


def test_the_balance_that_a_cash_journal_begins_with_is_a_count(desk):
    rows = "2026-10-02,记1,上年结转,,,1000\n2026-10-02,记2,办公用品,,35.5,964.5\n"
    rows += "本日合计,,,0,35.5,\n2026-10-03,记3,收款,200,,1164.5"
    put(desk, "日记账.2026.csv", f"日期,凭证号,摘要,收入,支出,结余\n{rows}")
    assert desk.json("import 日记账.2026.csv")["data"]["added"] == {"cash": 3}
    assert [(row["收入"], row["支出"], row["实盘金额"]) for row in ledger(desk, "日记账.csv")] == [
        ("", "", "1000"), ("", "35.5", ""), ("200", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "id_"),
    [
        ("日期,单位,收款金额,结算方式,摘要", "payments"),
        ("盘点日期,产品名称,规格型号,单位,账面数量,实盘数量,盘盈盘亏", "stock_counts"),
        ("客户名称,联系人,联系电话,地址,付款方式", "customers"),
        ("产品名称,型号,规格,单位,标准售价,最低库存", "products"),
        ("采购单号,采购日期,供应商,产品,数量,单价,交货日期", "purchases"),
        ("送货单号,送货日期,关联订单,收货单位,品名,数量,物流公司,运单号", "shipments"),
        ("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", "orders"),
        ("生效日期,产品,协议价,适用客户", "prices"),
    ],
)
def test_usual_headings_say_which_ledger_it_is(desk, head, id_):
    put(desk, "a.csv", f"{head}\n{','.join(['2026-10-01'] * (head.count(',') + 1))}")
    answer = desk.json("import a.csv --dry-run")
    data = answer["data"]
    found = data["preview"]["tables"][0]["rows"][0]["ledger"] if data else desk.run("import a.csv --dry-run").out
    assert id_ in found or ledgers.load(id_).title.zh in found


def test_what_only_a_person_can_say_is_asked_on_a_terminal(desk):
    """
    客户.csv
    客户
    安卡
    """
    put(desk, "a.csv", "日期,产品,数量,客户\n2026-05-02,主板,2,骏业")
    asked = desk.run("import a.csv", stdin="orders\ny\ny\n")
    assert asked.code == 0, asked.err
    assert "是哪本台账" in asked.out
    assert [row["客户"] for row in ledger(desk, "客户.csv")] == ["安卡", "骏业"]
    assert ledger(desk, "订单.csv")[0]["产品"] == "主板"


NAMES = st.sampled_from(["骏业", "安卡", "正标（北京）", "a,b", 'x"y', "007"])
ROWS = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2026, 11, 1)), NAMES, NAMES, st.integers(-50, 50)), min_size=1, max_size=8
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS)
def test_importing_twice_is_importing_once_and_undo_restores_the_bytes(tmp_path_factory, first, second):
    desk = Desk(tmp_path_factory.mktemp("book"))

    def sheet(name, rows):
        with (desk.folder / name).open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([("日期", "客户", "产品", "数量"), *rows])
        return str(desk.folder / name)

    one, both_ = sheet("1.csv", first), sheet("2.csv", [*second, *first])
    desk.run(["import", one, "--as", "orders", "--new"])
    before = book_of(desk)
    added = desk.json(["import", both_, "--as", "orders", "--new"])["data"]["added"]["orders"]
    assert added == len(second)
    assert desk.json(["import", one, both_, "--as", "orders"])["data"]["added"]["orders"] == 0
    found = Counter((row["日期"], row["客户"], row["产品"], row["数量"]) for row in ledger(desk, "订单.csv"))
    assert found == Counter((f"{day}", customer, product, f"{qty}") for day, customer, product, qty in first + second)
    if added:
        assert desk.run("undo").code == 0
        assert book_of(desk) == before


def test_a_named_profile_is_made_and_used_for_sheets_with_other_headings(desk):
    put(desk, "a.csv", "Wann,Wer,Was,Menge\n2026-05-02,骏业,主板,2")
    maps = ["--map", "Wann=date", "--map", "Wer=客户", "--map", "Was=product", "--map", "Menge=数量"]
    assert desk.run(["import", "a.csv", "--as", "orders", *maps, "--profile", "德国", "--new"]).code == 0
    put(desk, "b.csv", "Wann,Wer,Was,Menge,Farbe\n2026-05-03,骏业,主板,3,rot")
    assert desk.run("import b.csv").code == 2
    assert desk.json("import b.csv --profile 德国")["data"]["added"] == {"orders": 1}


def test_a_bare_number_is_no_day_in_a_workbook_that_counts_from_1904(desk):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["日期", "客户", "产品", "数量"])
    book.active.append([date(2026, 5, 6), "骏业", "主板", 2])
    book.active.append([44687, "骏业", "主板", 2])
    book.save(desk.folder / "a.xlsx")
    refused = desk.run("import a.xlsx --as orders")
    assert refused.code == 2
    assert [line.split()[2] for line in refused.out.splitlines() if line.startswith("a.xlsx")] == ["A3"]
    book.active.delete_rows(3)
    book.save(desk.folder / "a.xlsx")
    assert desk.run("import a.xlsx --as orders").code == 0
    assert ledger(desk, "订单.csv")[0]["日期"] == "2026-05-06"


@pytest.mark.parametrize(
    "written", ["20260506", "46148", "2026.5.6", "2026年5月6日", "2026/5/6 8:30", "26.5.6", "２０２６-5-6"]
)
def test_days_are_read_in_any_of_their_forms(desk, written):
    put(desk, "a.csv", f"日期,客户,产品,数量\n{written},骏业,主板,2")
    answer = desk.json("import a.csv --as orders")["data"]
    assert ledger(desk, "订单.csv")[0]["日期"] == "2026-05-06"
    assert ("times-dropped" in {note["code"] for note in answer["notes"]}) == (":" in written)


def test_debris_of_converters_goes_and_headings_that_come_again_are_left_out(desk):
    head = "日期[],□客户,型号 ,数量,单价,1"
    put(desk, "a.csv", f"□公司[],,,,,\n{head}\n2026-11-01,骏业□,bvm7—710[],3,120,x\n{head}\n2026-11-02,[],A,1,,")
    answer = desk.json("import a.csv --as orders")["data"]
    assert answer["added"] == {"orders": 2}
    assert "debris" in {note["code"] for note in answer["notes"]}
    assert [(row["why"], row["row"]) for row in answer["preview"]["tables"][2]["rows"]] == [("header", 4)]
    assert [(row["客户"], row["型号"]) for row in ledger(desk, "订单.csv")] == [("骏业", "bvm7—710"), ("", "A")]


def test_columns_under_unknown_headings_are_told_by_their_values(desk):
    """
    客户.csv
    客户
    骏业
    安卡

    产品.csv
    产品,型号
    主板,ZB710
    风扇,FS8025
    """
    put(
        desk,
        "销售.2026.csv",
        "哪天,谁家,什么货,数量,单价,随便\n2026-05-02,骏业,主板,2,5,x\n2026-05-03,安卡,FS8025,1,6,y",
    )
    answer = desk.json("import 销售.2026.csv")["data"]
    columns = {row["heading"]: row["column"] for row in answer["preview"]["tables"][1]["rows"]}
    assert columns == {
        "哪天": "date",
        "谁家": "customer",
        "什么货": "product",
        "数量": "qty",
        "单价": "price",
        "随便": None,
    }
    assert answer["added"] == {"orders": 2}


def test_two_columns_of_days_are_told_apart_by_a_person(desk):
    put(desk, "a.csv", "哪天,又一天,客户,产品,数量\n2026-05-02,2026-05-03,骏业,主板,2")
    refused = desk.run("import a.csv --as orders")
    assert refused.code == 2
    assert "--map" in refused.err
    assert desk.run("import a.csv --as orders --map 又一天=date").code == 0
