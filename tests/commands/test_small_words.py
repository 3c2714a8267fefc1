"""What is said where a name is blank, a value is missing, or something is written twice."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价
    主板,ZB,块,100
    电源线,DY,条,6

    客户.csv
    客户
    甲

    采购.csv
    采购单号,日期,类型,供应商,产品,数量
    P1,2026-11-03,采购,,主板,10

    借用.csv
    借用单号,日期,类型,客户,产品,数量,订单号
    L1,2026-11-03,借出,,主板,3,
    L2,2026-11-03,借出,甲,主板,3,

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-09-01,期初,主板,100
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ("purchase receive P1 -i 主板×2", "(无供应商)", "(no supplier)"),
        ("loan return L1 -i 主板×1", "(无客户)", "(no customer)"),
        ("loan convert L1 --to gift -i 主板×1", "(无客户)", "(no customer)"),
    ],
)
def test_a_blank_party_is_called_so(book, words, zh, en):
    assert zh in book.run(f"{words} --dry-run").out
    assert en in book.run(f"--lang en {words} --dry-run").out


def test_a_factory_that_is_missing_is_asked_for_by_its_option(book):
    book.run("return add 甲 主板×1")
    assert "--factory 名称" in book.run("return send 1").err
    assert "--factory NAME" in book.run("--lang en return send 1").err


def test_a_product_is_not_swapped_for_itself(book):
    before = book.text("借用.csv")
    refused = book.run("loan convert L2 --to swap -i 主板×1 --got 主板×1")
    assert (refused.code, book.text("借用.csv")) == (2, before)
    assert "loan return" in refused.err


def test_an_order_sold_from_loan_says_where_its_goods_came_from(book):
    assert book.run("loan convert L2 --to sell -i 主板×2 --price 90").code == 0
    tables = {table["title"]: table["rows"] for table in book.json("order show 1")["data"]["tables"]}
    [row] = tables["由借用转来的已发"]
    assert (row["loan_no"], row["product"], row["qty"]) == ("L2", "主板", 2)
    assert "Shipped by sale from loan" in book.run("--lang en order show 1").out


def test_a_second_opening_of_a_product_is_warned_of(book):
    def codes(words):
        return {note["code"] for note in book.json(words)["data"]["notes"]}

    assert "opened_before" in codes("stock in 主板×5 --opening --dry-run")
    assert "opened_before" not in codes("stock in 主板×5 --dry-run")
    assert "opened_before" not in codes("stock in 电源线×5 --opening --dry-run")


def test_qq_is_no_word(book):
    assert "QQ" in book.run("--lang en customer show 甲").out
