"""Visits and calls are written down, and calls that came in answered (DOMAIN.md 1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.named_visit import OtherCustomersVisit, the_visit
from salesaid.balances.new_rows import before_document, due_passed, later_date
from salesaid.balances.parties import Parties, Party
from salesaid.balances.typed import known_party
from salesaid.balances.visit_log import ONCE, FollowUp, Visit, VisitLog, is_answer, is_to_return, reply_note
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY, Choice
from salesaid.core.tables import NAMED, Note
from salesaid.core.text import Lang, Text, joined, same
from salesaid.core.words import is_me
from salesaid.ledgers.visits import LEDGER
from salesaid.settings import Settings

_TYPED = ("kind", "direction", "contact", "phone", "subject", "result", "next_date", "salesperson", "note")
_CHOICES = {name: kind for name in ("kind", "direction") if isinstance(kind := LEDGER.column(name).kind, Choice)}


class Nobody(Refused):
    """It is not said whom a visit was to, nor who called."""

    def __init__(self) -> None:
        super().__init__(
            Text("没有写是哪个客户", "no customer is named"),
            Text(
                "写在命令后面或用 -c；还不知道单位的，写 --contact 或 --phone",
                "write one behind the command or with -c; --contact or --phone will do for a stranger",
            ),
        )


class BadCount(Refused):
    """Visits are counted in whole numbers."""

    def __init__(self, count: Decimal) -> None:
        super().__init__(
            Text(f"次数不能是 {QTY.format(count)}", f"the count cannot be {QTY.format(count)}"),
            Text("写大于零的整数，如 --count 20", "write a whole number above zero, such as --count 20"),
        )


class OnlyEstimated(Refused):
    """What was only estimated answers no call and promises no day."""

    def __init__(self, option: str) -> None:
        super().__init__(
            Text(f"估计的次数（--estimated）不能加 {option}", f"estimated visits (--estimated) take no {option}"),
            Text("有记录的那一次，另记一行", "write the visit that was recorded in a row of its own"),
        )


class Asked(NamedTuple):
    """What was typed of a visit; None and "" where nothing was. `kind` and `direction` are ids."""

    day: date
    kind: str | None = None
    direction: str | None = None
    contact: str = ""
    phone: str = ""
    subject: str = ""
    result: str = ""
    next_date: date | None = None
    salesperson: str = ""
    note: str = ""
    times: Decimal | None = None
    is_estimated: bool = False


def add(
    customer_names: Parties, visit_log: VisitLog, settings: Settings, lang: Lang, user: str, today: date, *,
    customer: str, asked: Asked, reply: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """A visit or a call; with `reply` the one that answers that call, of its customer and in its way."""
    _require_whole(asked)
    call = _replied_to(reply, visit_log, settings, today) if reply else None
    who, notes, entries = _whom(customer, call, asked, customer_names, new=new)
    row = _row(asked, call, who, user)
    given = _given(asked, customer)
    if call is not None:
        row["note"] = reply_note(call.visit_no, asked.note).in_(settings.language or lang)
        given |= set() if who.id else {"note"}
        notes += before_document(call.visit_no, call.day, asked.day)
    number = NewNumber("visits", asked.day)
    new_ones = [_prospect(entry, row) for entry in entries]
    notes += [*due_passed(asked.next_date, asked.day), *later_date(asked.day, today)]
    notes += _done(visit_log, call, who.id, asked, row) if asked.day <= today else []
    entry = Entry("visits", {"visit_no": number, **row}, frozenset(given))
    return Decision(_said(row, who), (*new_ones, entry), no=number, notes=tuple(notes))


def _require_whole(asked: Asked) -> None:
    """Raises BadCount, OnlyEstimated."""
    count = asked.times
    if count is not None and (count <= 0 or count != count.to_integral_value()):
        raise BadCount(count)
    if asked.is_estimated and asked.next_date:
        raise OnlyEstimated("--next")


def _replied_to(typed: str, log: VisitLog, settings: Settings, today: date) -> Visit:
    """The visit that is replied to: of several rows under its number the last. Raises UnknownNumber."""
    return log.of(the_visit(typed, log, settings, today))[-1]


def _whom(
    customer: str, call: Visit | None, asked: Asked, names: Parties, *, new: bool
) -> tuple[Party, list[Note], Sequence[Entry]]:
    """The customer that was named, else that of the call. Raises Nobody, OtherCustomersVisit, OnlyEstimated."""
    if call is not None and asked.is_estimated:
        raise OnlyEstimated("--reply")
    if not customer.strip():
        own = call.customer if call is not None else ""
        if not own and call is None and not (asked.is_estimated or asked.contact or asked.phone):
            raise Nobody
        return (names.party(own) if own else Party("", "", {})), [], ()
    found = known_party(customer, names, new=new)
    if call is not None and call.customer and call.customer != found.party.id:
        raise OtherCustomersVisit(call.visit_no, call.customer, found.party.id)
    return found.party, [*found.notes], found.entries


def _row(asked: Asked, call: Visit | None, who: Party, user: str) -> dict[str, Value]:
    direction = asked.direction or "out"
    kind = "phone" if direction == "in" else "visit"
    by = user if is_me(asked.salesperson) else asked.salesperson
    own = str(who.card.get("salesperson") or "").strip()
    row: dict[str, Value] = {
        "date": asked.day, "customer": who.written, "contact": asked.contact, "phone": asked.phone,
        "kind": asked.kind or kind, "direction": direction, "count": asked.times or ONCE, "subject": asked.subject,
        "result": asked.result, "next_date": asked.next_date, "salesperson": by or own,
        "basis": "estimated" if asked.is_estimated else "recorded", "note": asked.note,
    }  # fmt: skip
    if call is not None:
        row["kind"] = asked.kind or call.kind
        row["salesperson"] = by or call.salesperson or own
        row |= {name: row[name] or getattr(call, name) for name in ("contact", "phone", "subject")}
    return row


def _given(asked: Asked, customer: str) -> set[str]:
    """The columns that the file has to have: without them the row would say something else."""
    typed = {name for name, value in zip(asked._fields, asked, strict=True) if value} & set(_TYPED)
    also = {"count": asked.times, "basis": asked.is_estimated, "customer": customer.strip()}
    return typed | {name for name, value in also.items() if value}


def _prospect(entry: Entry, row: dict[str, Value]) -> Entry:
    """A customer that is new is one who may become one, with what the visit says of him."""
    known = {name: row[name] for name in ("contact", "phone", "salesperson") if row[name]}
    return entry._replace(row={**entry.row, **known, "status": "prospect"})


def _done(log: VisitLog, call: Visit | None, customer: str, asked: Asked, row: dict[str, Value]) -> list[Note]:
    """What is done by this visit, and what it asks for itself."""
    direction, kind = str(row["direction"]), str(row["kind"])
    answers = is_answer(direction, asked.result)
    done = [each for each in log.about(customer).open if _is_done(each, call, customer, asked.day, answers=answers)]
    notes = [] if asked.is_estimated or not done else [_done_note(done)]
    if is_to_return(direction, kind, asked.result) and not asked.is_estimated:
        text = Text(
            "没有写结果：会列在今日必办里待回复；当时已经答复的，用 --result 写明",
            "no result: today lists it to be answered; where it was answered at once, say so with --result",
        )
        notes.append(Note("to_return", "info", text))
    return notes


def _is_done(each: FollowUp, call: Visit | None, customer: str, day: date, *, answers: bool) -> bool:
    visit = each.visit
    if visit.day > day:
        return False
    if call is not None and visit.visit_no == call.visit_no:
        return True
    return bool(customer) and visit.customer == customer and (answers or visit.asks == "follow")


def _done_note(done: Sequence[FollowUp]) -> Note:
    listed = [
        same(each.visit.visit_no) + (f" {each.visit.subject.strip()}" if each.visit.subject.strip() else "")
        for each in done[:NAMED]
    ]
    more = Text(f" 等 {len(done)} 件", f" and {len(done) - NAMED} more") if len(done) > NAMED else Text("", "")
    return Note("done", "info", Text("了结：", "done by this: ") + joined(listed) + more)


def _said(row: dict[str, Value], who: Party) -> Text:
    words = [choice.words[str(row[name])] for name, choice in _CHOICES.items()]
    count, next_date = QTY.format(row["count"]), row["next_date"]
    said = same("{no}" + (f" · {who.id}" if who.id else ""))
    said += Text(f" · {words[0].zh}（{words[1].zh}）", f" · {words[0].en} ({words[1].en})")
    if row["count"] != ONCE:
        said += Text(f" · {count} 次", f" · {count} times")
    if row["basis"] == "estimated":
        said += Text(" · 估计", " · estimated")
    if next_date:
        said += Text(f" · 下次 {next_date}", f" · next {next_date}")
    return Text("已记 ", "noted ") + said
