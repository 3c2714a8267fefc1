"""A bundle whose components change in the register: what has moved stays what it was."""

from __future__ import annotations

import shutil

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,组成
    主板,ZB,块,
    电源线,DY,条,
    套装,TZ,套,主板*1; 电源线*2

    订单.csv
    订单号,日期,类型,客户,产品,数量,单价
    B1,2026-11-01,下单,甲,套装,9,100

    发货.csv
    发货单号,日期,类型,订单号,客户,产品,数量,单位,组成,备注

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,单位,{parts}交期,备注

    返修.csv
    返修单号,日期,类型,客户,产品,数量,单位,{parts}金额,订单号,备注

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-09-01,期初,主板,100
    A1,2026-09-01,期初,电源线,100
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK.format(parts="组成,"))
    return desk


def run(desk, words):
    answer = desk.run(words)
    assert answer.code == 0, answer.err
    return answer


def hand(desk):
    return {row["product"]: row["on_hand"] for row in desk.rows("stock list") if row["on_hand"] is not None}


def change(desk):
    before = hand(desk)
    desk.write("产品.csv", "产品,型号,单位,组成\n主板,ZB,块,\n电源线,DY,条,\n套装,TZ,套,主板*1; 电源线*5")
    return before


@pytest.mark.parametrize("index", [True, False])
def test_what_came_in_and_went_back_on_a_purchase_stays(book, index):
    run(book, "purchase add 恒通 套装×10 --due +3 --new")
    run(book, "purchase receive 1 -i 套装×4")
    run(book, "purchase reject 1 -i 套装×1 --why 坏")
    assert hand(book) == {"主板": 103, "电源线": 106}
    before = change(book)
    if not index:
        shutil.rmtree(book.folder / ".salesaid" / "index")
    assert hand(book) == before
    card = book.json("stock card 电源线")["data"]["rows"]
    assert [row["qty"] for row in card if row["ledger"] == "purchases"] == [8, 2]


def test_goods_go_back_to_the_supplier_as_they_came_in(book):
    run(book, "purchase add 恒通 套装×10 --due +3 --new")
    run(book, "purchase receive 1 -i 套装×4")
    change(book)
    run(book, "purchase reject 1 -i 套装×4 --why 坏")
    assert hand(book) == {"主板": 100, "电源线": 100}


@pytest.mark.parametrize("words", ["return add 甲 套装×2", "return add 甲 套装×2 --order B1"])
def test_a_bundle_that_is_refunded_is_what_it_was_when_it_was_shipped(book, words):
    run(book, "order ship B1 -i 套装×3")
    assert hand(book) == {"主板": 97, "电源线": 94}
    change(book)
    run(book, words)
    run(book, "return refund 1 -i 套装×2 --amount 200")
    assert hand(book) == {"主板": 99, "电源线": 98}
    run(book, "undo")
    assert hand(book) == {"主板": 97, "电源线": 94}


def test_one_of_ours_in_its_place_is_what_a_bundle_is_now(book):
    run(book, "order ship B1 -i 套装×3")
    change(book)
    run(book, "return add 甲 套装×2")
    run(book, "return replace 1 -i 套装×1")
    assert hand(book) == {"主板": 96, "电源线": 89}


def test_voiding_takes_back_what_was_moved(book):
    run(book, "order ship B1 -i 套装×3")
    run(book, "return add 甲 套装×2")
    run(book, "return refund 1 --amount 200")
    change(book)
    run(book, "void RT20261123-001 --why 错 --force")
    assert hand(book) == {"主板": 97, "电源线": 94}


def test_a_file_without_the_column_is_written_as_before(desk):
    desk.lay_out(BOOK.format(parts=""))
    run(desk, "purchase add 恒通 套装×10 --due +3 --new")
    run(desk, "purchase receive 1 -i 套装×4")
    assert hand(desk) == {"主板": 104, "电源线": 108}
    assert "组成" not in desk.text("采购.csv")
