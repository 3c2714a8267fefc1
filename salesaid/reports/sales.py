"""销售走势：一年各月对目标，一周各天。 | Sales over time: the months of the year against target, the days of a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from salesaid.balances.goals import Goals
from salesaid.core.kinds import DATE, MONEY, RATE
from salesaid.core.money import of_cents
from salesaid.core.months import MONTH
from salesaid.core.periods import Period, holding, month_name, months_of, year_before, year_of
from salesaid.core.shares import growth, share
from salesaid.core.tables import Chart, Field, Table
from salesaid.core.text import Text
from salesaid.frames.measured import Measured

_TITLE = Text("销售走势", "Sales over time")
_MONTH = Field("month", Text("月份", "Month"), MONTH, key=True)
_DAY = Field("day", Text("日期", "Day"), DATE, key=True)
_SUMS = (
    Field("amount", Text("销售额", "Amount"), MONEY),
    Field("returned", Text("退货额", "Returned"), MONEY),
    Field("net", Text("销售净额", "Net sales"), MONEY),
    Field("received", Text("回款", "Received"), MONEY),
)
_TARGETS = (
    Field("target", Text("目标", "Target"), MONEY),
    Field("attainment", Text("完成率", "Attainment"), RATE),
    Field("cumulative", Text("累计净额", "Cumulative"), MONEY),
    Field("year_before", Text("去年同月", "Year before"), MONEY),
    Field("year_change_rate", Text("同比", "On the year %"), RATE),
)
_MOST_DAYS = 31
_DAY_LONG = timedelta(days=1)


def sales(measured: Measured, goals: Goals, today: date, *, period: Period) -> Table:
    """Of a month, a quarter or a year all months of the year; of a day or a week the days of the week.

    Of a range its days, where they are few, else its months. Months to come, and those before the book's first sale,
    have no figures.
    """
    if period.kind in {"day", "week"} or (period.kind == "range" and period.days <= _MOST_DAYS):
        return _by_day(measured, today, period)
    return _by_month(measured, goals, today, period)


def _by_day(measured: Measured, today: date, period: Period) -> Table:
    whole = holding(period.first, "week", period.month_end) if period.kind == "day" else period
    days = [holding(whole.first + after * _DAY_LONG, "day") for after in range(whole.days)]
    found = [(day.first, _sums(measured, day)) for day in days]
    rows = [(day, *map(of_cents, sums)) if day <= today else (day, *[None] * len(_SUMS)) for day, sums in found]
    totals = _totals([sums for _, sums in found])
    title = _TITLE + Text("：", ": ") + whole.title
    return Table(title, (_DAY, *_SUMS), rows, totals, chart=Chart("columns", "day", ("net", "received")))


def _by_month(measured: Measured, goals: Goals, today: date, period: Period) -> Table:
    whole = period if period.kind == "range" else year_of(period)
    months = list(_clipped(whole))
    found = [_sums(measured, month) for month in months]
    targets = [goals.of_month(month_name(month)) if month.kind == "month" else None for month in months]
    rows, so_far = [], 0
    for month, sums, target in zip(months, found, targets, strict=True):
        so_far += sums[2]
        is_told = month.first <= today and (measured.has_begun(month) or any(sums))
        rows.append(_row(month, sums, target, so_far, _year_before(measured, month), is_told=is_told))
    totals: dict[str, object] = dict(_totals(found))
    if any(target is not None for target in targets):
        totals["target"] = of_cents(sum(target or 0 for target in targets))
    title = _TITLE + Text("：", ": ") + whole.title
    chart = Chart("columns", "month", ("net", "target"), lines=("target",))
    return Table(title, (_MONTH, *_SUMS, *_TARGETS), rows, totals, chart=chart)


def _clipped(whole: Period) -> Iterator[Period]:
    """The months of a period; of one that lies in it only in part just that part, as a range."""
    for month in months_of(whole):
        first, last = max(month.first, whole.first), min(month.last, whole.last)
        yield month if (first, last) == month[1:3] else month._replace(kind="range", first=first, last=last)


def _row(
    month: Period, sums: tuple[int, ...], target: int | None, so_far: int, earlier: int | None, *, is_told: bool
) -> tuple[object, ...]:
    goal = None if target is None else of_cents(target)
    before = None if earlier is None else of_cents(earlier)
    if not is_told:
        return (month_name(month), *[None] * len(_SUMS), goal, None, None, before, None)
    reached = share(sums[2], target) if target else None
    change = None if earlier is None else growth(sums[2], earlier)
    return (month_name(month), *map(of_cents, sums), goal, reached, of_cents(so_far), before, change)


def _year_before(measured: Measured, month: Period) -> int | None:
    earlier = year_before(month)
    return measured.net(earlier)[()][0] if measured.has_begun(earlier) else None


def _sums(measured: Measured, period: Period) -> tuple[int, int, int, int]:
    """What was sold, given back, net, and what came in."""
    (net,), (received,) = measured.net(period)[()], measured.received(period)[()]
    back = measured.given_back(period)
    return net + back, back, net, received


def _totals(found: list[tuple[int, int, int, int]]) -> dict[str, object]:
    sums = (sum(each) for each in zip(*found, strict=True))
    return {field.name: of_cents(cents) for field, cents in zip(_SUMS, sums, strict=True)}
