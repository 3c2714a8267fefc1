"""What a sum by product says of names that a decision folds into it."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,最低库存
    BVM7-710,ZB710,块,90
    电源线,DYX15,条,

    名称对照.csv
    种类,写法,对应名称,判定
    产品,bvm7-710-8505,BVM7-710,同一
    产品,BVM7-720,BVM7-710,不同

    库存变动.csv
    日期,类型,产品,数量
    2026-11-01,入库,BVM7-710,40
    2026-11-01,入库,bvm7—710—8505,6
    2026-11-02,入库,bvm7_710,3
    2026-11-02,入库,BVM7-720,5

    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,甲,BVM7-710,2,1
    A1,2026-11-01,甲,bvm7—710—8505,3,1
    A2,2026-11-02,乙,BVM7-710-8505,4,1
    """


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def said(desk, words):
    return [note["text"] for note in desk.json(words)["data"]["notes"] if note["code"] == "folded"]


@pytest.mark.parametrize("words", ["stock list", "stock list BVM7-710", "stock list --by-warehouse", "stock check",
                                   "stock card BVM7-710", "product list"])  # fmt: skip
def test_a_sum_by_product_says_what_a_decision_folds_and_how_much_that_moves(book, words):
    names = "BVM7-710-8505、bvm7—710—8505"
    assert said(book, words) == [f"按名称的决定归并：{names} → BVM7-710（在库 +6）"]


def test_the_orders_of_a_product_say_how_much_was_ordered_under_names_that_were_folded(book):
    assert "BVM7-710（订购 +7）" in said(book, "order list --product BVM7-710")[0]
    assert "BVM7-710（订购 +3）" in said(book, "order list --product BVM7-710 --customer 甲")[0]
    assert said(book, "order list") == []


def test_what_one_key_folds_and_what_no_row_says_is_no_decision(book):
    assert said(book, "stock list 电源线") == []
    assert said(book, "stock list BVM7-720") == []
    (book.folder / "名称对照.csv").unlink()
    assert said(book, "stock list") == []


def test_the_figure_is_what_the_list_shows_more_than_without_the_decision(book):
    after = book.rows("stock list BVM7-710")[0]["on_hand"]
    (book.folder / "名称对照.csv").unlink()
    assert after - book.rows("stock list BVM7-710")[0]["on_hand"] == 6


@pytest.fixture
def firms(desk):
    desk.lay_out("""
        客户.csv
        客户,付款条件
        安卡,30天
        骏业,30天

        名称对照.csv
        种类,写法,对应名称,判定
        客户,安卡电子,安卡,同一
        产品,BVM7-710-8505,BVM7-710,同一

        订单.csv
        单号,日期,客户,产品,数量,单价
        A1,2026-11-01,安卡电子,BVM7-710,2,1
        A2,2026-11-02,安卡,BVM7-710-8505,3,2
        A3,2026-11-02,骏 业,BVM7-710,3,1

        出货.csv
        单号,日期,订单号,客户,产品,数量
        S1,2026-11-03,A1,安卡电子,BVM7-710,2
        S2,2026-11-03,A2,安卡,BVM7-710-8505,3
        S3,2026-11-03,A3,骏业,BVM7-710,3
        """)
    return desk


@pytest.mark.parametrize(
    "words", ["receivable list", "receivable list --customer 安卡", "report receivables", "report customers 2026-11"]
)
def test_a_sum_by_customer_says_whose_rows_a_decision_folds(firms, words):
    assert said(firms, words) == ["按名称的决定归并：安卡电子 → 安卡（2 行）"]
    assert said(firms, "receivable list --customer 骏业") == []
    english = firms.json(words, SALESAID_LANG="en")["data"]["notes"]
    assert "joined by decision: 安卡电子 → 安卡 (rows: 2)" in [note["text"] for note in english]


def test_sales_by_all_three_say_both(firms):
    assert said(firms, "report salesperson-customer-product 2026-11") == [
        "按名称的决定归并：BVM7-710-8505 → BVM7-710（净额 +6）",
        "按名称的决定归并：安卡电子 → 安卡（2 行）",
    ]


def test_a_book_without_decisions_about_customers_says_nothing(firms):
    firms.write("名称对照.csv", "种类,写法,对应名称,判定\n客户,安卡电子,安卡,不同")
    assert said(firms, "receivable list") == []
