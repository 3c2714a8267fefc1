"""Visits and calls as they stand, and what each asks for: a call to be returned, a day to be in touch again.

A row whose note says that it is void takes back all rows of its number. What is asked for is answered by a later
contact with the same customer, or by one that names it as what it replies to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.balances.parties import Parties
from salesaid.balances.red_letters import is_void
from salesaid.balances.row_numbers import number_of
from salesaid.core.rows import Rows
from salesaid.core.text import Text, same
from salesaid.core.width import folded

Asks = Literal["call", "follow"]

REPLY = Text("回复 ", "reply to ")
END_OF_NUMBER = Text("；", "; ")
ONCE = Decimal(1)

_REPLY = r"(?:回复|reply to)\s*([^；;]+)"
_COLUMNS = (
    "row", "visit_no", "date", "customer", "contact", "phone", "kind", "direction", "count", "subject", "result",
    "next_date", "salesperson", "basis", "note",
)  # fmt: skip
_HEADS = ("row", "visit_no", "date", "note")


class Visit(NamedTuple):
    """One row: `customer` as names fold, `kind` and `direction` also where the row leaves them blank.

    `replies_to` is the number that its note names, as `folded` has it; "" where it names none.
    """

    row: int
    visit_no: str
    day: date
    customer: str
    contact: str
    phone: str
    kind: str
    direction: str
    times: Decimal
    subject: str
    result: str
    next_date: date | None
    salesperson: str
    is_estimated: bool
    note: str
    replies_to: str
    own_number: str  # "" of a row that has none: `visit_no` is then where it stands

    @property
    def subject_aside(self) -> Text:
        """What it was about, in brackets behind a sentence; blank where nobody wrote that down."""
        subject = self.subject.strip()
        return Text(f"（{subject}）", f" ({subject})") if subject else same("")

    @property
    def asks(self) -> Asks | None:
        """What is to be done: a call that came in and was not answered, or a day to be in touch again."""
        if self.is_estimated:
            return None
        if is_to_return(self.direction, self.kind, self.result):
            return "call"
        return None if self.next_date is None else "follow"

    @property
    def due(self) -> date:
        """The day by which what it asks for is to be done; a call is returned on the day that it came."""
        return self.next_date or self.day

    @property
    def answers(self) -> bool:
        """Whether it returns earlier calls."""
        return is_answer(self.direction, self.result)


class FollowUp(NamedTuple):
    """What a visit asks for, and the visit that did it; None where nobody has yet."""

    visit: Visit
    done_by: Visit | None

    @property
    def is_kept(self) -> bool:
        """Whether it was done by its day."""
        return self.done_by is not None and self.done_by.day <= self.visit.due

    def days_late(self, today: date) -> int | None:
        """Days since it was to be done; None where it is done or not late."""
        return (today - self.visit.due).days if self.done_by is None and self.visit.due < today else None


def is_to_return(direction: str, kind: str, result: str) -> bool:
    """Whether it is a call that came in and was not answered at once."""
    return direction == "in" and kind != "visit" and not result.strip()


def is_answer(direction: str, result: str) -> bool:
    """Whether earlier calls are returned by it: we were in touch, or said in the same call what was asked."""
    return direction == "out" or bool(result.strip())


def visit_log(visits: Rows, customer_names: Parties) -> VisitLog:
    """All visits of the book."""
    return VisitLog(visits, customer_names)


class VisitLog:
    """The visits, worked out when first asked for; with `whose` only those of one customer, and replies."""

    def __init__(self, visits: Rows, customers: Parties, whose: str | None = None) -> None:
        self._visits = visits
        self._customers = customers
        self._whose = whose

    def about(self, customer: str) -> VisitLog:
        """The same for what is asked for by visits of one customer: the others need not be looked at."""
        return VisitLog(self._visits, self._customers, customer)

    @cached_property
    def all(self) -> list[Visit]:
        """The visits that are not void, by day and number; those without a number in file order."""
        return sorted(_standing(self._read()), key=_order)

    @cached_property
    def asked(self) -> list[FollowUp]:
        """All that visits ask for, done or not, in the order of the visits."""
        return list(reversed([*self._backwards()]))

    @cached_property
    def open(self) -> list[FollowUp]:
        """What is still to be done."""
        return [each for each in self.asked if each.done_by is None]

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers of the visits."""
        if "all" in self.__dict__:
            return list(dict.fromkeys(visit.visit_no for visit in self.all))
        return list(self._days_of(self._visits))

    def of(self, number: str) -> list[Visit]:
        """The visits of one number."""
        return sorted(_standing(self._read(number)), key=_order)

    def dated_later(self) -> dict[str, date]:
        """The numbers of visits that are not counted yet, with their days."""
        known = set(self.numbers)
        return {no: day for no, day in self._days_of(self._visits.until(None)).items() if no not in known}

    def _days_of(self, rows: Rows) -> dict[str, date]:
        """The numbers that are not void, each with the first of its days."""
        found = [(number_of(rows, row, no), day, note) for row, no, day, note in rows.pick(*_HEADS)]
        void = {no for no, _, note in found if note and is_void(note)}
        days: dict[str, date] = {}
        for no, day, _ in found:
            if no not in void:
                days.setdefault(no, day)
        return days

    def _read(self, number: str | None = None) -> Iterator[Visit]:
        rows, identify, whose = self._visits, self._customers.identify, self._whose
        for (
            row, no, day, customer, contact, phone, kind, direction, times, subject, result, next_date, salesperson,
            basis, note,
        ) in rows.pick(*_COLUMNS):  # fmt: skip
            who, replies_to = identify(customer), _replied_to(note) if note else ""
            if whose is not None and who != whose and not replies_to:
                continue
            visit_no = no or number_of(rows, row, no)
            if number is not None and visit_no != number:
                continue
            way = direction or "out"
            yield Visit(
                row, visit_no, day, who, contact.strip(), phone.strip(),
                kind or ("phone" if way == "in" else "visit"), way, ONCE if times is None else times, subject, result,
                next_date, salesperson.strip(), basis == "estimated", note, replies_to, no or "",
            )  # fmt: skip

    def _backwards(self) -> Iterator[FollowUp]:
        """What visits ask for, the last first: what comes after a visit is known when it is met."""
        every = self.all
        met: dict[Asks, dict[str, int]] = {"follow": {}, "call": {}}  # by customer, the next visit that does it
        replies: dict[str, int] = {}  # by number
        for at in range(len(every) - 1, -1, -1):
            visit = every[at]
            asks = visit.asks if visit.next_date is not None or visit.direction == "in" else None
            if asks is not None:
                found = (met[asks].get(visit.customer), replies.get(folded(visit.visit_no)) if replies else None)
                done_by = min((place for place in found if place is not None), default=None)
                yield FollowUp(visit, None if done_by is None else every[done_by])
            if visit.is_estimated:
                continue
            if visit.customer:
                met["follow"][visit.customer] = at
                if visit.answers:
                    met["call"][visit.customer] = at
            if visit.replies_to:
                replies[visit.replies_to] = at


def _order(visit: Visit) -> tuple[date, int, str, int]:
    """Where a visit stands among the others, wherever its row does: ...-002 before ...-010 before ...-1000."""
    return visit.day, len(visit.own_number), visit.own_number, visit.row


def _standing(visits: Iterator[Visit]) -> list[Visit]:
    found = list(visits)
    void = {visit.visit_no for visit in found if visit.note and is_void(visit.note)}
    return [visit for visit in found if visit.visit_no not in void] if void else found


def _replied_to(note: str) -> str:
    found = re.match(_REPLY, folded(note))
    return found[1].strip() if found else ""


def reply_note(number: str, note: str) -> Text:
    """The note by which a row says what it replies to, with what else is to be noted."""
    said = REPLY + number
    return said + END_OF_NUMBER + note if note else said
