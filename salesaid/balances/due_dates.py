"""When what customers owe is to be paid: their terms of payment, or the book's (DOMAIN.md 3)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

from salesaid.balances.parties import Parties
from salesaid.core.reading import Unreadable
from salesaid.core.terms import Terms, parse_terms
from salesaid.core.width import is_blank
from salesaid.settings import Settings


class _Due(dict[date, date]):
    """Due dates by day, each worked out once."""

    def __init__(self, terms: Terms | None, transit_days: int, month_end: int) -> None:
        super().__init__()
        self._under = (terms, transit_days, month_end)

    def __missing__(self, day: date) -> date:
        terms, transit_days, month_end = self._under
        due = self[day] = due_date(terms, day, transit_days, month_end)
        return due


class DueDates:
    """The due dates of customers' debts, each worked out once."""

    def __init__(self, customers: Parties, settings: Settings) -> None:
        self._customers = customers
        self._default = _read(settings.terms)
        self._month_end = settings.terms_month_end
        self._terms: dict[str, tuple[Terms | None, int]] = {}
        self._found: dict[str, Mapping[date, date]] = {}
        self._under: dict[tuple[Terms | None, int], Mapping[date, date]] = {}

    def terms(self, customer: str) -> Terms | None:
        """A customer's terms, else the book's; None where neither has any that can be read."""
        return self._known(customer)[0]

    def unreadable(self, customer: str) -> str:
        """A customer's own terms where they stand in the register and cannot be read; else ""."""
        party = self._customers.registered.get(customer)
        text = "" if party is None else str(party.card.get("terms") or "").strip()
        return text if text and not is_blank(text) and _read(text) is None else ""

    def due(self, customer: str, day: date) -> date:
        """When a debt of that day is due."""
        return self.of(customer)[day]

    def of(self, customer: str) -> Mapping[date, date]:
        """When a customer's debts are due, by the day they were made on."""
        found = self._found.get(customer)
        if found is None:
            known = self._known(customer)  # which many customers share
            found = self._found[customer] = self._under.setdefault(known, _Due(*known, self._month_end))
        return found

    def _known(self, customer: str) -> tuple[Terms | None, int]:
        known = self._terms.get(customer)
        if known is None:
            party = self._customers.registered.get(customer)
            card = party.card if party is not None else {}
            terms = _read(str(card.get("terms") or "")) or self._default
            known = self._terms[customer] = (terms, int(card.get("transit_days") or 0))
        return known


def _read(text: str) -> Terms | None:
    """Terms as a register says them. What cannot be read is none: a finding, no reason to stop a list."""
    with suppress(Unreadable):
        return parse_terms(text)
    return None


def due_date(terms: Terms | None, day: date, transit_days: int = 0, month_end: int = 31) -> date:
    """When goods shipped on a day are to be paid for. Without terms: that day.

    `transit_days` count where the goods are paid for when they arrive; the accounting month ends on `month_end`.
    """
    if terms is None:
        return day
    if terms.form == "on_delivery":
        return day + timedelta(transit_days)
    if terms.form == "monthly":
        day = accounting_month_end(day, month_end)
    return day + timedelta(terms.days)


def accounting_month_end(day: date, month_end: int) -> date:
    """The last day of the accounting month that a day is in; a month too short for it ends on its own last day."""
    end = _in_month(day.year, day.month, month_end)
    if day <= end:
        return end
    return _in_month(day.year + day.month // 12, day.month % 12 + 1, month_end)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))
