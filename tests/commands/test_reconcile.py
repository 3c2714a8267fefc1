import csv

import openpyxl
import pytest

BOOK = """
订单.csv
单号,日期,类型,客户,产品,型号,数量,单价,金额
SO1,2026-10-05,下单,骏业,主板,BVM7-710,2,120,240.00
SO1,2026-10-05,下单,骏业,电源线,,10,6,60.00
SO2,2026-10-20,下单,华强,主板,BVM7-710,1,120,120.00
SO2,2026-10-21,评审,华强,,,0,,
SO3,2026-10-30,下单,华强,电源线,,5,6,30.00
SO4,2026-11-02,下单,骏业,电源线,,1,6,6.00

收款.csv
单号,日期,客户,金额
PY1,2026-10-08,骏业,300
PY2,2026-10-25,华强,120
"""
ERP = """某某公司 销售明细,,,,,,
单据日期,单据编号,购货单位,存货名称,规格型号,数量,价税合计
2026/10/5,SO1,骏业,主板,bvm7—710,2,240
2026/10/5,SO1,骏业,电源线,,12,72
2026/10/20,SO2,深圳华强,主板,BVM7-710,1,120
2026/11/1,SO3,华强,电源线,,5,30
2026/10/31,SO9,骏业,整机,,1,1280
合计,,,,,21,1742
"""


@pytest.fixture
def book(desk, tmp_path_factory):
    desk.lay_out(BOOK)
    desk.erp = tmp_path_factory.mktemp("erp") / "ERP导出.csv"
    desk.erp.write_bytes(ERP.encode("gb18030"))
    return desk


def both(desk, words):
    found = desk.json(words)["data"]["tables"]
    codes = [note["code"] for table in found for note in table["notes"]]
    return found[0]["rows"], found[1]["rows"], codes


def test_an_erp_export_is_held_against_our_orders(book):
    summary, differences, codes = both(book, f"reconcile 订单 {book.erp} --since 2026-10-01 --until 2026-10-31")
    assert [(row["line"], row["lines"], row["qty"], row["amount"]) for row in summary] == [
        ("ours", 4, 18, 450), ("missing", 1, 1, 1280), ("qty", 1, 2, 12), ("product", 1, 0, 0), ("customer", 1, 0, 0),
        ("period", 1, -5, -30), ("theirs", 4, 16, 1712),
    ]  # fmt: skip
    assert [(row["why"], row["our_row"], row["their_row"], row["difference"]) for row in differences] == [
        ("product", 2, 3, 0), ("qty", 3, 4, 12), ("customer", 4, 5, 0), ("missing", None, 7, 1280),
        ("period", 6, 6, -30),
    ]  # fmt: skip
    assert set(codes) == {"control_total", "names", "not_compared", "period", "set_aside"}


def test_the_days_of_their_book_are_the_period_where_none_is_given(book):
    summary, differences, _ = both(book, f"reconcile orders {book.erp}")
    assert [row["lines"] for row in summary if row["line"] in {"ours", "theirs"}] == [4, 5]
    assert {row["why"] for row in differences} == {"product", "qty", "customer", "missing", "period"}
    assert sum(row["difference"] for row in differences) == 1742 - 450


def test_a_ledger_agrees_with_itself_and_with_its_export(book, tmp_path):
    book.run(f"export 订单 --out {tmp_path}/out/订单.csv --store csv")
    for path in (tmp_path / "订单.csv",):
        summary, differences, codes = both(book, f"reconcile 订单 {path}")
        assert (differences, [row["line"] for row in summary]) == ([], ["ours", "theirs"])
        assert "agree" in codes


def test_the_command_that_folds_a_name_of_theirs_is_said_and_does_it(book):
    words = f"reconcile 订单 {book.erp} --since 2026-10-01 --until 2026-10-31"
    tables = book.json(words)["data"]["tables"]
    said = [note["text"] for table in tables for note in table["notes"] if note["code"] == "names"]
    assert said == ["如是同一个：salesaid name same 深圳华强 华强 --new"]
    assert book.run(said[0].partition("salesaid ")[2]).code == 0
    assert "names" not in both(book, words)[2]


def test_names_that_were_decided_to_be_one_are_one(book):
    assert book.run("name same 深圳华强 华强 --new --kind customer").code == 0
    _, differences, _ = both(book, f"reconcile 订单 {book.erp} --since 2026-10-01 --until 2026-10-31")
    assert [row["why"] for row in differences].count("customer") == 1
    book.erp.write_bytes(ERP.replace("SO", "X").encode("gb18030"))
    _, differences, codes = both(book, f"reconcile 订单 {book.erp} --since 2026-10-01 --until 2026-10-31")
    assert "other_numbers" in codes
    assert "customer" in [row["why"] for row in differences]
    assert "extra" not in [row["why"] for row in differences]


def test_receipts_are_held_against_finance(book):
    book.erp.write_text("日期,客户,到账\n2026-10-08,骏业,300\n2026-10-25,华强,100\n2026-10-26,某人,20\n", "utf-8")
    assert book.run(f"reconcile payments {book.erp}").code == 2
    summary, differences, codes = both(book, f"reconcile payments {book.erp} --map 到账=金额")
    assert [(row["why"], row["difference"]) for row in differences] == [("amount", -20), ("missing", 20)]
    assert summary[-1]["amount"] == 420
    assert "not_compared" not in codes


def test_a_workbook_to_work_through_has_both_rows_side_by_side(book, tmp_path):
    assert book.run(f"reconcile 订单 {book.erp} --out {tmp_path}/对账.xlsx").code == 0
    sheets = openpyxl.load_workbook(tmp_path / "对账.xlsx").worksheets
    assert [sheet.title for sheet in sheets] == ["汇总", "差异"]
    heads = [cell.value for row in sheets[1].iter_rows(max_row=5) for cell in row]
    assert {"我方单号", "对方单号", "我方金额", "对方金额", "处理"} <= set(heads)
    assert [rule.formula1 for rule in sheets[1].data_validations.dataValidation] == ['"改我方,对方改,无需改"']


def test_nothing_is_written_to_the_book(book):
    before = {path: path.read_bytes() for path in book.folder.rglob("*.csv")}
    assert book.run(f"reconcile 订单 {book.erp}").code == 0
    assert {path: path.read_bytes() for path in book.folder.rglob("*.csv")} == before


def test_a_workbook_of_theirs_is_read_as_well(book, tmp_path):
    theirs = openpyxl.Workbook()
    for row in csv.reader(ERP.splitlines()):
        theirs.active.append(row)
    theirs.save(tmp_path / "erp.xlsx")
    assert both(book, f"reconcile 订单 {tmp_path}/erp.xlsx")[1] == both(book, f"reconcile 订单 {book.erp}")[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("reconcile", 2), ("reconcile 订单", 2), ("reconcile 没有 {erp}", 2), ("reconcile 客户 {erp}", 2),
        ("reconcile 订单 没有.csv", 3), ("reconcile 订单 没有", 3), ("reconcile 订单 {erp} --map x", 2),
        ("reconcile 订单 {erp} --map 没有=qty", 2),
        ("reconcile 订单 {erp} --since 2026-11-01 --until 2026-10-01", 2),
        ("reconcile 日记账 {erp}", 2),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(book, words, code):
    done = book.run(words.format(erp=book.erp))
    assert (done.code, done.out) == (code, "")
    assert done.err


def test_goods_taken_back_are_below_zero_in_both_books(desk, tmp_path):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,单价,金额
    SH1,2026-10-05,发货,骏业,主板,5,120,600
    SH1,2026-10-06,签收,骏业,,0,,
    SH2,2026-10-09,退回,骏业,主板,2,120,240
    """
    theirs = tmp_path / "erp.csv"
    theirs.write_text(
        "日期,单号,客户,产品,数量,金额\n2026-10-05,SH1,骏业,主板,5,600\n2026-10-09,SH2,骏业,主板,-2,-240\n", "utf-8"
    )
    summary, found, _ = both(desk, f"reconcile 出货 {theirs}")
    assert (found, summary[0]["qty"], summary[0]["amount"]) == ([], 3, 360)


def test_purchases_are_held_against_suppliers_books(desk, tmp_path):
    """
    采购.csv
    单号,日期,类型,供应商,产品,数量,单价
    PO1,2026-10-05,采购,联芯科技,主板,5,95
    PO1,2026-10-08,到货,联芯科技,主板,5,95
    """
    theirs = tmp_path / "erp.csv"
    theirs.write_text("日期,单号,供货单位,产品,数量,单价\n2026-10-05,PO1,联芯,主板,5,96\n", "utf-8")
    assert [(row["why"], row["difference"]) for row in both(desk, f"reconcile 采购 {theirs}")[1]] == [
        ("price", 5), ("customer", 0)
    ]  # fmt: skip


def test_a_cash_book_is_held_against_the_banks(desk, tmp_path):
    """
    日记账.csv
    凭证号,日期,账户,摘要,收入,支出
    CJ1,2026-10-05,工行,货款,1000,
    CJ2,2026-10-06,工行,房租,,300
    """
    theirs = tmp_path / "bank.csv"
    theirs.write_text(
        "日期,摘要,收入,支出\n2026-10-05,货款,1000,\n2026-10-06,房租,,310\n2026-10-07,手续费,,5\n", "utf-8"
    )
    summary, found, _ = both(desk, f"reconcile 日记账 {theirs}")
    assert [row["amount"] for row in summary if row["line"] in {"ours", "theirs"}] == [700, 685]
    assert sum(row["difference"] for row in found) == -15


def test_a_ledger_that_was_never_written_lacks_all_of_theirs(desk, tmp_path):
    theirs = tmp_path / "finance.csv"
    theirs.write_text("日期,客户,金额\n2026-10-08,骏业,300\n", "utf-8")
    summary, found, codes = both(desk, f"reconcile 收款 {theirs}")
    assert [(row["line"], row["lines"], row["amount"]) for row in summary] == [
        ("ours", 0, 0), ("missing", 1, 300), ("theirs", 1, 300),
    ]  # fmt: skip
    assert ([row["why"] for row in found], set(codes)) == (["missing"], {"period", "control_total"})
