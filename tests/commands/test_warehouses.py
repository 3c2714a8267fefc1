"""Warehouses as they are typed and as they are written."""

from __future__ import annotations

import pytest

from tests.desk import SETTINGS

MOVES = """
    日期,类型,产品,数量,仓库
    2026-11-01,入库,主板,20,
    2026-11-01,入库,主板,5,B 区
    2026-11-01,入库,主板,3,不良品
    """


@pytest.fixture
def store(desk):
    desk.write("库存变动.csv", MOVES)
    return desk


@pytest.mark.parametrize("typed", ["B区", "ｂ 区", " b区 "])
def test_a_typed_warehouse_is_written_as_it_is_known(store, typed):
    store.run(["stock", "in", "主板×7", "--warehouse", typed])
    store.run(["stock", "count", "主板=12", "--warehouse", typed])
    places = store.rows("stock list 主板 --by-warehouse")
    assert {row["warehouse"]: row["on_hand"] for row in places} == {"主仓": 20, "B 区": 12, "不良品": 3}


def test_goods_cannot_move_to_the_same_place_in_another_spelling(store):
    assert store.json("stock move 主板×1 --from 'B 区' --to ｂ区")["errors"][0]["code"] == "same-place"


def test_a_count_sheet_of_a_warehouse_that_nothing_names_is_refused_with_what_is_near(store):
    error = store.json("stock sheet --warehouse 不良")["errors"][0]
    assert (error["code"], error["hint"]) == ("unknown-warehouse", "是不是：不良品？")
    assert store.run("stock sheet --warehouse ｂ区").code == 0


def test_what_is_not_for_sale_is_so_in_any_spelling(store):
    store.write("salesaid.toml", f'{SETTINGS}[stock]\nnot_for_sale = ["Ｂ区"]')
    (row,) = store.rows("stock list 主板")
    assert (row["on_hand"], row["available"]) == (28, 23)


def test_an_order_shipped_at_once_leaves_from_the_known_warehouse(store):
    assert store.run("order add -c 骏业 -i 主板×2@3 --new --ship --warehouse ｂ区").code == 0
    places = store.rows("stock list 主板 --by-warehouse")
    assert {row["warehouse"]: row["on_hand"] for row in places} == {"主仓": 20, "B 区": 3, "不良品": 3}
    assert ",B 区," in store.lines("订单.csv")[1]
