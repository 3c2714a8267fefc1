"""Somebody else's sales as a book: the Online Retail file in its own eight columns, where it is at hand."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from pathlib import Path

import pytest

from tests.desk import Desk

SOURCE = Path(__file__).parents[1] / ".." / "shared" / "data" / "online_retail.csv.gz"
needed = pytest.mark.skipif(not SOURCE.exists(), reason="../shared/data/online_retail.csv.gz is not here")

LEDGER = """
[ledgers.orders]
file = "{file}"
ships = "at_once"
[ledgers.orders.columns]
InvoiceNo = "order_no"
StockCode = "model"
Description = "product"
Quantity = "qty"
InvoiceDate = "date"
UnitPrice = "price"
CustomerID = "customer"
"""
SETTINGS = f'[book]\nlanguage = "zh"\n{LEDGER}'


def lines() -> Iterator[str]:
    """The file's lines as they are."""
    with gzip.open(SOURCE, "rt", encoding="utf-8", newline="") as file:
        yield from file


def sales(count: int | None = None) -> Iterator[dict[str, str]]:
    """Its first rows, or all of them."""
    return islice(csv.DictReader(lines()), count)


def in_csv(desk: Desk, count: int | None = None, settings: str = SETTINGS) -> Path:
    """A book over the first rows, or all of them."""
    desk.write("salesaid.toml", settings.format(file="sales.csv"))
    path = desk.folder / "sales.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(islice(lines(), None if count is None else count + 1))
    return path


def cents(sale: dict[str, str]) -> int:
    """What a row comes to, without any of the program's own arithmetic."""
    amount = int(sale["Quantity"]) * Decimal(sale["UnitPrice"])
    return int(amount.quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)
