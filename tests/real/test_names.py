"""One product under several names in a real wholesaler's sales: what is joined, what is asked."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pytest

from tests import retail
from tests.retail import SETTINGS

BY_NAMES_ALONE = SETTINGS.replace('StockCode = "model"\n', "")

pytestmark = [retail.needed, pytest.mark.slow]


@pytest.fixture
def book(desk):
    desk.today = "2011-12-09"
    retail.in_csv(desk)
    return desk


def written():
    """The codes of each description, and those descriptions that were ever sold at a price: others are notes."""
    codes, sold = defaultdict(set), set()
    for row in retail.sales():
        name = row["Description"].strip()
        if name:
            codes[name].add(row["StockCode"].casefold())
            if float(row["UnitPrice"]) > 0:
                sold.add(name)
    return codes, sold


def same_code(codes, sold):
    """The pairs of descriptions that share a code, notes such as `check` and `damaged` apart."""
    names = defaultdict(set)
    for name in sold:
        for code in codes[name]:
            names[code].add(name)
    return {frozenset(pair) for group in names.values() for pair in combinations(sorted(group), 2)}


def plain(name, codes):
    """The description in a name that its code tells apart: LAMP (21171)."""
    return name if name in codes else name.rpartition(" (")[0]


def test_every_pair_that_shares_a_code_is_joined_and_no_other_is(book):
    codes, sold = written()
    groups = defaultdict(set)
    for row in book.rows("name check --all"):
        if row["command"] is None:
            one, other = plain(row["name"], codes), plain(row["other"], codes)
            assert codes[one] & codes[other], row
            groups[row["other"]] |= {one, other}
    joined = {frozenset(pair) for group in groups.values() for pair in combinations(sorted(group), 2)}
    assert len(same_code(codes, sold)) == 252
    assert same_code(codes, sold) <= joined


def test_one_name_with_codes_that_never_meet_is_a_question(book):
    asked = {frozenset((row["name"], row["other"])) for row in book.rows("name check")}
    assert frozenset(("BATHROOM METAL SIGN (21171)", "BATHROOM METAL SIGN (82580)")) in asked


def test_by_the_names_alone_a_third_of_the_pairs_is_found_and_most_questions_are_right(book):
    book.write("salesaid.toml", BY_NAMES_ALONE.format(file="sales.csv"))
    codes, sold = written()
    asked = {(row["name"].strip(), row["other"].strip()) for row in book.rows("name check --all")}
    right = {frozenset(pair) for pair in asked} & same_code(codes, sold)
    among = [pair for pair in asked if set(pair) <= sold]
    assert len(right) >= 90
    assert sum(bool(codes[one] & codes[other]) for one, other in among) >= 0.7 * len(among)
