"""The statement of one of a wholesaler's largest customers, held against the file itself."""

from __future__ import annotations

import pytest

from tests import retail
from tests.retail import cents

SETTINGS = f'[book]\nlanguage = "zh"\nas_of = 2011-12-09\n[terms]\ndefault = "30天"\n{retail.LEDGER}'
CUSTOMER = "14911"

pytestmark = [pytest.mark.slow, retail.needed]


@pytest.fixture
def sales(desk):
    """The customer's rows of the file; the book is made of all of it."""
    desk.today = "2011-12-09"
    retail.in_csv(desk, settings=SETTINGS)
    return [sale for sale in retail.sales() if sale["CustomerID"] == f"{CUSTOMER}.0"]


def as_line(sale):
    return sale["InvoiceDate"][:10], sale["InvoiceNo"], int(sale["Quantity"]), cents(sale)


def test_it_agrees_line_by_line_with_the_file(desk, sales):
    rows = desk.rows(f"receivable statement {CUSTOMER}")
    found = [(row["date"], row["no"], row["qty"], round(row["amount"] * 100)) for row in rows[1:-1]]
    assert sorted(found) == sorted(map(as_line, sales))
    assert len(found) > 5_000
    running = 0
    for row, (*_, amount) in zip(rows[1:-1], found, strict=True):
        running += amount
        assert round(row["balance"] * 100) == running
    assert round(rows[-1]["balance"] * 100) == sum(map(cents, sales)) == running


def test_a_month_begins_with_the_sum_of_all_before(desk, sales):
    rows = desk.rows(f"receivable statement {CUSTOMER} --since 2011-10-01 --until 2011-10-31")
    before = sum(cents(sale) for sale in sales if sale["InvoiceDate"] < "2011-10-01")
    month = [as_line(sale) for sale in sales if sale["InvoiceDate"].startswith("2011-10")]
    assert round(rows[0]["balance"] * 100) == before
    assert sorted((r["date"], r["no"], r["qty"], round(r["amount"] * 100)) for r in rows[1:-1]) == sorted(month)
    assert round(rows[-1]["balance"] * 100) == before + sum(amount for *_, amount in month)
