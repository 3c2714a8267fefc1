"""Rows dated after today: not in today's balances, and counted by whatever is written next."""

from __future__ import annotations

import pytest

BOOK = """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价,金额,交期,评审人,备注
    SO20261122-003,2026-11-22,下单,骏业,BVM7-710,3,10,30.00,,李经理,
    SO20261122-003,2026-11-22,下单,骏业,电源线,4,15,60.00,,李经理,
    SO20261201-001,2026-12-01,下单,骏业,电源线,4,15,60.00,,李经理,

    库存变动.csv
    单号,日期,类型,产品,数量
    ST20261101-001,2026-11-01,期初,BVM7-710,30
    ST20261101-001,2026-11-01,期初,电源线,50
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def codes(envelope):
    return [note["code"] for note in envelope["data"]["notes"]]


def test_goods_shipped_on_a_later_day_are_not_shipped_again(book):
    assert codes(book.json("order ship 1122-3 --date 2026-12-01")).count("later_date") == 1
    for words in ("order ship 1122-3 --date 2026-12-01", "order ship 1122-3", "order close 1122-3 --why 取消"):
        refused = book.run(words).err
        assert "没有未发的货" in refused
        assert "日期在今天之后的行" in refused  # the list of today shows it as open
    assert {row["open"] for row in book.rows("order list") if row["order_no"] == "SO20261122-003"} == {3, 4}


def test_what_a_later_day_closes_is_not_open_for_another_shipment(book):
    assert "later_date" in codes(book.json("order close 1122-3 -i 电源线 --date 2026-12-09 --why 取消"))
    answer = book.json("order ship 1122-3")
    assert [entry["row"]["product"] for entry in answer["data"]["entries"]] == ["BVM7-710"]


def test_goods_that_come_back_on_a_later_day_do_not_come_back_again(book):
    book.run("order ship 1122-3")
    back = "order return 1122-3 -i 电源线×3 --why 发错"
    assert "later_date" in codes(book.json(f"{back} --date 2026-12-01"))
    assert book.run(back).code == 2
    assert book.run("order ship 1122-3 -i 电源线×3").code == 0


def test_a_shipment_of_a_later_day_is_signed_for_once(book):
    book.run("order ship 1122-3 --date 2026-12-01")
    assert book.run("order sign SH20261201-001 --date 2026-12-03").code == 0
    assert book.run("order sign SH20261201-001 --date 2026-12-03").code == 2


def test_an_order_that_is_not_taken_yet_is_not_shipped(book):
    assert "今天（2026-11-23）还没有计入" in book.run("order ship 1201-1").err


@pytest.mark.parametrize(
    "words",
    [
        "stock count 电源线=5", "stock in 电源线×5", "stock out 电源线×5", "order add 骏业 电源线×1",
        "order change 1122-3 --due +3 --why 客户要求", "order review 1122-3 --by 赵经理",
    ],
)  # fmt: skip
def test_every_write_of_a_later_day_says_so_once(book, words):
    assert codes(book.json(f"{words} --date 2026-12-01")).count("later_date") == 1
    assert "到那天才计入" in book.run(f"{words} --date 2026-12-01").err


GOODS_OUT = """
    借用.csv
    单号,日期,类型,客户,产品,数量
    LN20261101-001,2026-11-01,借出,骏业,BVM7-710,2
    LN20261201-001,2026-12-01,借出,骏业,BVM7-710,5

    采购.csv
    单号,日期,类型,供应商,产品,数量,备注
    PO20261101-001,2026-11-01,采购,联芯,BVM7-710,20,

    返修.csv
    单号,日期,类型,客户,产品,数量,加工厂
    RT20261101-001,2026-11-01,收到,骏业,BVM7-710,1,
"""


@pytest.mark.parametrize(
    "words",
    [
        "loan return 1101-1", "loan return -c 骏业 -i BVM7-710×2", "loan convert 1101-1 --to gift",
        "purchase receive 1101-1", "purchase close 1101-1 --why 停产", "return deliver 1101-1",
    ],
)  # fmt: skip
def test_what_leaves_its_document_on_a_later_day_is_not_there_to_leave_again(desk, words):
    desk.lay_out(GOODS_OUT)
    answer = desk.json(f"{words} --date 2026-12-01")
    assert codes(answer).count("later_date") == 1
    assert desk.run(words).code == 2
    assert desk.run(f"{words} --date 2026-12-01").code == 2


def test_a_shipment_of_a_later_day_can_be_voided(book):
    book.run("order ship 1122-3 --date 2026-12-01")
    answer = book.json("void SH20261201-001 --why 记错")
    assert {entry["row"]["date"] for entry in answer["data"]["entries"]} == {"2026-12-01"}
    assert book.run("order ship 1122-3").code == 0
