"""Whose business things are: an order's salesperson, else the customer's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from salesaid.balances.order_lines import OrderLines
from salesaid.balances.parties import Parties
from salesaid.balances.todo_lines import TodoLines
from salesaid.balances.visit_log import VisitLog
from salesaid.core.rows import Rows


def owners(
    order_lines: OrderLines, orders: Rows, customer_names: Parties, todo_lines: TodoLines, visit_log: VisitLog
) -> Owners:
    """Who is answerable for orders and customers."""
    return Owners(order_lines if orders.has("salesperson") else None, customer_names, todo_lines, visit_log)


class Owners:
    """Salespeople, each in a tuple of one; an empty one where nobody is named. Without lines no order names any."""

    def __init__(self, order_lines: OrderLines | None, customers: Parties, todos: TodoLines, visits: VisitLog) -> None:
        self._order_lines = order_lines
        self._customers = customers
        self._todos = todos
        self._visits = visits

    def of_order(self, order_no: str, customer: str) -> tuple[str, ...]:
        """The order's salesperson, else the customer's."""
        name = self._of_orders.get(order_no, "") if order_no else ""
        return (name,) if name else self.of_customer(customer)

    def of_customer(self, customer: str) -> tuple[str, ...]:
        """The salesperson whom the register names for a customer."""
        known = self._customers.registered.get(customer)
        name = "" if known is None else str(known.card.get("salesperson") or "").strip()
        return (name,) if name else ()

    def known(self) -> Iterator[str]:
        """Everybody who is named, by orders first; some several times."""
        yield from self._of_orders.values()
        for party in self._customers.registered.values():
            yield str(party.card.get("salesperson") or "")
        for line in self._todos.all:
            yield line.owner
        for visit in self._visits.all:
            yield visit.salesperson

    @cached_property
    def _of_orders(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in self._order_lines.all if self._order_lines else ():
            name = line.salesperson.strip()
            if name:
                found.setdefault(line.order_no, name)
        return found
