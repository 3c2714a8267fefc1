"""返修工厂周转：送去、修回、还在厂的数量和天数。 | Repair factories: sent, back, still there, and their days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from salesaid.balances.repair_days import limit_of, median
from salesaid.balances.repair_lines import RepairLine, RepairLines
from salesaid.core.blanks import Named
from salesaid.core.kinds import DAYS, NUMBER_NO, QTY
from salesaid.core.money import rounded
from salesaid.core.rows import ZERO
from salesaid.core.tables import Chart, Field, Note, Table
from salesaid.core.text import Text
from salesaid.settings import Settings

FIELDS = (
    Field("factory", Text("工厂", "Factory"), Named(Text("(未写工厂)", "(no factory)")), key=True),
    Field("sent", Text("送修", "Sent"), QTY),
    Field("back", Text("修回", "Back"), QTY),
    Field("open", Text("在厂", "Still there"), QTY),
    Field("stays", Text("次数", "Times"), QTY),
    Field("mean_days", Text("平均天数", "Mean days"), QTY),
    Field("median_days", Text("中位天数", "Median days"), QTY),
    Field("longest_days", Text("最长天数", "Longest"), DAYS),
    Field("longest_no", Text("最长的单", "Longest return"), NUMBER_NO),
    Field("overdue", Text("超期数量", "Overdue"), QTY),
)
_SUMMED = ("sent", "back", "open", "overdue")


class _Factory:
    """What went to one factory while it is being added up; `days` are (days, return) of each stay."""

    def __init__(self) -> None:
        self.sent = self.back = self.open = self.overdue = ZERO
        self.days: list[tuple[int, str]] = []


def factory_turnaround(repair_lines: RepairLines, settings: Settings, today: date) -> Table:
    """A row a factory, whoever takes longest first.

    Days are of stays: each time that goods of a line went there, in part or whole; one that goes on counts up to
    today. Quantities in other units than their product's are in no sum.
    """
    found: dict[str, _Factory] = {}
    most = limit_of("at_factory", settings)
    for line in repair_lines.all:
        _count_goods(line, found)
        _count_days(line, found, today, most)
    rows = [_row(name, each) for name, each in found.items()]
    rows.sort(key=lambda row: (-_days(row[6]), str(row[0] or "")))
    totals = {name: sum((getattr(each, name) for each in found.values()), ZERO) for name in _SUMMED}
    notes = (*_limit(most), *repair_lines.odd(repair_lines.all))
    chart = Chart("bars", "factory", ("median_days", "longest_days"))
    return Table(Text("返修工厂周转", "Factory turnaround"), FIELDS, rows, totals, notes, chart=chart)


def _count_goods(line: RepairLine, found: dict[str, _Factory]) -> None:
    """Add what was sent and came back; a row that names no factory means the one of the row before it."""
    last = ""
    for step in line.steps:
        row = step.row
        if row.action in {"send", "back"}:
            last = row.factory or last
            each = found.setdefault(last, _Factory())
            if line.is_apart:
                continue
            if row.action == "send":
                each.sent += row.qty
            else:
                each.back += row.qty


def _count_days(line: RepairLine, found: dict[str, _Factory], today: date, most: int | None) -> None:
    for stay in line.stays:
        if stay.stage == "at_factory":
            days = max((stay.until - stay.since).days, 0)
            found.setdefault(stay.factory, _Factory()).days.append((days, line.return_no))
    for lot in line.lots:
        if lot.stage == "at_factory" and lot.qty > 0:
            each, days = found.setdefault(lot.factory, _Factory()), (today - lot.since).days
            each.days.append((days, line.return_no))
            if not line.is_apart:
                each.open += lot.qty
                each.overdue += lot.qty if most is not None and days > most else ZERO


def _row(name: str, each: _Factory) -> tuple[object, ...]:
    days = sorted(days for days, _ in each.days)
    longest = min(each.days, key=lambda stay: (-stay[0], stay[1]), default=None)
    mean = rounded(Decimal(sum(days)) / len(days), 1) if days else None
    return (
        name or None, each.sent, each.back, each.open, Decimal(len(days)), mean, median(days) if days else None,
        None if longest is None else Decimal(longest[0]), None if longest is None else longest[1], each.overdue,
    )  # fmt: skip


def _days(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(-1)


def _limit(most: int | None) -> Iterable[Note]:
    text = Text(f"超期：在厂超过 {most} 天", f"overdue: more than {most} days at the factory")
    return () if most is None else (Note("limit", "info", text),)
