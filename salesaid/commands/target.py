"""目标：按月、业务员、类别定销售任务，看完成进度。 | Targets: by month and salesperson, and how far they are met."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.book.finding import read_settings
from salesaid.core.periods import holding, month_name, parse_period
from salesaid.core.text import Text
from salesaid.options import Category, Limit, Salesperson, argument, both, reading, writing
from salesaid.session import Session

app = typer.Typer(no_args_is_help=True)  # each verb imports its own rules

NEWEST = 200  # lines that a terminal shows of a long list
MONTH, WHOM, AMOUNT = Text("月份", "the month"), Text("业务员", "the salesperson"), Text("目标金额", "the amount")

Month = Annotated[str | None, argument(both("月份", "MONTH"), "如 2026-11、本月。", "Such as 2026-11.")]
Whom = Annotated[
    str | None,
    argument(
        both("业务员", "SALESPERSON"), "业务员；全部 为全公司。", "Salesperson; all for the whole house.", "salesperson"
    ),
]
Amount = Annotated[str | None, argument(both("金额", "AMOUNT"), "要完成的销售净额。", "Net sales to reach.")]
PeriodText = Annotated[
    str | None,
    argument(
        both("[期间]", "[PERIOD]"), "如 2026-11、2026Q3，默认今年。", "Such as 2026-11 or 2026Q3, by default this year."
    ),
]


@app.command("set")
@writing
def set_(
    session: Session, month: Month = None, salesperson: Whom = None, amount: Amount = None, category: Category = None
) -> None:
    """定一个月的目标，已有的就改。 | Set the target of a month, or change it.

    salesaid target set 2026-12 赵丽 200000
    salesaid target set 2026-12 全部 50万 --category 主板
    """
    from salesaid.entries.target import set_ as decide

    typed = session.given(month, MONTH)
    period = parse_period(typed, session.day, kind="month", month_end=_month_end(session))
    session.post(
        decide,
        month=month_name(period), salesperson=session.given(salesperson, WHOM, "salesperson"),
        amount=session.given(amount, AMOUNT), category=category or "", note=session.writing.note,
    )  # fmt: skip


@app.command("list")
@reading
def list_(
    session: Session, period: PeriodText = None, by: Salesperson = None, category: Category = None, limit: Limit = None
) -> None:
    """目标和完成情况：完成率、时间进度、差额。 | Targets, what was sold, and the pace against working days.

    salesaid target list
    salesaid target list 2026-11 --by 赵丽
    """
    from salesaid.reports.target_list import target_list

    month_end = _month_end(session)
    day = session.as_of or session.today
    asked = parse_period(period, day, month_end=month_end) if period else holding(day, "year", month_end)
    session.show(session.call(target_list, period=asked, salesperson=by, category=category, limit=limit, newest=NEWEST))


def _month_end(session: Session) -> int:
    """The day on which accounting months end, looked up before the book is opened for a day."""
    return read_settings(session.folder)[0].report_month_end
