"""Rows of imports that receipts only count are watched like all others, up to very many."""

from __future__ import annotations

from collections import Counter

import pytest

from salesaid.book import acknowledging, import_posting, import_writing
from tests.desk import SETTINGS

MANY, LISTED = 210, 200


@pytest.fixture
def store():
    return "csv"


@pytest.fixture
def book(desk, store, monkeypatch):
    monkeypatch.chdir(desk.folder)
    for module in (import_posting, import_writing):
        monkeypatch.setattr(module, "LISTED", LISTED)
    desk.write("salesaid.toml", SETTINGS + f'store = "{store}"\n')
    desk.run("order add 骏业 主板×1@100 --new")
    lines = [f"2026-10-{1 + at % 28:02d},客户{at % 7},产品{at % 11},{1 + at % 5},{at},X{at // 3}" for at in range(MANY)]
    desk.write("旧账.csv", "\n".join(["日期,客户,产品,数量,单价,订单号", *lines]))
    desk.ledger = desk.folder / f"订单.{store}"
    return desk


def told(desk):
    notes = desk.json("customer list")["data"]["notes"]
    return [note["text"].partition("：")[0] for note in notes if note["code"] == "receipts_lost"]


def lines(desk):
    listed = desk.rows("order list")
    return Counter((row["order_no"], row["product"], row["ordered"], row["price"]) for row in listed)


@pytest.mark.parametrize("store", ["csv", "xlsx"])
def test_an_old_copy_that_lost_an_import_is_named_and_the_rows_come_back(book):
    old = book.ledger.read_bytes()
    assert book.run("import 旧账.csv --as orders --new").code == 0
    book.run("customer set 客户1 --phone 5")
    wanted = lines(book)
    assert told(book) == []
    book.ledger.write_bytes(old)
    assert told(book) == [f"记过账的行在台账里有 {MANY} 行不见了"]
    assert len(book.rows("check A14")) == MANY
    assert book.run("heal").code == 0
    assert lines(book) == wanted
    assert told(book) == []
    assert book.json("import 旧账.csv --as orders")["data"]["added"] == {"orders": 0}


def test_what_an_import_was_taken_back_of_is_not_missed(book):
    book.run("import 旧账.csv --as orders --new")
    book.run("order add 骏业 主板×1@100")
    assert book.run("undo R2").code == 0
    assert told(book) == []
    assert book.json("heal --dry-run")["data"]["entries"] == []


def test_imports_of_very_many_rows_are_left_out(book, monkeypatch):
    monkeypatch.setattr(acknowledging, "_WATCHED", MANY - 1)
    old = book.ledger.read_bytes()
    book.run("import 旧账.csv --as orders --new")
    book.ledger.write_bytes(old)
    assert told(book) == []


def test_a_row_of_an_import_that_was_changed_is_named_and_accepted(book):
    book.run("import 旧账.csv --as orders --new")
    rows = book.lines("订单.csv")
    changed = [rows[0], *sorted(rows[2:150] + rows[151:]), rows[1], rows[150].replace("2026-10", "2026-09")]
    book.write("订单.csv", "\n".join(changed))
    assert told(book) == ["记过账的行在台账里有 1 行被改了"]
    book.run("heal --accept")
    assert told(book) == []
    assert book.json("heal --dry-run")["data"]["notes"] == []
