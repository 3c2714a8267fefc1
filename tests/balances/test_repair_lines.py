"""Return lines: nothing appears or vanishes, whatever the rows; what is here and at factories is what the ways say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.repair_days import median
from salesaid.balances.repair_history import RepairRow, history
from salesaid.balances.repair_stages import OPEN, PASSAGES
from salesaid.balances.warranties import months_after
from salesaid.core.places import FACTORY, REPAIR
from salesaid.ledgers.returns import LEDGER

FIRST = date(2026, 11, 1)
STAGES = {passage.target for passage in PASSAGES.values()}


def row(number, day, action, qty, factory=""):
    day = FIRST + timedelta(day)
    return RepairRow(number, day, action, Decimal(qty), "", factory, None, None, "", "", "", "")


def rows_of(said):
    """Rows from lines such as `3 send 2 甲厂`: day, action, quantity, factory."""
    found = []
    for number, line in enumerate(filter(None, map(str.strip, said.splitlines())), 2):
        day, action, qty, *factory = line.split()
        found.append(row(number, int(day), action, qty, *factory))
    return found


def sums(past):
    found = {}
    for lot in past.lots:
        found[lot.stage] = found.get(lot.stage, 0) + lot.qty
    return {stage: qty for stage, qty in found.items() if qty}


anything = st.lists(
    st.builds(
        row, st.just(0), st.integers(0, 6), st.sampled_from(list(PASSAGES)), st.integers(-3, 5),
        st.sampled_from(["", "甲厂", "乙厂"]),
    ),
    max_size=12,
).map(lambda rows: [each._replace(row=number) for number, each in enumerate(rows, 2)])  # fmt: skip


@given(anything, st.integers(0, 6))
def test_nothing_appears_or_vanishes_at_any_date(rows, upto):
    rows = [each for each in rows if each.day <= FIRST + timedelta(upto)]
    stages = sums(history(rows))
    assert sum(stages.values()) == sum(each.qty for each in rows if each.action == "receive")
    for target in STAGES - set(OPEN):
        action = next(action for action, passage in PASSAGES.items() if passage.target == target)
        assert stages.get(target, 0) == sum(each.qty for each in rows if each.action == action)


@given(anything)
def test_what_is_here_and_at_factories_is_what_the_ways_of_the_rows_come_to(rows):
    lies = dict.fromkeys((REPAIR, FACTORY), Decimal(0))
    for each in rows:
        for way in LEDGER.action(each.action).ways:
            for place, sign in ((way.from_place, -1), (way.to_place, 1)):
                if place in lies:
                    lies[place] += sign * each.qty
    stages = sums(history(rows))
    assert stages.get("received", 0) + stages.get("back", 0) == lies[REPAIR]
    assert stages.get("at_factory", 0) == lies[FACTORY]


@given(anything)
def test_below_zero_stands_only_what_some_row_took_too_much_of(rows):
    past = history(rows)
    if any(lot.qty < 0 for lot in past.lots):
        assert past.beyond
    assert all(stay.since <= stay.until for stay in past.stays)


steps = st.lists(st.tuples(st.sampled_from(list(PASSAGES)), st.integers(1, 4), st.integers(0, 2)), max_size=14)


def possible(wanted):
    """A history in which every row takes only what is there, days going forward."""
    rows, day = [], 0
    for number, (action, qty, later) in enumerate(wanted, 2):
        day += later
        stages = sums(history(rows))
        there = sum(stages.get(stage, 0) for stage in PASSAGES[action].sources) if action != "receive" else qty
        if there:
            rows.append(row(number, day, action, min(qty, there)))
    return rows


@given(steps, st.randoms(use_true_random=False))
def test_the_order_of_possible_rows_changes_nothing(wanted, chance):
    rows = possible(wanted)
    expected = history(rows)
    assert all(lot.qty > 0 for lot in expected.lots)
    mixed = list(rows)
    chance.shuffle(mixed)
    found = sums(history(mixed))
    assert sum(found.get(stage, 0) for stage in ("received", "back")) == sum(
        sums(expected).get(stage, 0) for stage in ("received", "back")
    )
    assert {k: v for k, v in found.items() if k not in OPEN} == {
        k: v for k, v in sums(expected).items() if k not in OPEN
    }
    if len({each.day for each in rows}) == len(rows):
        assert found == sums(expected)
        assert sorted(history(mixed).stays) == sorted(expected.stays)


@given(steps)
def test_red_letters_for_every_row_leave_nothing(wanted):
    rows = possible(wanted)
    red = [each._replace(row=each.row + 100, qty=-each.qty, day=FIRST + timedelta(99)) for each in rows]
    assert history([*rows, *red]).lots == ()


def test_goods_leave_a_stage_in_the_order_in_which_they_came():
    past = history(rows_of("0 receive 2\n4 receive 1\n5 send 2 甲厂\n9 back 1 甲厂"))
    assert [(lot.stage, lot.qty, (lot.since - FIRST).days) for lot in past.lots] == [
        ("received", 1, 4), ("at_factory", 1, 5), ("back", 1, 9),
    ]  # fmt: skip
    assert [(stay.stage, stay.factory, (stay.until - stay.since).days) for stay in past.stays] == [
        ("received", "甲厂", 5), ("at_factory", "甲厂", 4),
    ]  # fmt: skip


def test_what_a_factory_sends_back_is_what_it_had():
    past = history(rows_of("0 receive 2\n1 send 1 甲厂\n2 send 1 乙厂\n9 back 1 乙厂"))
    assert [(lot.stage, lot.factory) for lot in past.lots] == [("at_factory", "甲厂"), ("back", "乙厂")]


def test_goods_may_go_to_the_factory_again():
    past = history(rows_of("0 receive 1\n1 send 1 甲厂\n3 back 1\n4 send 1 乙厂"))
    assert [(lot.stage, lot.factory) for lot in past.lots] == [("at_factory", "乙厂")]
    assert [stay.factory for stay in past.stays] == ["甲厂", "甲厂", "甲厂"]


def test_what_was_never_received_stands_below_zero_until_it_is():
    never = rows_of("3 deliver 1")
    assert sums(history(never)) == {"received": -1, "delivered": 1}
    assert history(never).beyond == (2,)
    assert sums(history([*never, row(9, 5, "receive", 1)])) == {"delivered": 1}


def test_delivered_while_at_the_factory_is_made_good_when_it_is_back():
    rows = rows_of("0 receive 1\n1 send 1\n5 deliver 1")
    assert sums(history(rows)) == {"at_factory": 1, "back": -1, "delivered": 1}
    assert sums(history([*rows, row(9, 6, "back", 1)])) == {"delivered": 1}


def test_a_red_letter_takes_back_the_step_before_it_and_not_the_one_after():
    past = history(rows_of("0 receive 1\n1 send 1 甲厂\n2 send -1 甲厂\n4 send 1 乙厂"))
    assert [(lot.stage, lot.factory, (lot.since - FIRST).days) for lot in past.lots] == [("at_factory", "乙厂", 4)]


@pytest.mark.parametrize(("days", "middle"), [([3], "3"), ([1, 4], "2.5"), ([1, 2, 9], "2")])
def test_the_median_of_days(days, middle):
    assert median(days) == Decimal(middle)


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [("2025-03-01", 12, "2026-03-01"), ("2024-02-29", 12, "2025-02-28"), ("2026-10-31", 4, "2027-02-28"),
     ("2026-12-15", 1, "2027-01-15"), ("2026-05-05", 0, "2026-05-05")],
)  # fmt: skip
def test_a_warranty_ends_on_the_same_day_of_a_later_month(day, months, until):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(until)
