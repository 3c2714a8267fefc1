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

from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from salesaid import groups
from salesaid.book.finding import read_settings
from salesaid.core.periods import Period, PeriodKind, PeriodTwice, between, holding, parse_period, year_of
from salesaid.options import Customer, Limit, Product, Salesperson, Since, Supplier, Until, Warehouse, both, reading
from salesaid.session import Session

app = typer.Typer(no_args_is_help=True)

REPORTS = Path(__file__).parents[1] / "reports"
NEWEST = 200  # lines that a terminal shows of a long table
COMMAND = "salesaid report"

PeriodText = Annotated[
    str | None,
    typer.Argument(
        metavar=both("[期间]", "[PERIOD]"),
        help=both("如 2026-11、2026-W47、2026Q3、2026、上月。", "Such as 2026-11, 2026-W47, 2026Q3 or 2026."),
        show_default=False,
    ),
]
Category = Annotated[
    str | None, typer.Option("--category", metavar=both("类别", "NAME"), help=both("产品类别。", "Product category."))
]
Days = Annotated[
    int | None, typer.Option("--days", min=1, metavar=both("天数", "DAYS"), help=both("多少天。", "How many days."))
]
OPTIONS: dict[str, Any] = {
    "customer": Customer, "product": Product, "supplier": Supplier, "salesperson": Salesperson,
    "warehouse": Warehouse, "category": Category, "days": Days, "limit": Limit,
}  # fmt: skip
OF_PERIOD: dict[str, Any] = {"period": PeriodText, "since": Since, "until": Until}
NAMES = ("customer", "product", "supplier")


class Named:
    """The command of one named report. Its file is imported when the verb is typed, not before."""

    def __init__(self, path: Path, about: str) -> None:
        self.path = path
        self.__name__ = path.stem
        self.__doc__ = f"{about}\n\nsalesaid report {path.stem.rstrip('_').replace('_', '-')}\n"
        self.__module__ = __name__

    @property
    def function(self) -> Callable[..., Any]:
        """The report."""
        found: Callable[..., Any] = getattr(self._module, self.path.stem)
        return found

    @property
    def _module(self) -> Any:
        return import_module(f"salesaid.reports.{self.path.stem}")

    @property
    def _taken(self) -> set[str]:
        """The names of the report's options."""
        parameters = signature(self.function).parameters.values()
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
            kind: PeriodKind = getattr(self._module, "PERIOD", "month")
            typed_period = typed.pop("period"), typed.pop("since"), typed.pop("until")
            given["period"] = period_of(session, typed_period, kind, only=False)
        for name, value in typed.items():
            given[name] = session.name_of(name, value) if name in NAMES else value
        if "newest" in taken:
            given["newest"] = NEWEST
        session.show(session.call(self.function, **given))


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


def named() -> Iterator[Named]:
    """The reports that are offered by name, in the order of their names."""
    for path in sorted(REPORTS.glob("*.py")):
        about = groups.summary(path)
        if " | " in about:
            yield Named(path, about)


for _each in named():
    app.command(_each.__name__.rstrip("_").replace("_", "-"), help=_each.__doc__)(reading(_each))
