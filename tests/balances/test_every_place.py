"""Double entry over every place: customers, loans, repair, factories, suppliers, scrap and our own warehouses."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from salesaid.core.entries import Decision, Entry
from salesaid.core.text import same
from tests.balances.histories import DAYS, FIRST, everywhere, histories, lay_out, lent_out, ours

quick = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
long = settings(quick, max_examples=500)
all_days = [FIRST + timedelta(n) for n in range(DAYS)]
PRODUCTS = ("Board", "Cable", "Loose")
NOTHING = Entry("stock_moves", {"date": FIRST, "action": "in", "product": "Board", "qty": Decimal(0)})
SHIPS = st.sampled_from(["later", "at_once"])


def opened(folder, day):
    return closing(Book(folder, day, "en", "me"))


def check_day(book, history, ships, day):
    """Every place as the rows come to, summing to zero; and the folds agree: our warehouses, and what is lent."""
    every, stock, lent = (book.supply(name) for name in ("every_place", "stock", "lent"))
    expected = {id_: places for id_, places in everywhere(history, day, ships).items() if places}
    found = {id_: places for id_, places in every.everything(day).items() if places}
    assert found == expected
    assert all(sum(places.values()) == 0 for places in found.values())
    assert {id_: ours(stock.places(id_)) for id_ in PRODUCTS} == {id_: ours(expected.get(id_, {})) for id_ in PRODUCTS}
    assert lent.everything() == lent_out(history, day)
    check_lines(book, expected)
    for id_ in PRODUCTS:
        assert lent.of(id_) == expected.get(id_, {}).get("(loan)", 0)
        assert every.of(id_, day) == expected.get(id_, {})


def by_goods(book, pairs):
    """Quantities of products summed; of a bundle, what it is made of; nothing of services."""
    catalogue, sums = book.supply("catalogue"), defaultdict(Decimal)
    for product, qty in pairs:
        for id_, factor in catalogue.contents(product):
            sums[id_] += qty * factor
    return {id_: qty for id_, qty in sums.items() if qty and catalogue.is_goods(id_)}


def lying_at(expected, place):
    return {id_: places[place] for id_, places in expected.items() if places.get(place)}


def check_lines(book, expected):
    """The lines of loans and returns say in total what lies at these places."""
    loans = [(line.product, line.out) for line in book.supply("loan_lines").all if not line.is_apart]
    assert by_goods(book, loans) == lying_at(expected, "(loan)")
    returns = [line for line in book.supply("repair_lines").all if not line.is_apart]
    lots = [(line.product, lot) for line in returns for lot in line.lots]
    here = [(product, lot.qty) for product, lot in lots if lot.stage in {"received", "back"}]
    sent = [(product, lot.qty) for product, lot in lots if lot.stage == "at_factory"]
    assert by_goods(book, here) == lying_at(expected, "(repair)")
    assert by_goods(book, sent) == lying_at(expected, "(factory)")


def days_checked(folder, history, ships, indexed):
    """The days that held: all of them by the files, then those from `indexed` on by the index that a post made."""
    lay_out(folder, history, ships)
    checked = []
    for day in all_days:
        with opened(folder, day) as book:
            check_day(book, history, ships, day)
            checked.append(day)
    with opened(folder, indexed) as book:
        book.post(lambda: Decision(same("ok"), (NOTHING,)), {}, command="x", name="x")  # makes the index
    for day in all_days[all_days.index(indexed) :]:
        with opened(folder, day) as book:
            assert book.warm is not None or day > indexed  # a count that has come due is folded afresh
            check_day(book, history, ships, day)
            checked.append(day)
    return checked


@quick
@given(histories, SHIPS, st.sampled_from(all_days))
def test_over_all_places_every_product_sums_to_zero_on_every_day(tmp_path, history, ships, indexed):
    from_then_on = all_days[all_days.index(indexed) :]
    assert days_checked(tmp_path, history, ships, indexed) == all_days + from_then_on


@pytest.mark.slow
@long
@given(histories, SHIPS, st.sampled_from(all_days))
def test_over_all_places_every_product_sums_to_zero_in_hundreds_of_histories(tmp_path, history, ships, indexed):
    from_then_on = all_days[all_days.index(indexed) :]
    assert days_checked(tmp_path, history, ships, indexed) == all_days + from_then_on
