"""Stock over random histories: double entry, counts, any order of rows, against arithmetic of the tests' own."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from tests.balances.histories import DAYS, FIRST, everywhere, histories, lay_out, ours, write

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
long = settings(quick, max_examples=500)
all_days = [FIRST + timedelta(n) for n in range(DAYS)]
PRODUCTS = ("Board", "Cable", "Loose")
SHIPS = st.sampled_from(["later", "at_once"])


def opened(folder, day):
    return closing(Book(folder, day, "en", "me"))


def stock_of(folder, day):
    with opened(folder, day) as book:
        found = {id_: ours(places) for id_, places in book.supply("stock").everything().items()}
        one_by_one = {id_: ours(book.supply("stock").places(id_)) for id_ in PRODUCTS}
    return {id_: places for id_, places in found.items() if places}, one_by_one


def by_hand(history, day, ships):
    """What stock_of has to find, by the tests' own arithmetic."""
    expected = {id_: ours(at) for id_, at in everywhere(history, day, ships).items() if ours(at)}
    return expected, {id_: expected.get(id_, {}) for id_ in PRODUCTS}


@quick
@given(histories, SHIPS, st.sampled_from(all_days))
def test_what_lies_where_is_what_the_rows_and_counts_come_to_on_a_day(tmp_path, history, ships, day):
    lay_out(tmp_path, history, ships)
    assert stock_of(tmp_path, day) == by_hand(history, day, ships)
    assert stock_of(tmp_path, all_days[-1]) == by_hand(history, all_days[-1], ships)


@pytest.mark.slow
@long
@given(histories, SHIPS)
def test_what_lies_where_is_what_thousands_of_histories_come_to(tmp_path, history, ships):
    lay_out(tmp_path, history, ships)
    assert [stock_of(tmp_path, day) for day in all_days] == [by_hand(history, day, ships) for day in all_days]


@quick
@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_but_which_of_two_counts_of_a_day_holds(tmp_path, history, chance):
    distinct = {(c["date"], c["product"], c["model"], c["warehouse"] or "主仓"): c for c in history.stock_counts}
    days_and_places = {(c["date"], c["warehouse"] or "主仓"): c for c in distinct.values()}
    history = history._replace(stock_counts=list(days_and_places.values()))
    lay_out(tmp_path, history)
    before = stock_of(tmp_path, all_days[-1])
    for id_, rows in history._asdict().items():
        write(tmp_path, id_, chance.sample(rows, len(rows)))
    assert stock_of(tmp_path, all_days[-1]) == before


@quick
@given(histories, st.sampled_from(all_days))
def test_rows_dated_after_a_day_change_nothing_on_it(tmp_path, history, day):
    lay_out(tmp_path, history)
    before = stock_of(tmp_path, day)
    for id_, rows in history._asdict().items():
        write(tmp_path, id_, [row for row in rows if row["date"] <= day.isoformat()])
    assert stock_of(tmp_path, day) == before


@quick
@given(histories)
def test_a_card_ends_with_what_is_on_hand(tmp_path, history):
    lay_out(tmp_path, history)
    with opened(tmp_path, all_days[-1]) as book:
        stock, moves = book.supply("stock"), book.supply("moves")
        for id_ in PRODUCTS:
            assert sum((move.ours for move in moves.of(id_)), Decimal(0)) == stock.on_hand(id_)
            for place in stock.warehouses():
                assert moves.on_hand(id_, place, all_days[-1]) == stock.places(id_).get(place, 0)
