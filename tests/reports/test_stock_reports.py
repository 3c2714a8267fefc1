"""What is low, what lies where, and the card of one product."""

from __future__ import annotations

import pytest


def test_low_is_at_or_below_the_minimum_less_what_is_promised(desk):
    """
    产品.csv
    产品,最低库存,补货量,装箱数,产品状态,管库存
    够,5,,,,
    正好,5,,,,
    已订,5,30,25,,
    从未有货,3,,,,
    没设,,,,,
    停售的,5,,,停售,
    运费,5,,,,否

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,够,6
    A2,2026-11-01,入库,正好,5
    A3,2026-11-01,入库,已订,10

    订单.csv
    单号,日期,客户,产品,数量
    B1,2026-11-01,甲,已订,7
    """
    answer = desk.json("stock check")
    rows = {row["product"]: row for row in answer["data"]["rows"]}
    assert set(rows) == {"正好", "已订", "从未有货"}
    assert (rows["已订"]["projected"], rows["已订"]["suggested"]) == (3, 50)
    assert (rows["从未有货"]["on_hand"], rows["从未有货"]["suggested"]) == (0, 3)
    assert desk.run("stock check").code == 1


def test_nothing_low_is_one_friendly_line_and_exit_0(desk):
    """
    产品.csv
    产品,最低库存
    主板,
    """
    answer = desk.run("stock check")
    assert (answer.code, answer.out.splitlines()[0]) == (0, "没有要补的货，库存都在最低库存以上")
    assert desk.json("stock check")["data"]["rows"] == []


def test_goods_below_zero_by_the_book_are_shown_without_a_minimum(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,出库,主板,2
    """
    (row,) = desk.rows("stock check")
    assert (row["product"], row["on_hand"], row["min_stock"], row["suggested"]) == ("主板", -2, None, None)
    assert "账面为负" in row["why"]


def test_the_reason_names_use_days_left_and_the_orders_that_will_fail(desk):
    """
    产品.csv
    产品,最低库存
    主板,100

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,主板,100

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量
    S1,2026-11-10,发货,,甲,主板,90

    订单.csv
    单号,日期,客户,产品,数量
    B1,2026-11-11,甲,主板,6
    B2,2026-11-12,甲,主板,8
    """
    (row,) = desk.rows("stock check")
    assert row["days_to_zero"] == 0
    assert "日均 1.00（近 90 天）" in row["why"]
    assert "发不全：B2" in row["why"]
    assert "orders that will fail: B2" in desk.rows("--lang en stock check")[0]["why"]


def test_goods_not_for_sale_are_on_hand_but_not_available(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量,仓库
    A1,2026-11-01,入库,主板,10,
    A2,2026-11-01,入库,主板,4,不良品
    """
    desk.write("salesaid.toml", '[stock]\nwarehouse = "主仓"\nnot_for_sale = ["不良品"]')
    (row,) = desk.rows("stock list")
    assert (row["product"], row["warehouse"], row["on_hand"], row["available"]) == ("主板", None, 14, 10)
    places = [(row["warehouse"], row["on_hand"]) for row in desk.rows("stock list 主板 --by-warehouse")]
    assert places == [("主仓", 10), ("不良品", 4)]


def test_of_a_bundle_there_are_as_many_as_its_parts_make_up(desk):
    """
    产品.csv
    产品,组成
    主板,
    电源线,
    套装,主板*1; 电源线*2

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,主板,10
    A2,2026-11-01,入库,电源线,7
    """
    (row,) = desk.rows("stock list 套装")
    assert (row["on_hand"], row["available"]) == (None, 3)


CARD = """
    库存变动.csv
    单号,日期,类型,产品,数量,仓库,调入仓库
    A1,2026-11-02,出库,主板,3,,
    A2,2026-11-02,入库,主板,1,,
    A3,2026-11-01,期初,主板,10,,
    A4,2026-11-03,调拨,主板,2,,二仓

    盘点.csv
    单号,日期,产品,仓库,实盘数量
    C1,2026-11-02,主板,,9
"""


@pytest.fixture
def card(desk):
    desk.lay_out(CARD)
    return desk


def test_a_card_is_in_order_of_day_and_kind_with_a_balance_after_each(card):
    rows = [
        (row["no"], row["from_place"], row["to_place"], row["qty"], row["balance"])
        for row in card.rows("stock card 主板")
    ]
    assert rows == [
        ("A3", "(opening)", "主仓", 10, 10),
        ("A2", "(outside)", "主仓", 1, 11),
        ("A1", "主仓", "(outside)", 3, 8),
        ("C1", "(count difference)", "主仓", 1, 9),
        ("A4", "主仓", "二仓", 2, 9),
    ]


def test_a_card_since_a_day_begins_with_what_was_there(card):
    rows = card.rows("stock card 主板 --since 2026-11-02 --until 2026-11-02")
    assert [(row["ledger"], row["balance"]) for row in rows] == [
        ("opening_balance", 10), ("stock_moves", 11), ("stock_moves", 8), ("stock_counts", 9),
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "words"), [("zh", ["期初", "盘点差异"]), ("en", ["opening", "count difference"])])
def test_the_places_of_a_card_are_named_in_both_languages(card, lang, words):
    said = card.run(f"--lang {lang} stock card 主板").out
    assert all(word in said for word in words)


def test_names_that_stand_for_one_product_are_one_line(desk):
    """
    产品.csv
    产品
    BVM7-710

    名称对照.csv
    种类,写法,对应名称,判定
    产品,七一零,BVM7-710,同一

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,bvm7—710,3
    A2,2026-11-01,入库,七一零,4
    """
    assert [(row["product"], row["on_hand"]) for row in desk.rows("stock list")] == [("BVM7-710", 7)]
    assert len(desk.rows("stock card 七一零")) == 2


def test_a_bundle_with_a_minimum_is_as_low_as_its_scarcest_part(desk):
    """
    产品.csv
    产品,最低库存,组成,补货量,管库存
    套装,5,主板*1; 电源线*2,10,
    大套装,5,主板*1,,
    空套装,5,安装费*1,,
    安装费,,,,否
    主板,,,,
    电源线,,,,

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,主板,20
    A2,2026-11-01,入库,电源线,9

    订单.csv
    单号,日期,客户,产品,数量
    B1,2026-11-01,甲,电源线,2
    """
    (row,) = desk.rows("stock check")
    assert (row["product"], row["on_hand"], row["available"], row["min_stock"]) == ("套装", None, 3, 5)
    assert row["suggested"] is None
    assert "最缺 电源线（每套 2）：在库 9－已订 2" in row["why"]


def test_what_orders_want_more_of_than_is_there_and_comes_is_listed_without_a_minimum(desk):
    """
    产品.csv
    产品,最低库存,产品状态,组成
    缺的,,,
    停售的,,停售,
    够的,,,
    在途的,,,
    件,,,
    套,,,件*2

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,缺的,6
    A2,2026-11-01,入库,够的,7
    A3,2026-11-01,入库,件,3

    采购.csv
    单号,日期,供应商,产品,数量
    P1,2026-11-01,联芯,在途的,7

    订单.csv
    单号,日期,客户,产品,数量
    B1,2026-11-01,甲,缺的,7
    B2,2026-11-01,甲,停售的,1
    B3,2026-11-01,甲,够的,7
    B4,2026-11-01,甲,在途的,7
    B5,2026-11-01,甲,套,2
    B6,2026-11-01,甲,没有登记的,2
    """
    rows = {row["product"]: row for row in desk.rows("stock check")}
    assert {id_: row["projected"] for id_, row in rows.items()} == {
        "缺的": -1,
        "停售的": -1,
        "件": -1,
        "没有登记的": -2,
    }
    assert "发不全：B1" in rows["缺的"]["why"]
    assert rows["缺的"]["suggested"] is None
    assert "发不全" in desk.run("stock check").out
    assert desk.run("--lang en stock check").code == 1
