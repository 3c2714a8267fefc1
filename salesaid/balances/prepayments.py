"""Orders whose goods wait for money that was to come in before they leave (应预付)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property

from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.owners import Owners
from salesaid.balances.paying import Paying
from salesaid.balances.receivables import Receivables
from salesaid.core.rows import ZERO


def prepayments(order_lines: OrderLines, paying: Paying, receivables: Receivables, owners: Owners) -> Prepayments:
    """What is to be paid in advance and has not come in."""
    return Prepayments(order_lines, paying, receivables, owners)


class Waiting:
    """An order of which something is open, and what has to come in before that leaves."""

    def __init__(self, lines: list[OrderLine], missing: Decimal, owners: tuple[str, ...]) -> None:
        self.order_no = lines[0].order_no
        self.customer = lines[0].customer
        self.missing = missing
        self.owners = owners
        self.due: date | None = min((line.due for line in lines if line.open > 0 and line.due), default=None)


class Prepayments:
    """The open orders that wait for money, worked out when first asked for."""

    def __init__(self, order_lines: OrderLines, paying: Paying, receivables: Receivables, owners: Owners) -> None:
        self._order_lines = order_lines
        self._paying = paying
        self._terms = receivables.due_dates.terms
        self._owners = owners

    def missing(self, order_no: str) -> Decimal:
        """What has not come in for one order; 0 where nothing has to."""
        waiting = self.all.get(order_no)
        return ZERO if waiting is None else waiting.missing

    @cached_property
    def all(self) -> dict[str, Waiting]:
        """Every order that waits, by its number."""
        open_ = [line for line in self._order_lines.open if line.customer]
        numbers = {line.order_no for line in open_ if self._is_ahead(line.customer)}
        lines: dict[str, list[OrderLine]] = {}
        for line in self._order_lines.all if numbers else ():
            if line.order_no in numbers:
                lines.setdefault(line.order_no, []).append(line)
        missing = {no: self._paying.in_advance(own) for no, own in lines.items()}
        return {
            no: Waiting(own, missing[no], self._owners.of_order(no, own[0].customer))
            for no, own in lines.items()
            if missing[no] > 0
        }

    def _is_ahead(self, customer: str) -> bool:
        terms = self._terms(customer)
        return terms is not None and terms.form in {"in_advance", "deposit"}
