"""Which orders wait for which purchases."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.incoming import Lot
from salesaid.balances.promised import OpenLine
from salesaid.balances.shortage import short_lines, waits

DAY = date(2026, 12, 1)
qtys = st.decimals(0, 30, places=1)
orders = st.lists(qtys, max_size=6).map(
    lambda found: [OpenLine(f"2026-11-{at + 1:02}", f"B{at}", "甲", qty) for at, qty in enumerate(found)]
)
lots = st.lists(
    st.builds(
        lambda no, qty, order: Lot(DAY, qty, f"P{no}", "乙", order),
        st.integers(1, 3), qtys, st.sampled_from(["", "", "B0", "B1", "B4", "没有"]),
    ),
    max_size=6,
)  # fmt: skip


def line(no, qty):
    return OpenLine("2026-11-01", no, "甲", Decimal(qty))


def lot(no, qty, order=""):
    return Lot(DAY, Decimal(qty), no, "乙", order)


def told(found):
    return [(wait.short.order_no, wait.purchase_no, wait.qty, wait.is_for_it) for wait in found]


def test_the_oldest_orders_are_served_from_the_shelf():
    short = short_lines(Decimal(10), [line("B1", 7), line("B2", 5), line("B3", 4)])
    assert [(each.order_no, each.lacking) for each in short] == [("B2", 2), ("B3", 4)]


def test_a_shelf_below_zero_serves_nobody():
    assert [each.lacking for each in short_lines(Decimal(-3), [line("B1", 7), line("B2", 5)])] == [7, 5]


def test_what_was_bought_for_an_order_is_kept_for_it():
    short = short_lines(Decimal(0), [line("B1", 5), line("B2", 5)])
    found = waits(short, [lot("P1", 8, "B2"), lot("P2", 9)])
    assert told(found) == [("B1", "P1", 3, False), ("B1", "P2", 2, False), ("B2", "P1", 5, True)]


def test_two_lots_of_one_purchase_are_one_wait():
    short = short_lines(Decimal(0), [line("B1", 5)])
    assert told(waits(short, [lot("P1", 2), lot("P1", 3)])) == [("B1", "P1", 5, False)]


@given(qtys, orders, lots)
def test_nothing_is_given_twice_and_nothing_is_left_over(hand, lines, coming):
    short = short_lines(hand, lines)
    wanted = max(sum(each.open for each in lines) - hand, Decimal(0))
    assert sum(each.lacking for each in short) == wanted
    by_purchase, by_order = defaultdict(Decimal), defaultdict(Decimal)
    for wait in waits(short, coming):
        assert wait.qty > 0
        by_purchase[wait.purchase_no] += wait.qty
        by_order[wait.short.order_no] += wait.qty
    for no, qty in by_purchase.items():
        assert qty <= sum(each.qty for each in coming if each.purchase_no == no)
    for each in short:
        assert by_order[each.order_no] <= each.lacking
    assert sum(by_order.values()) == min(wanted, sum((each.qty for each in coming), Decimal(0)))
