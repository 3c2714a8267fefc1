"""The period that a command line names, for reports over days, months and years."""

from __future__ import annotations

from typing import Annotated

import typer

from salesaid.book.finding import read_settings
from salesaid.core.periods import Period, PeriodKind, PeriodTwice, between, holding, parse_period, year_of
from salesaid.options import both
from salesaid.session import Session

COMMAND = "salesaid report"

PeriodText = Annotated[
    str | None,
    typer.Argument(
        metavar=both("[期间]", "[PERIOD]"),
        help=both("如 2026-11、2026-W47、2026Q3、2026、上月。", "Such as 2026-11, 2026-W47, 2026Q3 or 2026."),
        show_default=False,
    ),
]


def period_of(
    session: Session, typed: tuple[str | None, str | None, str | None], kind: PeriodKind, *, only: bool
) -> Period:
    """The period that [PERIOD], --since and --until name, `only` one of that kind; from now on its last day rules.

    Raises PeriodTwice, UnreadablePeriod, OtherPeriod, TurnedPeriod.
    """
    text, *ends = typed
    month_end = read_settings(session.folder)[0].report_month_end
    day = session.as_of or session.today
    first, last = session.since(ends[0]), session.until(ends[1])
    if text and (first or last):
        raise PeriodTwice(text)
    if first or last:
        last = last or max(day, first or day)
        period = between(first or year_of(between(last, last, month_end)).first, last, month_end)
    elif text:
        period = parse_period(text, day, kind=kind if only else None, month_end=month_end, command=COMMAND)
    else:
        period = holding(day, kind, month_end)
    if period.last < day:
        session.reading = session.reading._replace(as_of=period.last.isoformat())
        session.book.tells_later = False  # rows after the period are no news
    return period
