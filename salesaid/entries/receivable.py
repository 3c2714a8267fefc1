"""Receivables: what was owed before the book began, and what customers dispute (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.new_rows import before_document
from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Receivables
from salesaid.balances.typed import AmbiguousNumber, UnknownNumber, known_party
from salesaid.core import money
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import MONEY
from salesaid.core.numbers import matches
from salesaid.core.rows import ZERO, Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.settings import Settings

DOCUMENT = Text("货单或订单", "shipment or order")


class NoSuchOpening(Refused):
    """What is owed from before is no amount above zero, to the cent."""

    def __init__(self, amount: Decimal) -> None:
        super().__init__(
            Text(
                f"期初欠款要大于零、最多两位小数，不能是 {amount:f}",
                f"what is owed from before is above zero, with two decimals at most: not {amount:f}",
            ),
            Text(
                "客户期初预付的，用 salesaid payment add 记收款",
                "for what a customer had paid ahead use salesaid payment add",
            ),
        )


class AlreadyDisputed(Refused):
    """The document is disputed already."""

    def __init__(self, number: str, why: str) -> None:
        super().__init__(
            Text(f"{number} 已在争议中：{why}", f"{number} is disputed already: {why}"),
            Text(f"谈妥了用 salesaid receivable settle {number}", f"once settled: salesaid receivable settle {number}"),
        )


class NotDisputed(Refused):
    """There is no dispute to be settled."""

    def __init__(self, number: str, open_: Iterable[str]) -> None:
        listed = list(open_)
        hint = Text("现在没有争议", "nothing is disputed now")
        if listed:
            hint = Text(f"争议中的：{'、'.join(listed)}", f"disputed: {', '.join(listed)}")
        super().__init__(Text(f"{number} 没有争议", f"{number} is not disputed"), hint)


def open_(
    receivables: Receivables, customer_names: Parties, *, customer: str, amount: Decimal, day: date,
    due: date | None = None, note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """What a customer owed before the book began. Raises NoSuchOpening."""
    if amount <= 0 or amount != money.rounded(amount, 2):
        raise NoSuchOpening(amount)
    who = known_party(customer, customer_names, new=new)
    id_ = who.party.id
    row: dict[str, Value] = {
        "ship_no": NewNumber("shipments", day), "date": day, "action": "opening", "customer": who.party.written,
        "qty": ZERO, "amount": amount, "due": due, "note": note,
    }  # fmt: skip
    given = {"customer", "amount"} | {name for name, value in (("due", due), ("note", note)) if value}
    before = [debt for debt in receivables.debts(id_) if debt.kind == "opening" and debt.amount > 0]
    shown = MONEY.show(amount, "zh")
    last = due or receivables.due_dates.due(id_, day)
    said = Text(
        f"已记期初欠款 {{no}} · {id_} · {shown} 元 · {last} 到期",
        f"owed from before {{no}} · {id_} · {shown} · due {last}",
    )
    entry = Entry("shipments", row, frozenset(given))
    notes = (*who.notes, *_second(id_, [debt.no for debt in before]))
    return Decision(said, (*who.entries, entry), no=row["ship_no"], notes=notes)  # type: ignore[arg-type]


def _second(customer: str, numbers: list[str]) -> list[Note]:
    if not numbers:
        return []
    listed = "、".join(numbers), ", ".join(numbers)
    text = Text(f"{customer} 已有期初欠款：{listed[0]}", f"{customer} has an opening already: {listed[1]}")
    return [Note("second_opening", "warning", text)]


class _Document(NamedTuple):
    """A shipment or an opening (`ship_no`), or a whole order (`ship_no` is blank)."""

    ship_no: str
    order_no: str
    customer: str
    day: date

    @property
    def number(self) -> str:
        """The number by which a person knows it."""
        return self.ship_no or self.order_no


def dispute(
    orders: Rows, shipments: Rows, receivables: Receivables, customer_names: Parties, settings: Settings,
    today: date, *, typed: str, day: date, why: str, note: str = "",
) -> Decision:  # fmt: skip
    """A customer does not agree that a shipment, or an order, is to be paid as it stands. Raises AlreadyDisputed."""
    meant = _meant(typed, _documents(orders, shipments), settings, today)
    if meant.number in receivables.disputes.open:
        raise AlreadyDisputed(meant.number, receivables.disputes.open[meant.number])
    account = receivables.account(customer_names.identify(meant.customer)).allocation
    own = [
        open_
        for owing, open_ in zip(account.owing, account.open, strict=True)
        if meant.number in {owing.no, owing.order_no}
    ]
    sum_ = MONEY.show(money.of_cents(sum(own)), "zh")
    said = Text(
        f"已记争议 {meant.number} · {meant.customer} · 未付 {sum_}：{why}",
        f"{meant.number} is disputed · {meant.customer} · {sum_} open: {why}",
    )
    given = frozenset({_named_by(meant), *({"note"} if note else ())})  # a reason without a column stands in the log
    entry = Entry("shipments", _row(meant, "dispute", day, f"{why}；{note}" if note else why), given)
    notes = (*_nothing_open(meant.number, sum(own)), *before_document(meant.number, meant.day, day))
    return Decision(said, (entry,), no=meant.number, notes=notes)


def _nothing_open(number: str, cents: int) -> list[Note]:
    if cents:
        return []
    text = Text(f"{number} 没有未付的款", f"nothing of {number} is open")
    return [Note("nothing_open", "warning", text)]


def settle(
    orders: Rows, shipments: Rows, receivables: Receivables, settings: Settings, today: date, *, typed: str,
    day: date, note: str = "",
) -> Decision:  # fmt: skip
    """A dispute is over; of an order, also those about its shipments. Raises NotDisputed."""
    meant = _meant(typed, _documents(orders, shipments), settings, today)
    if not receivables.disputes.are_of(meant.number):
        raise NotDisputed(meant.number, receivables.disputes.open)
    given = {_named_by(meant), *({"note"} if note else ())}
    entry = Entry("shipments", _row(meant, "settle", day, note), frozenset(given))
    said = Text(f"{meant.number} 的争议已了结 · {meant.customer}", f"{meant.number} is settled · {meant.customer}")
    return Decision(said, (entry,), no=meant.number)


def _row(meant: _Document, action: str, day: date, note: str) -> dict[str, Value]:
    return {
        "ship_no": meant.ship_no, "date": day, "action": action, "order_no": meant.order_no,
        "customer": meant.customer, "qty": ZERO, "note": note,
    }  # fmt: skip


def _named_by(meant: _Document) -> str:
    return "ship_no" if meant.ship_no else "order_no"


def _documents(orders: Rows, shipments: Rows) -> dict[str, _Document]:
    """Everything that can be disputed, by its number; an order's and a shipment's are never one."""
    found: dict[str, _Document] = {}
    for action, no, day, customer in orders.pick("action", "order_no", "date", "customer"):
        if no and action == "order":
            found.setdefault(no, _Document("", no, customer.strip(), day))
    for action, no, order_no, day, customer in shipments.pick("action", "ship_no", "order_no", "date", "customer"):
        if no and action in {"ship", "opening"}:
            found.setdefault(no, _Document(no, order_no or "", customer.strip(), day))
    return found


def _meant(typed: str, documents: dict[str, _Document], settings: Settings, today: date) -> _Document:
    """The one shipment or order that was meant: a short form is first a shipment's. Raises UnknownNumber."""
    shipped = [no for no, each in documents.items() if each.ship_no]
    ordered = [no for no, each in documents.items() if not each.ship_no]
    found = matches(typed, shipped, today, settings.prefix("shipments", "SH"))
    found = found or matches(typed, ordered, today, settings.prefix("orders", "SO"))
    if not found:
        raise UnknownNumber(typed, DOCUMENT)
    if len(found) > 1:
        raise AmbiguousNumber(typed, DOCUMENT, found)
    return documents[found[0]]
