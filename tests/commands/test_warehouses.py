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


DESK = """
    库存变动.csv
    日期,类型,产品,数量,仓库,调入仓库,原因
    2026-11-01,入库,主板,20,,,
    2026-11-01,入库,主板,5,B 区,,
    2026-11-01,入库,主板,3,不良品,,

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,仓库,备注
    A1,2026-11-02,下单,骏业,主板,10,3,,

    出货.csv
    出库单号,日期,类型,订单号,客户,产品,数量,仓库,备注
    S1,2026-11-02,发货,A1,骏业,主板,2,,

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期,仓库,备注
    P1,2026-11-02,采购,甲厂,主板,10,2026-11-30,,
    P1,2026-11-03,到货,甲厂,主板,4,,,

    借用.csv
    借用单号,日期,类型,客户,产品,数量,仓库,备注
    L1,2026-11-02,借出,骏业,主板,2,,

    返修.csv
    返修单号,日期,类型,客户,产品,数量,仓库,金额,备注
    R1,2026-11-03,收到,骏业,主板,1,,,
    """


@pytest.mark.parametrize(
    "words",
    [
        "stock in 主板×1 -w", "stock out 主板×1 -w", "stock move 主板×1 --to", "stock move 主板×1 --to B区 --from",
        "stock scrap 主板×1 --why 坏 -w", "stock count 主板=1 -w", "order add 骏业 主板×1@3 -w",
        "order add 骏业 主板×1@3 --ship -w", "order ship A1 -w", "order return A1 -i 主板×1 --why 坏 -w",
        "loan add 骏业 主板×1 -w", "loan return L1 -w", "purchase add 甲厂 主板×1 --due +7 -w",
        "purchase receive P1 -w", "purchase reject P1 -i 主板×1 --why 坏 -w", "return replace R1 -w",
        "return refund R1 --amount 3 -w",
    ],
)  # fmt: skip
def test_a_warehouse_that_nothing_names_is_refused_wherever_it_is_written(desk, words):
    desk.lay_out(DESK)
    error = desk.json([*words.split(), "主仑"])["errors"][0]
    assert (error["code"], error["hint"].startswith("是不是：主仓？")) == ("unknown-warehouse", True)
    assert error["hint"].endswith("--new") == (not words.startswith("purchase reject"))
    known = desk.json([*words.split(), "不良品"])
    assert known["status"] == "ok"
    assert "不良品" in {value for entry in known["data"]["entries"] for value in entry["row"].values()}


@pytest.mark.parametrize(
    "words",
    ["stock in 主板×1 -w 新仓", "order ship A1 -w 新仓", "order return A1 -i 主板×1 --why 坏 -w 新仓",
     "loan return L1 -w 新仓", "purchase receive P1 -w 新仓", "return refund R1 --amount 3 -w 新仓"],
)  # fmt: skip
def test_new_makes_another_warehouse_and_says_so(desk, words):
    desk.lay_out(DESK)
    data = desk.json(f"{words} --new")["data"]
    assert "new_warehouse" in {note["code"] for note in data["notes"]}
    assert data["entries"][0]["row"]["warehouse"] == "新仓"


@pytest.mark.parametrize("words", ["order ship A1", "order add 骏业 主板×8@3 --ship", "loan add 骏业 主板×8"])
def test_more_than_lies_in_the_named_warehouse_leaves_it_with_a_warning(desk, words):
    desk.lay_out(DESK)
    notes = desk.json(f"{words} -w B区")["data"]["notes"]
    assert "主板 在B 区账面只有 5，出了 8" in {note["text"] for note in notes if note["code"] == "beyond_on_hand"}


def test_a_warehouse_that_only_the_settings_name_is_known(desk):
    desk.write(
        "salesaid.toml", SETTINGS + '[stock]\nnot_for_sale = ["次品"]\n[ledgers.loans.fixed]\nwarehouse = "展厅"\n'
    )
    for place in ("次品", "展厅", "主仓"):
        assert desk.run(["stock", "in", "主板×1", "--new", "-w", place]).code == 0
    assert desk.run("stock in 主板×1 -w 展庁").code == 2
