"""When each customer ordered: the days of the orders that stand, and how far apart they mostly are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from salesaid.balances.parties import Parties
from salesaid.balances.repair_days import median
from salesaid.core.rows import ZERO, Rows


def customer_orders(orders: Rows, customer_names: Parties) -> CustomerOrders:
    """The orders of all customers."""
    return CustomerOrders(orders, customer_names)


class CustomerOrders:
    """The orders of all customers, read once: of each number its first day, and what red letters left of it."""

    def __init__(self, orders: Rows, customers: Parties) -> None:
        self._orders = orders
        self._customers = customers

    @cached_property
    def days(self) -> dict[str, list[date]]:
        """The day of each standing order, oldest first, by customer; "" has the orders of rows without one."""
        found: dict[str, list[date]] = {}
        for (customer, _), (day, left) in self._documents.items():
            if left > 0:
                found.setdefault(customer, []).append(day)
        return {customer: sorted(days) for customer, days in found.items()}

    def last(self, customer: str) -> date | None:
        """The day of a customer's newest order."""
        days = self.days.get(customer)
        return days[-1] if days else None

    def first(self, customer: str) -> date | None:
        """The day of a customer's first order."""
        days = self.days.get(customer)
        return days[0] if days else None

    def usual_interval(self, customer: str) -> Decimal | None:
        """The median of days from one day with an order to the next; None with fewer than two such days."""
        days = sorted(set(self.days.get(customer, ())))
        return median(sorted((after - before).days for before, after in pairwise(days))) if len(days) > 1 else None

    def numbers(self, first: date, last: date) -> int:
        """How many orders of these days stand."""
        return sum(first <= day <= last for days in self.days.values() for day in days)

    @cached_property
    def _documents(self) -> dict[tuple[str, str], tuple[date, Decimal]]:
        """Of each customer's numbers the first day, and the quantity that was ordered less what was taken back.

        A row of money alone counts by its amount.
        """
        found: dict[tuple[str, str], tuple[date, Decimal]] = {}
        identify, file = self._customers.identify, self._orders.file
        for row, action, no, day, customer, qty, amount in self._orders.pick(
            "row", "action", "order_no", "date", "customer", "qty", "amount"
        ):
            if action == "order":
                key = (identify(customer), (no and no.strip()) or f"{file}:{row}")
                since, left = found.get(key, (day, ZERO))
                found[key] = (min(since, day), left + (qty or amount or ZERO))
        return found
