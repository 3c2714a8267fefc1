"""Receipts: what is taken, what is refused, and what each settles."""

from __future__ import annotations

import pytest

from tests.desk import Desk


def settled(answer):
    return [(row["no"], row["settled"], row["open"]) for row in answer["rows"]]


def noted(data):
    return {note["code"] for note in data["notes"]}


def test_a_payment_settles_what_is_due_first_and_says_what_is_still_owed(desk):
    """
    客户.csv
    客户,付款条件
    骏业,30天

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价,金额
    S1,2026-10-01,发货,A1,骏业,主板,10,5,50
    S2,2026-11-01,发货,A2,骏业,主板,10,5,50
    """
    answer = desk.run("payment add 骏业 70")
    assert answer.code == 0, answer.err
    assert "已记收款 PY20261123-001 · 骏业 · 70.00 元" in answer.out
    assert "骏业 还欠 30.00" in answer.out
    [s1, s2] = [line.split() for line in answer.out.splitlines() if line.startswith(("A1", "A2"))]
    assert (s1[-2:], s2[-2:]) == (["50.00", "0.00"], ["20.00", "30.00"])
    assert desk.lines("收款.csv")[1].startswith("PY20261123-001,2026-11-23,骏业,,70.00")
    [row] = desk.rows("payment list")
    assert (row["settled"], row["unallocated"], row["settles"]) == (70, 0, "A1 50.00 · A2 20.00")


def test_the_long_form_writes_all_that_it_was_given(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,10,5
    """
    words = "payment add -c 骏业 --amount 1,234.50 --order A1 --payer 何志强 --method 转账 --account 建行 -n 定金"
    data = desk.json(words)["data"]
    assert data["no"] == "PY20261123-001"
    [entry] = data["entries"]
    assert entry["row"] == {
        "payment_no": "PY20261123-001", "date": "2026-11-23", "customer": "骏业", "payer": "何志强",
        "amount": 1234.5, "method": "转账", "order_no": "A1", "account": "建行", "note": "定金",
    }  # fmt: skip
    assert noted(data) == {"prepaid", "balance"}


def test_an_order_alone_says_whose_money_it_is(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,10,5
    """
    assert desk.json("payment add --order A1 20")["data"]["entries"][0]["row"]["customer"] == "骏业"


def test_an_unknown_payer_settles_nothing_until_a_decision_says_who_it_is(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,10,50
    """
    data = desk.json("payment add --payer 何志强 --amount 50")["data"]
    assert "unknown_payer" in noted(data)
    assert "customer" not in data["entries"][0]["row"]
    [nobody, owing] = sorted(desk.rows("receivable list"), key=lambda row: row["balance"])
    assert (nobody["customer"], nobody["unallocated"], owing["balance"]) == (None, -50, 50)
    desk.write("名称对照.csv", "种类,写法,对应名称,判定\n客户,何志强,骏业,同一")
    assert desk.rows("receivable list") == []
    [row] = desk.rows("payment list")
    assert (row["customer"], row["payer"], row["settles"]) == ("骏业", "何志强", "S1")


def test_a_payer_who_is_a_customer_is_taken_for_it(desk):
    """
    客户.csv
    客户,全称
    骏业,深圳市骏业电子有限公司
    """
    data = desk.json("payment add --payer 深圳市骏业电子有限公司 --amount 50")["data"]
    assert data["entries"][0]["row"]["customer"] == "骏业"
    assert "understood" in noted(data)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("payment add 骏业 0", "not-above-zero"),
        ("payment add 骏业 --amount=-5", "not-above-zero"),
        ("payment add 骏业 1.234", "fraction-of-cent"),
        ("payment add 骏业 abc", "unreadable-value"),
        ("payment add 骏业 -", "unreadable-value"),
        ("payment add 骏业", "missing"),
        ("payment add --amount 5", "missing"),
        ("payment add 骏业 5 6", "too-many-words"),
        ("payment add 骏业 5 --order 没有", "unknown-number"),
        ("payment add 灵龙 5 --order A1", "other-customers-order"),
        ("payment add 没有 5", "unknown-name"),
        ("payment add 骏业 5 -d 2026-12-01", "future-receipt"),
    ],
)
def test_what_no_bookkeeper_would_write_is_refused(desk, words, code):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,10,5
    A2,2026-11-01,灵龙,主板,10,5
    """
    answer = desk.json(words)
    assert (answer["status"], answer["errors"][0]["code"]) == ("error", code)
    assert desk.run(words).code == 2
    assert not (desk.folder / "收款.csv").exists()


def test_a_receipt_later_in_the_month_is_written_and_warned_of(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,10,50
    """
    assert "later_date" in noted(desk.json("payment add 骏业 5 -d 2026-11-30")["data"])
    assert desk.json("payment add 骏业 5 -d 2026-11-30")["errors"][0]["code"] == "paid-twice"


def test_the_same_payment_twice_is_written_only_where_it_is_meant(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,10,50
    """
    assert desk.run("payment add 骏业 20").code == 0
    twice = desk.json("payment add 骏业 20")["errors"][0]
    assert twice["code"] == "paid-twice"
    assert "PY20261123-001" in twice["message"]
    assert desk.run("payment add 骏业 20", stdin="n\n").code == 2
    assert len(desk.lines("收款.csv")) == 2
    assert desk.run("payment add 骏业 20", stdin="y\n").code == 0
    assert desk.run("payment add 骏业 20 --yes").code == 0
    assert len(desk.lines("收款.csv")) == 4


def test_a_payment_that_was_voided_may_come_again_and_settles_nothing(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,10,50
    """
    desk.run("payment add 骏业 20")
    answer = desk.run("void PY20261123-001 --why 记错")
    assert answer.code == 0, answer.err
    assert "-20.00" in desk.lines("收款.csv")[2]
    assert desk.rows("receivable list")[0]["balance"] == 50
    assert [row["settled"] for row in desk.rows("payment list")] == [0, 0]
    assert desk.run("payment add 骏业 20").code == 0
    assert desk.run("undo").code == 0
    assert len(desk.lines("收款.csv")) == 3


def test_what_is_more_than_owed_is_paid_ahead(desk):
    """
    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,10,50
    """
    data = desk.json("payment add 骏业 80")["data"]
    assert "prepaid" in noted(data)
    [row] = desk.rows("receivable list")
    assert (row["unallocated"], row["balance"]) == (-30, -30)


def test_money_for_goods_to_come_waits_for_them(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,10,5
    A2,2026-11-02,骏业,主板,10,5

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,金额
    S1,2026-11-03,发货,A1,骏业,主板,10,50

    收款.csv
    单号,日期,客户,金额,订单号
    P1,2026-11-04,骏业,50,A2
    """
    [row] = desk.rows("receivable list")
    assert (row["d1_30"], row["unallocated"], row["balance"]) == (50, -50, 0)
    desk.run("order ship A2")
    [row] = desk.rows("payment list")
    assert (row["settled"], row["settles"]) == (50, "A2")


def test_rows_that_make_no_sense_are_listed_for_what_they_are(desk):
    """
    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,金额
    S1,2026-11-03,发货,A1,骏业,主板,10,50

    收款.csv
    单号,日期,客户,付款人,金额,订单号
    P1,2026-11-04,没听说过,,5,没有的
    ,2026-11-04,骏业,,10,没有的
    P2,2026-11-05,骏业,,-30,
    P2,2026-11-06,,,7,
    """
    rows = {row["payment_no"]: row for row in desk.rows("payment list") if row["payment_no"] != "P2"}
    assert (rows["P1"]["customer"], rows["P1"]["unallocated"]) == ("没听说过", 5)
    assert rows["收款.csv:3"]["settles"] == "A1"
    ages = {row["customer"]: row["balance"] for row in desk.rows("receivable list")}
    assert ages == {"骏业": 70, "没听说过": -5, None: -7}


def test_receipts_that_look_like_mistakes_are_named_by_their_rows(desk):
    """
    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,金额
    S1,2026-11-03,发货,A1,骏业,主板,10,50
    S2,2026-11-04,发货,A2,骏业,主板,10,50

    收款.csv
    单号,日期,客户,付款人,金额,订单号
    P1,2026-11-05,骏业,,30,A1
    P1,2026-11-05,骏业,,30,A1
    P2,2026-11-05,骏业,,1.005,
    P3,2026-11-05,骏业,,1,S9
    P4,2026-11-05,骏业,,1,S2
    """
    data = desk.json("payment list")["data"]
    [note] = [note for note in data["notes"] if note["code"] == "odd_rows"]
    assert note["text"] == (
        "按原样计入，请核对：第 3 行与第 2 行重号（单号 P1、订单 A1）；第 4 行的金额 1.005 小数超过两位，按 1.01 计；"
        "第 5 行的订单 S9 没有找到"
    )
    shares = [(row["settled"], row["settles"]) for row in data["rows"] if row["payment_no"] == "P1"]
    assert sorted(shares) == [(30, "A1"), (30, "A1 20.00 · A2 10.00")]


def test_lists_may_be_asked_for_in_part(desk):
    """
    收款.csv
    单号,日期,客户,付款人,金额
    P1,2026-10-04,骏业,,5
    P2,2026-11-04,骏业,,6
    P3,2026-11-05,灵龙,,7
    P4,2026-11-06,,何志强,8
    """
    numbers = lambda words: [row["payment_no"] for row in desk.rows(f"payment list {words}")]  # noqa: E731
    assert numbers("") == ["P4", "P3", "P2", "P1"]
    assert numbers("-c 骏业") == ["P2", "P1"]
    assert numbers("--since 2026-11-01 --until 2026-11-05") == ["P3", "P2"]
    assert numbers("-c (无客户)") == ["P4"]
    assert numbers("--limit 1") == ["P4"]
    assert desk.json("payment list --limit 1")["data"]["totals"]["amount"] == 26
    assert "(未知)" in desk.run("payment list").out
    assert "(unknown)" in desk.run("payment list", SALESAID_LANG="en").out


def test_a_column_that_the_file_lacks_is_named(desk):
    """
    收款.csv
    单号,日期,客户,金额
    P1,2026-10-04,骏业,5
    """
    answer = desk.run("payment add 骏业 6 --method 现金")
    assert answer.code == 2
    assert "收款方式" in answer.err
    assert desk.run("payment add 骏业 6").code == 0
    assert desk.lines("收款.csv")[-1] == "PY20261123-001,2026-11-23,骏业,6.00"


def test_a_dry_run_writes_nothing(desk):
    """
    收款.csv
    单号,日期,客户,金额
    P1,2026-10-04,骏业,5
    """
    before = desk.text("收款.csv")
    assert desk.json("payment add 骏业 6 --dry-run")["data"]["dry_run"] is True
    assert desk.text("收款.csv") == before


def test_a_workbook_takes_payments_as_a_csv_does(tmp_path):
    desk = Desk(tmp_path, '[book]\nlanguage = "zh"\nstore = "xlsx"\n')
    assert desk.run("receivable open -c 骏业 --amount 100 --new").code == 0
    assert desk.run("payment add 骏业 30").code == 0
    assert (desk.folder / "收款.xlsx").exists()
    assert desk.rows("receivable list")[0]["balance"] == 70
    assert desk.run("void PY20261123-001 --why 记错").code == 0
    assert desk.rows("receivable list")[0]["balance"] == 100
