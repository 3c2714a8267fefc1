"""What an order says of the stock that it draws on."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,最低库存,产品状态
    主板,5,在售
    老板,5,停售

    库存变动.csv
    单号,日期,类型,产品,数量,仓库
    ST20261101-001,2026-11-01,期初,主板,40,主仓
    ST20261101-002,2026-11-01,期初,主板,3,不良品
    ST20261101-003,2026-11-01,期初,老板,6,主仓
"""
SETTINGS = '[book]\nname = "测试"\nlanguage = "zh"\n[stock]\nnot_for_sale = ["不良品"]\nwarehouse = "主仓"\n'


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    desk.write("salesaid.toml", SETTINGS)
    return desk


def notes(answer):
    return {note["code"]: note["text"] for note in answer["data"]["notes"]}


def line_of(text, product):
    return next(line.split() for line in text.splitlines() if line.strip().startswith(product))


def test_on_hand_counts_all_warehouses_and_available_only_those_for_sale(book):
    out = book.run("order add 骏业 主板×10@5 --new").out
    assert line_of(out, "主板")[1:6] == ["10", "43", "0", "40", "30"]
    assert "在库含不可售的仓库" in out
    assert "在库含不可售的仓库" in book.run("stock check").out


def test_what_is_new_is_shown_and_short(book):
    answer = book.json("order add 骏业 新件×2@5 --new")
    assert "缺 2" in notes(answer)["short"]
    assert line_of(book.run("order add 骏业 另一件×2@5 --new").out, "另一件")[2:6] == ["0", "0", "0", "-2"]


def test_what_is_discontinued_has_no_minimum_and_says_so(book):
    found = notes(book.json("order add 骏业 老板×3@5 --new"))
    assert "老板" in found["discontinued"]
    assert "below_minimum" not in found
    assert "below_minimum" in notes(book.json("order add 骏业 主板×37@5 --new"))


def test_a_new_product_of_a_book_without_a_register_is_echoed(desk):
    desk.write("订单.csv", "单号,日期,客户,产品,数量,单价\nA1,2026-11-01,骏业,主板,2,3")
    assert "新板" in notes(desk.json("order add 骏业 新板×2@5 --new"))["new_name"]
