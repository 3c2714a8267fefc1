"""Rows of the loans gathered into lines, by number and product after folding (DOMAIN.md 3)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.apart import Apart, apart_of
from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.parties import Parties
from salesaid.core.rows import ZERO, Rows
from salesaid.core.serial_numbers import serial_key, serials_in

CONVERSIONS = ("sell", "gift", "consume", "lose", "swap")
_COLUMNS = (
    "row", "loan_no", "date", "action", "customer", "product", "model", "unit", "qty", "price", "due", "serial",
    "purpose", "warehouse", "salesperson", "order_no", "note",
)  # fmt: skip


class Event(NamedTuple):
    """One row of the loans, names folded; `counts` is whether its unit is the product's.

    `loan_no` is the row's own number, else the file and row by which it is addressed (`is_numbered` is False then).
    """

    row: int
    loan_no: str
    is_numbered: bool
    day: date
    action: str
    customer: str
    product: str
    model: str
    unit: str
    qty: Decimal
    price: Decimal | None
    due: date | None
    serial: str
    purpose: str
    warehouse: str
    salesperson: str
    order_no: str
    note: str
    counts: bool


class Lot(NamedTuple):
    """Goods lent by one row: how many, at which price each, and when they should be back."""

    qty: Decimal
    price: Decimal | None
    due: date | None
    day: date


class Draft:
    """A line while it is being added up; `apart` is what was lent in other units than the product's."""

    __slots__ = ("apart", "back", "converted", "events", "head", "lent", "lots", "returned")

    def __init__(self, head: Event) -> None:
        self.head = head
        self.apart: Apart = ()
        self.lent = self.returned = self.converted = ZERO
        self.back = ZERO  # what red letters took off the lots
        self.lots: list[Lot] = []
        self.events: list[Event] = []

    @property
    def settled(self) -> Decimal:
        """What came back or became something else."""
        return self.returned + self.converted

    @property
    def out(self) -> Decimal:
        """What is still outside; below zero where more came back than was lent."""
        return self.lent - self.settled

    def add(self, event: Event) -> None:
        """One row more; swaps in and extensions move nothing of what was lent."""
        self.events.append(event)
        if event.action == "lend":
            if not self.lots and self.head.action != "lend":
                self.head = event
            self.lent += event.qty
            if event.qty > 0:
                self.lots.append(Lot(event.qty, event.price, event.due, event.day))
            else:
                self.back -= event.qty
        elif event.action == "return":
            self.returned += event.qty
        elif event.action in CONVERSIONS:
            self.converted += event.qty

    def serials_out(self) -> tuple[str, ...]:
        """The serial numbers that were lent and have not come back, as they were lent; none where nothing is out."""
        counts: dict[str, int] = {}
        written: dict[str, str] = {}
        for event in self.events if self.out > 0 else ():
            sign = 1 if event.action == "lend" else -1 if event.action in {"return", *CONVERSIONS} else 0
            for serial in serials_in(event.serial) if event.qty and event.serial else ():
                written.setdefault(serial_key(serial), serial)
                counts[serial_key(serial)] = counts.get(serial_key(serial), 0) + (sign if event.qty > 0 else -sign)
        return tuple(written[key] for key, count in counts.items() if count > 0)

    def left(self) -> list[Lot]:
        """The lots that are still outside: they are used up in file order."""
        used, found = self.settled + self.back, []
        if len(self.lots) == 1 and used == self.lots[0].qty:  # nearly every line: all of it is back
            return []
        for lot in self.lots:
            qty, used = lot.qty - min(max(used, ZERO), lot.qty), used - lot.qty
            if qty:
                found.append(lot._replace(qty=qty))
        return found


Drafts = dict[tuple[str, str], Draft]
"""Lines by number and product."""


def events(loans: Rows, catalogue: Catalogue, customers: Parties) -> Iterator[Event]:
    """All rows of the loans in file order."""
    units: dict[tuple[str, str], bool] = {}
    identify, customer_of = catalogue.identify, customers.identify
    for (
        row, no, day, action, customer, name, model, unit, qty, price, due, serial, purpose, place, salesperson,
        order_no, note,
    ) in loans.pick(*_COLUMNS):  # fmt: skip
        id_ = identify(name, model)
        counts = units.get((id_, unit))
        if counts is None:
            counts = units[id_, unit] = counts_in(catalogue.product(id_), unit.strip())
        yield Event(
            row, no or f"{loans.file}:{row}", no is not None, day, action, customer_of(customer), id_, model.strip(),
            unit.strip(), qty, price, due, serial.strip(), purpose.strip(), place.strip(), salesperson.strip(),
            order_no or "", note.strip(), counts,
        )  # fmt: skip


def drafts(rows: Iterable[Event]) -> Drafts:
    """The lines of all loans, due dates extended; goods that came back without a number settle the oldest lines."""
    of_lines: dict[tuple[str, str], list[Event]] = {}
    extensions: list[Event] = []
    for event in rows:
        if event.action == "extend":
            extensions.append(event)
        else:
            of_lines.setdefault((event.loan_no, event.product), []).append(event)
    found = {key: _draft(own) for key, own in of_lines.items()}
    found = {key: draft for key, draft in found.items() if not _is_swap_in(draft)}
    _extend(found, extensions)
    _settle_numberless(found)
    return found


def _draft(rows: Sequence[Event]) -> Draft:
    """One line. It is in the product's unit; where no row is in that, in the unit of the first."""
    draft = Draft(rows[0])
    if all([event.counts for event in rows]):  # noqa: C419 - takes half the time
        for event in rows:
            draft.add(event)
        return draft
    unit = "" if any(event.counts for event in rows) else rows[0].unit
    for event in rows:
        draft.add(event if event.counts or event.unit == unit else event._replace(qty=ZERO))
    draft.apart = apart_of((event.unit, event.qty, event.action == "lend") for event in rows if not event.counts)
    return draft


def _is_swap_in(draft: Draft) -> bool:
    """Whether a line's rows only brought other goods in for what was swapped: nothing of it was ever lent."""
    return draft.events[0].action == "swap_in" and all(event.action == "swap_in" for event in draft.events)


def _extend(found: Drafts, extensions: list[Event]) -> None:
    """Give what was lent until then another due date: of one product, or of the whole loan."""
    if not extensions:
        return
    of_number: dict[str, list[Draft]] = {}
    for (number, _), draft in found.items():
        of_number.setdefault(number, []).append(draft)
    for event in sorted(extensions, key=lambda event: (event.day, event.row)):
        for draft in of_number.get(event.loan_no, ()):
            if not event.product or event.product == draft.head.product:
                draft.events.append(event)
                draft.lots = [
                    lot._replace(due=event.due) if event.due and lot.day <= event.day else lot for lot in draft.lots
                ]


def _settle_numberless(found: Drafts) -> None:
    """What came back, or was converted, under no number settles the customer's oldest open lines of the product."""
    loose = [key for key, draft in found.items() if not draft.head.is_numbered and not draft.lent and draft.settled > 0]
    if not loose:
        return
    open_: dict[tuple[str, str, str], deque[Draft]] = {}
    for draft in sorted(found.values(), key=lambda draft: draft.head.day):
        if draft.out > 0:
            open_.setdefault(_whose(draft), deque()).append(draft)
    for key in sorted(loose, key=lambda key: (found[key].head.day, found[key].head.row)):
        back = found[key]
        oldest = open_.get(_whose(back), deque())
        while back.settled > 0 and oldest and oldest[0].head.day <= back.head.day:
            _take(oldest[0], back)
            if not oldest[0].out:
                oldest.popleft()
        if not back.settled:
            del found[key]


def _whose(draft: Draft) -> tuple[str, str, str]:
    """The customer, the product, and the unit where it is not the product's."""
    return draft.head.customer, draft.head.product, "" if draft.head.counts else draft.head.unit


def _take(draft: Draft, back: Draft) -> None:
    """Settle a line by what came back under no number; what is left of that stays a line of its own."""
    for name in ("returned", "converted"):
        taken = min(getattr(back, name), draft.out, back.settled)
        if taken > 0:
            setattr(draft, name, getattr(draft, name) + taken)
            setattr(back, name, getattr(back, name) - taken)
            draft.events.append(back.head._replace(qty=taken))
