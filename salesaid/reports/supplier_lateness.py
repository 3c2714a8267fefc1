"""供应商准时：准时率、平均晚几天、实际周期。 | Suppliers: how much came on time, how late, how long they take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.incoming import Incoming
from salesaid.balances.next_lot import usual_days
from salesaid.balances.parties import Parties
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.core.blanks import SUPPLIER
from salesaid.core.kinds import DAYS, QTY, RATE
from salesaid.core.money import rounded
from salesaid.core.tables import Chart, Field, Note, Table
from salesaid.core.text import Text

FIELDS = (
    Field("supplier", Text("供应商", "Supplier"), SUPPLIER, key=True),
    Field("lines", Text("采购行数", "Lines"), QTY),
    Field("judged", Text("可判行数", "Judged"), QTY),
    Field("on_time_first", Text("准时率(最初交期)", "On time, first promise"), RATE),
    Field("mean_late_first", Text("平均晚(最初)", "Mean days late, first"), QTY),
    Field("on_time_last", Text("准时率(最后交期)", "On time, last promise"), RATE),
    Field("mean_late_last", Text("平均晚(最后)", "Mean days late, last"), QTY),
    Field("worst_late", Text("最久", "Worst"), DAYS),
    Field("open", Text("未到行数", "Open"), QTY),
    Field("open_late", Text("其中已晚", "Open and late"), QTY),
    Field("lead_days", Text("实际周期(中位)", "Lead days (median)"), DAYS),
    Field("purchases", Text("到齐次数", "Purchases in whole"), QTY),
)
_FIRST = tuple(field.name for field in FIELDS).index("mean_late_first")
_Taken = Mapping[str, Mapping[int, int]]


def supplier_lateness(purchase_lines: PurchaseLines, supplier_names: Parties, incoming: Incoming, today: date) -> Table:
    """A row a supplier, whoever is latest against the first promise first; those without a purchase last.

    A line is judged once it came, or is overdue; one without a promise never is. What came early was 0 days late.
    `lead_days` are from the order until all of a purchase was in.
    """
    lines = [line for line in purchase_lines.all if line.is_ordered]
    own: dict[str, list[PurchaseLine]] = {party.id: [] for party in supplier_names.registered.values()}
    for line in lines:
        own.setdefault(line.supplier, []).append(line)
    taken = incoming.days_taken()
    rows = [_row(name, found, taken, today) for name, found in own.items()]
    rows.sort(key=lambda row: (not row[1], -_days(row[_FIRST]), str(row[0] or "")))
    totals = dict(zip((field.name for field in FIELDS[1:10]), _figures(lines, today), strict=True))
    notes = (Note("judged", "info", _JUDGED),)
    chart = Chart("bars", "supplier", ("mean_late_first", "mean_late_last"))
    return Table(Text("供应商准时", "Supplier lateness"), FIELDS, rows, totals, notes, chart=chart)


_JUDGED = Text(
    "可判：已到货，或未到而已过交期；提前到算晚 0 天",
    "judged: what came, or is open and overdue; what came early was 0 days late",
)


def _row(name: str, lines: Sequence[PurchaseLine], taken: _Taken, today: date) -> tuple[object, ...]:
    usual = usual_days(taken, name)
    lead = (None, Decimal(0)) if usual is None else (Decimal(usual.days), Decimal(usual.times))
    return (name or None, *_figures(lines, today), *lead)


def _figures(lines: Sequence[PurchaseLine], today: date) -> tuple[Decimal | None, ...]:
    """The figures from `lines` to `open_late`."""
    first = [days for line in lines if (days := line.days_behind(line.first_due, today)) is not None]
    last = [days for line in lines if (days := line.days_behind(line.due, today)) is not None]
    judged = [line for line in lines if line.days_behind(line.first_due, today) is not None]
    worst = max([*first, *last], default=None)
    late = [line for line in lines if line.days_late(today) is not None]
    return (
        Decimal(len(lines)), Decimal(len(judged)), _on_time(first), _mean(first), _on_time(last), _mean(last),
        None if worst is None else Decimal(worst), Decimal(sum(line.open > 0 for line in lines)), Decimal(len(late)),
    )  # fmt: skip


def _on_time(days: Sequence[int]) -> Decimal | None:
    return rounded(Decimal(days.count(0)) / len(days), 4) if days else None


def _mean(days: Sequence[int]) -> Decimal | None:
    return rounded(Decimal(sum(days)) / len(days), 1) if days else None


def _days(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(-1)
