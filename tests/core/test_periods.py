"""Periods: they tile the calendar, and are named as people name them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.periods import (
    OtherPeriod,
    Period,
    UnreadablePeriod,
    before,
    between,
    holding,
    month_name,
    months_of,
    parse_period,
    year_before,
    year_of,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1910, 1, 1), date(2190, 12, 31))
KINDS = st.sampled_from(["day", "week", "month", "quarter", "year"])
ENDS = st.integers(1, 31)


@given(DAYS, KINDS, ENDS)
def test_a_day_lies_in_its_period_and_so_does_every_day_of_it_in_the_same(day, kind, month_end):
    period = holding(day, kind, month_end)
    assert period.holds(day)
    assert {holding(period.first, kind, month_end), holding(period.last, kind, month_end)} == {period}


@given(DAYS, KINDS, ENDS)
def test_the_period_before_ends_on_the_day_before(day, kind, month_end):
    period = holding(day, kind, month_end)
    earlier = before(period)
    assert earlier.kind == period.kind
    assert earlier.last + timedelta(days=1) == period.first
    assert not earlier.holds(day)


@given(DAYS, ENDS)
def test_quarters_and_years_are_made_of_months(day, month_end):
    for kind, count in (("quarter", 3), ("year", 12)):
        period = holding(day, kind, month_end)
        months = months_of(period)
        assert len(months) == count
        assert (months[0].first, months[-1].last) == (period.first, period.last)
        assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(months))


@given(DAYS, st.sampled_from(["month", "quarter", "year"]), ENDS)
def test_the_period_a_year_before_is_as_many_periods_back_as_a_year_has(day, kind, month_end):
    period = back = holding(day, kind, month_end)
    for _ in range({"month": 12, "quarter": 4, "year": 1}[kind]):
        back = before(back)
    assert year_before(period) == back


@given(DAYS)
def test_a_week_a_year_before_has_its_number_or_52_for_53(day):
    week = holding(day, "week")
    earlier = year_before(week)
    year, number, weekday = earlier.first.isocalendar()
    assert (year, weekday, earlier.days) == (week.first.isocalendar().year - 1, 1, 7)
    assert number == week.first.isocalendar().week or number == 52


@given(DAYS, st.integers(0, 800))
def test_a_range_is_held_against_as_many_days_just_before(day, days):
    period = between(day, day + timedelta(days=days))
    earlier = before(period)
    assert earlier.days == period.days
    assert earlier.last + timedelta(days=1) == period.first


@given(DAYS, ENDS)
def test_what_a_month_is_called_is_read_as_that_month(day, month_end):
    month = holding(day, "month", month_end)
    assert parse_period(month_name(month), TODAY, month_end=month_end) == month


@pytest.mark.parametrize(
    ("typed", "kind", "first", "last"),
    [
        ("2026-11-22", "day", "2026-11-22", "2026-11-22"),
        ("昨天", "day", "2026-11-21", "2026-11-21"),
        ("2026-W47", "week", "2026-11-16", "2026-11-22"),
        ("第47周", "week", "2026-11-16", "2026-11-22"),
        ("上周", "week", "2026-11-09", "2026-11-15"),
        ("2026-11", "month", "2026-11-01", "2026-11-30"),
        ("2026年2月", "month", "2026-02-01", "2026-02-28"),
        ("上月", "month", "2026-10-01", "2026-10-31"),
        ("2026Q3", "quarter", "2026-07-01", "2026-09-30"),
        ("3季度", "quarter", "2026-07-01", "2026-09-30"),
        ("２０２６年第一季度", "quarter", "2026-01-01", "2026-03-31"),
        ("2026", "year", "2026-01-01", "2026-12-31"),
        ("去年", "year", "2025-01-01", "2025-12-31"),
    ],
)
def test_periods_are_read_as_people_write_them(typed, kind, first, last):
    assert parse_period(typed, TODAY) == Period(kind, date.fromisoformat(first), date.fromisoformat(last))


def test_a_month_may_end_on_the_25th_and_is_called_by_the_month_in_which_it_ends():
    assert parse_period("2026-11", TODAY, month_end=25)[1:3] == (date(2026, 10, 26), date(2026, 11, 25))
    assert parse_period("本月", date(2026, 11, 26), month_end=25)[1:3] == (date(2026, 11, 26), date(2026, 12, 25))
    assert holding(date(2026, 12, 28), "year", 25).title.zh == "2027年（2026-12-26 至 2027-12-25）"
    assert holding(date(2026, 2, 28), "month", 30).last == date(2026, 2, 28)


def test_any_day_names_the_period_that_holds_it_where_a_kind_is_asked_for():
    assert parse_period("2026-11-03", TODAY, kind="month") == holding(TODAY, "month")
    assert parse_period("昨天", TODAY, kind="year") == holding(TODAY, "year")


def test_another_kind_of_period_is_refused_with_the_report_that_shows_it():
    with pytest.raises(OtherPeriod) as refused:
        parse_period("2026Q3", TODAY, kind="month", command="salesaid report")
    assert "salesaid report quarter 2026Q3" in refused.value.hint.en


@pytest.mark.parametrize(
    "typed", ["", "abc", "2026-13", "2026-00", "W54", "Q5", "0001", "9999", "2026-02-30", "2026Q3Q", "99999999"]
)
def test_what_is_no_period_is_refused(typed):
    with pytest.raises(UnreadablePeriod):
        parse_period(typed, TODAY)


def test_29_february_has_the_28th_for_its_day_a_year_before():
    assert year_before(holding(date(2024, 2, 29), "day")).first == date(2023, 2, 28)
    assert year_before(between(date(2024, 2, 29), date(2024, 3, 1)))[1:3] == (date(2023, 2, 28), date(2023, 3, 1))


def test_the_year_of_a_week_is_that_in_which_it_ends():
    assert year_of(holding(date(2026, 12, 31), "week")).first == date(2027, 1, 1)
