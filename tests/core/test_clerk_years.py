from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.clerk_years import YearTurn


def turn(months, size=3):
    days = [f"2025-{month:02}-05" if month else "" for month in months]
    watch = YearTurn()
    for at in range(0, len(days), size):
        watch.look(range(at + 2, at + 2 + len(days[at : at + size])), days[at : at + size])
    return watch.row()


@pytest.mark.parametrize(
    ("months", "row"),
    [
        ([12, 1], 3),
        ([12, 12, 0, 1, 1, 2], 5),
        ([10, 11, 12, 1], 5),
        ([3, 5, 11, 2, 2], 5),
        ([2, 1, 12, 11], 4),
        ([1, 2, 12], None),
        ([12, 11, 2, 1], None),
        ([11, 2], None),
        ([1, 12], None),
        ([5, 3, 4], None),
        ([12, 1, 12, 1], 4),
        ([12, 1, 12, 1, 12], None),
        ([7, 7], None),
        ([], None),
    ],
)
def test_a_step_into_another_year_is_told_by_its_row(months, row):
    assert turn(months) == turn(months, size=1) == row


@given(st.lists(st.integers(1, 12), max_size=20), st.booleans())
def test_days_of_one_year_in_order_have_none(months, newest_first):
    assert turn(sorted(months, reverse=newest_first)) is None or sorted(set(months)) == [1, 12]


@given(st.lists(st.integers(8, 12), min_size=1, max_size=9), st.lists(st.integers(1, 3), min_size=1, max_size=9))
def test_days_in_order_that_go_on_into_the_next_year_have_one(old, new):
    months = [8, *sorted([*old, 12]), *sorted(new)]
    assert turn(months) == len(old) + 4
