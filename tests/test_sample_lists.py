"""What the lists say of the sample book is what its cells say, whether it lies in CSV files or in workbooks."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from shutil import copytree

import pytest

from tests.desk import Desk
from tests.sample_cells import (
    AS_OF,
    CASH,
    DATA,
    in_repair,
    in_workbooks,
    lent_lines,
    open_lines,
    owed,
    purchase_lines,
)  # fmt: skip

STAGES = {"received": "收到", "at_factory": "工厂", "back": "修回"}


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def book(request, tmp_path_factory):
    """A copy of the sample book."""
    folder = copytree(DATA, tmp_path_factory.mktemp(request.param) / "book")
    if request.param == "xlsx":
        in_workbooks(folder)
    return Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")


def summed(rows, number, qty):
    """A list's quantities by document and product; what is nothing is left out."""
    found = defaultdict(Decimal)
    for row in rows:
        found[row[number], row["product"]] += Decimal(str(row[qty]))
    return {line: left for line, left in found.items() if left}


def test_loans_out(book):
    assert summed(book.rows("loan list --all"), "loan_no", "out") == lent_lines()


def test_purchases_open(book):
    came = {line: left for line, left in purchase_lines().items() if left > 0}
    assert summed(book.rows("purchase list"), "purchase_no", "open") == came


def test_orders_open(book):
    assert summed(book.rows("order list"), "order_no", "open") == open_lines()


def test_repairs_where_they_are(book):
    found = defaultdict(dict)
    for row in book.rows("return list"):
        stages = found[row["return_no"]]
        stages[STAGES[row["stage"]]] = stages.get(STAGES[row["stage"]], 0) + row["qty"]
    assert found == in_repair()


def test_what_customers_owe(book):
    rows = book.rows("receivable list")
    expected = {name: amount for name, amount in owed().items() if amount}
    assert {row["customer"] or "": Decimal(str(row["balance"])) for row in rows} == expected


def test_whom_not_to_chase(book):
    rows = book.rows("receivable remind")
    assert {row["customer"] for row in rows if row["state"] == "maybe_paid"} == {"广隆", "安卡"}
    # 誉丰 got a wrong model that is still to be made good.
    assert {row["customer"] for row in rows if row["state"] == "disputed"} == {"立信互感器", "誉丰"}
    assert all((row["text"] is not None) == (row["state"] == "overdue") for row in rows)


def test_what_the_accounts_hold(book):
    for account in ("现金", "建行基本户"):
        rows = [row for row in CASH if row["账户"] == account]
        moved = sum(Decimal(row["收入"] or 0) - Decimal(row["支出"] or 0) for row in rows)
        listed = book.json(f"cash list --account {account}")["data"]
        assert Decimal(str(listed["totals"]["balance"])) == Decimal(rows[0]["实盘金额"]) + moved


def test_rows_that_make_no_sense_stop_no_list(book):
    for words in (
        "loan show LN20261014-001",
        "return show RT20261116-001",
        "purchase show PO20261030-001",
        "payment list",
        "stock list",
        "customer show 誉丰",
        "receivable statement 佐客",
    ):
        assert book.run(words).code == 0, words
