from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal

import pytest

from tests import retail
from tests.retail import needed

pytestmark = [needed, pytest.mark.slow]


def book_of(desk):
    return {path.name: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()}


@pytest.fixture
def source(desk):
    path = desk.folder / "online retail.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(retail.lines())
    return path


def test_all_of_online_retail_comes_in_once_and_goes_again_without_a_trace(desk, source):
    before = book_of(desk)
    first = desk.json(["import", str(source), "--new"])["data"]
    assert first["added"] == {"orders": 541_909}
    rows = list(csv.DictReader(io.StringIO(desk.text("订单.csv"))))
    theirs = list(retail.sales())
    assert len(rows) == len(theirs) == 541_909
    for ours, other in zip(rows, theirs, strict=True):
        assert (ours["单号"], ours["型号"], ours["产品"]) == (
            other["InvoiceNo"],
            other["StockCode"],
            other["Description"],
        )
        assert (ours["日期"], ours["客户"]) == (other["InvoiceDate"][:10], other["CustomerID"])
        assert (Decimal(ours["数量"]), Decimal(ours["单价"])) == (
            Decimal(other["Quantity"]),
            Decimal(other["UnitPrice"]),
        )
    codes = {other["StockCode"].strip().casefold() for other in theirs if other["StockCode"].strip()}
    assert first["registered"]["customers"] == len({other["CustomerID"] for other in theirs} - {""})
    assert abs(first["registered"]["products"] - len(codes)) <= 1
    posted = book_of(desk)
    again = desk.json(["import", str(source)])["data"]
    assert again["added"] == {"orders": 0}
    assert book_of(desk) == posted
    assert desk.run("undo").code == 0
    assert book_of(desk) == before


def test_real_duplicates_stay(desk, source):
    desk.run(["import", str(source), "--new"])
    theirs = Counter(tuple(row.values())[:7] for row in retail.sales())
    assert sum(count - 1 for count in theirs.values()) >= 5_268
    assert len(desk.lines("订单.csv")) == 1 + sum(theirs.values())
