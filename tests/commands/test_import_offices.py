"""Sheets that offices keep by hand, walked through: what they sum up, what stands above them, whom they name twice."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest


@pytest.fixture(autouse=True)
def here(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)


def put(desk, name, *sheets):
    """A workbook of sheets, each a name and its rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(desk.folder / name)


def ledger(desk, name):
    return list(csv.DictReader(io.StringIO(desk.text(name))))


def book_of(desk):
    """Every file of the book but those of its own folder, by name."""
    return {path.name: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()}


def tables(desk, line):
    return desk.json(line)["data"]["preview"]["tables"]


SEPTEMBER = ("9月", [["日期", "单号", "客户", "品名", "数量", "金额"], ["2026-9-1", "XS1", "骏业", "主板", 2, 240],
                    ["小 计", None, None, None, 2, 240], ["合   计", None, None, None, 2, 240]])  # fmt: skip
OCTOBER = ("10月", [["日期", "单号", "客户", "品名", "数量", "金额"], ["2026-10-8", "XS2", "安卡", "主板", 1, 120]])
YEAR = ("全年汇总", [["月份", "数量", "金额"], ["2026-09", 2, 240], ["2026-10", 1, 120]])


def test_words_of_a_total_may_stand_wide_apart_in_the_column_of_days(desk):
    put(desk, "销售.xlsx", SEPTEMBER)
    answer = desk.json("import 销售.xlsx --new")["data"]
    assert answer["added"] == {"orders": 1}
    left = next(table for table in answer["preview"]["tables"] if table["title"] == "略去的行")
    assert [row["row"] for row in left["rows"]] == [3, 4]
    columns = next(table for table in answer["preview"]["tables"] if table["title"] == "表头对应的列")
    assert next(row["samples"] for row in columns["rows"] if row["column"] == "date") == "2026-9-1"


@pytest.mark.parametrize("sheets", [(SEPTEMBER, OCTOBER, YEAR), (YEAR, SEPTEMBER, OCTOBER)])
def test_a_sheet_that_sums_up_the_others_is_not_read_unless_it_is_named(desk, sheets):
    put(desk, "销售.xlsx", *sheets)
    answer = desk.json("import 销售.xlsx --new --dry-run")["data"]
    assert answer["added"] == {"orders": 2}
    said = [note["text"] for note in answer["preview"]["tables"][0]["notes"]]
    assert said == ["销售.xlsx 全年汇总: 像是其他工作表的汇总，没有读；要导入请用 --sheet 指明"]
    named = desk.json(["import", "销售.xlsx", "--sheet", "全年汇总", "--dry-run"])["data"]
    assert named["added"] == {"targets": 2}


def test_a_sheet_that_stands_alone_is_read_whatever_it_is_called(desk):
    put(desk, "销售.xlsx", ("销售统计", OCTOBER[1]))
    assert desk.json("import 销售.xlsx --new --dry-run")["data"]["added"] == {"orders": 1}


def test_each_ledger_of_a_file_has_its_own_table_of_headings(desk):
    put(desk, "销售帐.xlsx", OCTOBER, ("目标", YEAR[1]))
    read = [
        {row["heading"]: row["column"] for row in table["rows"]}
        for table in tables(desk, "import 销售帐.xlsx --new --dry-run") if table["title"] == "表头对应的列"
    ]  # fmt: skip
    assert [columns["金额"] for columns in read] == ["amount", "amount"]
    shown = [line.split() for line in desk.run("import 销售帐.xlsx --new --dry-run").out.splitlines()]
    assert ["订单", "F", "金额", "金额", "120"] in shown
    assert ["目标", "C", "金额", "目标金额", "240", "|", "120"] in shown


def test_terms_are_read_from_what_says_them_not_from_how_money_comes(desk):
    put(
        desk,
        "客户资料.xlsx",
        ("客户", [["客户名称", "电话", "付款方式", "账期"], ["骏业", "0755-1", "转账", "月结30"]]),
    )
    assert desk.run("import 客户资料.xlsx").code == 0
    assert [row["付款条件"] for row in ledger(desk, "客户.csv")] == ["月结30"]


def test_what_a_loan_is_for_comes_along(desk):
    rows = [["借出日期", "借用单位", "品名", "数量", "借出用途"], ["2026-9-1", "骏业", "主板", 2, "试用"]]
    put(desk, "借用登记.xlsx", ("借用", rows))
    assert desk.run("import 借用登记.xlsx --new").code == 0
    assert [row["用途"] for row in ledger(desk, "借用.csv")] == ["试用"]


def test_a_bill_without_a_carrier_is_spoken_of_as_such(desk):
    desk.lay_out("""
        运费账单.csv
        单号,日期,运单号,计费重量,金额
        FB20261008-001,2026-10-08,SF1,5,22
        """)
    said = {lang: desk.json("check F01", SALESAID_LANG=lang)["data"]["rows"][0]["message"] for lang in ("zh", "en")}
    assert said["zh"] == "账单 FB20261008-001：运单 SF1 收 22.00，没有这票货"
    assert said["en"] == "bill FB20261008-001: it charges 22.00 for SF1, under which nothing was sent"


CONTACTS = [
    ["客户名称", "联系人", "电话", "信用额度"],
    ["骏业", "何先生", "0755-1", 8000],
    ["安卡", "李小姐", "0755-2", None],
]


def test_what_a_register_says_otherwise_is_named_and_left(desk):
    put(desk, "销售.xlsx", OCTOBER, SEPTEMBER)
    assert desk.run("import 销售.xlsx --new").code == 0
    put(desk, "通讯录.xlsx", ("客户", CONTACTS))
    before = desk.text("客户.csv")
    answer = desk.json("import 通讯录.xlsx --dry-run")["data"]
    assert [note["text"] for note in answer["notes"] if note["code"] == "registered-otherwise"] == [
        "2 行与在册的写得不同，没有改：骏业、安卡"
    ]
    assert "already-there" not in [note["code"] for note in answer["notes"]]
    stands = next(table for table in answer["preview"]["tables"] if table["title"] == "在册的，没有改")
    lines = [row["command"] for row in stands["rows"]]
    assert lines == [
        "salesaid customer set 骏业 --contact 何先生 --credit 8000 --phone 0755-1",
        "salesaid customer set 安卡 --contact 李小姐 --phone 0755-2",
    ]
    assert desk.text("客户.csv") == before
    assert [desk.run(line.removeprefix("salesaid ")).code for line in lines] == [0, 0]
    again = desk.json("import 通讯录.xlsx --dry-run")["data"]
    assert [note["code"] for note in again["notes"]] == ["already-there"]


def test_a_second_row_of_one_name_is_named_as_such(desk):
    put(desk, "通讯录.xlsx", ("客户", [*CONTACTS, ["骏业", "陈小姐", "0755-3", 8000.00]]))
    answer = desk.json("import 通讯录.xlsx")["data"]
    assert answer["added"] == {"customers": 2}
    stands = next(table for table in answer["preview"]["tables"] if table["title"] == "在册的，没有改")
    assert [(row["says"], row["why"], row["command"]) for row in stands["rows"]] == [
        ("联系人 陈小姐、电话 0755-3", "twice", None)
    ]
    assert [row["联系人"] for row in ledger(desk, "客户.csv")] == ["何先生", "李小姐"]
    put(desk, "通讯录.xlsx", ("客户", [*CONTACTS[:2], ["骏业", "陈小姐", "0755-3", 8000.00]]))
    said = desk.json("import 通讯录.xlsx --dry-run", SALESAID_LANG="en")["data"]["notes"]
    assert [note["text"] for note in said if note["code"] == "registered-otherwise"] == [
        "1 row not as the register has it, which stays as it is: 骏业"
    ]


def test_sales_brought_into_a_book_of_orders_are_told_of_as_not_shipped(desk):
    put(desk, "销售.xlsx", OCTOBER)
    codes = [note["code"] for note in desk.json("import 销售.xlsx --new --dry-run")["data"]["notes"]]
    assert "ships-later" in codes
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[ledgers.orders]\nships = "at_once"')
    codes = [note["code"] for note in desk.json("import 销售.xlsx --new --dry-run")["data"]["notes"]]
    assert "ships-later" not in codes


@pytest.mark.parametrize("heading", ["交期", "销售订单号"])
def test_orders_of_a_sales_department_are_no_sales(desk, heading):
    rows = [["日期", heading, "客户", "品名", "数量", "金额"], ["2026-10-8", "2026-10-30", "安卡", "主板", 1, 120]]
    put(desk, "销售订单.xlsx", ("10月", rows))
    codes = [note["code"] for note in desk.json("import 销售订单.xlsx --as orders --new --dry-run")["data"]["notes"]]
    assert "ships-later" not in codes


@pytest.mark.parametrize(
    ("title", "day"),
    [("盘点日期：2026年10月31日", "2026-10-31"), ("2026.1.5 盘点", "2026-01-05"), ("盘点 2026/10/1-2026/10/31", None),
     ("2026年13月45日", None), ("库存盘点表", None)],
)  # fmt: skip
def test_the_day_above_a_sheet_is_offered_never_taken(desk, title, day):
    put(desk, "盘点表.xlsx", ("盘点", [[title], ["序号", "品名", "账面数量", "实盘数量"], [1, "主板", 95, 94]]))
    refused = desk.run("import 盘点表.xlsx --new")
    assert refused.code == 2
    assert (f"--date {day}" in refused.err) is (day is not None)
    assert "序号=date" not in refused.err


def test_a_bought_account_book_with_month_and_day_apart(desk):
    rows = [["银行存款日记账"], ["2026年", None, "凭证号", "摘要", "借方", "贷方", "余额"], ["月", "日"],
            [10, 8, "银收1", "收货款", 5540, None, 5540], [None, 9, "银付1", "付货款", None, 2000, 3540],
            [None, None, None, "本月合计", 5540, 2000, None]]  # fmt: skip
    put(desk, "银行日记账.xlsx", ("10月", rows))
    assert desk.json("import 银行日记账.xlsx")["data"]["added"] == {"cash": 2}
    found = [(row["日期"], row["收入"], row["支出"]) for row in ledger(desk, "日记账.csv")]
    assert found == [("2026-10-08", "5540", ""), ("2026-10-09", "", "2000")]
    refused = desk.run("adopt 银行日记账.xlsx --as cash")
    assert refused.code == 2
    assert "月、日两列" in refused.err


def test_new_products_have_the_unit_that_their_rows_agree_on(desk):
    rows = [["日期", "单号", "客户", "品名", "型号", "单位", "数量", "金额"],
            ["2026-10-8", "XS1", "骏业", "主板", "A1", "块", 1, 120],
            ["2026-10-8", "XS1", "骏业", "主板", "A1", None, 1, 120],
            ["2026-10-8", "XS1", "骏业", "铜带", "B1", "kg", 1, 5],
            ["2026-10-9", "XS2", "骏业", "铜带", "B1", "卷", 1, 5]]  # fmt: skip
    put(desk, "销售.xlsx", ("10月", rows))
    assert desk.run("import 销售.xlsx --new").code == 0
    assert [(row["产品"], row["单位"]) for row in ledger(desk, "产品.csv")] == [("主板", "块"), ("铜带", "")]


FULL = [["单据日期", "单据编号", "购货单位", "商品名称", "实发数量", "含税单价", "价税合计"],
        ["2026-10-08", "X1", "深圳市骏业电子有限公司", "主板", 2, 120, 240],
        ["2026-10-09", "X2", "深圳市骏业电子有限公司", "主板", 3, 130, 390]]  # fmt: skip


def kept(desk):
    """A book whose register says a customer's full name, and two orders."""
    desk.lay_out("""
        客户.csv
        客户,全称,联系人,电话
        骏业,深圳市骏业电子有限公司,,
        安卡,,,

        产品.csv
        产品,型号
        主板,A1

        订单.csv
        单号,日期,客户,产品,数量,单价,金额
        SO20261008-001,2026-10-08,骏业,主板,2,120,240
        SO20261009-001,2026-10-09,骏业,主板,4,120,480
        """)


def test_a_full_name_of_the_register_is_no_new_customer(desk):
    kept(desk)
    put(desk, "ERP出库.xlsx", ("出库", FULL))
    before = book_of(desk)
    refused = desk.run("import ERP出库.xlsx --as orders --new")
    assert (refused.code, "“深圳市骏业电子有限公司”是骏业的全称" in refused.err) == (2, True)
    assert book_of(desk) == before
    lines = [line.strip() for line in refused.err.splitlines() if "name same" in line]
    assert [desk.run(line.removeprefix("salesaid ")).code for line in lines] == [0]
    assert desk.json("import ERP出库.xlsx --as orders --new")["data"]["added"] == {"orders": 2}
    assert {row["customer"] for row in desk.rows("order list")} == {"骏业"}


def test_full_names_of_the_register_keep_two_books_together(desk):
    kept(desk)
    put(desk, "ERP出库.xlsx", ("出库", FULL))
    summary, differences = desk.json("reconcile orders ERP出库.xlsx")["data"]["tables"][:2]
    assert [(row["line"], row["lines"]) for row in summary["rows"]] == [
        ("ours", 2), ("qty", 1), ("price", 1), ("theirs", 2),
    ]  # fmt: skip
    assert [(row["why"], row["our_no"], row["their_no"]) for row in differences["rows"]] == [
        ("qty", "SO20261009-001", "X2"), ("price", "SO20261009-001", "X2"),
    ]  # fmt: skip


def test_a_full_name_of_several_is_nobodys(desk):
    kept(desk)
    desk.write("客户.csv", "客户,全称\n骏业,深圳市骏业电子有限公司\n骏业二厂,深圳市骏业电子有限公司")
    put(desk, "ERP出库.xlsx", ("出库", FULL))
    assert desk.json("import ERP出库.xlsx --as orders --new")["data"]["registered"] == {"customers": 1}


ODD = [
    ["日期", "客户", "品名", "数目字", "总计价"],
    ["2026-10-8", "骏业", "主板", 2, 240],
    ["2026-10-9", "安卡", "主板", 3, 360],
]


def asked(desk, *typed):
    """An import at a terminal whose person types these lines."""
    return desk.run("import 登记.xlsx --as orders", stdin="".join(f"{line}\n" for line in typed))


def test_at_a_terminal_a_missing_column_is_asked_for(desk):
    put(desk, "登记.xlsx", ("表", ODD))
    refused = desk.run("import 登记.xlsx --as orders")
    assert (refused.code, "--map '数目字=qty'" in refused.err) == (2, True)
    done = asked(desk, "数目字=数量", "y")
    assert (done.code, done.out.count("表头=列: ")) == (0, 1)
    assert [(row["数量"], row["金额"]) for row in ledger(desk, "订单.csv")] == [("2", ""), ("3", "")]


def test_at_a_terminal_columns_are_corrected_until_they_are_right(desk):
    put(desk, "登记.xlsx", ("表", ODD))
    done = asked(desk, "数目字=数量", "总计价=amount", "客户=-", "y")
    assert (done.code, done.out.count("导入预览")) == (0, 3)
    assert [(row["数量"], row["金额"], row["客户"]) for row in ledger(desk, "订单.csv")] == [
        ("2", "240", ""), ("3", "360", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("mistyped", ["数目=数量", "数目字=个数啊", "=数量", "日期=数量啊"])
def test_at_a_terminal_what_is_no_column_is_asked_for_again(desk, mistyped):
    put(desk, "登记.xlsx", ("表", ODD))
    done = asked(desk, mistyped, "数目字=数量", mistyped, "总计价=金额", "y")
    assert done.code == 0, done.err
    assert [(row["数量"], row["金额"]) for row in ledger(desk, "订单.csv")] == [("2", "240"), ("3", "360")]


def test_at_a_terminal_a_column_of_no_ledger_is_asked_for_again(desk):
    put(desk, "销售.xlsx", OCTOBER)
    done = desk.run("import 销售.xlsx --new", stdin="金额=没有的列\n金额=-\ny\n")
    assert done.code == 0, done.err
    assert [(row["数量"], row["金额"]) for row in ledger(desk, "订单.csv")] == [("1", "")]


def test_at_a_terminal_no_is_no(desk):
    put(desk, "登记.xlsx", ("表", ODD))
    before = book_of(desk)
    assert asked(desk, "数目字=数量", "n").code == 2
    assert book_of(desk) == before


def test_a_heading_that_is_said_and_stands_nowhere_is_told_of(desk):
    put(desk, "销售.xlsx", SEPTEMBER, OCTOBER)
    refused = desk.run("import 销售.xlsx --new --map 备注栏目=note")
    assert (refused.code, "没有“备注栏目”这个表头" in refused.err) == (2, True)
    refused = desk.run("import 销售.xlsx --new --map 金额=没有的列")
    assert (refused.code, "没有哪本台账有这一列" in refused.err) == (2, True)


def test_a_heading_of_one_sheet_may_be_said_beside_others(desk):
    more = ("11月", [["日期", "单号", "客户", "品名", "数目字", "金额"], ["2026-11-8", "XS3", "安卡", "主板", 5, 600]])
    put(desk, "销售.xlsx", OCTOBER, more)
    answer = desk.json("import 销售.xlsx --as orders --new --map 数目字=qty")["data"]
    assert answer["added"] == {"orders": 2}
    assert [row["数量"] for row in ledger(desk, "订单.csv")] == ["1", "5"]


def test_months_to_reconcile_are_offered_together(desk):
    put(desk, "销售.xlsx", SEPTEMBER, OCTOBER, YEAR)
    assert desk.run("import 销售.xlsx --new").code == 0
    refused = desk.run("reconcile orders 销售.xlsx")
    assert (refused.code, "--sheet '*月'" in refused.err) == (2, True)
    summary = desk.json(["reconcile", "orders", "销售.xlsx", "--sheet", "*月"])["data"]["tables"][0]
    assert [(row["line"], row["amount"]) for row in summary["rows"]] == [("ours", 360), ("theirs", 360)]


def test_a_contact_list_by_full_names_is_about_those_in_the_register(desk):
    kept(desk)
    rows = [
        ["客户名称", "联系人", "电话"],
        ["深圳市骏业电子有限公司", "何先生", "0755-1"],
        ["新客户", "周工", "0755-2"],
    ]
    put(desk, "通讯录.xlsx", ("客户", rows))
    answer = desk.json("import 通讯录.xlsx")["data"]
    assert answer["added"] == {"customers": 1}
    stands = next(table for table in answer["preview"]["tables"] if table["title"] == "在册的，没有改")
    assert [row["command"] for row in stands["rows"]] == ["salesaid customer set 骏业 --contact 何先生 --phone 0755-1"]
    assert [row["客户"] for row in ledger(desk, "客户.csv")] == ["骏业", "安卡", "新客户"]
