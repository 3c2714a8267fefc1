"""Values that the settings fix for every row of a file: what agrees with them is written, what does not is refused."""

from __future__ import annotations

import pytest

from tests.desk import SETTINGS


@pytest.fixture
def fixed(desk):
    """A book whose settings fix values of one ledger."""

    def fix(ledger, **values):
        lines = "\n".join(f'{key} = "{value}"' for key, value in values.items())
        desk.write("salesaid.toml", f"{SETTINGS}[ledgers.{ledger}.fixed]\n{lines}")
        return desk

    return fix


def stock(desk, product):
    rows = desk.rows("stock list --by-warehouse")
    return {row["warehouse"]: row["on_hand"] for row in rows if row["product"] == product}


def write_outgoing(desk, rows="A1,2026-11-01,线,10"):
    desk.write("库存变动.csv", f"单号,日期,产品,数量\n{rows}")


@pytest.mark.parametrize("word", ["out", "出库"])
def test_a_file_of_goods_that_go_takes_no_goods_that_come(fixed, word):
    desk = fixed("stock_moves", action=word)
    write_outgoing(desk)
    before = desk.text("库存变动.csv")
    answer = desk.run("stock in 线×100")
    assert answer.code == 2
    assert "ledgers.stock_moves.fixed" in answer.err
    assert desk.text("库存变动.csv") == before
    assert desk.run("stock out 线×3").code == 0
    assert stock(desk, "线") == {"主仓": -13}


def test_a_file_that_does_not_exist_yet_is_held_to_the_settings_too(fixed):
    desk = fixed("stock_moves", action="out")
    assert desk.run("stock in 线×100 --new").code == 2
    assert not (desk.folder / "库存变动.csv").exists()
    assert desk.run("stock out 线×3 --new").code == 0
    assert stock(desk, "线") == {"主仓": -3}


def test_without_a_word_goods_that_come_are_above_zero_and_those_that_go_below(desk):
    write_outgoing(desk)
    assert desk.run("stock in 线×100").code == 0
    assert desk.run("stock out 线×30").code == 0
    assert [line.rpartition(",")[2] for line in desk.lines("库存变动.csv")[2:]] == ["100", "-30"]
    assert desk.run("stock scrap 线×1 --why 坏").code == 2


def test_a_fixed_customer_is_the_customer_however_it_is_spelled(fixed):
    desk = fixed("orders", customer="甲公司（上海）")
    desk.write("订单.csv", "单号,日期,产品,数量,单价\nA1,2026-11-01,线,10,1")
    assert desk.run("order add 甲公司(上海) 线×2@1").code == 0
    answer = desk.run("order add 乙公司 线×2@1 --new")
    assert answer.code == 2
    assert "[ledgers.orders.fixed] customer" in answer.err
    assert len(desk.lines("订单.csv")) == 3


def test_goods_go_to_the_warehouse_that_is_fixed_for_the_file(fixed):
    desk = fixed("stock_moves", warehouse="North")
    write_outgoing(desk)
    shown = desk.run("stock in 线×5")
    assert "North" in shown.out
    assert "15" in shown.out
    assert desk.run("stock in 线×5 -w North").code == 0
    assert desk.run("stock in 线×5 -w South").code == 2
    assert stock(desk, "线") == {"North": 20}


def test_a_count_is_taken_where_the_settings_say(fixed):
    desk = fixed("stock_counts", warehouse="North")
    desk.write("盘点.csv", "单号,日期,产品,实盘数量\nA1,2026-11-01,线,10")
    assert "North" in desk.run("stock count 线=8").out
    assert stock(desk, "线") == {"North": 8}
    assert "North" in desk.run("stock sheet").out
