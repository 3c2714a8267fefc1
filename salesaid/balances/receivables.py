"""What customers owe: debts by their documents, receipts, and which of them settle which (DOMAIN.md 3, 5).

Rows are summed by customer, document and day while they stream by; single debts are only made of those that are asked
for. All sums are whole cents, and tie: what is open less what is unallocated is what was charged less what came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from salesaid.balances.allocation import Allocation, Owing, Paid, allocate
from salesaid.balances.catalogue import Catalogue
from salesaid.balances.debts import Charge, Charges, Debt, Key, by_day, by_due, spread
from salesaid.balances.disputes import Disputes
from salesaid.balances.due_dates import DueDates
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.order_shares import OrderShares
from salesaid.balances.parties import Parties
from salesaid.balances.receipts import CustomersOfOrders, Money, Receipt, Whose, gathered, receipts
from salesaid.core.money import of_cents
from salesaid.core.rows import ZERO, Rows
from salesaid.settings import Settings

__all__ = ["Account", "Debt", "Receivables", "receivables"]


class Account(NamedTuple):
    """One customer's debts and receipts, and what settles what; `money` is in the order of `allocation.paid`."""

    customer: str
    allocation: Allocation
    money: tuple[Money, ...]

    @property
    def balance(self) -> int:
        """What is owed in cents; below zero where more came in."""
        return sum(each.cents for each in self.allocation.owing) - sum(each.cents for each in self.allocation.paid)


def receivables(
    orders: Rows, shipments: Rows, loans: Rows, returns: Rows, payments: Rows, catalogue: Catalogue,
    customer_names: Parties, order_lines: OrderLines, settings: Settings,
) -> Receivables:  # fmt: skip
    """What all customers owe, on the day up to which rows are read."""
    charges = Charges(orders, shipments, loans, returns)
    whose = Whose(customer_names, CustomersOfOrders(orders, customer_names))
    shares = OrderShares(orders, (shipments, loans), catalogue, order_lines)
    return Receivables(charges, shipments, payments, catalogue, customer_names, whose, shares, settings)


class Receivables:
    """The accounts of all customers, worked out when first asked for."""

    def __init__(
        self, charges: Charges, shipments: Rows, payments: Rows, catalogue: Catalogue, customers: Parties,
        whose: Whose, shares: OrderShares, settings: Settings,
    ) -> None:  # fmt: skip
        self._charges = charges
        self._shipments = shipments
        self._payments = payments
        self._catalogue = catalogue
        self._customers = customers
        self.whose = whose
        self._shares = shares
        self._accounts: dict[str, Account] = {}
        self._unpriced: set[str] = set()  # orders with rows whose money stands on the order
        self.due_dates = DueDates(customers, settings)

    @cached_property
    def all_receipts(self) -> list[Receipt]:
        """Every row of the payments."""
        return receipts(self._payments, self.whose)

    @property
    def unknown_receipts(self) -> list[Receipt]:
        """Receipts of payers whom nobody knows yet, without those that red letters took back."""
        return [row for each in self.standing if each.customer is None for row in each.rows]

    def receipts(self, customer: str) -> list[Receipt]:
        """All receipts of one customer, oldest first; money that was paid back is a debt."""
        rows = [row for each in self._came_in_from(customer) for row in each.rows]
        return sorted(rows, key=lambda row: (row.day, row.payment_no))

    def account(self, customer: str) -> Account:
        """One customer's debts and receipts, in sums by document."""
        if customer not in self._accounts:
            came = self._came_in_from(customer)
            paid = sorted(zip(map(_as_paid, came), range(len(came)), strict=True))
            settled = allocate(self._owing(customer), [each for each, _ in paid], self._to_come)
            self._accounts[customer] = Account(customer, settled, tuple([came[at] for _, at in paid]))
        return self._accounts[customer]

    def _came_in_from(self, customer: str) -> list[Money]:
        return [each for each in self._of_customer.get(customer, ()) if each.cents > 0]

    def with_receipt(self, customer: str, paid: Paid) -> Allocation:
        """What would settle what if one more receipt had come in."""
        now = self.account(customer).allocation
        named = {each.order_no for each in (*now.paid, paid) if each.order_no}
        return allocate(now.owing, [*now.paid, paid], self._shares.coming(named))

    @cached_property
    def standing(self) -> list[Money]:
        """What came in, by number, customer and order, without what red letters took back."""
        return gathered(self.all_receipts)

    def has_number(self, no: str) -> bool:
        """Whether a debt's document has a number of its own, and is not only known by the place of its row."""
        return not no.startswith(self._charges.places)

    def later_rows(self, customer: str) -> int:
        """How many rows of one customer are dated after the day up to which rows are read."""
        upto, payments = self._payments.upto, self._payments.until(None)
        identify = self._customers.identify
        days = [charge.day for charge in self._charges.ahead if identify(charge.customer) == customer]
        days += [row.day for row in receipts(payments, self.whose) if (row.customer or "") == customer]
        return 0 if upto is None else sum(day > upto for day in days)

    def standing_on(self, day: date) -> list[Money]:
        """The same with rows up to another day, which may be one to come."""
        return gathered(receipts(self._payments.until(day), self.whose))

    def balance(self, customer: str) -> Decimal:
        """What one customer owes; below zero where more came in."""
        return of_cents(self.account(customer).balance)

    def debts(self, customer: str) -> list[Debt]:
        """All debts of one customer, oldest first, with what is open of each."""
        return sorted(self._debts({customer}), key=by_day)

    def open_debts(self, customer: str | None = None) -> list[Debt]:
        """The debts that are open, of one customer or of all, what is due first first."""
        wanted = [self.account(customer)] if customer is not None else self.accounts.values()
        names = {account.customer for account in wanted if any(account.allocation.open)}
        return sorted(self._debts(names, only_open=True), key=by_due)

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """Every customer's account, by customer; "" has the debts of rows without a customer."""
        self._shares.expect_many()
        return {customer: self.account(customer) for customer in {**self._charged_to, **self._of_customer}}

    def by_age(self, age: Callable[[date], int]) -> Receivables:
        """The same accounts with debts that nothing names summed by the age of their due days: the ages are the same.

        Itself where its documents are at hand, or no ledger is read by columns.
        """
        named = {name for each in self.standing for name in (each.order_no, each.no if each.cents < 0 else "")} - {""}
        identify = self._customers.identify
        found = None if "_sums" in self.__dict__ else self._charges.aged(identify, self.due_dates.of, age, named)
        if found is None:
            return self
        sums, others, total = found
        charged_to: dict[str, list[tuple[Key, int]]] = {}
        for customer, due, cents in sums:
            charged_to.setdefault(customer, []).append(((customer, "", "", due, due), cents))
        for each in others:
            charged_to.setdefault(identify(each[0][0]), []).append(each)
        same = copy(self)
        same.__dict__ |= {"_accounts": {}, "_charged_to": charged_to, "charged": total - self._sum_paid_back}
        return same

    @cached_property
    def _to_come(self) -> Callable[[str], int]:
        return self._shares.coming({each.order_no for each in self.standing if each.order_no})

    @cached_property
    def _charged_to(self) -> dict[str, list[tuple[Key, int]]]:
        """What was charged, by customer."""
        found: dict[str, list[tuple[Key, int]]] = {}
        identify = self._customers.identify
        for each in self._sums.items():
            found.setdefault(identify(each[0][0]), []).append(each)
        return found

    def _owing(self, customer: str) -> list[Owing]:
        """One customer's debts and credits by document, day and due date, in whichever spellings rows name them."""
        charged, back = self._charged_to.get(customer, ()), _paid_back(self._of_customer.get(customer, ()))
        dues = self.due_dates.of(customer)
        sums: dict[tuple[date, date, str, str], int] = {}
        for (_, order_no, no, day, due), cents in charged:
            key = (due or dues[day], day, no, order_no)
            sums[key] = sums.get(key, 0) + cents
        for each in back:
            key = (each.day, each.day, each.no, each.order_no)
            sums[key] = sums.get(key, 0) - each.cents
        return [Owing(*key, cents) for key, cents in sums.items() if cents]

    @cached_property
    def _of_customer(self) -> dict[str, list[Money]]:
        found: dict[str, list[Money]] = {}
        for each in self.standing:
            if each.customer is not None:
                found.setdefault(each.customer, []).append(each)
        return found

    @cached_property
    def _sums(self) -> Mapping[Key, int]:
        """What was charged, by customer as written, document and day."""
        sums: dict[Key, int] = {}
        unpriced: set[str] = set()
        for key, owed in self._charges.sums():
            if owed is None:
                unpriced.add(key[1])
            else:
                sums[key] = sums.get(key, 0) + owed
        self._unpriced = unpriced
        for charge in self._priced():
            key = (charge.customer, charge.order_no, charge.no, charge.day, charge.due)
            sums[key] = sums.get(key, 0) + (charge.cents or 0)
        return sums

    def _priced(self) -> Iterator[Charge]:
        """The rows whose money stands on their orders."""
        if self._unpriced:
            yield from self._shares.priced(row for row in self._charges if row.order_no in self._unpriced)

    @cached_property
    def charged(self) -> int:
        """The sum of all that was charged and paid back, in cents, before it is any customer's."""
        return sum(self._sums.values()) - self._sum_paid_back

    @property
    def _sum_paid_back(self) -> int:
        return sum(each.cents for each in self.standing if each.customer is not None and each.cents < 0)

    @property
    def came_in(self) -> int:
        """The sum of all receipts but what was paid back, in cents; those of unknown payers included."""
        return sum(each.cents for each in self.standing if each.customer is None or each.cents > 0)

    def _debts(self, customers: set[str], *, only_open: bool = False) -> Iterator[Debt]:
        """Single debts of these customers: what is open of a document and day stands on its last rows."""
        identify = self._customers.identify
        rows: dict[tuple[str, Owing], list[Charge]] = {}
        accounts = {customer: self.account(customer).allocation for customer in customers}
        for charge in self._rows():
            customer = identify(charge.customer)
            if customer in customers:
                due = charge.due or self.due_dates.due(customer, charge.day)
                key = Owing(due, charge.day, charge.no, charge.order_no, 0)
                rows.setdefault((customer, key), []).append(charge)
        for customer in customers:
            for each in _paid_back(self._of_customer.get(customer, ())):
                key = Owing(each.day, each.day, each.no, each.order_no, 0)
                rows.setdefault((customer, key), []).append(_as_charge(each, customer))
        opens = {
            (customer, each._replace(cents=0)): open_
            for customer, found in accounts.items()
            for each, open_ in zip(found.owing, found.open, strict=True)
        }
        for (customer, key), own in rows.items():
            for charge, open_ in zip(own, spread(own, opens.get((customer, key), 0)), strict=True):
                if open_ or not only_open:
                    yield self._debt(charge, customer, key.due, open_)

    def _rows(self) -> Iterator[Charge]:
        """Every row that is charged for, with what it comes to."""
        yield from (charge for charge in self._charges if charge.cents is not None)
        yield from self._priced()

    def _debt(self, charge: Charge, customer: str, due: date, open_: int) -> Debt:
        named = charge.name.strip() or charge.model.strip()
        product = self._catalogue.identify(charge.name, charge.model) if named else ""
        return Debt(
            customer, charge.no, charge.order_no, charge.day, due, product, charge.model.strip(), charge.qty,
            charge.unit.strip(), charge.price, of_cents(charge.cents or 0), of_cents(open_),
            self.disputes.is_disputed(charge.no, charge.order_no), charge.kind,
        )  # fmt: skip

    @cached_property
    def disputes(self) -> Disputes:
        """What customers dispute."""
        return Disputes(self._shipments)


def _paid_back(own: Iterable[Money]) -> list[Money]:
    return [each for each in own if each.cents < 0]


def _as_paid(each: Money) -> Paid:
    return Paid(each.day, each.no, each.order_no, each.cents)


def _as_charge(each: Money, customer: str) -> Charge:
    return Charge(
        "paid_back", customer, each.order_no, each.no, each.day, each.day, "", "", ZERO, "", None, -each.cents
    )
