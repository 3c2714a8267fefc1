"""A short form stands for its number and for no other, whatever else there is."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.numbers import matches, number
from salesaid.core.short_numbers import ShortNumbers

TODAY = date(2026, 11, 22)
DAYS = st.sampled_from([TODAY, date(2025, 11, 22), date(2026, 11, 2), date(2016, 11, 22), date(2026, 1, 22)])
OURS = st.builds(number, st.sampled_from(["SO", "so", "SH", ""]), DAYS, st.integers(1, 1200))
FOREIGN = st.sampled_from(["1122-3", "22-3", "HT-2026-17", "３", "A20261122-003", "20261122-3 ", "订单.csv:12", "-3"])


def short(no, *others, **how):
    return ShortNumbers([no, *others], "SO", TODAY).of(no, **how)


@given(st.lists(st.one_of(OURS, FOREIGN), min_size=1, max_size=12), st.booleans())
def test_what_is_typed_finds_the_number_alone(numbers, with_prefix):
    forms = ShortNumbers(numbers, "SO", TODAY)
    for no in numbers:
        typed = forms.of(no, with_prefix=with_prefix)
        assert typed == no or matches(typed, numbers, TODAY, "SO") == [no]
        assert len(typed) <= len(no)


def test_a_number_is_as_short_as_it_may_be():
    assert short("SO20261122-003") == "1122-3"
    assert short("SO20261122-003", "SO20261122-030", "SO20261121-003") == "1122-3"
    assert short("SO20261122-1003") == "1122-1003"


def test_the_same_day_of_another_year_needs_the_year():
    assert short("SO20261122-003", "SO20251122-003") == "261122-3"
    assert short("SO20261122-003", "SO19261122-003") == "20261122-3"


def test_the_prefix_stays_where_it_is_asked_for():
    assert short("SO20261122-003", with_prefix=True) == "SO1122-3"
    assert short("SO20261122-003", "SO20251122-003", with_prefix=True) == "SO261122-3"


def test_what_is_not_ours_stays_whole():
    assert [short(no) for no in ("HT-2026-17", "订单.csv:12", "PO20261122-003")] == [
        "HT-2026-17", "订单.csv:12", "PO20261122-003",
    ]  # fmt: skip
    assert short("SO20261122-003", "1122-3") == "261122-3"
