"""Goods under way in the stock check, and where an order is taken."""

from __future__ import annotations

import pytest

COLUMNS = [
    "product", "on_hand", "promised", "available", "incoming", "projected", "min_stock", "suggested", "days_to_zero",
    "why",
]  # fmt: skip
BOOK = """
    产品.csv
    产品,最低库存,补货量,装箱数,供应商,组成
    主板,20,10,5,联芯科技,
    够了,20,,,联芯科技,
    电源线,5,,,恒通线缆,
    套装,10,,,,主板*1; 电源线*2

    库存变动.csv
    单号,日期,类型,产品,数量,原因
    A1,2026-11-01,期初,主板,6,
    A1,2026-11-01,期初,够了,6,
    A1,2026-11-01,期初,电源线,30,

    订单.csv
    单号,日期,类型,客户,产品,数量,交期
    B1,2026-11-10,下单,甲,主板,9,

    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期,备注
    P0,2026-10-01,采购,联芯科技,主板,2,2026-10-12,
    P0,2026-10-13,到货,联芯科技,主板,2,,
    P1,2026-11-01,采购,联芯科技,主板,8,2026-12-01,
    P1,2026-11-01,采购,联芯科技,够了,30,2026-12-01,
    P2,2026-11-02,采购,恒通线缆,主板,5,2026-12-20,
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def test_what_is_under_way_counts_in_projected_and_in_the_suggestion(book):
    table = book.json("stock check")["data"]
    assert [column["name"] for column in table["columns"]] == COLUMNS
    rows = {row["product"]: row for row in table["rows"]}
    assert rows.keys() == {"主板"}  # 够了 will be 36; of 套装 there will be 12
    board = rows["主板"]
    # 8 on hand, 9 promised, 13 under way: 12, and 20 are wanted.
    assert [board[name] for name in COLUMNS[1:8]] == [8, 9, -1, 13, 12, 20, 10]
    assert "projected" not in table["notes"][-1]["text"]
    assert "预计＝可用＋在途" in table["notes"][-1]["text"]


def test_the_reason_names_the_next_lot_and_how_long_its_supplier_takes(book):
    why = book.rows("stock check")[0]["why"]
    assert "在库 8－已订 9＋在途 13" in why
    assert "下一批 8 于 12-01 到" in why
    assert "联芯科技 通常 12 天到齐（1 次）" in why
    assert "发不全：B1" in why
    english = book.rows("--lang en stock check")[0]["why"]
    assert "8 on hand − 9 promised + 13 incoming" in english
    assert "next lot of 8 on 12-01; 联芯科技 usually takes 12 days (1 purchase)" in english


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-12-01", "下一批 8 于 12-01 到"),
        ("2026-12-04", "下一批 8 应于 12-01 到，已晚 3 天"),
        ("2027-01-04", "下一批 8 应于 2026-12-01 到，已晚 34 天"),
    ],
)
def test_a_lot_that_is_overdue_is_said_to_be(book, today, said):
    assert said in book.rows(f"--today {today} stock check")[0]["why"]


def test_a_lot_without_a_promise_is_said_to_have_none(book):
    book.write("采购.csv", "采购单号,日期,类型,供应商,产品,数量\nP1,2026-11-01,采购,联芯科技,主板,8")
    assert "下一批 8 没有交期" in book.rows("stock check")[0]["why"]


def test_a_minimum_that_is_met_exactly_is_low_and_one_more_is_not(book):
    book.run("purchase add 联芯科技 主板×8 --due +9")
    assert [(row["projected"], row["suggested"]) for row in book.rows("stock check")] == [(20, 10)]
    book.run("purchase add 联芯科技 主板×1 --due +9")
    assert book.rows("stock check") == []
    book.run("purchase close 1123-2 --why 不要了")
    assert len(book.rows("stock check")) == 1


def test_a_bundle_is_low_by_what_its_parts_will_make_up(book):
    book.run("stock out 电源线×20 --why 展会")
    row = next(row for row in book.rows("stock check") if row["product"] == "套装")
    assert (row["incoming"], row["available"], row["projected"]) == (None, -1, 5)
    assert "最缺 电源线" in row["why"]
    book.run("purchase add 恒通线缆 套装×20 --due +9")
    rows = {row["product"]: row["projected"] for row in book.rows("stock check")}
    assert "套装" not in rows


def test_products_that_are_low_are_those_of_the_check(book):
    assert [row["product"] for row in book.rows("product list --low")] == [
        row["product"] for row in book.rows("stock check")
    ]


def notes(envelope):
    return {note["code"]: note["text"] for note in envelope["data"]["notes"]}


def test_an_order_that_runs_short_says_what_comes_next(book):
    told = notes(book.json("order add 甲 主板×5 --dry-run"))
    assert told["short"] == "主板 不够：下单后可用 -6，缺 6；在途 13，下一批 8 于 12-01 到"
    told = notes(book.json("order add 甲 主板×14 --dry-run"))
    assert told["short"].endswith("缺 15；在途 13，下一批 8 于 12-01 到，到齐后仍缺 2")
    english = notes(book.json("--lang en order add 甲 主板×14 --dry-run"))
    assert english["short"].endswith("15 missing; 13 incoming, next lot of 8 on 12-01, 2 missing even then")


def test_an_order_is_warned_of_the_minimum_by_what_is_projected(book):
    assert "below_minimum" not in notes(book.json("order add 甲 够了×5 --dry-run"))
    told = notes(book.json("order add 甲 够了×16 --dry-run"))
    assert "short" in told
    book.run("stock in 够了×30")
    assert "below_minimum" not in notes(book.json("order add 甲 够了×20 --dry-run"))


def test_what_is_under_way_stands_in_the_table_of_an_order(book):
    lines = book.run("order add 甲 主板×5 电源线×1 --dry-run").out.splitlines()
    heading = next(line for line in lines if "在途" in line)
    assert heading.split()[-3:] == ["在途", "预计", "最低库存"]
    assert next(line for line in lines if line.startswith("主板")).split()[-3:] == ["13", "7", "20"]
    assert "在途" not in book.run("order add 甲 电源线×1 --dry-run").out
