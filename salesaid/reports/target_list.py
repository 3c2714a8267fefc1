"""Targets and how far they are met: what was sold of them, against the pace of working days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesaid.balances.goals import Goal, Goals
from salesaid.balances.working_days import WorkingDays, pace
from salesaid.core.blanks import Named
from salesaid.core.kinds import MONEY, RATE
from salesaid.core.money import of_cents
from salesaid.core.months import MONTH
from salesaid.core.periods import Period, holding, month_name, months_of
from salesaid.core.shares import share
from salesaid.core.tables import Chart, Field, Note, Table, more
from salesaid.core.text import Text
from salesaid.core.words import understood_note, word_meant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas import DataFrame

PERSON = Named(Text("全公司", "(whole house)"))
GOODS = Named(Text("全部", "(all)"))
SALESPERSON, CATEGORY = Text("业务员", "salesperson"), Text("类别", "category")
FIELDS = (
    Field("month", Text("月份", "Month"), MONTH, key=True),
    Field("salesperson", Text("业务员", "Salesperson"), PERSON, key=True),
    Field("category", Text("类别", "Category"), GOODS),
    Field("target", Text("目标", "Target"), MONEY),
    Field("net", Text("销售净额", "Net sales"), MONEY),
    Field("missing", Text("还差", "Missing"), MONEY),
    Field("attainment", Text("完成率", "Attainment"), RATE),
    Field("pace", Text("时间进度", "Pace"), RATE),
    Field("against_pace", Text("完成比进度", "Against pace"), RATE),
)


def target_list(
    goals: Goals, sales: DataFrame, working_days: WorkingDays, today: date, *, period: Period,
    salesperson: str | None = None, category: str | None = None, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """The targets of a period's months, newest first: `missing` is below zero where more was sold than was to be."""
    by = None if salesperson is None else word_meant(salesperson, (each.salesperson for each in goals), SALESPERSON)
    of = None if category is None else word_meant(category, (each.category for each in goals), CATEGORY)
    months = {month_name(month): month for month in months_of(period)}
    found = [
        each
        for each in goals
        if each.month in months and by in {None, each.salesperson} and of in {None, each.category}
    ]
    found.sort(key=lambda each: (each.salesperson, each.category))
    found.sort(key=lambda each: each.month, reverse=True)
    sold = _sold(sales, months)
    rows = [_row(each, sold, months[each.month], working_days, today) for each in found[:limit]]
    current = holding(today, "month", period.month_end)
    days = working_days.notes(current.first, current.last) if any(each.month in months for each in found) else ()
    notes = (
        *understood_note(salesperson, by), *understood_note(category, of), *more(len(found), limit), *days,
        *_none(goals, found),
    )  # fmt: skip
    chart = Chart("bars", "salesperson", ("target", "net")) if len(months) == 1 else None
    return Table(Text("目标", "Targets"), FIELDS, rows, notes=notes, newest=newest, chart=chart)


def _sold(sales: DataFrame, months: Mapping[str, Period]) -> dict[tuple[str, str, str], int]:
    """Net sales in cents by month, salesperson and category; "" sums up all of them."""
    from salesaid.frames.sums import summed, within

    found: dict[tuple[str, str, str], int] = {}
    for name, month in months.items():
        own = sales[within(sales, month)]
        for keys in ((), ("salesperson",), ("category",), ("salesperson", "category")):
            for key, (cents,) in summed(own, keys, ("cents",)).items():
                values = dict(zip(keys, key, strict=True))
                found[name, values.get("salesperson", ""), values.get("category", "")] = cents
    return found


def _row(
    goal: Goal, sold: Mapping[tuple[str, str, str], int], month: Period, working_days: WorkingDays, today: date
) -> tuple[object, ...]:
    net = sold.get((goal.month, goal.salesperson, goal.category), 0)
    at = pace(working_days, month, today)
    return (
        goal.month, goal.salesperson or None, goal.category or None, of_cents(goal.cents), of_cents(net),
        of_cents(goal.cents - net), share(net, goal.cents), at.share, at.held_against(net, goal.cents),
    )  # fmt: skip


def _none(goals: Goals, found: list[Goal]) -> tuple[Note, ...]:
    if found or any(True for _ in goals):
        return ()
    text = Text(
        "还没有定目标；例如：salesaid target set 2026-12 全部 500000",
        "no targets are set yet; such as: salesaid target set 2026-12 all 500000",
    )
    return (Note("no_targets", "info", text),)
