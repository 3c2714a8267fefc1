"""What accounts hold, by a sum of its own over the rows as they were typed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.cash_book import CashBook
from salesaid.balances.cash_lines import Total, journal
from salesaid.core.rows import Rows
from salesaid.ledgers.cash import LEDGER
from salesaid.settings import Settings

FIRST = date(2026, 10, 25)
IDS = [column.id for column in LEDGER.columns]
figures = st.none() | st.decimals(-999, 9999, places=2) | st.decimals(-9, 99, places=3)
typed = st.fixed_dictionaries(
    {
        "date": st.integers(0, 90).map(lambda n: (FIRST + timedelta(n)).isoformat()),
        "account": st.sampled_from(["", "现金", "工行", "工 行"]),
        "category": st.sampled_from(["", "内部转账", "货款"]),
        "income": figures,
        "expense": figures,
    }
).filter(lambda row: row["income"] is not None or row["expense"] is not None)


def book(rows, columns=IDS):
    cells = [["" if row.get(id_) is None else str(row[id_]) for id_ in columns] for row in rows]
    at = {id_: index for index, id_ in enumerate(columns)}
    return CashBook(Rows(LEDGER, at, lambda: [(range(2, len(cells) + 2), cells)], file="cash.csv"), Settings())


def name(row):
    return row["account"].replace(" ", "") or "现金"


def net(row):
    return (row["income"] or Decimal(0)) - (row["expense"] or Decimal(0))


@given(st.lists(typed, max_size=12), st.integers(0, 90))
def test_an_account_holds_the_sum_of_its_rows_on_any_day(rows, days):
    day, found = FIRST + timedelta(days), book(rows)
    for account in ("现金", "工行"):
        own = [net(row) for row in rows if name(row) == account and row["date"] <= day.isoformat()]
        assert found.balance(found.known(account) or account, day) == sum(own, Decimal(0))


@given(st.lists(typed, max_size=12), st.integers(0, 90), st.booleans())
def test_totals_transfers_and_what_was_before_come_to_what_there_is(rows, days, one):
    since = FIRST + timedelta(days)
    found = book(rows)
    lines = journal(found, (found.known("工行") or "工行") if one else None, since, None)
    sums = lines.sums
    assert lines.before + sums.income - sums.expense + sums.moved_in - sums.moved_out == lines.after
    wanted = [row for row in rows if row["date"] >= since.isoformat() and (not one or name(row) == "工行")]
    plain = [row for row in wanted if row["category"] != "内部转账"]
    assert sums.income == sum((row["income"] or Decimal(0) for row in plain), Decimal(0))
    assert sums.expense == sum((row["expense"] or Decimal(0) for row in plain), Decimal(0))


@given(st.lists(typed, min_size=1, max_size=12))
def test_every_month_and_year_has_the_total_of_its_days(rows):
    totals = [line for line in journal(book(rows), None, None, None).lines if isinstance(line, Total)]
    for span, length in (("month", 7), ("year", 4)):
        last = {total.day.isoformat()[:length]: total for total in totals if total.span == span}
        for part, total in last.items():
            days = [each for each in totals if each.span == "day" and each.day.isoformat()[:length] == part]
            assert total.sums.income == sum(each.sums.income for each in days)
            assert total.sums.expense == sum(each.sums.expense for each in days)
            assert total.balance == days[-1].balance


def row(day, **cells):
    return {"date": f"2026-11-{day:02}", **cells}


def kinds(found):
    return [(each.kind, each.difference, each.balance) for each in found.all]


def test_the_first_count_opens_and_what_is_entered_later_for_before_shifts_nothing():
    found = book([row(5, counted=100), row(6, expense=20), row(1, income=999), row(7, counted=85)])
    assert kinds(found)[1:] == [
        ("opening", Decimal(-899), 100),
        ("entry", None, 80),
        ("over", Decimal(5), 80),
    ]


def test_a_count_after_rows_is_held_against_them_and_changes_nothing():
    found = book([row(1, income=100), row(2, counted=90), row(3, counted=100)])
    assert kinds(found) == [("entry", None, 100), ("short", -10, 100), ("agrees", 0, 100)]


def test_without_categories_rows_of_one_number_that_cancel_are_a_transfer():
    columns = [id_ for id_ in IDS if id_ != "category"]
    rows = [
        row(1, voucher_no="1", account="工行", expense=50),
        row(1, voucher_no="1", account="现金", income=50),
        row(1, voucher_no="2", account="现金", income=50),
    ]
    assert [each.kind for each in book(rows, columns).all] == ["transfer", "transfer", "entry"]
    assert {each.kind for each in book(rows).all} == {"entry"}


def test_a_void_row_takes_back_what_its_number_counted():
    found = book([row(1, counted=100, voucher_no="1"), row(2, counted=100, voucher_no="1", note="作废：点错了")])
    assert found.all == []
