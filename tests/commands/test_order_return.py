"""Goods that come back: at what they were charged, with what they held, and never more than left."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.charged import Charged, net, newest

BOOK = """
    产品.csv
    产品,型号,单位,单价,组成
    主板,ZB710,块,120,
    电源线,DYX15,条,15,
    套装,TZ1,套,150,主板*1; 电源线*2

    客户.csv
    客户
    骏业
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def given_back(envelope):
    return [(e["row"]["qty"], e["row"]["price"], e["row"]["amount"]) for e in envelope["data"]["entries"]]


def test_one_product_at_two_prices_is_held_against_the_order_as_one(book):
    book.run("order add 骏业 电源线×10@9")
    assert book.run("order ship 1 -i 电源线×8@8 -i 电源线×8@7").code == 2
    assert book.run("order ship 1 -i 电源线×5@8 -i 电源线×5@7").code == 0
    assert book.run("order return SO20261123-001 -i 电源线×6@8 -i 电源线×6@7 --why 坏").code == 2


def test_all_that_was_charged_is_given_back(book):
    book.run("order add 骏业 主板×3@155 主板×2@160")
    book.run("order ship 1 -i 主板×4@150.5")
    book.run("order ship SO20261123-001")
    rows = given_back(book.json("order return SO20261123-001 -i 主板×5 --why 全退"))
    assert rows == [(1, 160, 160), (4, 150.5, 602)]


def test_parts_that_come_back_add_up_to_what_was_charged(desk):
    desk.write("订单.csv", "单号,日期,客户,产品,数量,单价,金额\nA1,2026-11-01,骏业,主板,3,3.33,10.00")
    desk.run("order ship A1")
    amounts = [given_back(desk.json("order return A1 -i 主板×1 --why 坏"))[0][2] for _ in range(3)]
    assert sum(amounts) == 10
    assert desk.run("order return A1 -i 主板×1 --why 坏").code == 2


def test_a_voided_shipment_is_not_given_back(book):
    book.run("order add 骏业 主板×2@155")
    book.run("order ship 1 -i 主板×1@200")
    book.run("void SH20261123-001 --why 没发")
    book.run("order ship SO20261123-001")
    assert given_back(book.json("order return SO20261123-001 -i 主板×2 --why 退")) == [(2, 155, 310)]


def test_a_price_that_was_typed_for_a_return_counts(book):
    book.run("order add 骏业 主板×2@155 --ship")
    rows = given_back(book.json("order return SO20261123-001 -i 主板×1@100 --why 折价"))
    assert rows == [(1, 100, 100)]
    assert given_back(book.json("order return SO20261123-001 -i 主板×1 --why 退")) == [(1, 155, 155)]


def test_a_bundle_comes_back_as_it_left(book):
    book.run("order add 骏业 套装×2 --ship")
    book.write("产品.csv", book.text("产品.csv").replace("主板*1; 电源线*2", "主板*1; 电源线*3"))
    [entry] = book.json("order return SO20261123-001 -i 套装×2 --why 退")["data"]["entries"]
    assert entry["row"]["components"] == "主板*1; 电源线*2"
    assert {row["product"]: row["on_hand"] for row in book.rows("stock list")}["电源线"] == 0


def test_in_a_book_of_sales_each_row_is_given_back_at_its_own_price(desk):
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[ledgers.orders]\nships = "at_once"')
    rows = "A1,2026-11-01,骏业,主板,3,3.34,10,\nA1,2026-11-01,骏业,主板,1,5,5,"
    desk.write("订单.csv", f"单号,日期,客户,产品,数量,单价,金额,备注\n{rows}")
    assert given_back(desk.json("order return A1 -i 主板×2 --why 坏")) == [(-1, 5, -5), (-1, 3.34, -3.33)]
    assert given_back(desk.json("order return A1 -i 主板×2 --why 坏")) == [(-2, 3.34, -6.67)]


lots = st.lists(
    st.builds(
        lambda qty, price, cents: Charged(Decimal(qty), Decimal(price), Decimal(cents) / 100),
        st.integers(1, 9), st.integers(1, 3), st.integers(0, 9999),
    ),
    max_size=4,
)  # fmt: skip


@given(lots, st.lists(st.integers(1, 9), max_size=12))
def test_whatever_comes_back_in_parts_gives_back_what_was_charged(charged, parts):
    rows, whole, back = list(charged), sum(lot.amount for lot in charged), Decimal(0)
    for qty in [*parts, *[9] * 4]:
        taken, _ = newest(net(rows), Decimal(qty))
        back += sum(lot.amount for lot in taken)
        rows += [lot._replace(qty=-lot.qty, amount=-lot.amount) for lot in taken]
    assert back == whole
    assert net(rows) == []


def test_an_average_price_has_no_more_places_than_it_needs(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价,金额
    A1,2026-11-01,骏业,主板,1,150,150
    A1,2026-11-01,骏业,主板,1,160,160
    """
    assert '"price": 155.00,' in desk.run("order list --format json").out


@pytest.mark.parametrize("verb", ["order ship 1 -i 电源线×2", "order return 1 -i 电源线×1 --why 坏"])
def test_a_warehouse_is_known_whatever_its_width_and_blanks(book, verb):
    book.run("stock in 电源线×5 --new --warehouse A仓")
    book.run("order add 骏业 电源线×4")
    book.run("order ship 1 -i 电源线×1")
    ran = book.json([*verb.split(), "--warehouse", "ａ 仓"])
    assert {entry["row"]["warehouse"] for entry in ran["data"]["entries"]} == {"A仓"}
