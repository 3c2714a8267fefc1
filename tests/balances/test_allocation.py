"""Money settles what it names first, then what is due first, and never more than came in."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.allocation import Owing, Paid, allocate

FIRST = date(2026, 11, 1)
days = st.integers(0, 5).map(lambda n: FIRST + timedelta(n))
orders = st.sampled_from(["", "A", "B", "C"])
owings = st.lists(
    st.builds(Owing, days, days, st.sampled_from(["S1", "S2", "S3"]), orders, st.integers(-500, 900)), max_size=9
)
receipts = st.lists(st.builds(Paid, days, st.sampled_from(["P1", "P2"]), orders, st.integers(1, 900)), max_size=6)


def owing(due: int, order_no: str, cents: int, no: str = "") -> Owing:
    day = FIRST + timedelta(due)
    return Owing(day, day, no or f"S{due}", order_no, cents)


def paid(cents: int, order_no: str = "", day: int = 9) -> Paid:
    return Paid(FIRST + timedelta(day), "P", order_no, cents)


def opens(found):
    return {each.no: open_ for each, open_ in zip(found.owing, found.open, strict=True)}


def test_a_named_order_comes_before_what_is_due_earlier():
    found = allocate([owing(1, "A", 100), owing(2, "B", 100)], [paid(130, "B")])
    assert opens(found) == {"S1": 70, "S2": 0}


def test_a_shipment_may_be_named_as_well():
    found = allocate([owing(1, "A", 100), owing(2, "A", 100)], [paid(100, "S2")])
    assert opens(found) == {"S1": 100, "S2": 0}


def test_what_is_due_first_is_settled_first_whatever_was_shipped_first():
    late = Owing(FIRST + timedelta(9), FIRST, "S1", "A", 100)
    soon = Owing(FIRST + timedelta(3), FIRST + timedelta(1), "S2", "B", 100)
    assert opens(allocate([late, soon], [paid(100)])) == {"S1": 100, "S2": 0}


def test_money_for_an_order_waits_for_its_goods_and_no_longer():
    debts, money = [owing(1, "A", 100), owing(2, "B", 40)], [paid(120, "B")]
    waits = allocate(debts, money, {"B": 60}.get)
    assert (opens(waits), waits.unallocated, waits.kept) == ({"S1": 80, "S2": 0}, 60, {"B": 60})
    shipped = allocate(debts, money, lambda _: 0)
    assert (opens(shipped), shipped.unallocated, shipped.kept) == ({"S1": 20, "S2": 0}, 0, {})


def test_a_credit_settles_its_own_document_then_its_order_then_what_is_due_first():
    first, second, third = owing(1, "A", 100), owing(2, "B", 100), owing(3, "B", 100)
    own = owing(9, "B", -150, no="S3")
    assert opens(allocate([first, second, third, own], [])) == {"S1": 100, "S2": 50, "S3": 0}
    other = owing(9, "C", -150)
    assert opens(allocate([first, second, third, other], [])) == {"S1": 0, "S2": 50, "S3": 100, "S9": 0}


def test_what_settles_nothing_is_left():
    found = allocate([owing(1, "A", 100), owing(2, "", -30)], [paid(200)])
    assert (opens(found), found.unallocated) == ({"S1": 0, "S2": 0}, 130)


@given(owings, receipts)
def test_nothing_is_lost_and_nothing_settled_twice(debts, money):
    found = allocate(debts, money)
    assert sum(found.open) - found.unallocated == sum(d.cents for d in debts) - sum(m.cents for m in money)
    by_receipt, by_debt = Counter(), Counter()
    for source, at, cents in found.settled:
        assert cents > 0
        by_receipt[source] += cents
        by_debt[at] += cents
    for at, each in enumerate(found.paid):
        assert by_receipt[at] + found.left[at] == each.cents
    for at, each in enumerate(found.owing):
        assert by_debt[at] + found.open[at] == max(each.cents, 0)
    assert by_receipt[None] + found.credit == -sum(min(d.cents, 0) for d in debts)
    assert not (found.unallocated and any(found.open))


@given(owings, receipts, st.randoms())
def test_the_order_of_rows_changes_nothing(debts, money, chance):
    one = allocate(debts, money)
    mixed, others = list(debts), list(money)
    chance.shuffle(mixed)
    chance.shuffle(others)
    assert allocate(mixed, others) == one
