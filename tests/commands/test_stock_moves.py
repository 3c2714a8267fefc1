"""Goods come, go, change their warehouse, are scrapped."""

from __future__ import annotations

import pytest

ACCEPTED = "货品×数量"


def stock(desk, product):
    return {row["warehouse"]: row["on_hand"] for row in desk.rows(["stock", "list", product, "--by-warehouse"])}


def test_what_comes_in_lies_in_the_main_warehouse(desk):
    """
    产品.csv
    产品,型号,单位
    主板,ZB1,块
    """
    assert desk.run("stock in 主板×5 --why 到货").code == 0
    assert desk.lines("库存变动.csv")[1] == "ST20261123-001,2026-11-23,入库,主板,ZB1,5,块,,,到货,,"
    assert stock(desk, "主板") == {"主仓": 5}


def test_an_opening_is_an_opening_and_short_and_long_forms_go_together(desk):
    answer = desk.json("stock in 主板×5 -i 电源线×2.5米 --opening --new -d 2026-11-01")
    rows = [entry["row"] for entry in answer["data"]["entries"] if entry["ledger"] == "stock_moves"]
    assert [(row["action"], row["product"], row["qty"], row["date"]) for row in rows] == [
        ("opening", "主板", 5, "2026-11-01"),
        ("opening", "电源线", 2.5, "2026-11-01"),
    ]


def test_goods_move_between_warehouses_and_the_sum_stays(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量,仓库,调入仓库
    A1,2026-11-01,入库,主板,10,,
    """
    desk.run("stock move 主板×3 --to 二仓 --new")
    desk.run("stock move 主板×1 --from 二仓 --to 主仓")
    assert stock(desk, "主板") == {"主仓": 8, "二仓": 2}


def test_goods_are_scrapped_with_a_reason(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量,仓库,原因
    A1,2026-11-01,入库,主板,10,不良品,
    """
    assert desk.run("stock scrap 主板×1 -w 不良品").code == 2
    assert desk.run("stock scrap 主板×1 -w 不良品 --why 烧毁").code == 0
    assert stock(desk, "主板") == {"不良品": 9}


def test_taking_more_than_the_book_has_is_done_and_warned_of(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,主板,1
    """
    answer = desk.json("stock out 主板×3")
    assert [note["code"] for note in answer["data"]["notes"]] == ["beyond_on_hand"]
    assert stock(desk, "主板") == {"主仓": -2}


def test_reaching_the_minimum_is_warned_of_less_what_is_promised(desk):
    """
    产品.csv
    产品,最低库存
    主板,5

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,主板,10

    订单.csv
    单号,日期,客户,产品,数量
    B1,2026-11-01,甲,主板,2
    """
    notes = [desk.json(f"stock out 主板×{qty}")["data"]["notes"] for qty in (2, 1)]
    assert [[note["code"] for note in each] for each in notes] == [[], ["below_minimum"]]


def test_a_bundle_is_written_as_its_parts(desk):
    """
    产品.csv
    产品,单位,组成
    主板,块,
    电源线,条,
    套装,套,主板*1; 电源线*2
    """
    answer = desk.json("stock out 套装×3")
    moved = {e["row"]["product"]: e["row"]["qty"] for e in answer["data"]["entries"]}
    assert moved == {"主板": 3, "电源线": 6}
    assert "taken_apart" in [note["code"] for note in answer["data"]["notes"]]


def test_a_row_dated_before_a_count_says_that_it_changes_nothing_now(desk):
    """
    盘点.csv
    单号,日期,产品,实盘数量
    C1,2026-11-20,主板,7
    """
    answer = desk.json("stock out 主板×3 -d 2026-11-19")
    assert [note["code"] for note in answer["data"]["notes"]] == ["before_count"]
    assert stock(desk, "主板") == {"主仓": 7}


def test_a_row_dated_later_counts_from_its_day_on(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,主板,10
    """
    answer = desk.json("stock out 主板×3 -d +2")
    assert [note["code"] for note in answer["data"]["notes"]] == ["later_date"]
    assert desk.rows("stock list 主板")[0]["on_hand"] == 10
    assert desk.rows("stock list 主板 --as-of 2026-11-25")[0]["on_hand"] == 7


@pytest.mark.parametrize("action", ["in", "out"])
def test_a_file_without_actions_says_by_the_sign_which_way_goods_went(desk, action):
    desk.write("库存变动.csv", "单号,日期,产品,数量\nA1,2026-11-01,主板,10")
    assert desk.run(f"stock {action} 主板×3").code == 0
    assert desk.rows("stock list")[0]["on_hand"] == {"in": 13, "out": 7}[action]


def test_what_a_file_has_no_column_for_is_refused(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,主板,10
    """
    before = desk.text("库存变动.csv")
    answer = desk.json("stock move 主板×3 --to 二仓 --new")
    assert answer["errors"][0]["code"] == "missing-column"
    assert desk.text("库存变动.csv") == before


@pytest.mark.parametrize("item", ["主板×0", "主板×-3", "主板×1e9999", "×3", "主板"])
def test_a_quantity_that_is_none_is_refused_with_what_is_accepted(desk, item):
    """
    产品.csv
    产品
    主板
    """
    answer = desk.json(["stock", "in", item])
    assert (answer["status"], answer["data"]) == ("error", None)
    assert not (desk.folder / "库存变动.csv").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("stock in 主板×3@5", "no-price-here"),
        ("stock in 运费×1", "not-on-shelf"),
        ("stock in 主板×3箱", "other-unit"),
        ("stock move 主板×3 --from 主仓 --to 主仓", "same-place"),
        ("stock in 没有×3", "unknown-name"),
        ("stock in", "missing"),
        ("stock move 主板×3", "missing"),
    ],
)
def test_what_makes_no_sense_is_refused(desk, words, code):
    """
    产品.csv
    产品,单位,管库存
    主板,块,是
    运费,,否
    """
    assert desk.json(words)["errors"][0]["code"] == code


def test_a_dry_run_writes_nothing_and_a_repeated_request_is_written_once(desk):
    dry = desk.json("stock in 主板×3 --new --dry-run")
    assert dry["data"]["dry_run"] is True
    assert not (desk.folder / "库存变动.csv").exists()
    answers = [desk.json("stock in 主板×3 --new --request-id R7")["data"] for _ in range(2)]
    assert answers[0]["receipt"] == answers[1]["receipt"]
    assert stock(desk, "主板") == {"主仓": 3}


def test_a_new_warehouse_is_pointed_out_as_it_may_be_written_wrong(desk):
    notes = [desk.json("stock in 主板×3 --new -w 二仓")["data"]["notes"] for _ in range(2)]
    assert [["new_warehouse" in {note["code"] for note in each}] for each in notes] == [[True], [False]]
