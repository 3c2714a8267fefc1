"""Measures: what loops over the rows find, for any grouping, any period and numbers of any size."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaid.core.periods import before, holding, year_before, year_of
from salesaid.frames.measured import Figures, Measured, with_zeros
from salesaid.frames.sums import summed

KEYS = [(), ("salesperson",), ("customer",), ("product",), ("category",), ("salesperson", "customer", "product")]
FIRST = date(2025, 10, 1)
NAMES = st.sampled_from(["", "甲", "乙", "=1+1"])
SALE = st.fixed_dictionaries({
    "day": st.integers(0, 460).map(lambda after: FIRST + timedelta(days=after)),
    "kind": st.sampled_from(["sale", "loan", "return", "refund"]),
    "customer": NAMES, "product": NAMES, "category": NAMES, "salesperson": NAMES, "no": NAMES, "name": NAMES,
    "model": NAMES, "qty": st.integers(-(10**9), 10**9), "cents": st.integers(-(10**12), 10**12),
    "cost_cents": st.integers(0, 10**9), "has_cost": st.booleans(),
})  # fmt: skip
PERIODS = st.builds(
    holding,
    st.integers(0, 460).map(lambda after: FIRST + timedelta(days=after)),
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
    st.sampled_from([25, 31]),
)
TEXTS = ["kind", "customer", "product", "category", "salesperson", "name", "model"]


def frame(rows, columns=()):
    made = pd.DataFrame.from_records(rows, columns=[*SALE_COLUMNS, *columns])
    types = dict.fromkeys(TEXTS, "category") | dict.fromkeys(("qty", "cents", "cost_cents"), "int64")
    made["written_qty"] = made["qty"]
    return made.astype(types | {"day": "datetime64[s]", "has_cost": "bool"})


SALE_COLUMNS = [
    "day", "kind", "customer", "product", "category", "salesperson", "no", "name", "model", "qty", "cents",
    "cost_cents", "has_cost",
]  # fmt: skip


def looped(rows, orders, money, period, keys):
    """The figures row by row."""
    found = defaultdict(lambda: dict.fromkeys(Figures._fields, 0))

    def group(row):
        return found[tuple(row[key] for key in keys)]

    year = year_of(period)
    for row in rows:
        if period.holds(row["day"]):
            back = row["kind"] in {"return", "refund"}
            own = group(row)
            own["returned_qty" if back else "qty"] += -row["qty"] if back else row["qty"]
            own["returned" if back else "amount"] += -row["cents"] if back else row["cents"]
            own["known"] += row["cents"] * row["has_cost"]
            own["cost"] += row["cost_cents"] * row["has_cost"]
        for name, holds in (
            ("before", before(period).holds(row["day"])),
            ("year_before", year_before(period).holds(row["day"])),
            ("cumulative", year.first <= row["day"] <= period.last),
        ):
            if holds:
                group(row)[name] += row["cents"]
    for row in orders:
        if period.holds(row["day"]):
            group(row)["ordered"] += row["cents"]
    for row in money if set(keys) <= {"salesperson", "customer"} else ():
        if period.holds(row["day"]):
            group(row)["received"] += row["cents"]
    return {key: Figures(**figures) for key, figures in found.items() if any(figures.values())}


@settings(deadline=None, max_examples=60)
@given(st.lists(SALE, max_size=12), st.lists(SALE, max_size=5), st.lists(SALE, max_size=5), PERIODS)
def test_figures_are_what_a_loop_over_the_rows_finds(rows, orders, money, period):
    measured = Measured(frame(rows), frame(orders), frame(money))
    for keys in KEYS:
        found = {key: each for key, each in measured.figures(period, keys).items() if any(each)}
        assert found == looped(rows, orders, money, period, keys)


@settings(deadline=None, max_examples=60)
@given(st.lists(SALE, max_size=12), PERIODS)
def test_every_grouping_comes_to_the_same(rows, period):
    measured = Measured(frame(rows), frame([]), frame([]))
    whole = measured.total(period)
    assert measured.plain_sum("sales", period) == whole.net
    for keys in KEYS:
        every = measured.figures(period, keys).values()
        assert tuple(map(sum, zip(*every, strict=True))) == tuple(whole) or not every


@pytest.mark.parametrize("count", [1, 1000])
def test_sums_beyond_64_bits_are_exact(count):
    most = 2**62 + 1
    values = pd.DataFrame({"cents": [most] * count, "who": ["甲"] * count})
    assert summed(values, ("who",), ("cents",)) == {("甲",): (most * count,)}
    assert summed(values, (), ("cents",)) == {(): (most * count,)}


def test_whole_numbers_of_any_size_are_summed():
    values = pd.DataFrame({"cents": pd.Series([10**24, 5], dtype=object), "who": ["甲", "甲"]})
    assert summed(values, ("who",), ("cents",)) == {("甲",): (10**24 + 5,)}
    assert summed(values, (), ("cents",)) == {(): (10**24 + 5,)}


def test_groups_that_nothing_happened_in_stay_and_come_last():
    found = with_zeros({("甲",): Figures(amount=5)}, [("乙",), ("甲",)])
    assert found == [(("甲",), Figures(amount=5)), (("乙",), Figures())]
