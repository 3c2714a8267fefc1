"""What came in for orders: in the list, on the card, when an order is taken and when it is shipped."""

from __future__ import annotations

from tests.desk import Desk


def paid(desk, words=""):
    return {(row["order_no"], row["product"]): (row["received"], row["paying"]) for row in _rows(desk, words)}


def _rows(desk, words):
    return desk.rows(f"order list {words}")


def notes(desk, words):
    return {note["code"]: note for note in desk.json(words)["data"]["notes"]}


def test_without_receipts_everything_is_unpaid_that_costs_something(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价
    A1,2026-11-01,下单,骏业,主板,10,5
    A2,2026-11-01,下单,骏业,赠品,1,0
    A3,2026-11-01,下单,骏业,主板,2,5
    A3,2026-11-02,关闭,骏业,主板,-2,
    """
    assert paid(desk) == {("A1", "主板"): (0, "unpaid"), ("A2", "赠品"): (0, "paid"), ("A3", "主板"): (0, "paid")}
    assert [row["order_no"] for row in _rows(desk, "--unpaid")] == ["A1"]


def test_each_line_takes_what_it_comes_to_and_the_last_what_is_too_much(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,10,5
    A1,2026-11-01,骏业,线,10,2
    A2,2026-11-01,灵龙,主板,10,5
    A3,2026-11-01,佳瑞,主板,10,5
    A4,2026-11-01,安卡,主板,10,5

    收款.csv
    单号,日期,客户,金额,订单号
    P1,2026-11-10,骏业,60,A1
    P2,2026-11-10,灵龙,50,A2
    P3,2026-11-10,佳瑞,55,A3
    P4,2026-11-10,安卡,50,
    """
    assert paid(desk) == {
        ("A1", "主板"): (50, "paid"), ("A1", "线"): (10, "partial"), ("A2", "主板"): (50, "paid"),
        ("A3", "主板"): (55, "over"), ("A4", "主板"): (0, "unpaid"),
    }  # fmt: skip
    assert {row["order_no"] for row in _rows(desk, "--unpaid")} == {"A1", "A4"}
    assert paid(desk, "-p 线") == {("A1", "线"): (10, "partial")}
    assert desk.json("order list")["data"]["totals"]["received"] == 165


def test_money_for_no_order_pays_what_was_shipped_first(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,10,5
    A2,2026-11-02,骏业,主板,10,5

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,金额
    S1,2026-11-03,发货,A1,骏业,主板,10,50
    S2,2026-11-04,发货,A2,骏业,主板,10,50
    S3,2026-11-05,退回,A2,骏业,主板,4,20

    收款.csv
    单号,日期,客户,金额
    P1,2026-11-10,骏业,80
    """
    assert paid(desk) == {("A1", "主板"): (50, "paid"), ("A2", "主板"): (30, "partial")}  # four are to leave again
    card = desk.json("order show A2")["data"]
    assert card["tables"][0]["rows"][0]["received"] == 30
    assert [(row["payment_no"], row["amount"]) for row in card["tables"][2]["rows"]] == [("P1", 30)]
    assert "用于本单" in desk.run("order show A2").out


def test_a_red_letter_is_not_counted_as_money(desk):
    """
    salesaid.toml
    [ledgers.orders]
    ships = "at_once"

    订单.csv
    单号,日期,客户,产品,数量,单价,金额
    A1,2026-11-01,骏业,主板,10,10,100
    A1,2026-11-02,骏业,主板,-2,10,-20
    A2,2026-11-02,灵龙,主板,2,10,20
    A2,2026-11-03,灵龙,主板,-2,10,-20

    收款.csv
    单号,日期,客户,金额,订单号
    P1,2026-11-10,骏业,60,A1
    """
    assert paid(desk) == {("A1", "主板"): (60, "partial"), ("A2", "主板"): (0, "paid")}
    assert [row["order_no"] for row in _rows(desk, "--unpaid")] == ["A1"]
    assert [row["balance"] for row in desk.rows("receivable list")] == [20]


def test_what_was_taken_back_and_sent_again_is_to_be_paid_again(desk):
    """
    $ salesaid order add 乙 主板*3@100 --new --ship -d 2026-11-02
    $ salesaid payment add 乙 200 --order 1102-1
    $ salesaid order return 1102-1 --item 主板*1 --why 坏
    $ salesaid order ship 1102-1
    """
    assert [(row["shipping"], row["received"], row["paying"]) for row in _rows(desk, "")] == [
        ("shipped", 200, "partial")
    ]


def test_goods_taken_back_pay_nothing_of_goods_that_never_left(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,1,100
    A1,2026-11-01,骏业,线,1,100
    A2,2026-11-01,骏业,线,1,10

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    S1,2026-11-03,发货,A1,骏业,线,1,100
    S2,2026-11-04,退回,A1,骏业,线,1,100

    收款.csv
    单号,日期,客户,金额
    P1,2026-11-10,骏业,5
    """
    assert paid(desk) == {("A1", "主板"): (0, "unpaid"), ("A1", "线"): (0, "unpaid"), ("A2", "线"): (0, "unpaid")}


def test_a_refund_settles_what_was_shipped_and_is_no_money(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,1,100
    A1,2026-11-01,骏业,线,1,100

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    S1,2026-11-03,发货,A1,骏业,线,1,100

    返修.csv
    单号,日期,类型,订单号,客户,产品,数量,退款金额
    R1,2026-11-05,退货,A1,骏业,线,1,100
    """
    assert paid(desk) == {("A1", "主板"): (0, "unpaid"), ("A1", "线"): (0, "paid")}


def test_goods_that_are_to_be_paid_first_leave_with_a_warning(desk):
    """
    客户.csv
    客户,付款条件
    骏业,预付30%
    灵龙,款到发货
    佳瑞,30天

    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,10,10
    A2,2026-11-01,灵龙,主板,10,10
    A3,2026-11-01,佳瑞,主板,10,10

    收款.csv
    单号,日期,客户,金额,订单号
    P1,2026-11-02,骏业,10,A1
    P2,2026-11-02,灵龙,60,
    """
    assert "应预付 20.00 还没有收到（预付30%，本单已收 10.00）" in desk.run("order show A1").out
    assert notes(desk, "order ship A1 --dry-run")["in_advance"]["level"] == "warning"
    assert "40.00" in notes(desk, "order ship A2 --dry-run")["in_advance"]["text"]
    assert "in_advance" not in notes(desk, "order ship A3 --dry-run")
    desk.run("payment add 灵龙 40 --order A2")
    assert "in_advance" not in notes(desk, "order ship A2 --dry-run")


def test_money_paid_ahead_is_for_the_oldest_order_first(desk):
    """
    客户.csv
    客户,付款条件
    骏业,预付50%

    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,10,100
    A2,2026-11-02,骏业,主板,10,100

    收款.csv
    单号,日期,客户,金额
    P1,2026-11-03,骏业,600
    """
    assert "in_advance" not in notes(desk, "order ship A1 --dry-run")
    assert "应预付 400.00" in notes(desk, "order ship A2 --dry-run")["in_advance"]["text"]
    assert "应预付 45.00" in notes(desk, "order add 骏业 主板×1@90 --ship --dry-run")["in_advance"]["text"]
    assert "in_advance" not in notes(desk, "order add 骏业 主板×1@90 --dry-run")


def test_an_order_says_where_the_customers_credit_stands(desk):
    """
    客户.csv
    客户,信用额度
    骏业,100
    灵龙,

    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-11-01,发货,骏业,主板,1,90
    S2,2026-11-01,发货,灵龙,主板,1,90

    收款.csv
    单号,日期,客户,付款人,金额
    P1,2026-11-02,骏 业,,30
    """
    assert not {"over_credit", "near_credit"} & set(notes(desk, "order add 骏业 主板×1@15 --dry-run"))
    near = notes(desk, "order add 骏业 主板×1@30 --dry-run")["near_credit"]
    assert near["text"] == "骏业 欠 60.00，信用额度 100.00，加上本单还剩 10.00"
    over = notes(desk, "order add 骏业 主板×1@50 --dry-run")["over_credit"]
    assert (over["level"], over["text"]) == ("warning", "骏业 欠 60.00，信用额度 100.00，加上本单超出 10.00")
    assert "over_credit" not in notes(desk, "order add 灵龙 主板×1@500 --dry-run")


def test_the_credit_is_right_from_the_index_after_every_post(tmp_path):
    desk = Desk(tmp_path)
    desk.write("客户.csv", "客户,信用额度\n骏业,1")
    for words in (
        "receivable open 骏业 --amount 100",
        "order add 骏业 主板×10@5 --ship --new",
        "payment add 骏业 30",
        "void PY20261123-001 --why 错",
        "payment add --payer 骏业 --amount 20",
        "undo",
    ):
        assert desk.run(words).code == 0, words
    [balance] = [row["balance"] for row in desk.rows("receivable list")]
    said = notes(desk, "order add 骏业 主板×1@1 --dry-run")["over_credit"]["text"]
    assert balance == 150
    assert said.startswith("骏业 欠 150.00")


def test_long_ledgers_are_not_read_for_the_credit_and_that_is_said(desk, monkeypatch):
    monkeypatch.setattr("salesaid.book.reading.KEPT", 0)
    desk.lay_out("""
        客户.csv
        客户,信用额度
        骏业,1000
    """)
    desk.run("order add 骏业 主板×1@900 --new")
    near = notes(desk, "order add 骏业 主板×1@900 --dry-run")["near_credit"]["text"]
    assert near == "骏业 欠 0.00，信用额度 1,000.00（别的未发订单没有算在内），加上本单还剩 100.00"


def test_what_is_ordered_and_not_yet_shipped_uses_up_the_credit(desk):
    """
    客户.csv
    客户,信用额度
    骏业,1000

    $ salesaid order add 骏业 主板×1@900 --new
    """
    over = notes(desk, "order add 骏业 主板×1@900 --dry-run")["over_credit"]["text"]
    assert over == "骏业 欠 0.00，已订未发 900.00，信用额度 1,000.00，加上本单超出 800.00"
    assert "over_credit" not in notes(desk, "order ship 1123-1 --dry-run")
    desk.run("receivable open 骏业 --amount 200")
    said = notes(desk, "order ship 1123-1 --dry-run")["over_credit"]
    assert (said["level"], said["text"]) == (
        "warning", "骏业 欠 200.00，信用额度 1,000.00，加上本次发货超出 100.00"
    )  # fmt: skip


def test_the_customers_card_has_both_figures_beside_the_limit(desk):
    """
    客户.csv
    客户,信用额度
    骏业,1000

    $ salesaid order add 骏业 主板×1@900 --new
    $ salesaid receivable open 骏业 --amount 200
    """
    shown = desk.run("customer show 骏业").out
    assert "欠款余额 200.00，已订未发 900.00，信用额度 1,000.00，已超" in shown
