"""Void: what is left of a document, what leans on it, and what it does not have."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价
    主板,ZB710,块,120
    电源线,DYX15,条,15

    客户.csv
    客户
    骏业
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def red(envelope):
    return [(e["row"]["qty"], e["row"].get("amount")) for e in envelope["data"]["entries"]]


@pytest.mark.parametrize("item", ["电源线×1", "电源线@15"])
def test_a_void_takes_products_only(book, item):
    book.run("order add 骏业 电源线×3")
    before = book.text("订单.csv")
    refused = book.run(["void", "1", "-i", item, "--why", "错"])
    assert refused.code == 2
    assert "电源线" in refused.err
    assert book.text("订单.csv") == before
    assert "产品×数量" not in book.run("void --help").out


def test_a_shipment_whose_goods_came_back_is_voided_after_the_return(book):
    book.run("order add 骏业 电源线×3 主板×1 --ship")
    book.run("order return SO20261123-001 -i 电源线×1 --why 坏")
    refused = book.run("void SH20261123-001 --why 错")
    assert refused.code == 2
    assert "SH20261123-002" in refused.err
    assert book.run("void SH20261123-001 -i 主板 --why 错 --dry-run").code == 0
    book.run("void SH20261123-002 --why 没退")
    assert book.run("void SH20261123-001 --why 错").code == 0


def test_only_what_red_letters_left_is_voided(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价,金额,备注
    A1,2026-11-01,下单,骏业,主板,10,3,30,
    A1,2026-11-02,下单,骏业,主板,-3,3,-9,红字：少三块
    """
    assert red(desk.json("void A1 --why 全错")) == [(-7, -21)]
    assert desk.run("void A1 --why 再来").code == 2
    assert [(row["ordered"], row["amount"]) for row in desk.rows("order list")] == [(0, 0)]


def test_red_letters_cancel_rows_of_their_own_price_first(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价,金额,备注
    A1,2026-11-01,下单,骏业,主板,5,3,15,
    A1,2026-11-01,下单,骏业,主板,5,4,20,
    A1,2026-11-02,下单,骏业,主板,-5,3,-15,红字
    """
    [entry] = desk.json("void A1 --why 全错")["data"]["entries"]
    assert [entry["row"][name] for name in ("qty", "price", "amount")] == [-5, 4, -20]


def test_red_letters_over_several_rows_leave_nothing_standing(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价,金额,备注
    A1,2026-11-01,下单,骏业,主板,5,3,15,
    A1,2026-11-01,下单,骏业,主板,5,4,20,
    A1,2026-11-02,下单,骏业,主板,-7,,-26,红字
    """
    assert desk.run("void A1 --why 全错").code == 0
    assert [(row["ordered"], row["amount"]) for row in desk.rows("order list")] == [(0, 0)]


@pytest.mark.parametrize(("lang", "word", "other"), [("en", "signature", "签收"), ("zh", "签收", "signature")])
def test_a_signature_is_named_in_the_readers_language_and_needs_force(book, lang, word, other):
    book.run("order add 骏业 电源线×3 --ship")
    book.run("order sign SH20261123-001")
    refused = book.run(f"--lang {lang} void SH20261123-001 --why 没发")
    assert refused.code == 2
    assert word in refused.err
    assert other not in refused.err
    assert "--force" in refused.err
    assert "void these first" not in refused.err
    assert "请先冲销它们" not in refused.err


def test_a_product_that_is_not_on_the_document_is_said(book):
    book.run("order add 骏业 电源线×3")
    refused = book.run("void 1 -i 主板 --why 错")
    assert refused.code == 2
    assert "上没有 主板" in refused.err


def test_red_letters_are_not_voided_and_it_is_said_why(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价,金额,备注
    A1,2026-11-01,下单,骏业,主板,10,3,30,
    CR1,2026-11-02,下单,骏业,主板,-3,3,-9,红字：少三块
    """
    refused = desk.run("void CR1 --why 错")
    assert refused.code == 2
    assert "红字" in refused.err
    assert "已经冲销" not in refused.err


def test_red_letters_stand_in_the_order_of_the_document(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价,金额,备注
    A1,2026-11-01,骏业,主板,1,3,3,
    A1,2026-11-01,骏业,电源线,2,3,6,
    A1,2026-11-01,骏业,主板,3,3,9,
    """
    assert [qty for qty, _ in red(desk.json("void A1 --why 全错"))] == [-1, -2, -3]
