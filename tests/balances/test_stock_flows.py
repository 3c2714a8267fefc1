"""What came in and went out of each shelf, by what for, over random histories: against sums of cells."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from datetime import timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from tests.balances.histories import CONTENTS, DAYS, FIRST, everywhere, flows, histories, lay_out, ours

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
all_days = [FIRST + timedelta(n) for n in range(DAYS)]
spans = st.tuples(st.sampled_from(all_days), st.sampled_from(all_days)).map(sorted)

FROM = {
    "(opening)": "opened", "(supplier)": "purchased", "(customer)": "returned", "(repair)": "returned",
    "(loan)": "loans_back", "(outside)": "other_in",
}  # fmt: skip
TO = {
    "(customer)": "sold", "(loan)": "lent", "(supplier)": "sent_back", "(scrap)": "scrapped", "(outside)": "other_out",
}  # fmt: skip
COUNTED = {"opened", "counted_more", "counted_less"}
GOODS = {"Board", "Cable", "Loose"}


def is_ours(place):
    return not place.startswith("(")


def moved_in(history, first, last, ships):
    """What moved in these days: {(product, place): {kind: quantity}}, what a replacement took among what was sold."""
    found = defaultdict(lambda: defaultdict(Decimal))
    for day, product, from_, to, qty in flows(history, last, ships):
        if day >= first and product in GOODS:
            if is_ours(from_) and is_ours(to):
                found[product, from_]["transferred_out"] += qty
                found[product, to]["transferred_in"] += qty
            elif is_ours(to):
                found[product, to][FROM[from_]] += qty
            elif is_ours(from_) and ships == "at_once" and to == "(customer)" and qty < 0:
                found[product, from_]["below zero"] += qty
            elif is_ours(from_):
                found[product, from_][TO[to]] += qty
    return found


def opened_book(folder, day):
    return closing(Book(folder, day, "en", "me"))


@quick
@given(histories, st.sampled_from(["later", "at_once"]), spans)
def test_opening_in_and_out_are_what_rows_and_counts_come_to(tmp_path, history, ships, span):
    first, last = span
    lay_out(tmp_path, history, ships)
    with opened_book(tmp_path, all_days[-1]) as book:
        found = {(flow.product, flow.place): flow for flow in book.supply("stock_flows").between(first, last)}
    for day, figure in ((first - timedelta(days=1), "opening"), (last, "closing")):
        expected = {
            (id_, at): qty for id_, own in everywhere(history, day, ships).items() for at, qty in ours(own).items()
        }
        assert {key: getattr(flow, figure) for key, flow in found.items() if getattr(flow, figure)} == expected
    for key, flow in found.items():
        own = {kind: qty for kind, qty in flow.moved.items() if qty}
        expected = moved_in(history, first, last, ships)[key]
        kinds = (own.keys() | expected.keys()) - COUNTED - {"sold", "returned", "replaced", "below zero"}
        assert {kind: own.get(kind, 0) for kind in kinds} == {kind: expected.get(kind, 0) for kind in kinds}
        # What orders below zero gave back is returned where orders are the sales; a replacement is no sale.
        net = own.get("sold", 0) + own.get("replaced", 0) - own.get("returned", 0)
        assert net == expected["sold"] + expected["below zero"] - expected["returned"]
        assert flow.opening + flow.into - flow.out_of == flow.closing


@quick
@given(histories, st.sampled_from(all_days))
def test_days_one_after_the_other_come_to_all_of_them(tmp_path, history, between):
    lay_out(tmp_path, history)
    last = all_days[-1]
    with opened_book(tmp_path, last) as book:
        known = book.supply("stock_flows")
        whole = {(flow.product, flow.place): flow for flow in known.between(FIRST, last)}
        early = {(flow.product, flow.place): flow for flow in known.between(FIRST, between)}
        late = {(flow.product, flow.place): flow for flow in known.between(between + timedelta(days=1), last)}
    assert early.keys() <= whole.keys() == late.keys()
    for key, flow in whole.items():
        assert flow.closing == late[key].closing
        assert late[key].opening == (early[key].closing if key in early else 0)
        for kind in flow.moved:
            parts = [each[key].moved.get(kind, 0) for each in (early, late) if key in each]
            assert flow.moved[kind] == sum(parts)


@quick
@given(histories, spans)
def test_what_was_sold_is_what_went_to_customers_less_what_they_brought_back(tmp_path, history, span):
    first, last = span
    lay_out(tmp_path, history)
    history = history._replace(  # a gift is no sale, and what is replaced is none
        loans=[row for row in history.loans if row["action"] != "gift"],
        returns=[row for row in history.returns if row["action"] == "refund"],
    )
    expected = defaultdict(Decimal)
    for day, product, from_, to, qty in flows(history, last):
        if day >= first and product in GOODS:
            expected[product] += qty if to == "(customer)" else 0
            expected[product] -= qty if from_ in {"(customer)", "(repair)"} else 0
    with opened_book(tmp_path, all_days[-1]) as book:
        sold = book.supply("stock_flows").sold(first, last)
    assert {id_: qty for id_, qty in sold.items() if qty} == {id_: qty for id_, qty in expected.items() if qty}
    assert not sold.keys() & CONTENTS.keys()


def test_each_move_is_for_what_its_row_says(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量,仓库,调入仓库
    A1,2026-10-01,期初,主板,10,,
    A2,2026-11-02,调拨,主板,3,,北仓
    A3,2026-11-03,入库,主板,1,,
    A4,2026-11-03,出库,主板,2,,
    A5,2026-11-04,报废,主板,1,北仓,

    采购.csv
    单号,日期,类型,供应商,产品,数量
    P1,2026-11-01,采购,联芯,主板,20
    P1,2026-11-05,到货,联芯,主板,20
    P1,2026-11-06,退供,联芯,主板,4

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量
    S1,2026-11-07,发货,,甲,主板,9
    S1,2026-11-07,发货,,甲,主板,-1
    S2,2026-11-08,退回,,甲,主板,2

    借用.csv
    单号,日期,类型,客户,产品,数量
    L1,2026-11-09,借出,乙,主板,5
    L1,2026-11-10,归还,乙,主板,2
    L1,2026-11-11,转销售,乙,主板,3

    返修.csv
    单号,日期,类型,客户,产品,数量
    R1,2026-11-12,收到,甲,主板,2
    R1,2026-11-13,换新,甲,主板,1
    R1,2026-11-13,退货,甲,主板,1

    盘点.csv
    单号,日期,产品,仓库,实盘数量
    C1,2026-11-20,主板,,14
    C2,2026-11-21,主板,北仓,5
    """
    (row,) = desk.rows("report stock-movement 2026-11")
    into = {"opened": 0, "purchased": 20, "returned": 2 + 1, "loans_back": 2, "counted_more": 1 + 3, "other_in": 1}
    out_of = {
        "sold": 9 - 1, "replaced": 1, "lent": 5, "sent_back": 4, "scrapped": 1, "counted_less": 0, "other_out": 2,
    }  # fmt: skip
    assert {name: row[name] for name in into} == into
    assert {name: row[name] for name in out_of} == out_of
    assert (row["opening"], row["in_qty"], row["out_qty"], row["closing"]) == (10, 30, 21, 19)
    (north,) = desk.rows("report stock-movement 2026-11 --warehouse 北仓")
    moves = ("opening", "transferred_in", "scrapped", "counted_more", "in_qty", "out_qty", "closing")
    assert [north[name] for name in moves] == [0, 3, 1, 3, 6, 1, 5]


def test_where_orders_are_the_sales_those_below_zero_came_back(desk):
    """
    salesaid.toml
    [book]
    language = "zh"
    [ledgers.orders]
    ships = "at_once"

    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,甲,主板,9,10
    A2,2026-11-02,甲,主板,-2,10
    """
    (row,) = desk.rows("report stock-movement 2026-11")
    assert (row["sold"], row["returned"], row["closing"]) == (9, 2, -7)
