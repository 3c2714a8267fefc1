"""Loan lines: what was lent, came back, became something else and is still outside (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.balances.apart import Apart, is_apart
from salesaid.balances.catalogue import Catalogue
from salesaid.balances.loan_drafts import Draft, Event, Lot, drafts, events
from salesaid.balances.parties import Parties
from salesaid.core import money
from salesaid.core.rows import ZERO, Rows

State = Literal["out", "partial", "settled", "overdue", "over"]


class LoanLine(NamedTuple):
    """One line: lent = returned + converted + out. `out` below zero: more came back than was lent.

    `due` is the earliest day on which something that is still out should be back; `lots` are what is still out,
    row by row; `model`, `serial` … are as the rows say.
    """

    loan_no: str
    day: date
    customer: str
    product: str
    model: str
    unit: str
    lent: Decimal
    returned: Decimal
    converted: Decimal
    out: Decimal
    due: date | None
    price: Decimal | None
    serial: str
    purpose: str
    warehouse: str
    salesperson: str
    lots: tuple[Lot, ...]
    apart: Apart = ()  # what was lent in other units than the product's
    serials_out: tuple[str, ...] = ()  # of what is out, where rows say them

    @property
    def value(self) -> Decimal | None:
        """What is out at its prices; None where no price is known."""
        if self.price is None:
            return None
        rest = self.out - sum((lot.qty for lot in self.lots), ZERO)  # not 0 only where rows make no sense
        priced = (money.amount(lot.qty, lot.price) for lot in self.lots if lot.price is not None)
        return money.total([*priced, money.amount(rest, self.price)])

    @property
    def is_apart(self) -> bool:
        """Whether the figures are in a unit that is not the product's: they stand in no sum of quantities."""
        return is_apart(self)

    def days_late(self, today: date) -> int | None:
        """Days since goods that are still out were due; None where they are not late."""
        return (today - self.due).days if self.out > 0 and self.due is not None and self.due < today else None

    def state(self, today: date) -> State:
        """未还 / 部分归还 / 已结 / 逾期; `over` where more came back than was lent."""
        if self.out <= 0:
            return "over" if self.out < 0 else "settled"
        if self.days_late(today) is not None:
            return "overdue"
        return "partial" if self.out < self.lent else "out"


def loan_lines(loans: Rows, catalogue: Catalogue, customer_names: Parties) -> LoanLines:
    """All loan lines of the book."""
    return LoanLines(loans, catalogue, customer_names)


class LoanLines:
    """The loan lines in file order, worked out when first asked for."""

    def __init__(self, loans: Rows, catalogue: Catalogue, customers: Parties, lent_by: date | None = None) -> None:
        self._loans = loans
        self._catalogue = catalogue
        self._customers = customers
        self._lent_by = lent_by

    @cached_property
    def ahead(self) -> LoanLines:
        """The same lines with rows dated after today counted as well: what is written now leans on them."""
        if self.numbers and not self._loans.later:
            return self
        return LoanLines(self._loans.until(None), self._catalogue, self._customers, self._loans.upto)

    @cached_property
    def all(self) -> list[LoanLine]:
        """Every line."""
        return self._lines(self._drafts.values())

    @cached_property
    def unsettled(self) -> list[LoanLine]:
        """The lines of which something is out, or more came back than was lent: of a long ledger few."""
        return self._lines(draft for draft in self._drafts.values() if draft.out)

    @property
    def open(self) -> list[LoanLine]:
        """The lines of which something is out."""
        return [line for line in self.unsettled if line.out > 0]

    def of(self, number: str) -> list[LoanLine]:
        """The lines of one loan."""
        return [line for line in self.all if line.loan_no == number]

    def of_customer(self, customer: str) -> list[LoanLine]:
        """The lines of one customer."""
        return [line for line in self.all if line.customer == customer]

    def of_product(self, product: str) -> list[LoanLine]:
        """The lines of one product."""
        return [line for line in self.all if line.product == product]

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers of all loans, in file order."""
        return list(dict.fromkeys(line.loan_no for line in self.all))

    def history(self, number: str) -> list[Event]:
        """What happened to one loan, in the order of the days; goods swapped in stand among it."""
        own = [event for event in self._events if event.loan_no == number]
        settled = [
            event
            for (no, _), draft in self._drafts.items()
            if no == number
            for event in draft.events
            if event.loan_no != number
        ]
        return sorted([*own, *settled], key=lambda event: (event.day, event.row))

    def dated_later(self) -> dict[str, date]:
        """The numbers of loans that are not counted yet, with their days."""
        later = self._loans.until(None).pick("loan_no", "date", "action")
        known = set(self.numbers)
        return {no.strip(): day for no, day, action in later if no and action == "lend" and no.strip() not in known}

    @cached_property
    def _events(self) -> list[Event]:
        return list(events(self._loans, self._catalogue, self._customers))

    @cached_property
    def _drafts(self) -> dict[tuple[str, str], Draft]:
        return drafts(self._events)

    def _lines(self, gathered: Iterable[Draft]) -> list[LoanLine]:
        lines = map(self._line, gathered)
        return [line for line in lines if self._lent_by is None or line.day <= self._lent_by]

    def _line(self, draft: Draft) -> LoanLine:
        head, left = draft.head, tuple(draft.left())
        own = [event for event in draft.events if event.action == "lend"] or [head]
        dues = [lot.due for lot in left or reversed(draft.lots) if lot.due is not None]
        return LoanLine(
            head.loan_no, head.day, head.customer, head.product,
            head.model or self._catalogue.product(head.product).model, self._unit(draft), draft.lent, draft.returned,
            draft.converted, draft.out, min(dues, default=None) if left else next(iter(dues), None),
            _price(left or draft.lots),
            _joined([event.serial for event in own]), _joined([event.purpose for event in own]), head.warehouse,
            head.salesperson, left, draft.apart, draft.serials_out(),
        )  # fmt: skip

    def _unit(self, draft: Draft) -> str:
        """The unit that the figures of a line are in: not that of rows beside them."""
        if draft.apart and any(event.counts for event in draft.events if event.action != "extend"):
            return self._catalogue.product(draft.head.product).unit
        return draft.head.unit


def _joined(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else "、".join(dict.fromkeys(text for text in texts if text))


def _price(lots: tuple[Lot, ...] | list[Lot]) -> Decimal | None:
    """The lots' one price, else what they come to on average."""
    prices = {lot.price for lot in lots} if len(lots) > 1 else ()
    if len(prices) <= 1 or None in prices:
        return next((lot.price for lot in lots if lot.price is not None), None)
    amount = money.total(money.amount(lot.qty, lot.price) for lot in lots if lot.price is not None)
    return money.rounded(amount / sum((lot.qty for lot in lots), ZERO), 6)
