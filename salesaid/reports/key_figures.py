"""关键指标：金额、比率、笔数，对上期和去年同期。 | Key figures: money, rates, counts, against earlier periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from salesaid.balances.goals import Goals
from salesaid.balances.working_days import Pace, WorkingDays, pace_notes, paced
from salesaid.core.kinds import MONEY, QTY, RATE, Choice, Kind
from salesaid.core.money import of_cents
from salesaid.core.periods import Period, before, month_name, months_of, year_before, year_of
from salesaid.core.shares import growth, share
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Text
from salesaid.frames.figure_tables import rate_received
from salesaid.frames.measured import Figures, Measured, months_wholly_in
from salesaid.frames.sums import summed

_MONEY = Choice({
    "ordered": Text("订单额", "ordered"), "amount": Text("销售额", "sales"), "returned": Text("退货额", "returned"),
    "net": Text("销售净额", "net sales"), "received": Text("回款", "received"),
    "margin": Text("毛利（成本已知部分）", "gross margin where cost is known"),
    "cumulative": Text("本年累计净额", "net sales of the year to date"), "target": Text("目标", "target"),
    "year_target": Text("全年目标", "target of the year"),
})  # fmt: skip
_RATES = Choice({
    "rate_received": Text("回款率（回款÷净额）", "received ÷ net sales"),
    "margin_rate": Text("毛利率", "margin rate"), "cost_known": Text("成本已知占净额", "net sales with known cost"),
    "attainment": Text("目标完成率", "attainment"), "pace": Text("时间进度（工作日）", "pace in working days"),
    "against_pace": Text("完成比进度", "attainment ÷ pace"),
    "year_attainment": Text("全年目标完成率", "attainment of the year"),
    "year_pace": Text("全年时间进度", "pace of the year"),
})  # fmt: skip
_COUNTS = Choice({
    "orders": Text("订单数", "orders"), "customers": Text("购货客户数", "customers who bought"),
    "products": Text("售出产品数", "products sold"), "receipts": Text("收款笔数", "receipts"),
})  # fmt: skip


_TARGETS = frozenset({"target", "year_target"})
_NO_CHANGE = _TARGETS | {"cumulative"}  # of a year to date the month before says nothing


class _Aim(NamedTuple):
    """Targets of months, net sales of these months, how far they have come, and how many months have no target."""

    target: int
    net: int
    pace: Pace
    without: int


class _Window(NamedTuple):
    """Everything of one period."""

    sums: Figures
    aim: _Aim | None
    year_aim: _Aim | None
    counts: tuple[int, int, int, int]
    has_receipts: bool


_OF_MONEY: dict[str, Callable[[_Window], int | None]] = {
    "ordered": lambda w: w.sums.ordered, "amount": lambda w: w.sums.amount, "returned": lambda w: w.sums.returned,
    "net": lambda w: w.sums.net, "received": lambda w: w.sums.received if w.has_receipts else None,
    "margin": lambda w: w.sums.margin if w.sums.known or w.sums.cost else None,
    "cumulative": lambda w: w.sums.cumulative, "target": lambda w: w.aim and w.aim.target,
    "year_target": lambda w: w.year_aim and w.year_aim.target,
}  # fmt: skip
_OF_RATES: dict[str, Callable[[_Window], object]] = {
    "rate_received": lambda w: rate_received(w.sums) if w.has_receipts else None,
    "margin_rate": lambda w: share(w.sums.margin, w.sums.known),
    "cost_known": lambda w: share(w.sums.known, w.sums.net),
    "attainment": lambda w: w.aim and share(w.aim.net, w.aim.target),
    "pace": lambda w: w.aim and w.aim.pace.share,
    "against_pace": lambda w: w.aim and w.aim.pace.held_against(w.aim.net, w.aim.target),
    "year_attainment": lambda w: w.year_aim and share(w.year_aim.net, w.year_aim.target),
    "year_pace": lambda w: w.year_aim and w.year_aim.pace.share,
}


def key_figures(
    measured: Measured, goals: Goals, working_days: WorkingDays, today: date, *, period: Period
) -> Card:  # fmt: skip
    """Three tables of a figure a row: of the period, of the one before and of the same one a year before.

    Where nothing had been sold yet by then, there is nothing to compare with, and these cells are empty.
    """
    now = _window(measured, goals, working_days, today, period)
    earlier = [
        _window(measured, goals, working_days, today, each) if measured.has_begun(each) else None
        for each in (before(period), year_before(period))
    ]
    title = Text("关键指标：", "Key figures: ") + period.title
    tables = (
        Table(Text("金额", "Money"), _compared(_MONEY, MONEY), _money_rows(now, *earlier), name="amounts"),
        Table(Text("比率", "Rates"), _held(_RATES, RATE), _rate_rows(now, *earlier), name="rates"),
        Table(Text("笔数", "Counts"), _compared(_COUNTS, QTY), _count_rows(now, *earlier), name="counts"),
    )
    return Card(title, tables, (*_unfinished(period, today), *_of_year(now.year_aim, working_days, year_of(period))))


def _window(measured: Measured, goals: Goals, calendar: WorkingDays, today: date, period: Period) -> _Window:
    upto = min(today, period.last)
    whole = months_of(period) if months_wholly_in(period) else ()
    aim = _aim(measured, goals, calendar, whole, upto)
    year_aim = _aim(measured, goals, calendar, months_of(year_of(period)), upto)
    return _Window(measured.total(period), aim, year_aim, _counts(measured, period), len(measured.money) > 0)


def _aim(
    measured: Measured, goals: Goals, calendar: WorkingDays, months: Sequence[Period], upto: date
) -> _Aim | None:  # fmt: skip
    """The targets of some months, and the sales and working days of those that have one; None where none has."""
    aimed = [month for month in months if goals.of_month(month_name(month)) is not None]
    if not aimed:
        return None  # and no calendar need be loaded
    begun = [month._replace(kind="range", last=min(month.last, upto)) for month in aimed if month.first <= upto]
    net = sum(measured.net(month)[()][0] for month in begun)
    return _Aim(goals.of(map(month_name, aimed)) or 0, net, paced(calendar, aimed, upto), len(months) - len(aimed))


def _counts(measured: Measured, period: Period) -> tuple[int, int, int, int]:
    """Orders placed, customers who bought and products that were sold, on balance, and receipts."""
    placed = summed(measured.part("orders", period), ("no",), ("cents", "written_qty"))
    bought, sold = measured.net(period, ("customer",)), measured.quantities(period)
    return (
        sum(cents > 0 or qty > 0 for cents, qty in placed.values()), sum(cents > 0 for (cents,) in bought.values()),
        sum(qty > 0 for (qty,) in sold.values()), measured.receipts(period),
    )  # fmt: skip


def _held(names: Choice, kind: Kind) -> tuple[Field, ...]:
    return (
        Field("name", Text("指标", "Figure"), names, key=True),
        Field("value", Text("本期", "Period"), kind),
        Field("before", Text("上期", "Before"), kind),
        Field("year_before", Text("去年同期", "Year before"), kind),
    )


def _compared(names: Choice, kind: Kind) -> tuple[Field, ...]:
    name, value, earlier, year = _held(names, kind)
    return (
        name, value, earlier, Field("change", Text("增减", "Change"), kind),
        Field("change_rate", Text("环比", "Change %"), RATE), year,
        Field("year_change", Text("同比增减", "On the year"), kind),
        Field("year_change_rate", Text("同比", "On the year %"), RATE),
    )  # fmt: skip


def _money_rows(now: _Window, earlier: _Window | None, year: _Window | None) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for name, of in _OF_MONEY.items():
        value, before_, year_ = (None if each is None else of(each) for each in (now, earlier, year))
        cells = _against(value, before_, name not in _NO_CHANGE), _against(value, year_, name not in _TARGETS)
        (was, change, rate), (year_was, year_change, year_rate) = cells
        money = [None if each is None else of_cents(each) for each in (value, was, change, year_was, year_change)]
        found.append((name, *money[:3], rate, *money[3:], year_rate))
    return found


def _count_rows(now: _Window, earlier: _Window | None, year: _Window | None) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for at, name in enumerate(_COUNTS.words):
        was, year_was = (None if each is None else each.counts[at] for each in (earlier, year))
        value = now.counts[at]
        found.append((name, value, *_against(value, was, True), *_against(value, year_was, True)))
    return found


def _against(value: int | None, earlier: int | None, has_change: bool) -> tuple[int | None, int | None, object]:
    """The earlier figure, the change on it, and that as a share of it."""
    if value is None or earlier is None or not has_change:
        return earlier, None, None
    return earlier, value - earlier, growth(value, earlier)


def _rate_rows(now: _Window, earlier: _Window | None, year: _Window | None) -> list[tuple[object, ...]]:
    return [
        (name, *(None if each is None else of(each) for each in (now, earlier, year)))
        for name, of in _OF_RATES.items()
    ]  # fmt: skip


def _unfinished(period: Period, today: date) -> tuple[Note, ...]:
    """What is to be known where a period is not over: it is held against whole ones."""
    if today >= period.last:
        return ()
    if today < period.first:
        ahead = Text(
            f"本期从 {period.first} 才开始，还没有数字",
            f"the period begins on {period.first}: there are no figures yet",
        )
        return (Note("ahead", "info", ahead),)
    text = Text(
        f"本期到 {period.last} 才结束，数字截至 {today}，上期和去年同期是整期",
        f"the period ends on {period.last}: its figures run to {today}, the periods beside it are whole",
    )
    return (Note("unfinished", "info", text),)


def _of_year(aim: _Aim | None, working_days: WorkingDays, year: Period) -> Iterator[Note]:
    if aim is not None and aim.without:
        text = Text(
            f"全年有 {aim.without} 个月没有目标，全年目标、完成率和进度只按有目标的月算",
            f"{aim.without} months of the year have no target: its target, attainment and pace leave them out",
        )
        yield Note("months_without_target", "info", text)
    yield from pace_notes(working_days, year, aim.pace if aim else None)
