from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.numbers import DocumentNumber, matches, matches_among, number, split
from salesaid.core.width import narrow

TODAY = date(2026, 11, 22)
OURS = [
    "SO20261121-003",
    "SO20261122-001",
    "SO20261122-003",
    "SO20261122-013",
    "SO20251122-003",
    "SO20261122-1003",
]
FOREIGN = ["HT-2026-77", "536365", "C536379", "合同2026-8号"]

days = st.dates(min_value=date(1900, 1, 1))
prefixes = st.text(st.characters(categories=["Lu", "Lo"]), max_size=4).map(narrow)  # numbers are read in half width
serials = st.integers(min_value=1, max_value=999_999_999)


def found(typed: str) -> list[str]:
    return matches(typed, OURS + FOREIGN, TODAY, "SO")


def test_a_number_is_prefix_date_and_three_digits_that_grow():
    assert number("SO", TODAY, 1) == "SO20261122-001"
    assert number("SO", TODAY, 1000) == "SO20261122-1000"


@given(prefixes, days, serials)
def test_a_number_taken_apart_is_what_it_was_made_of(prefix, day, serial):
    assert split(number(prefix, day, serial)) == (prefix, day, serial)


def test_the_whole_numeric_tail_is_the_serial():
    assert split("SO20261122-0009") == DocumentNumber("SO", TODAY, 9)
    assert split("SO20261122-1010") == DocumentNumber("SO", TODAY, 1010)
    assert split(" ＳＯ２０２６１１２２－００１ ") == DocumentNumber("SO", TODAY, 1)
    assert split("B2-20261122-7") == DocumentNumber("B2-", TODAY, 7)


@pytest.mark.parametrize(
    "no",
    ["", "SO", "536365", "SO20261122", "SO20261122-", "SO20261322-001", "SO20261122-1a", "SO20261122-" + "9" * 5000],
)
def test_a_foreign_number_is_not_taken_apart(no):
    assert split(no) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SO20261122-003", ["SO20261122-003"]),
        ("so20261122-003", ["SO20261122-003"]),
        ("ＳＯ２０２６１１２２－００３", ["SO20261122-003"]),
        ("so20261122-3", ["SO20261122-003"]),
        ("20261122-3", ["SO20261122-003"]),
        ("3", ["SO20261122-003"]),
        ("-3", ["SO20261122-003"]),
        ("－3", ["SO20261122-003"]),
        ("003", ["SO20261122-003"]),
        ("1121-3", ["SO20261121-003"]),
        ("so1121-3", ["SO20261121-003"]),
        ("21-3", ["SO20261121-003"]),
        ("1122-3", ["SO20261122-003", "SO20251122-003"]),
        ("61122-3", ["SO20261122-003"]),
        ("1003", ["SO20261122-1003"]),
        ("2", []),
        ("1123-3", []),
        ("", []),
        ("  ", []),
        ("-", []),
    ],
)
def test_our_numbers_are_found_by_their_short_forms(typed, meant):
    assert found(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("536365", ["536365"]),
        ("365", ["536365"]),
        ("c536379", ["C536379"]),
        ("77", ["HT-2026-77"]),
        ("2026-77", ["HT-2026-77"]),
        ("8号", ["合同2026-8号"]),
        ("536", []),
    ],
)
def test_foreign_numbers_are_found_by_any_ending(typed, meant):
    assert found(typed) == meant


def test_a_whole_number_beats_an_ending_and_a_serial_of_today_beats_a_foreign_ending():
    assert matches("65", ["536365", "65"], TODAY, "SO") == ["65"]
    assert matches("3", ["XY-3", "SO20261122-003"], TODAY, "SO") == ["SO20261122-003"]


@pytest.mark.parametrize("typed", ["2", "002", "-2"])
def test_a_serial_alone_is_todays_and_no_ending_of_our_numbers_of_other_days(typed):
    assert matches(typed, ["SO20261121-002", "A-002", "A-2"], TODAY, "SO") == [
        no for no in ["A-002", "A-2"] if no.endswith(typed)
    ]
    assert matches(typed, ["SO20261121-002", "SO20261122-002", "A-002"], TODAY, "SO") == ["SO20261122-002"]


def test_what_finds_any_number_of_one_kind_goes_for_all_kinds():
    kinds = {"orders": ("SO", ["SO20261122-003", "77"]), "payments": ("PY", ["XY-3", "HT-77"])}
    assert matches_among("3", kinds, TODAY) == [("orders", "SO20261122-003")]
    assert matches_among("77", kinds, TODAY) == [("orders", "77")]
    assert matches_among("-77", kinds, TODAY) == [("payments", "HT-77")]


def test_several_that_fit_are_all_given_and_each_only_once():
    assert matches("65", ["1165", "2265", "1165"], TODAY, "SO") == ["1165", "2265"]


def test_numbers_under_an_earlier_prefix_are_found_where_none_of_todays_prefix_fits():
    assert matches("1122-3", ["BJ20261122-003"], TODAY, "SO") == ["BJ20261122-003"]
    assert matches("1122-3", ["BJ20261122-003", "SO20261122-003"], TODAY, "SO") == ["SO20261122-003"]


@given(st.lists(st.tuples(days, serials), min_size=1, max_size=8), st.integers(1, 8), st.data())
def test_a_short_form_always_finds_its_own_number(parts, length, data):
    numbers = [number("SO", *part) for part in parts]
    day, serial = data.draw(st.sampled_from(parts))
    assert number("SO", day, serial) in matches(f"{f'{day:%Y%m%d}'[-length:]}-{serial}", numbers, TODAY, "SO")
    assert matches(number("SO", day, serial).lower(), numbers, TODAY, "SO") == [number("SO", day, serial)]


@given(st.text(), st.lists(st.text()), st.text(max_size=3))
def test_whatever_is_typed_only_given_numbers_are_found(typed, numbers, prefix):
    assert set(matches(typed, numbers, TODAY, prefix)) <= set(numbers)
