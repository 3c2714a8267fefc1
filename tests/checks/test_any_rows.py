"""Whatever rows people type, every rule answers: each finding has its row, and none is told twice."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid import checks, ledgers
from salesaid.book import Book
from salesaid.book.checking import run
from salesaid.core.kinds import QTY

JOURNALS = ("orders", "shipments", "loans", "returns", "purchases", "stock_moves", "stock_counts", "payments")
TODAY = date(2026, 11, 23)
CODES = {check.rule.code for check in checks.every()}
TEXTS = {
    "product": ["Board", "Bord", "Kit", "", "board "],
    "model": ["", "", "B-1"],
    "unit": ["", "pcs", "box"],
    "customer": ["Ann", "Bob", "", "ann"],
    "supplier": ["Acme", ""],
    "order_no": ["S1", "S2", "", "S9", "S1 "],
    "warehouse": ["", "back"],
    "to_warehouse": ["", "back"],
    "serial": ["", "SN1", "SN2"],
    "factory": ["", "Fix"],
    "components": ["", "Board*3"],
    "reviewed_by": ["", "Zoe"],
    "note": ["", "red letter: slip", "void: slip", "ok:L01"],
}
NUMBERS = st.sampled_from(["1", "2", "3", "10", "0", "-1", "-3", "2.5", "", "x", "1E+9"])
DAYS = st.sampled_from(["2026-11-01", "2026-11-02", "2026-10-01", "2026-05-01", "2026-11-23", "2026-12-24", "", "soon"])
quick = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
long = settings(quick, max_examples=600)


def cell(ledger, column):
    """What may stand in a cell."""
    if column.id == "action":
        return st.sampled_from([*(action.id for action in ledger.actions), ""])
    if column.id in {"date", "due"}:
        return DAYS
    if column.id == ledger.number:
        return st.sampled_from([f"{ledger.prefix[0]}1", f"{ledger.prefix[0]}2", ""])
    if column.id in TEXTS:
        return st.sampled_from(TEXTS[column.id])
    return NUMBERS if column.kind is QTY or column.id in {"price", "amount", "counted", "moved"} else st.just("")


def rows_of(id_):
    ledger = ledgers.load(id_)
    row = st.fixed_dictionaries({column.id: cell(ledger, column) for column in ledger.columns})
    return st.lists(row, max_size=7)


books = st.fixed_dictionaries({id_: rows_of(id_) for id_ in JOURNALS})
REGISTER = "product,model,unit,min_stock,floor_price,components\nBoard,B-1,pcs,5,2,\nKit,,set,1,,Board*2\n"


def lay_out(folder, book, ships):
    (folder / ".salesaid").mkdir(exist_ok=True)
    (folder / "salesaid.toml").write_text(f'[book]\nlanguage = "en"\n[ledgers.orders]\nships = "{ships}"\n', "utf-8")
    (folder / "products.csv").write_text(REGISTER, "utf-8")
    for id_, rows in book.items():
        with (folder / f"{id_}.csv").open("w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, [column.id for column in ledgers.load(id_).columns])
            lines.writeheader()
            lines.writerows(rows)


def checked(folder, book, ships):
    lay_out(folder, book, ships)
    with closing(Book(folder, TODAY, "en", "me")) as opened:
        return run(opened, checks.every())


def is_whole(finding):
    """It speaks in both languages, of a row that is there."""
    return bool(finding.message.zh and finding.message.en) and (finding.row is None or 1 <= finding.row <= 8)


@quick
@given(books, st.sampled_from(["later", "at_once"]))
def test_whatever_rows_say_every_rule_answers(tmp_path, book, ships):
    found, codes, *_ = checked(tmp_path, book, ships)
    assert codes == CODES
    assert [finding for finding in found if not is_whole(finding)] == []
    assert len({finding.fingerprint for finding in found}) == len(found)


@pytest.mark.slow
@long
@given(books, st.sampled_from(["later", "at_once"]))
def test_whatever_hundreds_of_books_say_every_rule_answers(tmp_path, book, ships):
    found, codes, *_ = checked(tmp_path, book, ships)
    assert codes == CODES
    assert [finding for finding in found if not is_whole(finding)] == []
    assert len({finding.fingerprint for finding in found}) == len(found)
