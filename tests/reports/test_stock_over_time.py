"""Stock over a period, its value and its turnover: of the sample book against its cells, of small books by hand."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from shutil import copytree

import pytest

from tests.desk import Desk
from tests.sample_cells import (
    AS_OF,
    DATA,
    LOANS,
    PRODUCTS,
    RETURNS,
    SHIPMENTS,
    contents,
    day,
    in_its_unit,
    product,
    shelf,
)

MONTHS = [(date(2026, month, 1), date(2026, month + 1, 1) - timedelta(days=1)) for month in range(7, 12)]
GOODS = [name for name, row in PRODUCTS.items() if row["管库存"] != "否" and not row["组成"]]


def exact(value):
    return Decimal(str(value))


def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A copy of the sample book."""
    folder = copytree(DATA, tmp_path_factory.mktemp("sample") / "book")
    return Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")


def on_hand(name, upto):
    return sum(shelf(name, upto).values())


def sold(first, last):
    """What was sold in these days less what came back, by product, from the rows' own words."""
    found = defaultdict(Decimal)
    for row in SHIPMENTS:
        if first <= day(row) <= last and row["类型"] in {"发货", "退回"} and in_its_unit(row):
            for name, each in contents(row):
                found[name] += Decimal(row["数量"]) * each * (1 if row["类型"] == "发货" else -1)
    for rows, signs in ((LOANS, {"转销售": 1, "换货": 1, "换入": -1}), (RETURNS, {"退货": -1})):
        for row in rows:
            if first <= day(row) <= last:
                found[product(row["产品"])] += Decimal(row["数量"]) * signs.get(row["类型"], 0)
    return found


@pytest.mark.parametrize(("first", "last"), MONTHS)
def test_a_month_begins_and_ends_with_what_its_cells_say(book, first, last):
    answer = book.json(f"report stock-movement {first:%Y-%m}")["data"]
    rows = {row["product"]: row for row in answer["rows"]}
    assert [name for name in rows if name in PRODUCTS] == GOODS
    for name in GOODS:
        row = rows[name]
        assert exact(row["opening"]) == on_hand(name, first - timedelta(days=1)), name
        assert exact(row["closing"]) == on_hand(name, min(last, AS_OF)), name
        assert exact(row["opening"]) + exact(row["in_qty"]) - exact(row["out_qty"]) == exact(row["closing"])
    into = [column["name"] for column in answer["columns"]]
    for total, parts in (
        ("in_qty", into[into.index("opening") + 1 : into.index("in_qty")]),
        ("out_qty", into[into.index("in_qty") + 1 : into.index("out_qty")]),
    ):
        for row in rows.values():
            assert exact(row[total]) == sum(exact(row[name]) for name in parts)
        assert exact(answer["totals"][total]) == sum(exact(row[total]) for row in rows.values())


def test_the_closing_is_what_the_stock_list_has_on_that_day(book):
    closing = {row["product"]: row["closing"] for row in book.rows("report stock-movement 2026-09")}
    listed = {row["product"]: row["on_hand"] for row in book.rows("stock list --as-of 2026-09-30")}
    assert closing == {name: listed[name] for name in closing}
    places = {row["product"]: row["closing"] for row in book.rows("report stock-movement 2026-10 --warehouse 办事处")}
    assert {name: exact(qty) for name, qty in places.items() if name in GOODS} == {
        name: shelf(name, date(2026, 10, 31))["办事处"] for name in GOODS
    }


def test_a_warehouse_nobody_knows_is_refused_with_those_there_are(book):
    answer = book.run("report stock-movement --warehouse 东京")
    assert answer.code == 2
    assert "东京" in answer.err
    assert "办事处" in answer.err
    assert answer.out == ""


def test_the_value_is_each_product_on_hand_at_its_cost(book):
    by_category, by_product = book.json("report stock-value")["data"]["tables"]
    values = {name: rounded(on_hand(name, AS_OF) * Decimal(PRODUCTS[name]["成本"]), 2) for name in GOODS}
    found = {row["product"]: row["value"] for row in by_product["rows"]}
    assert {name: exact(found[name]) for name in GOODS} == values
    assert exact(by_product["totals"]["value"]) == sum(values.values())
    sums = defaultdict(Decimal)
    for name, value in values.items():
        sums[PRODUCTS[name]["类别"]] += value
    assert {row["category"]: exact(row["value"]) for row in by_category["rows"] if row["category"]} == sums
    assert exact(by_category["totals"]["value"]) == sum(values.values())
    assert abs(sum(exact(row["share"]) for row in by_category["rows"]) - 1) < Decimal("0.001")
    (note,) = [note for note in by_category["notes"] if note["code"] == "no_cost"]
    assert "bvm7—710—8505 6" in note["text"]
    (note,) = [note for note in by_category["notes"] if note["code"] == "folded"]
    assert "电源线1.5米 → 电源线" in note["text"]


@pytest.mark.parametrize(("first", "last"), MONTHS)
def test_turnover_is_the_cost_of_what_was_sold_over_the_mean_of_both_ends(book, first, last):
    by_category, by_product = book.json(f"report stock-turnover {first:%Y-%m}")["data"]["tables"]
    last = min(last, AS_OF)
    rows = {row["product"]: row for row in by_product["rows"]}
    went = sold(first, last)
    whole = [Decimal(0)] * 3
    for name in GOODS:
        cost = Decimal(PRODUCTS[name]["成本"])
        figures = [
            rounded(qty * cost, 2)
            for qty in (on_hand(name, first - timedelta(days=1)), on_hand(name, last), went[name])
        ]
        whole = [sum(pair) for pair in zip(whole, figures, strict=True)]
        opening, closing, cogs = figures
        row = rows[name]
        assert [exact(row[key]) for key in ("opening_value", "closing_value", "cost_of_sales")] == figures, name
        mean, days = (opening + closing) / 2, (last - first).days + 1
        if cogs > 0 and mean > 0:
            assert exact(row["turnover"]) == rounded(cogs / mean, 2)
            assert exact(row["days_of_stock"]) == rounded(mean * days / cogs, 0)
        else:
            assert (row["turnover"], row["days_of_stock"]) == (None, None)
    for table in (by_category, by_product):
        totals = table["totals"]
        assert [exact(totals[key]) for key in ("opening_value", "closing_value", "cost_of_sales")] == whole
    assert sum(exact(row["cost_of_sales"]) for row in by_category["rows"]) == whole[2]


def test_slow_is_what_lies_there_and_was_not_sold_for_so_long(desk):
    """
    产品.csv
    产品,单位,成本,类别
    卖得动,个,10,甲
    卖不动,个,10,甲
    更贵的,个,100,乙
    刚来的,个,10,甲
    没货的,个,10,甲
    没成本,个,,乙

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-01-05,期初,卖得动,10
    A1,2026-01-05,期初,卖不动,10
    A1,2026-01-05,期初,更贵的,3
    A1,2026-01-05,期初,没货的,1
    A1,2026-01-05,期初,没成本,4
    A2,2026-11-20,入库,刚来的,10

    出货.csv
    单号,日期,类型,客户,产品,数量
    S1,2026-11-01,发货,甲,卖得动,1
    S2,2026-06-01,发货,甲,卖不动,2
    S3,2026-06-01,发货,甲,没货的,1
    S4,2026-11-02,发货,甲,更贵的,1
    S4,2026-11-02,发货,甲,更贵的,-1

    借用.csv
    单号,日期,类型,客户,产品,数量
    L1,2026-11-03,借出,甲,没成本,1
    """
    answer = desk.json("report slow-movers")["data"]
    rows = [
        (row["product"], row["on_hand"], row["value"], row["last_sold"], row["days_idle"]) for row in answer["rows"]
    ]
    assert rows == [
        ("更贵的", 3, 300, None, 322),
        ("卖不动", 8, 80, "2026-06-01", 175),
        ("没成本", 3, None, None, 322),
    ]
    assert answer["totals"] == {"value": 380}
    assert [note["code"] for note in answer["notes"]] == ["no_cost"]
    assert [row["product"] for row in desk.rows("report slow-movers --days 10")] == [
        "更贵的",
        "卖得动",
        "卖不动",
        "没成本",
    ]
    assert [row["product"] for row in desk.rows("report slow-movers --category 乙")] == ["更贵的", "没成本"]
    assert "更贵的" in desk.run("report slow-movers --lang en").out


def test_a_book_without_stock_has_no_rows_and_no_turnover(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量
    B1,2026-11-01,甲,主板,7
    """
    for words in ("report stock-movement", "report slow-movers"):
        assert desk.rows(words) == []
    for words in ("report stock-value", "report stock-turnover"):
        tables = desk.json(words)["data"]["tables"]
        assert [table["rows"] for table in tables] == [[], []], words
