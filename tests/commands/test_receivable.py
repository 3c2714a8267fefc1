"""Ages of receivables, what was owed before the book began, and disputes."""

from __future__ import annotations

import pytest

from tests.desk import Desk

COLUMNS = [
    "customer", "not_due", "d1_30", "d31_60", "d61_90", "d91_180", "d181_365", "d365_over", "unallocated", "balance",
]  # fmt: skip


def owed(desk, words=""):
    return {row["customer"]: row["balance"] for row in desk.rows(f"receivable list {words}")}


def ages(row):
    return {name: row[name] for name in COLUMNS[1:] if row[name]}


def noted(data):
    return {note["code"]: note["text"] for note in data["notes"]}


def test_ages_stand_in_their_columns_and_sum_to_the_balance(desk):
    """
    客户.csv
    客户,付款条件
    骏业,30天
    灵龙,月结30

    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2025-01-01,发货,骏业,主板,1,1
    S2,2026-04-01,发货,骏业,主板,1,2
    S3,2026-07-01,发货,骏业,主板,1,4
    S4,2026-08-01,发货,骏业,主板,1,8
    S5,2026-09-01,发货,骏业,主板,1,16
    S6,2026-10-01,发货,骏业,主板,1,32
    S7,2026-11-01,发货,骏业,主板,1,64
    S8,2026-11-01,发货,灵龙,主板,1,5
    """
    data = desk.json("receivable list")["data"]
    assert [column["name"] for column in data["columns"]] == COLUMNS
    [first, second] = data["rows"]
    assert ages(first) == {
        "d365_over": 1, "d181_365": 2, "d91_180": 4, "d61_90": 8, "d31_60": 16, "d1_30": 32, "not_due": 64,
        "balance": 127,
    }  # fmt: skip
    assert ages(second) == {"not_due": 5, "balance": 5}
    assert ages(data["totals"]) == ages(first) | {"not_due": 69, "balance": 132}
    [by_ship] = desk.rows("receivable list -c 灵龙 --by ship")
    assert ages(by_ship) == {"d1_30": 5, "balance": 5}


def test_prices_terms_and_credits_make_the_debt(desk):
    """
    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价,金额
    S1,2026-11-01,发货,A1,骏业,主板,3,1.115,
    S2,2026-11-02,发货,A2,骏业,主板,2,5,11
    S3,2026-11-03,退回,A2,骏业,主板,1,5,
    S4,2026-11-03,签收,A2,骏业,,0,,
    """
    assert owed(desk) == {"骏业": 3.35 + 11 - 5}


def test_shipments_without_money_have_their_share_of_the_order(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价,金额
    A1,2026-11-01,骏业,主板,3,,10

    出货.csv
    单号,日期,订单号,客户,产品,数量
    S1,2026-11-01,A1,骏业,主板,1
    S2,2026-11-09,A1,骏业,主板,2
    """
    assert owed(desk, "--as-of 2026-11-05") == {"骏业": 3.33}
    assert owed(desk) == {"骏业": 10}


def test_goods_sold_from_loan_are_owed_for_at_their_orders_price_from_that_day(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-10,骏业,主板,2,7

    借用.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    L1,2026-11-01,借出,,骏业,主板,2,9
    L1,2026-11-10,转销售,A1,骏业,主板,2,9
    """
    assert owed(desk) == {"骏业": 14}
    assert owed(desk, "--as-of 2026-11-09") == {}


def test_a_refund_reduces_what_is_owed_and_is_no_debt(desk):
    """
    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,金额
    S1,2026-11-01,发货,A1,骏业,主板,3,30

    返修.csv
    单号,日期,类型,订单号,客户,产品,数量,退款金额
    R1,2026-11-03,收到,A1,骏业,主板,1,
    R1,2026-11-05,退货,A1,骏业,主板,1,8
    """
    [row] = desk.rows("receivable list")
    assert ages(row) == {"d1_30": 22, "balance": 22}


def test_a_book_of_sales_owes_for_its_orders_rows_and_not_for_shipments(tmp_path):
    desk = Desk(tmp_path, '[ledgers.orders]\nships = "at_once"\n[terms]\ndefault = "30天"\n')
    desk.lay_out("""
        订单.csv
        单号,日期,客户,产品,数量,单价,金额
        A1,2026-11-01,骏业,主板,3,10,
        C1,2026-11-02,骏业,主板,-1,10,
        A2,2026-11-02,,主板,1,10,9.5

        出货.csv
        单号,日期,类型,客户,产品,数量,金额
        S1,2026-11-01,发货,骏业,主板,3,30
        S2,2026-11-01,期初,骏业,,0,100

        借用.csv
        单号,日期,类型,订单号,客户,产品,数量,单价
        L1,2026-11-10,转销售,A1,骏业,主板,2,9
        """)
    assert owed(desk) == {"骏业": 120, None: 9.5}
    assert desk.run("payment add 骏业 20").code == 0
    assert owed(desk) == {"骏业": 100, None: 9.5}


def test_as_of_a_past_day_only_what_was_dated_by_then_counts(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-10-01,发货,骏业,主板,1,30
    S2,2026-11-20,发货,骏业,主板,1,5

    收款.csv
    单号,日期,客户,金额
    P1,2026-11-10,骏业,30
    """
    [row] = desk.rows("receivable list --as-of 2026-11-09")
    assert ages(row) == {"d31_60": 30, "balance": 30}
    assert owed(desk) == {"骏业": 5}


def test_who_owes_nothing_is_left_out_unless_named(desk):
    """
    客户.csv
    客户
    灵龙

    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,1,5

    收款.csv
    单号,日期,客户,金额
    P1,2026-11-10,骏业,5
    """
    assert desk.rows("receivable list") == []
    for name in ("骏业", "灵龙"):
        [row] = desk.rows(f"receivable list -c {name}")
        assert (row["customer"], ages(row)) == (name, {})
    assert desk.run("receivable list -c 没有").code == 2


def test_customers_without_terms_are_named(desk):
    """
    客户.csv
    客户,付款条件
    灵龙,30天
    佳瑞,看心情

    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,1,5
    S2,2026-11-01,发货,灵龙,主板,1,5
    S3,2026-11-01,发货,佳瑞,主板,1,5
    """
    notes = noted(desk.json("receivable list")["data"])
    assert notes["no_terms"] == "没有付款条件、按发货日到期的客户 1 个：骏业"
    assert notes["unreadable_terms"] == "付款条件看不懂、当作没有的客户 1 个：佳瑞“看心情”"


def test_an_opening_is_due_as_it_says_or_by_the_terms(desk):
    """
    客户.csv
    客户,付款条件
    骏业,30天
    灵龙,30天
    """
    answer = desk.run("receivable open -c 骏业 --amount 12,000 --due 2026-12-31")
    assert answer.code == 0, answer.err
    assert "已记期初欠款 SH20261123-001 · 骏业 · 12,000.00 元 · 2026-12-31 到期" in answer.out
    assert "due 2026-12-23" in desk.run("receivable open 灵龙 --amount 5", SALESAID_LANG="en").out
    assert owed(desk) == {"骏业": 12000, "灵龙": 5}
    assert ages(desk.rows("receivable list -c 骏业 --as-of 2026-12-31 --today 2027-01-01")[0])["not_due"] == 12000
    assert ages(desk.rows("receivable list -c 骏业 --today 2027-01-01")[0])["d1_30"] == 12000
    assert "second_opening" in noted(desk.json("receivable open 骏业 --amount 1")["data"])
    assert desk.run("undo").code == 0
    assert desk.run("void SH20261123-001 --why 记错").code == 0
    assert owed(desk) == {"灵龙": 5}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("receivable open 骏业 --amount 0", "no-such-opening"),
        ("receivable open 骏业 --amount=-5", "no-such-opening"),
        ("receivable open 骏业 --amount 1.005", "no-such-opening"),
        ("receivable open 骏业 --amount x", "unreadable-value"),
        ("receivable open 骏业", "missing"),
        ("receivable open 没有 --amount 5", "unknown-name"),
        ("receivable open 骏业 --amount 5 --due 2026-12-31", "missing-column"),
        ("receivable dispute 没有 --why 数量", "unknown-number"),
        ("receivable dispute S1", "missing"),
        ("receivable settle S1", "not-disputed"),
        ("receivable list --by age", None),
    ],
)
def test_what_makes_no_sense_is_refused(desk, words, code):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,1,5
    """
    before = desk.text("出货.csv")
    assert desk.run(words).code == 2
    assert code in {None, desk.json(words)["errors"][0]["code"]}
    assert desk.text("出货.csv") == before


def test_a_dispute_is_shown_until_it_is_settled(desk):
    """
    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,金额,备注
    S1,2026-11-01,发货,A1,骏业,主板,1,5,
    S2,2026-11-02,发货,A1,骏业,主板,1,6,
    """
    data = desk.json("receivable dispute S2 --why 数量不符")["data"]
    assert data["entries"][0]["row"] == {
        "ship_no": "S2", "date": "2026-11-23", "action": "dispute", "order_no": "A1", "customer": "骏业", "qty": 0,
        "note": "数量不符",
    }  # fmt: skip
    assert noted(desk.json("receivable list")["data"])["disputed"] == "有争议的：S2 6.00"
    assert desk.json("receivable dispute S2 --why 又来")["errors"][0]["code"] == "already-disputed"
    assert desk.run("receivable settle S2 -n 已补发").code == 0
    assert "disputed" not in noted(desk.json("receivable list")["data"])
    assert owed(desk) == {"骏业": 11}


def test_who_settles_an_order_settles_its_shipments_too(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-11-01,骏业,主板,2

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,金额,备注
    S1,2026-11-01,发货,A1,骏业,主板,1,5,
    S1,2026-11-02,争议,A1,骏业,,0,,少一件
    """
    assert desk.run("receivable dispute A1 --why 价格").code == 0
    assert desk.run("receivable settle A1").code == 0
    assert desk.json("receivable settle S1")["errors"][0]["code"] == "not-disputed"


def test_receipts_of_nobody_are_never_taken_for_debts_of_nobody(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,,主板,1,5

    收款.csv
    单号,日期,付款人,金额
    P1,2026-11-10,何志强,5
    """
    [row] = desk.rows("receivable list")
    assert (row["customer"], ages(row)) == (None, {"d1_30": 5, "unallocated": -5})
    assert "(无客户)" in desk.run("receivable list").out


def test_answers_come_in_english_and_as_a_workbook(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,1,5
    """
    out = desk.run("receivable list", SALESAID_LANG="en").out
    assert "Receivables by due date" in out
    assert "1–30 days" in out
    assert desk.run(f"receivable list -o {desk.folder}/a.xlsx").code == 0


def test_a_reason_that_has_no_column_is_no_reason_to_refuse(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,1,5
    """
    assert desk.json("receivable dispute S1 --why 数量 -n 电话里说的")["errors"][0]["code"] == "missing-column"
    assert desk.run("receivable dispute S1 --why 数量").code == 0
    assert desk.lines("出货.csv")[-1] == "S1,2026-11-23,争议,骏业,,0,"
    assert "S1 5.00" in noted(desk.json("receivable list")["data"])["disputed"]


def test_files_for_people_name_the_row_of_nobody(desk):
    """
    收款.csv
    单号,日期,客户,付款人,金额
    P1,2026-11-01,,谁也不是,77
    """
    assert desk.rows("receivable list")[0]["customer"] is None
    assert desk.run(f"receivable list --out {desk.folder}/账龄.csv").code == 0
    assert "\n(无客户)," in desk.text("账龄.csv")
    assert desk.run("receivable list -f csv").out.splitlines()[1].startswith(",0.00")
    assert desk.run(f"receivable list --out {desk.folder}/账龄.xlsx").code == 0
    from openpyxl import load_workbook

    cells = {cell.value for row in load_workbook(desk.folder / "账龄.xlsx").active.iter_rows() for cell in row}
    assert "(无客户)" in cells
