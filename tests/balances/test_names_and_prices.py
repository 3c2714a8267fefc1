"""Which product a row means, what it cost last, which number comes next: each on small ledgers."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import date

import pytest

from salesaid.balances.shipments_made import NothingUnderWay
from salesaid.balances.typed import UnknownNumber
from salesaid.book import Book

TODAY = date(2026, 11, 23)


@contextmanager
def balance(desk, name, today=TODAY):
    with closing(Book(desk.folder, today, "zh", "x")) as book:
        yield book.supply(name)


def test_a_row_means_the_product_of_its_model_before_that_of_its_name(desk):
    """
    产品.csv
    产品,型号
    主板,ZB710
    电源线,DYX15
    """
    with balance(desk, "catalogue") as catalogue:
        assert catalogue.identify("电源线", "zb710") == "主板"
        assert catalogue.identify("电源线", "") == "电源线"
        assert catalogue.identify("电源线", "没有") == "电源线"
        assert catalogue.identify("电 源 线", "") == "电 源 线"  # blanks part names: that is a question
        assert catalogue.identify("", "") == ""


def test_where_names_repeat_and_models_do_not_the_model_is_the_name(desk):
    """
    产品.csv
    产品,型号
    主板,ZB710
    主板,ZB720
    电源线,DYX15
    """
    with balance(desk, "catalogue") as catalogue:
        assert [product.id for product in catalogue.all()] == ["ZB710", "ZB720", "电源线"]
        assert catalogue.product("ZB720").name == "主板"


def test_digits_that_differ_are_two_products_and_dashes_that_differ_are_one(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-11-01,骏业,BVM7-710,1
    A2,2026-11-02,骏业,bvm7—710,1
    A3,2026-11-02,骏业,BVM7-710,1
    A4,2026-11-02,骏业,BVM7-720,1
    """
    with balance(desk, "catalogue") as catalogue:
        assert {product.id for product in catalogue.all()} == {"BVM7-710", "BVM7-720"}
        assert catalogue.identify("bvm7 710", "") == "BVM7-710"


def test_without_a_register_a_code_is_one_product_named_as_in_most_rows(desk):
    """
    订单.csv
    单号,日期,客户,产品,型号,数量
    A1,2026-11-01,骏业,METAL SIGN,82580,1
    A2,2026-11-01,骏业,METAL SIGN,21171,1
    A3,2026-11-01,骏业,LANTERN,71053,1
    A4,2026-11-02,骏业,lantern white,71053,1
    A5,2026-11-03,骏业,lantern white,71053.0,1
    """
    with balance(desk, "catalogue") as catalogue:
        assert catalogue.identify("LANTERN", "71053") == "lantern white"
        assert len({catalogue.identify("METAL SIGN", code) for code in ("82580", "21171")}) == 2


def test_a_customers_code_is_one_with_and_without_a_decimal_point(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-11-01,17850.0,主板,1
    A2,2026-11-01,17850,主板,1
    """
    with balance(desk, "customer_names") as customers:
        assert [party.id for party in customers.all()] == ["17850"]
        assert customers.party("17850").written in {"17850", "17850.0"}


def test_customers_that_share_a_short_name_stay_two(desk):
    """
    客户.csv
    客户
    深圳骏业
    东莞骏业

    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-11-01,骏业有限公司,主板,1
    """
    with balance(desk, "customer_names") as customers:
        assert customers.identify("深 圳骏业") == "深圳骏业"
        assert customers.identify("骏业有限公司") == "骏业有限公司"


def test_the_last_price_is_the_newest_orders_whatever_the_spelling(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价
    A1,2026-11-05,下单,骏业,BVM7-710,1,118
    A2,2026-11-03,下单,骏 业,bvm7—710,1,90
    A3,2026-11-06,下单,灵龙,BVM7-710,1,70
    A4,2026-11-07,下单,骏业,BVM7-710,-1,60
    A5,2026-12-01,下单,骏业,BVM7-710,1,50
    """
    with balance(desk, "last_prices") as prices:
        assert [prices.last("BVM7-710", name).price for name in ("骏业", "灵龙")] == [118, 70]
        assert prices.last("BVM7-710", "无") is None


def test_the_price_of_a_day_is_the_newest_set_one_that_holds(desk):
    """
    产品.csv
    产品,单价,最低价
    主板,120,100

    价格.csv
    日期,产品,客户,单价,最低价,有效期至
    2026-11-01,主板,,128,110,
    2026-11-10,主板,骏业,115,,2026-11-20
    2026-12-01,主板,,140,130,
    """
    with balance(desk, "last_prices") as prices:
        found = [prices.on("主板", date(2026, 11, day), "骏业").price for day in (1, 10, 20, 21)]
        assert found == [128, 115, 115, 128]
        assert prices.on("主板", date(2026, 10, 1)).source == "register"
        assert [prices.floor("主板", date(2026, month, 2)) for month in (10, 11)] == [100, 110]


def test_serials_count_by_prefix_and_day_and_past_999(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量
    SO20261123-0009,2026-11-23,骏业,主板,1
    so20261123-1000,2026-11-23,骏业,主板,1
    XS20261123-2000,2026-11-23,骏业,主板,1
    """
    with balance(desk, "serials") as serials:
        assert serials.highest("SO", TODAY) == 1000
        assert serials.highest("SO", date(2026, 11, 22)) == 0
    assert desk.json("order add 骏业 主板×1")["data"]["no"] == "SO20261123-1001"


def test_a_shipment_is_under_way_until_it_is_signed_for_or_void(desk):
    """
    出货.csv
    单号,日期,类型,订单号,客户,产品,数量
    S1,2026-11-01,发货,A1,骏业,主板,2
    S1,2026-11-02,签收,A1,骏业,,0
    S2,2026-11-03,发货,A1,骏业,主板,2
    S3,2026-11-03,发货,A2,骏业,主板,1
    S3,2026-11-03,发货,A2,骏业,主板,-1
    """
    with balance(desk, "shipments_made") as made:
        assert made.under_way("A1", "SH", "SO", TODAY).ship_no == "S2"
        assert made.all["S1"].signed == date(2026, 11, 2)
        with pytest.raises(NothingUnderWay):
            made.under_way("S3", "SH", "SO", TODAY)
        with pytest.raises(UnknownNumber):
            made.under_way("S9", "SH", "SO", TODAY)


def test_a_name_of_two_products_stays_a_question_once_a_row_holds_one_of_them(desk):
    """
    产品.csv
    产品,型号
    主板,BVM7-710
    主板,BVM7-720
    """
    assert desk.run("order add 甲 BVM7-710×1@9 --new").code == 0
    answer = desk.run("order add 甲 主板×1@9")
    assert answer.code == 2
    assert "BVM7-720" in answer.err
    with balance(desk, "catalogue") as catalogue:
        assert not catalogue.knows("主板")
        assert catalogue.match("BVM7-710").name == "BVM7-710"


@pytest.mark.parametrize("model", ["BVM7—710", "bvm7 710", "BVM7－710", "BVM7_710"])
def test_without_a_register_codes_that_differ_in_their_dashes_are_one_product(desk, model):
    desk.write(
        "订单.csv", f"单号,日期,客户,产品,型号,数量\nA1,2026-11-01,甲,主板,BVM7-710,1\nA2,2026-11-02,甲,主板,{model},2"
    )
    with balance(desk, "catalogue") as catalogue:
        assert [product.id for product in catalogue.all()] == ["主板"]
        assert catalogue.match(model).name == catalogue.match("BVM7-710").name == "主板"
    assert [row["promised"] for row in desk.rows("stock list 主板")] == [3]


def test_a_row_finds_its_registered_model_whatever_its_dashes_unless_two_models_would_be_it(desk):
    """
    产品.csv
    产品,型号
    主板,BVM7-710
    主板,BVM7-720
    线,A-1
    绳,A 1
    """
    with balance(desk, "catalogue") as catalogue:
        assert catalogue.identify("主板", "BVM7—710") == "BVM7-710"
        assert catalogue.identify("绳", "A—1") == "绳"
        assert catalogue.identify("线", "a 1") == "绳"
