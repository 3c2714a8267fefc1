"""类别销售：每类产品的销售、退货、毛利、目标和进度。 | Categories: sales, returns, margin, targets and pace."""

from __future__ import annotations

from datetime import date

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.goals import Goals
from salesaid.balances.working_days import WorkingDays, pace
from salesaid.core.periods import Period
from salesaid.core.tables import Chart, Table, more
from salesaid.core.text import Text
from salesaid.frames.figure_tables import CATEGORY, Against, Named, figure_table, layout
from salesaid.frames.measured import Measured, months_wholly_in, with_zeros

TOP = 12  # bars that a chart has room for
_TITLE = Text("类别销售", "Categories")


def categories(
    measured: Measured, catalogue: Catalogue, goals: Goals, working_days: WorkingDays, today: date, *,
    period: Period, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """A row a category of products, also of those that nobody bought from."""
    known = {each.category for each in catalogue.registered.values() if each.status != "discontinued"} - {"", None}
    known |= measured.names("category").union(goals.categories)
    groups = with_zeros(measured.figures(period, ("category",)), ((str(name),) for name in known))
    total = measured.total(period)._replace(received=0)
    months, passed = months_wholly_in(period), pace(working_days, period, today) if any(goals) else None

    def name(key: tuple[str, ...]) -> Named:
        return Named((key[0] or None,), Against(goals.of(months, "", key[0]) if key[0] else None, passed))

    notes = (
        *more(len(groups), limit),
        *(working_days.notes(period.first, period.last) if passed and passed.days > 1 else ()),
    )
    return figure_table(
        _TITLE + Text("：", ": ") + period.title, (CATEGORY,), groups, total, layout(measured, period, of_money=False),
        name, house=Against(goals.of(months), passed), notes=notes, chart=Chart("bars", "category", ("net",), top=TOP),
        limit=limit, newest=newest,
    )  # fmt: skip
