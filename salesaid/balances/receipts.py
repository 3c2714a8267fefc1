"""What came in from customers, and whose money each receipt is (DOMAIN.md 3, 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from salesaid.balances.parties import Parties
from salesaid.core import money
from salesaid.core.names import Match
from salesaid.core.rows import Rows


class Receipt(NamedTuple):
    """One row of the payments; `customer` is None as long as nobody knows whose money it is."""

    payment_no: str
    day: date
    customer: str | None
    payer: str
    amount: Decimal
    method: str
    order_no: str
    account: str
    note: str
    cents: int
    row: int


class _Cents(dict[Decimal, int]):
    """Amounts in cents, each worked out once."""

    def __missing__(self, amount: Decimal) -> int:
        cents = self[amount] = money.cents(amount)
        return cents


def receipts(payments: Rows, whose: Whose) -> list[Receipt]:
    """All rows of the payments, in file order."""
    cents = _Cents()
    return [
        Receipt(
            no or f"{payments.file}:{row}", day, whose.customer(customer, order_no or "", payer), payer.strip(),
            amount, method.strip(), order_no or "", account.strip(), note.strip(), cents[amount], row,
        )
        for row, no, day, customer, payer, amount, method, order_no, account, note in payments.pick(
            "row", "payment_no", "date", "customer", "payer", "amount", "method", "order_no", "account", "note"
        )
    ]  # fmt: skip


class Payers:
    """Which payers are customers beyond doubt: those who have a customer's name, or were decided to stand for one."""

    def __init__(self, customers: Parties) -> None:
        self._customers = customers
        self._known: dict[str, str | None] = {}

    def customer(self, payer: str) -> str | None:
        """The customer; None where it is not certain."""
        name = payer.strip()
        if name and name not in self._known:
            found = self._customers.names.match(name)
            self._known[name] = found.name if isinstance(found, Match) and found.how != "part" else None
        return self._known.get(name)


class Whose:
    """Whose money came in: the customer that the row names, else the named order's, else the payer if it is one."""

    def __init__(self, customers: Parties, customer_of: Callable[[str], str | None]) -> None:
        self._customers = customers
        self._customer_of = customer_of
        self.of_payer = Payers(customers).customer

    def customer(self, written: str, order_no: str, payer: str) -> str | None:
        """The customer; None where it is not known."""
        if written.strip():
            return self._customers.identify(written)
        return (self._customer_of(order_no) if order_no else None) or self.of_payer(payer)


class CustomersOfOrders:
    """The customer of each order, looked up in the orders when first asked for."""

    def __init__(self, orders: Rows, customers: Parties) -> None:
        self._orders = orders
        self._customers = customers

    def __call__(self, order_no: str) -> str | None:
        """The customer that an order's first row with one names; None for an unknown order."""
        written = self._written.get(order_no)
        return self._customers.identify(written) if written else None

    @cached_property
    def _written(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for no, customer in self._orders.pick("order_no", "customer"):
            if no and customer.strip():
                found.setdefault(no, customer)
        return found


class Money(NamedTuple):
    """What the receipts of one number, customer and order come to: red letters are taken off. Below zero: paid back."""

    no: str
    customer: str | None
    order_no: str
    day: date
    cents: int
    rows: tuple[Receipt, ...]


def gathered(rows: Iterable[Receipt]) -> list[Money]:
    """Receipts by number, customer and order; those that red letters took back whole are left out."""
    found: dict[tuple[str, str | None, str], Money] = {}
    several: dict[tuple[str, str | None, str], list[Receipt]] = {}
    for row in rows:
        key = (row.payment_no, row.customer, row.order_no)
        if key in found:
            several.setdefault(key, [*found[key].rows]).append(row)
        else:
            found[key] = Money(*key, row.day, row.cents, (row,))
    for key, own in several.items():
        found[key] = Money(*key, min(row.day for row in own), sum(row.cents for row in own), tuple(own))
    return [each for each in found.values() if each.cents]
