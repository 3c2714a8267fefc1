"""What customers owe by the index is what a fresh reading finds, row by row, whichever the book."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from salesaid.core.entries import Decision, Entry
from salesaid.core.text import same

TODAY = date(2026, 11, 10)
CUSTOMERS = ["骏业", "骏 业", "灵龙", "何志强", ""]
ALIASES = "kind,name,stands_for,verdict\ncustomer,何志强,灵龙,same\n"

days = st.integers(0, 12).map(lambda n: date(2026, 11, 1) + timedelta(n))
who = st.sampled_from(CUSTOMERS)
money = st.none() | st.decimals(-50, 99, places=2)
qtys = st.decimals(-3, 9, places=1)


def rows_of(ledger, **cells):
    return st.tuples(st.just(ledger), st.fixed_dictionaries({"date": days, "customer": who, **cells}))


rows = st.one_of(
    rows_of("orders", order_no=st.sampled_from(["A1", "A2"]), action=st.just("order"), qty=qtys, price=money),
    rows_of(
        "shipments", ship_no=st.just("S1"), action=st.sampled_from(["ship", "return", "opening"]), qty=qtys,
        price=money, amount=money,
    ),
    rows_of("loans", loan_no=st.just("L1"), action=st.sampled_from(["lend", "sell"]), qty=qtys, price=money),
    rows_of("returns", return_no=st.just("R1"), action=st.just("refund"), qty=qtys, amount=money),
    rows_of(
        "payments", payment_no=st.sampled_from(["P1", "P2"]), amount=st.decimals(-9, 99, places=2),
        payer=st.sampled_from(["", "何志强", "某人"]),
    ),
)  # fmt: skip
steps = st.one_of(st.tuples(st.just("post"), rows), st.tuples(st.just("next day"), st.none()))


def post(folder, day, entry):
    with closing(Book(folder, day, "zh", "me")) as book:
        book.post(lambda: Decision(same("ok"), (entry,)), {}, command="x", name="x")


def answers(book):
    with closing(book):
        owed = book.supply("owed")
        return {name: owed.of(name) for name in CUSTOMERS if name}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=3, max_size=8), st.sampled_from(["later", "at_once"]))
def test_the_index_owes_what_a_fresh_reading_does(tmp_path, happened, ships):
    for path in tmp_path.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (tmp_path / ".salesaid").mkdir()
    (tmp_path / "salesaid.toml").write_text(f'[ledgers.orders]\nships = "{ships}"\n', "utf-8")
    (tmp_path / "aliases.csv").write_text(ALIASES, "utf-8")
    day = TODAY
    for step, what in happened:
        if step == "next day":
            day += timedelta(1)
        else:
            ledger, cells = what
            needed = {"qty": Decimal(0), "amount": Decimal(1)} if cells.get("action") == "opening" else {}
            row = {**cells, **{name: cells.get(name) or value for name, value in needed.items()}}
            post(tmp_path, day, Entry(ledger, row))
        kept = answers(Book(tmp_path, day, "zh", "me"))
        assert kept == answers(Book(tmp_path, day, "zh", "me").fresh())
