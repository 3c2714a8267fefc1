"""Wrong models sent or received: a case with two legs that stays until both are closed."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest

from salesaid.book import Book

BOOK = """
    产品.csv
    产品,型号,单位
    BVM7-710,ZB710,块
    BVM7-720,ZB720,块
    BVM7-730,ZB730,块
    电源线,DYX15,条

    订单.csv
    单号,日期,类型,客户,产品,数量,备注
    SO20261122-001,2026-11-22,下单,骏业,BVM7-710,8,
    SO20261122-001,2026-11-22,下单,骏业,电源线,5,

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,备注
    PO20261122-001,2026-11-22,采购,联芯科技,BVM7-710,8,
    PO20261122-001,2026-11-22,采购,联芯科技,电源线,5,
"""
SENT, CAME = "order ship 1122-1 -i {} --force", "purchase receive 1122-1 -i {} --force"
BACK = {SENT: "order return 1122-1 -i {} --why 型号不符", CAME: "purchase reject 1122-1 -i {} --why 型号不符"}
SHOW = {SENT: "order show 1122-1", CAME: "purchase show 1122-1"}
both = pytest.mark.parametrize("goes", [SENT, CAME], ids=["sent", "came"])


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def open_cases(desk):
    with closing(Book(desk.folder, date(2026, 11, 23), "zh", "me")) as book:
        return [
            (case.product, case.to_take_back, case.right, case.lacking) for case in book.supply("wrong_models").open
        ]


def told(desk, goes):
    return [
        note["text"] for note in desk.json(SHOW[goes])["data"]["tables"][0]["notes"] if note["code"] == "wrong_model"
    ]


@both
@pytest.mark.parametrize("first", ["back", "right"])
def test_a_case_stays_until_both_legs_are_closed(book, goes, first):
    assert open_cases(book) == []
    book.run(goes.format("BVM7-720×2"))
    assert open_cases(book) == [("BVM7-720", 2, ("BVM7-710",), 2)]
    steps = [BACK[goes].format("BVM7-720×2"), goes.format("BVM7-710×2")]
    if first == "right":
        steps.reverse()
    assert book.run(steps[0]).code == 0
    assert open_cases(book) == [
        ("BVM7-720", 0, ("BVM7-710",), 2) if first == "back" else ("BVM7-720", 2, ("BVM7-710",), 0)
    ]
    assert len(told(book, goes)) == 1
    assert book.run(steps[1]).code == 0
    assert open_cases(book) == []
    assert told(book, goes) == []


@both
def test_legs_are_closed_in_parts(book, goes):
    book.run(goes.format("BVM7-720×3"))
    book.run(BACK[goes].format("BVM7-720×1"))
    book.run(goes.format("BVM7-710×2"))
    assert open_cases(book) == [("BVM7-720", 2, ("BVM7-710",), 1)]


@both
def test_right_goods_that_come_back_open_the_leg_again(book, goes):
    for words in (goes.format("BVM7-720×2"), goes.format("BVM7-710×2"), BACK[goes].format("BVM7-710×1")):
        assert book.run(words).code == 0
    assert open_cases(book) == [("BVM7-720", 2, ("BVM7-710",), 1)]


@both
def test_what_went_in_the_same_go_or_before_is_not_in_its_place(book, goes):
    book.run(goes.format("BVM7-710×2"))
    book.run(f"{goes.format('BVM7-710×5')} -i BVM7-720×1")
    assert open_cases(book) == [("BVM7-720", 1, ("BVM7-710",), 1)]


@both
def test_what_is_closed_lacks_no_more(book, goes):
    book.run(goes.format("BVM7-720×2"))
    book.run(BACK[goes].format("BVM7-720×2"))
    book.run(f"{SHOW[goes].replace('show', 'close')} --why 不要了")
    assert open_cases(book) == []


@both
def test_of_several_products_the_one_that_looks_like_it_was_meant(book, goes):
    book.run(goes.format("BVM7-720×1"))
    assert open_cases(book)[0][2] == ("BVM7-710",)
    book.run(goes.format("BVM7-710×8"))
    book.run(BACK[goes].format("BVM7-720×1"))
    book.run(goes.format("BVM7-730×2"))
    assert open_cases(book) == [("BVM7-730", 2, ("电源线",), 2)]  # all that is open


@both
def test_two_wrong_models_are_made_good_one_after_the_other(book, goes):
    for what in ("BVM7-720×2", "BVM7-730×2", "BVM7-710×3"):
        book.run(goes.format(what))
    assert [(product, lacking) for product, _, _, lacking in open_cases(book)] == [("BVM7-720", 0), ("BVM7-730", 1)]


def test_a_void_shipment_is_no_case(book):
    no = book.json(SENT.format("BVM7-720×2"))["data"]["no"]
    assert book.run(f"void {no} --why 记错").code == 0
    assert open_cases(book) == []


def test_the_cards_say_what_is_to_be_done_in_both_languages(book):
    book.run(SENT.format("BVM7-720×2"))
    book.run(CAME.format("BVM7-720×2"))
    assert told(book, SENT) == ["型号不符：2026-11-23 发了 BVM7-720×2，待收回 2，待补发 BVM7-710×2"]
    assert told(book, CAME) == ["型号不符：2026-11-23 到了 BVM7-720×2，待退供 2，待补到 BVM7-710×2"]
    said = "wrong model: BVM7-720×2 sent on 2026-11-23, 2 to be taken back, BVM7-710×2 to be sent"
    assert said in book.run("--lang en order show 1122-1").err + book.run("--lang en order show 1122-1").out


def test_goods_for_an_order_that_nobody_knows_are_no_case(desk):
    """
    出货.csv
    单号,日期,类型,订单号,客户,产品,数量
    S1,2026-11-01,发货,没有,甲,主板,2

    采购.csv
    采购单号,日期,类型,供应商,产品,数量
    P1,2026-11-01,到货,乙,主板,2
    """
    assert open_cases(desk) == []
    assert Decimal(desk.rows("stock list")[0]["on_hand"]) == 0


@both
def test_a_right_model_that_was_closed_is_not_said_to_have_followed(book, goes):
    book.run(goes.format("BVM7-720×2"))
    book.run(f"{SHOW[goes].replace('show', 'close')} -i BVM7-710 --why 不要了")
    assert told(book, goes)[0].endswith("BVM7-710 已关闭，不用再补")


@both
def test_lists_name_documents_with_a_wrong_model(book, goes):
    book.run(goes.format("BVM7-720×2"))
    notes = book.json(f"{goes.split()[0]} list")["data"]["notes"]
    assert next(note["text"] for note in notes if note["code"] == "not_ordered").count("BVM7-720") == 1
