"""The same ledgers in workbooks, in other encodings, in other order, give the same reports."""

from __future__ import annotations

import csv
import random
from shutil import copytree

import pytest

from tests.desk import Desk
from tests.sample_cells import AS_OF, DATA, in_workbooks

REPORTS = (
    "open-orders", "loans", "repairs", "factory-turnaround", "purchases", "supplier-lateness", "stock-value",
    "slow-movers --days 30", "inactive-customers --days 20", "receivables", "year-end", "cash 2026-10",
    "stock-movement 2026-10", "stock-movement 2026-09 --warehouse 办事处", "stock-turnover 2026-10",
    "price-history 2026", "sales-register 2026-10", "loan-register 2026-10", "receipt-register 2026-10",
    "visits 2026",
)  # fmt: skip

MEANT = {"产品", "客户", "供应商", "日记账"}  # files of which the order says something: registers, a journal's balance


def codes(table):
    """The codes of a table's notes, without how its files are written."""
    return [note["code"] for note in table["notes"] if note["code"] != "encoding"]


def told(folder):
    """What each report says, and which notes it has."""
    desk = Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")
    found = {}
    for words in REPORTS:
        data = desk.json(f"report {words}")["data"]
        tables = data.get("tables", [data])
        found[words] = [(table["rows"], table["totals"], codes(table)) for table in tables]
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """What the reports say of the sample book."""
    return told(copytree(DATA, tmp_path_factory.mktemp("csv") / "book"))


def test_every_report_has_something_to_tell_of_the_sample_book(expected):
    assert [words for words, tables in expected.items() if not any(rows for rows, _, _ in tables)] == []


def test_a_book_in_workbooks_gives_the_same_reports(expected, tmp_path):
    folder = copytree(DATA, tmp_path / "book")
    in_workbooks(folder)
    assert told(folder) == expected


def test_a_book_in_gbk_gives_the_same_reports(expected, tmp_path):
    folder = copytree(DATA, tmp_path / "book")
    for file in folder.glob("*.csv"):
        file.write_bytes(file.read_text("utf-8-sig").encode("gb18030"))
    assert told(folder) == expected


def test_the_order_of_rows_changes_only_the_order_in_which_equal_rows_stand(expected, tmp_path):
    folder = copytree(DATA, tmp_path / "book")
    for file in folder.glob("*.csv"):
        head, *rows = csv.reader(file.read_text("utf-8-sig").splitlines())
        if file.stem not in MEANT:
            random.Random(file.stem).shuffle(rows)
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head, *rows])
    for words, tables in told(folder).items():
        for (rows, totals, noted), before in zip(tables, expected[words], strict=True):
            assert sorted(map(str, rows)) == sorted(map(str, before[0])), words
            assert (totals, sorted(noted)) == (before[1], sorted(before[2])), words
