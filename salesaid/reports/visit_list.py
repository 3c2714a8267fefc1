"""Visits and calls: a row each, newest first, with what is still to be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from salesaid.balances.visit_log import FollowUp, Visit, VisitLog
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER
from salesaid.core.kinds import DATE, DAYS, NUMBER_NO, QTY, TEXT, Choice
from salesaid.core.tables import Field, Table, more
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.core.words import understood_note, word_meant
from salesaid.ledgers import visits

FOLLOW_UP = Choice(
    {
        "to_return": Text("待回复", "to return"),
        "to_follow": Text("待跟进", "to follow"),
        "returned": Text("已回复", "returned"),
        "followed": Text("已跟进", "followed"),
    }
)
FIELDS = (
    Field("visit_no", Text("拜访单号", "Visit"), NUMBER_NO, key=True),
    Field("date", Text("日期", "Date"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("contact", Text("联系人", "Contact"), TEXT),
    Field("phone", Text("电话", "Phone"), TEXT),
    Field("kind", Text("方式", "Kind"), visits.LEDGER.column("kind").kind),
    Field("direction", Text("方向", "Direction"), visits.LEDGER.column("direction").kind),
    Field("count", Text("次数", "Count"), QTY),
    Field("subject", Text("内容", "Subject"), TEXT),
    Field("result", Text("结果", "Result"), TEXT),
    Field("next_date", Text("下次跟进", "Next"), DATE),
    Field("follow_up", Text("跟进", "Follow-up"), FOLLOW_UP),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
    Field("basis", Text("依据", "Basis"), visits.LEDGER.column("basis").kind),
)
_SALESPERSON = Text("业务员", "salesperson")


def visit_list(
    visit_log: VisitLog, today: date, *, customer: str | None = None, salesperson: str | None = None,
    only_open: bool = False, only_late: bool = False, since: date | None = None, until: date | None = None,
    limit: int | None = None,
) -> Table:  # fmt: skip
    """The visits that fit, newest first; `count` is summed over all that fit. `salesperson` as typed.

    Raises UnknownWord, AmbiguousWord.
    """
    by = (
        None
        if salesperson is None
        else word_meant(salesperson, (each.salesperson for each in visit_log.all), _SALESPERSON)
    )
    asked = {each.visit.row: each for each in visit_log.asked}
    found = [
        visit
        for visit in visit_log.all
        if (customer is None or visit.customer == customer)
        and (by is None or folded(visit.salesperson) == folded(by))
        and (since is None or visit.day >= since)
        and (until is None or visit.day <= until)
        and (not only_open or _is_open(asked, visit))
        and (not only_late or _days_late(asked, visit, today) is not None)
    ]
    found.reverse()
    rows = [_row(visit, asked.get(visit.row), today) for visit in found[:limit]]
    totals = {"count": money.total(visit.times for visit in found)}
    notes = (*understood_note(salesperson, by), *more(len(found), limit))
    return Table(Text("拜访和来电", "Visits and calls"), FIELDS, rows, totals, notes)


def _is_open(asked: Mapping[int, FollowUp], visit: Visit) -> bool:
    each = asked.get(visit.row)
    return each is not None and each.done_by is None


def _days_late(asked: Mapping[int, FollowUp], visit: Visit, today: date) -> int | None:
    each = asked.get(visit.row)
    return None if each is None else each.days_late(today)


def _row(visit: Visit, asked: FollowUp | None, today: date) -> tuple[object, ...]:
    late = None if asked is None else asked.days_late(today)
    return (
        visit.visit_no, visit.day, visit.customer or None, visit.contact or None, visit.phone or None, visit.kind,
        visit.direction, visit.times, visit.subject or None, visit.result or None, visit.next_date,
        None if asked is None else _state(asked), None if late is None else Decimal(late), visit.salesperson or None,
        "estimated" if visit.is_estimated else "recorded",
    )  # fmt: skip


def _state(asked: FollowUp) -> str:
    if asked.visit.asks == "call":
        return "to_return" if asked.done_by is None else "returned"
    return "to_follow" if asked.done_by is None else "followed"
