"""业务员业绩：订单、销售、退货、回款、毛利、目标和进度。 | Salespeople: orders, sales, receipts, margin, targets."""

from __future__ import annotations

from datetime import date

from salesaid.balances.goals import Goals
from salesaid.balances.working_days import WorkingDays, pace
from salesaid.core.periods import Period
from salesaid.core.rows import Rows
from salesaid.core.tables import Chart, Table, more
from salesaid.core.text import Text
from salesaid.frames.figure_tables import SALESPERSON, Against, Named, figure_table, layout
from salesaid.frames.measured import Measured, months_wholly_in, with_zeros

TOP = 12  # bars that a chart has room for
_TITLE = Text("业务员业绩", "Salespeople")


def salespeople(
    measured: Measured, goals: Goals, customers: Rows, working_days: WorkingDays, today: date, *,
    period: Period, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """A row a salesperson, also of those who sold nothing: whoever ever sold, has customers or a target."""
    people = {name.strip() for name, status in customers.pick("salesperson", "status") if status != "lost"} - {""}
    people |= measured.names("salesperson").union(goals.people)
    groups = with_zeros(measured.figures(period, ("salesperson",)), ((name,) for name in people))
    months, passed = months_wholly_in(period), pace(working_days, period, today) if any(goals) else None
    house = Against(goals.of(months), passed)

    def name(key: tuple[str, ...]) -> Named:
        return Named((key[0] or None,), Against(goals.of(months, key[0]) if key[0] else None, passed))

    notes = (
        *more(len(groups), limit),
        *(working_days.notes(period.first, period.last) if passed and passed.days > 1 else ()),
    )
    return figure_table(
        _TITLE + Text("：", ": ") + period.title, (SALESPERSON,), groups, measured.total(period),
        layout(measured, period), name, house=house, notes=notes,
        chart=Chart("bars", "salesperson", ("net", "target"), top=TOP), limit=limit, newest=newest,
    )  # fmt: skip
