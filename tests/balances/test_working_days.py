"""Working days: the public calendar of China with the weekends that are worked, and the settings before it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from salesaid.balances.working_days import Pace, WorkingDays, pace, plan_of
from salesaid.core.periods import holding
from salesaid.core.setting_errors import BadSetting
from salesaid.settings import parse_settings

# The State Council's notice for 2026: days off, and the weekend days worked for them.
OFF_2026 = {
    (1, 1): 3, (2, 15): 9, (4, 4): 3, (5, 1): 5, (6, 19): 3, (9, 25): 3, (10, 1): 7,
}  # fmt: skip
WORKED_2026 = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]


def test_2026_is_as_it_was_announced():
    off = {date(2026, *day) + timedelta(days=after) for day, days in OFF_2026.items() for after in range(days)}
    worked = {date(2026, *day) for day in WORKED_2026}
    first = date(2026, 1, 1)
    every = [first + timedelta(days=after) for after in range(365)]
    expected = [day for day in every if day in worked or (day.weekday() < 5 and day not in off)]
    assert [day for day in every if WorkingDays().is_worked(day)] == expected


@pytest.mark.parametrize(("month", "days"), [("2026-10", 18), ("2026-02", 16), ("2026-11", 21), ("2025-10", 18)])
def test_months_with_holidays_have_fewer_days(month, days):
    period = holding(date.fromisoformat(month + "-01"), "month")
    assert WorkingDays().count(period.first, period.last) == days


def test_a_year_without_a_plan_counts_monday_to_friday_and_says_so():
    assert plan_of(2190) is None
    calendar = WorkingDays()
    assert calendar.count(date(2190, 10, 1), date(2190, 10, 31)) == 21  # the first is a Friday: ten days of weekends
    (note,) = calendar.notes(date(2189, 12, 1), date(2190, 12, 31))
    assert (note.code, "2189、2190" in note.text.zh) == ("holidays_unknown", True)
    assert calendar.notes(date(2026, 1, 1), date(2026, 12, 31)) == ()


def test_what_the_settings_name_comes_before_the_calendar():
    day_off, worked = date(2026, 11, 2), date(2026, 11, 7)
    calendar = WorkingDays([day_off], [worked])
    assert (calendar.is_worked(day_off), calendar.is_worked(worked)) == (False, True)
    assert calendar.count(date(2026, 11, 1), date(2026, 11, 30)) == 21


def test_settings_name_days_and_nothing_else():
    settings = parse_settings({"report": {"holidays": [date(2026, 12, 31)], "workdays": []}}, ())
    assert settings.report_holidays == (date(2026, 12, 31),)
    with pytest.raises(BadSetting):
        parse_settings({"report": {"holidays": ["2026-12-31"]}}, ())


def test_pace_is_none_of_a_period_ahead_all_of_one_that_is_over_and_counts_today():
    november = holding(date(2026, 11, 1), "month")
    calendar = WorkingDays()
    assert pace(calendar, november, date(2026, 10, 31)).share == Decimal("0.0000")
    assert pace(calendar, november, date(2026, 11, 2)) == Pace(1, 21)
    assert pace(calendar, november, date(2026, 11, 30)).share == Decimal("1.0000")
    assert pace(calendar, november, date(2027, 5, 1)).share == Decimal("1.0000")


def test_what_was_reached_is_held_against_the_days_that_have_passed():
    assert Pace(10, 20).held_against(250, 1000) == Decimal("0.5000")
    assert Pace(0, 20).held_against(250, 1000) is None
    assert Pace(10, 20).held_against(250, None) is None
