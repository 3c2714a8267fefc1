"""Calls to return, and customers with whom to be in touch again: today, or before today and nobody was."""

from __future__ import annotations

from datetime import date

from salesaid.balances.owners import Owners
from salesaid.balances.parties import Parties
from salesaid.balances.short_forms import short_forms
from salesaid.balances.visit_log import Visit, VisitLog
from salesaid.core.blanks import CUSTOMER
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.pasted import command
from salesaid.core.rows import Rows
from salesaid.core.text import Text, same
from salesaid.settings import Settings

_ANSWER = {
    "phone": Text("回电", "call back"),
    "qq": Text("回 QQ", "answer on QQ"),
    "wechat": Text("回微信", "answer on WeChat"),
    "fax": Text("回传真", "answer the fax of"),
    "email": Text("回邮件", "answer the mail of"),
}
_FOLLOW = Text("跟进", "be in touch with")


def to_contact(
    visit_log: VisitLog, customer_names: Parties, owners: Owners, visits: Rows, settings: Settings, today: date
) -> list[Duty]:
    """A duty for each thing that a visit asks for and nobody has done."""
    due = [each for each in visit_log.open if each.visit.due <= today]
    if not due:
        return []
    short = short_forms(visit_log.numbers, visits, settings, today)
    return most_urgent_first(
        [_duty(each.visit, short.of(each.visit.visit_no), customer_names, owners, today) for each in due]
    )


def _duty(visit: Visit, no: str, names: Parties, owners: Owners, today: date) -> Duty:
    card = names.party(visit.customer).card if visit.customer else {}
    reached = visit.contact or str(card.get("contact") or ""), visit.phone or str(card.get("phone") or "")
    return Duty(
        "call", what_it_asks(visit, *reached), same(command("visit", "add", "--reply", no)), (today - visit.due).days,
        visit.due, visit.visit_no, visit.customer,
        owners=(visit.salesperson,) if visit.salesperson else owners.of_customer(visit.customer),
    )  # fmt: skip


def what_it_asks(visit: Visit, contact: str, phone: str) -> Text:
    """What is to be done, whom to ask for and what it is about."""
    verb, about = _ANSWER[visit.kind] if visit.asks == "call" else _FOLLOW, visit.subject.strip()
    who = " ".join(text for text in (visit.customer, contact.strip(), phone.strip()) if text)
    whom = Text(*(f"{word} {who or blank}" for word, blank in zip(verb, CUSTOMER.blank, strict=True)))
    return whom + (Text(f"：{about}", f": {about}") if about else same(""))
