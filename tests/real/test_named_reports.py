"""A gift wholesaler's real sales, first rows and all: what reports say is what plain sums over the file say."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from tests import retail
from tests.retail import cents, in_csv, sales

pytestmark = retail.needed

FEW = 12_000


def check(desk, count, month, today):
    in_csv(desk, count)
    own = [sale for sale in sales(count) if sale["InvoiceDate"].startswith(month)]
    words = f"{month} --today {today}"
    register = desk.json(f"report sales-register {words}")["data"]
    amount = Decimal(sum(map(cents, own))) / 100
    assert Decimal(str(register["totals"]["amount"])) == amount
    assert register["totals"]["qty"] == sum(int(sale["Quantity"]) for sale in own)
    days = defaultdict(int)
    for sale in own:
        days[sale["InvoiceDate"][:10]] += cents(sale)
    assert {row["date"]: round(row["amount"] * 100) for row in register["rows"] if row["kind"] == "day"} == days

    movement = desk.json(f"report stock-movement {words}")["data"]["totals"]
    assert movement["sold"] == sum(int(sale["Quantity"]) for sale in own if int(sale["Quantity"]) > 0)
    assert movement["returned"] == -sum(int(sale["Quantity"]) for sale in own if int(sale["Quantity"]) < 0)
    until = [sale for sale in sales(count) if sale["InvoiceDate"][:10] <= today and sale["InvoiceDate"][:7] <= month]
    assert movement["closing"] == -sum(int(sale["Quantity"]) for sale in until)

    year = desk.json(f"report year-end {month[:4]} --today {today}")["data"]["tables"]
    figures = {row["figure"]: row["this_year"] for table in year for row in table["rows"]}
    own = [
        sale for sale in sales(count) if sale["InvoiceDate"].startswith(month[:4]) and sale["InvoiceDate"][:10] <= today
    ]
    back = [sale for sale in own if int(sale["Quantity"]) < 0 or (int(sale["Quantity"]) == 0 and cents(sale) < 0)]
    assert round(figures["net_amount"] * 100) == sum(map(cents, own))
    assert round(figures["returned_amount"] * 100) == -sum(map(cents, back))
    assert figures["customers_active"] == len(
        {sale["CustomerID"] for sale in own if int(sale["Quantity"]) > 0 and sale["CustomerID"]}
    )
    return figures


def test_the_first_rows(desk):
    figures = check(desk, FEW, "2010-12", "2010-12-31")
    assert figures["customers_new"] == figures["customers_active"]
    assert figures["received"] == 0


@pytest.mark.slow
def test_all_rows(desk):
    figures = check(desk, None, "2011-11", "2011-12-31")
    assert figures["customers_lost"] > 0
