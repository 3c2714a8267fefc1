"""Over random books: statements close at the balance and begin where the last one ended; nobody is dunned in doubt."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.ageing import age_of
from salesaid.core.money import of_cents
from salesaid.reports.remind import remind
from salesaid.reports.statement import FIELDS, statement
from tests.balances.test_receivables import BOOKS, FIRST, TODAY, book_of, quick, ships

NAMES = [field.name for field in FIELDS]
since = st.integers(1, 460).map(lambda n: FIRST + timedelta(n))


def lines(book, customer, first=None):
    table = book.call(statement, {"customer": customer, "since": first})
    return [dict(zip(NAMES, row, strict=True)) for row in table.rows]


def known_at_once(sheets):
    """The same books without rows of which only later ones say whose they are, or what they cost."""
    cells = {name: [(line, line.split(",")) for line in rows] for name, rows in sheets.items()}
    kept = {
        "出货": [line for line, own in cells["出货"] if own[7] or own[8]],
        "收款": [line for line, own in cells["收款"] if own[2]],
        "借用": [],
    }
    return sheets | kept


@quick
@given(BOOKS, ships)
def test_a_statement_closes_at_the_balance(sheets, ships):
    with tempfile.TemporaryDirectory() as folder, closing(book_of(folder, sheets, ships)) as book:
        found = book.supply("receivables")
        for customer in found.accounts:
            assert lines(book, customer)[-1]["balance"] == of_cents(age_of(found, customer, book.today).balance)


@quick
@given(BOOKS.map(known_at_once), ships, since)
def test_a_statement_begins_where_the_one_before_ended(sheets, ships, first):
    with tempfile.TemporaryDirectory() as folder:
        with closing(book_of(folder, sheets, ships)) as book:
            customers = list(book.supply("receivables").accounts)
            found = {each: lines(book, each, first) for each in customers}
            balances = {each: book.supply("receivables").balance(each) for each in customers}
        with closing(book_of(folder, sheets, ships, today=first - timedelta(1))) as book:
            before = {each: lines(book, each)[-1]["balance"] for each in customers}
        for customer, rows in found.items():
            assert rows[-1]["balance"] == balances[customer]
            assert rows[0]["balance"] == before[customer]
            balance = rows[0]["balance"]
            for row in rows[1:-1]:
                assert row["date"] >= first
                balance += (row["amount"] or 0) - (row["received"] or 0)
                assert row["balance"] == balance


@quick
@given(BOOKS, ships, since)
def test_what_is_open_stands_once_and_no_receipt_could_have_paid_what_is_dunned(sheets, ships, day):
    with tempfile.TemporaryDirectory() as folder, closing(book_of(folder, sheets, ships, today=day)) as book:
        found = book.supply("receivables")
        fields = [field.name for field in book.call(remind, {}).fields]
        rows = [dict(zip(fields, row, strict=True)) for row in book.call(remind, {}).rows]
        for customer in found.accounts:
            own = [row["amount"] for row in rows if (row["customer"] or "") == customer]
            assert sum(own, Decimal(0)) == of_cents(sum(found.account(customer).allocation.open))
        unknown = {of_cents(receipt.cents) for receipt in found.unknown_receipts}
        for row in rows:
            assert (row["text"] is not None) == (row["state"] == "overdue" and row["customer"] is not None)
            if row["state"] == "overdue":
                assert row["due"] < day <= TODAY + timedelta(460)
                assert row["amount"] not in unknown
                assert found.balance(row["customer"] or "") not in unknown
