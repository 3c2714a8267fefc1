"""Named reports over random histories: none stumbles, money adds up, what is dated later changes nothing."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from inspect import signature

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.book import Book
from salesaid.core.inject import names
from salesaid.core.periods import between
from salesaid.core.tables import Card
from tests.balances.histories import DAYS, FIRST, histories, lay_out, write

quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
all_days = [FIRST + timedelta(n) for n in range(DAYS)]
spans = st.tuples(st.sampled_from(all_days), st.sampled_from(all_days)).map(sorted)

NAMED = (
    "cash", "factory_turnaround", "inactive_customers", "loan_register", "loans", "open_orders", "price_history",
    "purchases", "receipt_register", "receivables", "repairs", "sales_register", "slow_movers", "stock_movement",
    "stock_turnover", "stock_value", "supplier_lateness", "year_end",
)  # fmt: skip
NOT_ADDED = {"mean_value"}  # rounded in each row


def function_of(name):
    return getattr(import_module(f"salesaid.reports.{name}"), name)


def tables_of(book, name, first, last):
    function = function_of(name)
    takes_period = "period" in signature(function).parameters
    answer = book.call(function, {"period": between(first, last)} if takes_period else {})
    return answer.tables if isinstance(answer, Card) else (answer,)


def told(folder, today, first, last):
    """The rows and totals of every named report on a day."""
    with closing(Book(folder, today, "en", "me")) as book:
        return {
            name: [(tuple(map(tuple, table.rows)), dict(table.totals)) for table in tables_of(book, name, first, last)]
            for name in NAMED
        }


def is_apart(table, row):
    """Whether a row is beside the sums: a day's total."""
    names_ = [field.name for field in table.fields]
    return "kind" in names_ and row[names_.index("kind")] == "day"


@quick
@given(histories, st.sampled_from(["later", "at_once"]), spans)
def test_no_history_makes_a_report_stumble_and_money_adds_up(tmp_path, history, ships, span):
    lay_out(tmp_path, history, ships)
    with closing(Book(tmp_path, all_days[-1], "en", "me")) as book:
        for name in NAMED:
            for table in tables_of(book, name, *span):
                assert all(len(row) == len(table.fields) for row in table.rows), name
                for at, field in enumerate(table.fields):
                    if field.kind.name == "money" and field.name in table.totals and field.name not in NOT_ADDED:
                        own = (row[at] for row in table.rows if not is_apart(table, row))
                        added = sum((each for each in own if each is not None), Decimal(0))
                        assert table.totals[field.name] == added, (name, field.name)


@quick
@given(histories, st.sampled_from(["later", "at_once"]), spans)
def test_rows_dated_after_a_day_change_no_report_of_it(tmp_path, history, ships, span):
    first, today = span
    lay_out(tmp_path, history, ships)
    before = told(tmp_path, today, first, today)
    figure = {"stock_counts": "counted"}
    for (
        id_,
        rows,
    ) in history._asdict().items():  # rows without a number are called by their place: each stays at its own
        other = {figure.get(id_, "qty"): "7"}
        write(tmp_path, id_, [row | other if row["date"] > today.isoformat() else row for row in rows])
    assert told(tmp_path, today, first, today) == before


def test_the_reports_named_here_are_all_that_take_what_a_book_supplies():
    for name in NAMED:
        function = function_of(name)
        assert function.__name__ == name
        assert names(function), name
