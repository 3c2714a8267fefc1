"""拜访统计：每人每月次数、客户、方式、每个工作日几次、跟进。 | Visits by person and month, by kind, per working day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from salesaid.balances.visit_log import FollowUp, Visit, VisitLog
from salesaid.balances.working_days import WorkingDays
from salesaid.core.blanks import Named
from salesaid.core.kinds import DAYS, QTY, RATE, TEXT, Choice
from salesaid.core.money import rounded
from salesaid.core.periods import Period, PeriodKind, month_name, months_of
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import Chart, Field, Note, Table
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.core.words import understood_note, word_meant
from salesaid.ledgers.visits import LEDGER

PERIOD: PeriodKind = "year"

_KIND = LEDGER.column("kind").kind
KINDS: Mapping[str, Text] = _KIND.words if isinstance(_KIND, Choice) else {}
FIELDS = (
    Field("salesperson", Text("业务员", "Salesperson"), Named(Text("(无业务员)", "(no salesperson)")), key=True),
    Field("month", Text("月份", "Month"), TEXT, key=True),
    Field("visits", Text("次数", "Visits"), QTY),
    Field("recorded", Text("有记录", "Recorded"), QTY),
    Field("estimated", Text("估计", "Estimated"), QTY),
    Field("customers", Text("客户数", "Customers"), QTY),
    *(Field(id_, Text(word.zh, f"{word.en[0].upper()}{word.en[1:]}"), QTY) for id_, word in KINDS.items()),
    Field("out", Text("去", "Out"), QTY),
    Field("in", Text("来", "In"), QTY),
    Field("working_days", Text("工作日", "Working days"), DAYS),
    Field("per_day", Text("每日有记录", "Recorded per day"), QTY),
    Field("per_day_estimated", Text("每日含估计", "Per day with estimates"), QTY),
    Field("follow_ups", Text("应跟进", "Follow-ups due"), QTY),
    Field("kept", Text("按时跟进", "In time"), QTY),
    Field("kept_rate", Text("按时率", "Rate"), RATE),
)
_SALESPERSON = Text("业务员", "salesperson")
_Item = TypeVar("_Item")


class _Part(NamedTuple):
    """What one person did in one month, or all of them in the period; `days` are working days, a person each."""

    visits: Sequence[Visit]
    follow_ups: Sequence[FollowUp]
    days: int


def visits(
    visit_log: VisitLog, customers: Rows, working_days: WorkingDays, today: date, *, period: Period,
    salesperson: str | None = None,
) -> Table:  # fmt: skip
    """A row a person and month up to today, also of who has customers and saw nobody.

    `visits` = recorded + estimated = the sum of the kinds = out + in. Per day is what was recorded, and all, by a
    person on a working day. A follow-up is of the month in which it is due, calls to be returned among them. Raises
    UnknownWord, AmbiguousWord.
    """
    own = {name.strip() for name, status in customers.pick("salesperson", "status") if status != "lost"} - {""}
    people = own | {visit.salesperson for visit in visit_log.all if period.holds(visit.day)}
    people |= {each.visit.salesperson for each in _judged(visit_log, today) if period.holds(each.visit.due)}
    by = None if salesperson is None else word_meant(salesperson, people, _SALESPERSON)
    if by is not None:
        people = {name for name in people if folded(name) == folded(by)}
    days = {span: working_days.count(span.first, span.last) for span in _months(visit_log, period, today)}
    seen = _by_month(((visit.salesperson, visit.day, visit) for visit in visit_log.all), days)
    asked = _by_month(((each.visit.salesperson, each.visit.due, each) for each in _judged(visit_log, today)), days)
    parts = {
        (name, span): _Part(seen.get((name, span), ()), asked.get((name, span), ()), count)
        for name in sorted(people)
        for span, count in days.items()
    }
    rows = [(name or None, month_name(span), *_figures(part)) for (name, span), part in parts.items()]
    whole = _together(parts.values())
    totals = dict(zip((field.name for field in FIELDS[2:]), _figures(whole), strict=True))
    title = Text("拜访统计：", "Visits: ") + period.title
    chart = Chart("bars", "salesperson", ("recorded", "estimated")) if len(days) == 1 else None
    notes = (*understood_note(salesperson, by), *_notes(whole), *working_days.notes(period.first, period.last))
    return Table(title, FIELDS, rows, totals, notes, chart=chart)


def _months(log: VisitLog, period: Period, today: date) -> list[Period]:
    """The months of a period, or their days of it, from that of the first visit of all up to today."""
    began = min((visit.day for visit in log.all), default=today)
    return [
        month._replace(first=max(month.first, period.first), last=min(month.last, period.last, today))
        for month in months_of(period)
        if month.first <= today and month.last >= began
    ]


def _judged(log: VisitLog, today: date) -> list[FollowUp]:
    """What visits asked for by now: what is due today counts only once it is done."""
    return [each for each in log.asked if each.visit.due < today or (each.done_by and each.visit.due == today)]


def _by_month(
    dated: Iterable[tuple[str, date, _Item]], months: Iterable[Period]
) -> dict[tuple[str, Period], list[_Item]]:
    """Things by person and the month that holds their day; those of other days are left out."""
    spans = list(months)
    firsts = [span.first for span in spans]
    found: dict[tuple[str, Period], list[_Item]] = {}
    for name, day, item in dated:
        at = bisect_right(firsts, day) - 1
        if at >= 0 and day <= spans[at].last:
            found.setdefault((name, spans[at]), []).append(item)
    return found


def _together(parts: Iterable[_Part]) -> _Part:
    every = list(parts)
    return _Part(
        [visit for part in every for visit in part.visits],
        [each for part in every for each in part.follow_ups],
        sum(part.days for part in every),
    )


def _figures(part: _Part) -> tuple[Decimal | None, ...]:
    """The figures from `visits` on."""
    recorded = _count(visit for visit in part.visits if not visit.is_estimated)
    every = _count(part.visits)
    kinds = (_count(visit for visit in part.visits if visit.kind == kind) for kind in KINDS)
    ways = (_count(visit for visit in part.visits if visit.direction == way) for way in ("out", "in"))
    asked, kept = Decimal(len(part.follow_ups)), Decimal(sum(each.is_kept for each in part.follow_ups))
    return (
        every, recorded, every - recorded, Decimal(len({visit.customer for visit in part.visits} - {""})), *kinds,
        *ways, Decimal(part.days), _share(recorded, part.days, 2), _share(every, part.days, 2), asked, kept,
        _share(kept, len(part.follow_ups), 4),
    )  # fmt: skip


def _count(seen: Iterable[Visit]) -> Decimal:
    return sum((visit.times for visit in seen), ZERO)


def _share(figure: Decimal, whole: int, decimals: int) -> Decimal | None:
    return rounded(figure / whole, decimals) if whole else None


def _notes(whole: _Part) -> tuple[Note, ...]:
    estimated = QTY.format(_count(visit for visit in whole.visits if visit.is_estimated))
    if estimated == "0":
        return ()
    text = Text(
        f"其中 {estimated} 次是估计的，没有逐次记录",
        f"{estimated} of them are estimated: nobody wrote down which they were",
    )
    return (Note("estimated", "info", text),)
