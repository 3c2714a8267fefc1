from __future__ import annotations

from datetime import date

import pytest

from salesaid.balances.due_dates import due_date
from salesaid.core.terms import parse_terms

SHIPPED = date(2026, 11, 6)


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ("现结", "2026-11-06"),
        ("款到发货", "2026-11-06"),
        ("货到付款", "2026-11-10"),
        ("30天", "2026-12-06"),
        ("月结30", "2026-12-30"),
        ("月结", "2026-11-30"),
        ("预付30%", "2026-11-06"),
    ],
)
def test_each_of_the_terms_says_when_a_shipment_is_due(terms, due):
    assert due_date(parse_terms(terms), SHIPPED, transit_days=4) == date.fromisoformat(due)


def test_without_terms_it_is_due_at_once():
    assert due_date(None, SHIPPED, transit_days=4) == SHIPPED


@pytest.mark.parametrize(
    ("day", "month_end", "due"),
    [
        ("2026-11-25", 25, "2026-12-25"),
        ("2026-11-26", 25, "2027-01-24"),
        ("2026-12-26", 25, "2027-02-24"),
        ("2026-01-31", 30, "2026-03-30"),
        ("2028-02-29", 31, "2028-03-30"),
        ("2026-02-10", 30, "2026-03-30"),
    ],
)
def test_an_accounting_month_may_end_before_the_month_does(day, month_end, due):
    terms = parse_terms("月结30")
    assert due_date(terms, date.fromisoformat(day), month_end=month_end) == date.fromisoformat(due)
