"""报表：日、周、月、季、年，和各种专题报表。 | Reports: by day, week, month, quarter, year, and by subject.

A report by its name: every file of reports/ whose docstring begins with a line in both languages, `中文。 | English.`,
is a verb here, `slow_movers.py` as `report slow-movers`; no other mark is needed. Its function of the file's name
answers a Table, a Card or a Report. Positional parameters are supplied from the book as everywhere; of the keyword-only
ones these become options, where the function has them: `period: Period` ([PERIOD] --since --until; by default the month
that holds today, or what a module constant `PERIOD = "year"` says), `customer`, `product`, `supplier` (canonical names,
None: all), `salesperson`, `warehouse`, `category`, `days: int | None`, `limit`. The day that rules the run, `today`,
and with it all rows and balances supplied, is then the period's last day where that lies before today.
"""

from __future__ import annotations

from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salesaid.core.errors import Refused
from salesaid.core.periods import PeriodKind
from salesaid.core.text import Text
from salesaid.options import (
    Category,
    Customer,
    Limit,
    Product,
    Salesperson,
    Since,
    Supplier,
    Until,
    Warehouse,
    both,
    option,
    reading,
)
from salesaid.reports import Offered, offered
from salesaid.session import Session
from salesaid.spans import PeriodText, period_of

if TYPE_CHECKING:
    from salesaid.book.period_report import Scope

app = typer.Typer(no_args_is_help=True)

NEWEST = 200  # lines that a terminal shows of a long table

Days = Annotated[
    int | None, typer.Option("--days", min=1, metavar=both("天数", "DAYS"), help=both("多少天。", "How many days."))
]
Findings = Annotated[
    bool,
    option(
        "--findings", "台账很长也列出异常（慢）。", "Check the ledgers for the workbook although they are long (slow)."
    ),
]
OPTIONS: dict[str, Any] = {
    "customer": Customer, "product": Product, "supplier": Supplier, "salesperson": Salesperson,
    "warehouse": Warehouse, "category": Category, "days": Days, "limit": Limit,
}  # fmt: skip
OF_PERIOD: dict[str, Any] = {"period": PeriodText, "since": Since, "until": Until}
NAMES = ("customer", "product", "supplier")


class NoPeriod(Refused):
    """A report of nothing in particular."""

    def __init__(self) -> None:
        super().__init__(
            Text("没说要哪一段时间的报表", "a report of which time?"),
            Text(
                "例如：salesaid report month，或 salesaid report --since 2026-10-15 --until 2026-11-14",
                "such as salesaid report month, or salesaid report --since 2026-10-15 --until 2026-11-14",
            ),
        )


class Named:
    """The command of one named report. Its file is imported when the verb is typed, not before."""

    def __init__(self, report: Offered) -> None:
        self._report = report
        self.__name__ = report.id
        self.__doc__ = f"{report.about}\n\nsalesaid report {report.name}\n"
        self.__module__ = __name__

    @property
    def _taken(self) -> set[str]:
        """The names of the report's options."""
        parameters = signature(self._report.function).parameters.values()
        return {each.name for each in parameters if each.kind is Parameter.KEYWORD_ONLY}

    @property
    def __signature__(self) -> Signature:
        """The command's options: those of the report's that a command line knows."""
        taken = self._taken
        own = OF_PERIOD if "period" in taken else {}
        own = own | {name: option for name, option in OPTIONS.items() if name in taken}
        known = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=option) for name, option in own.items()
        ]
        return Signature([Parameter("session", Parameter.POSITIONAL_OR_KEYWORD, annotation=Session), *known])

    def __call__(self, session: Session, **typed: Any) -> None:
        """Work the report out and show it."""
        given: dict[str, Any] = {}
        taken = self._taken
        if "period" in taken:
            kind: PeriodKind = getattr(self._report.module, "PERIOD", "month")
            typed_period = typed.pop("period"), typed.pop("since"), typed.pop("until")
            given["period"] = period_of(session, typed_period, kind, only=False)
        for name, value in typed.items():
            given[name] = session.name_of(name, value) if name in NAMES else value
        if "newest" in taken:
            given["newest"] = NEWEST
        session.show(session.call(self._report.function, **given))


def show(
    session: Session, kind: PeriodKind, typed: tuple[str | None, str | None, str | None], *, findings: bool
) -> None:
    """Put the report of a period together and show it: on a screen its summary, to scripts its figures, else all."""
    from salesaid.book.period_report import period_report

    period = period_of(session, typed, kind, only=True)
    options = session.reading
    scope: Scope = "workbook" if options.out else "screen" if options.format == "table" else "figures"
    session.show(period_report(session.book, period, scope, findings=findings))


@app.callback()
@reading
def span(session: Session, since: Since = None, until: Until = None, findings: Findings = False) -> None:
    """从一天到另一天的报表。 | From one day to another.

    salesaid report --since 2026-10-15 --until 2026-11-14 --out 报表.xlsx
    """
    if since is None and until is None:
        raise NoPeriod
    show(session, "month", (None, since, until), findings=findings)


@app.command()
@reading
def day(
    session: Session, period: PeriodText = None, since: Since = None, until: Until = None, findings: Findings = False
) -> None:
    """日报：当天的订单、销售、收款、借还、返修。 | The day: orders, sales, receipts, loans and returns.

    salesaid report day
    salesaid report day 昨天 --out 日报.xlsx
    """
    show(session, "day", (period, since, until), findings=findings)


@app.command()
@reading
def week(
    session: Session, period: PeriodText = None, since: Since = None, until: Until = None, findings: Findings = False
) -> None:
    """周报：周一到周日。 | The week, Monday to Sunday.

    salesaid report week
    salesaid report week 2026-W47 --out 周报.xlsx
    """
    show(session, "week", (period, since, until), findings=findings)


@app.command()
@reading
def month(
    session: Session, period: PeriodText = None, since: Since = None, until: Until = None, findings: Findings = False
) -> None:
    """月报：交财务的销售、回款、应收、库存、异常和明细。 | The month: what finance waits for, with all details.

    salesaid report month
    salesaid report month 2026-11 --out 月报.xlsx
    salesaid report month --since 2026-10-15 --until 2026-11-14 --out 报表.xlsx
    """
    show(session, "month", (period, since, until), findings=findings)


@app.command()
@reading
def quarter(
    session: Session, period: PeriodText = None, since: Since = None, until: Until = None, findings: Findings = False
) -> None:
    """季报。 | The quarter.

    salesaid report quarter 2026Q3 --out 三季度.xlsx
    """
    show(session, "quarter", (period, since, until), findings=findings)


@app.command()
@reading
def year(
    session: Session, period: PeriodText = None, since: Since = None, until: Until = None, findings: Findings = False
) -> None:
    """年报。 | The year.

    salesaid report year 2026 --out 年报.xlsx
    """
    show(session, "year", (period, since, until), findings=findings)


for _each in offered():
    app.command(_each.name, help=Named(_each).__doc__)(reading(Named(_each)))
