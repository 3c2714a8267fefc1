"""Working days in China: public holidays, weekends that are worked for them, and what the settings say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from salesaid.core.periods import Period
from salesaid.core.shares import share
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.settings import Settings

_SATURDAY = 5


def working_days(settings: Settings) -> WorkingDays:
    """The days on which the office works."""
    return WorkingDays(settings.report_holidays, settings.report_workdays)


class WorkingDays:
    """Which days are worked. The settings' own days come before the public calendar's.

    The State Council names each year's holidays and the weekends worked for them late in the year before. A year whose
    plan is not known counts Monday to Friday.
    """

    def __init__(self, holidays: Collection[date] = (), workdays: Collection[date] = ()) -> None:
        self._holidays = frozenset(holidays)
        self._workdays = frozenset(workdays)

    def is_worked(self, day: date) -> bool:
        """Whether the office works on a day."""
        if day in self._workdays or day in self._holidays:
            return day in self._workdays
        return day not in free_days(day.year)

    def count(self, first: date, last: date) -> int:
        """How many days are worked from a day to another, both included; 0 where the last is before the first."""
        days = (first + timedelta(days=after) for after in range((last - first).days + 1))
        return sum(map(self.is_worked, days))

    def notes(self, first: date, last: date) -> tuple[Note, ...]:
        """What is to be said where the plan of a year is not known, and the settings do not name days of it."""
        own = {day.year for day in (*self._holidays, *self._workdays)}
        years = [year for year in range(first.year, last.year + 1) if plan_of(year) is None and year not in own]
        if not years:
            return ()
        zh, en = "、".join(map(str, years)), ", ".join(map(str, years))
        text = Text(
            f"不知道 {zh} 年的放假安排，工作日按周一到周五算；可在设置 [report] holidays、workdays 里写明",
            f"the public holidays of {en} are not known: working days are Monday to Friday; "
            "[report] holidays and workdays of the settings can name them",
        )
        return (Note("holidays_unknown", "info", text),)


class Pace(NamedTuple):
    """How many working days of a period have passed, today's included, and how many it has."""

    elapsed: int
    days: int

    @property
    def share(self) -> Decimal | None:
        """The share that has passed; None where there is no working day."""
        return share(self.elapsed, self.days)

    def held_against(self, reached: int, target: int | None) -> Decimal | None:
        """What was reached of a target against the share of days that have passed: 1 is just in time."""
        return share(reached * self.days, target * self.elapsed) if target else None


def pace(calendar: WorkingDays, period: Period, today: date) -> Pace:
    """How far a period has come. Of one that is over no calendar need be asked."""
    return paced(calendar, (period,), today)


def paced(calendar: WorkingDays, periods: Sequence[Period], today: date) -> Pace:
    """How far several periods have come together."""
    if all(period.last <= today for period in periods):
        return Pace(1, 1)
    elapsed = (calendar.count(period.first, min(period.last, today)) for period in periods)
    return Pace(sum(elapsed), sum(calendar.count(period.first, period.last) for period in periods))


def pace_notes(calendar: WorkingDays, period: Period, passed: Pace | None) -> tuple[Note, ...]:
    """What is to be said of a pace for which the calendar was asked."""
    return calendar.notes(period.first, period.last) if passed is not None and passed.days > 1 else ()


@cache
def free_days(year: int) -> frozenset[date]:
    """The days of a year that are not worked."""
    plan = plan_of(year)
    free, worked = plan or (frozenset(), frozenset())
    first = date(year, 1, 1)
    every = (first + timedelta(days=after) for after in range((date(year, 12, 31) - first).days + 1))
    return frozenset(day for day in every if (day.weekday() >= _SATURDAY or day in free) and day not in worked)


@cache
def plan_of(year: int) -> tuple[frozenset[date], frozenset[date]] | None:
    """A year's public holidays and the weekend days that are worked for them; None where its plan is not known.

    Every plan since 2001 has weekends that are worked: without them the library only knows the law.
    """
    from holidays.countries.china import China

    calendar = China(years=year)  # type: ignore[no-untyped-call]
    worked = frozenset(day for day in calendar.weekend_workdays if day.year == year)
    return (frozenset(calendar), worked) if worked else None
