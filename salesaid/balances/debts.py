"""What customers are charged for, row by row, as the ledgers write it (DOMAIN.md 3, "Receivable").

In a book of sales each order row is a debt. Elsewhere shipments, goods taken back and openings are; what was sold from
loan; and in either, refunds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.core import money
from salesaid.core.rows import ZERO, Rows

Kind = Literal["sale", "return", "opening", "loan", "refund", "paid_back"]

_SIGNS: dict[str, tuple[Kind, int]] = {"ship": ("sale", 1), "return": ("return", -1), "opening": ("opening", 1)}

Key = tuple[str, str, str, date, date | None]
"""Customer as written, order, document, day, and the due day where a row says one."""

_Sum = tuple[str, str, str | None, str | None, int, date, date | None, int | None]  # as `Sum` of columns is


class Charge(NamedTuple):
    """One row. `cents` is None where what it comes to stands on its order only; `due` where the terms say it."""

    kind: Kind
    customer: str  # as written
    order_no: str
    no: str
    day: date
    due: date | None
    name: str
    model: str
    qty: Decimal
    unit: str
    price: Decimal | None
    cents: int | None


class Debt(NamedTuple):
    """One row that a customer owes for. `amount` is below zero for what was given back; `open` is never."""

    customer: str
    no: str
    order_no: str
    day: date
    due: date
    product: str
    model: str
    qty: Decimal
    unit: str
    price: Decimal | None
    amount: Decimal
    open: Decimal
    disputed: bool
    kind: Kind


def by_day(debt: Debt) -> tuple[date, str, str, str, Decimal]:
    """The order of debts by the days they were made on."""
    return debt.day, debt.no, debt.order_no, debt.product, debt.amount


def by_due(debt: Debt) -> tuple[date, date, str, str]:
    """The order of debts by the days they are due on."""
    return debt.due, debt.day, debt.no, debt.product


class Charges:
    """The rows of all ledgers that make debts, streamed."""

    def __init__(self, orders: Rows, shipments: Rows, loans: Rows, returns: Rows) -> None:
        self._orders = orders
        self._shipments = shipments
        self._loans = loans
        self._returns = returns

    @property
    def places(self) -> tuple[str, ...]:
        """What the numbers of rows without one begin with: the files that they stand in."""
        return tuple(f"{rows.file}:" for rows in (self._orders, self._shipments, self._loans, self._returns))

    @property
    def ahead(self) -> Charges:
        """The same with rows dated later."""
        ledgers = (self._orders, self._shipments, self._loans, self._returns)
        return Charges(*(rows.until(None) for rows in ledgers))

    def __iter__(self) -> Iterator[Charge]:
        at_once = self._orders.at_once
        if at_once:
            yield from of_orders(self._orders)
        else:
            yield from of_loans(self._loans)
        yield from of_shipments(self._shipments, at_once=at_once)
        yield from of_returns(self._returns)

    def sums(self) -> Iterator[tuple[Key, int | None]]:
        """What rows that come to anything come to; of ledgers that are read by columns they are summed up already."""
        at_once = self._orders.at_once
        if at_once:
            yield from _sums_of(self._orders, ("order",))
        else:
            yield from _keyed(of_loans(self._loans))
        yield from _sums_of(self._shipments, ("opening",) if at_once else (*_SIGNS,))
        yield from _keyed(of_returns(self._returns))

    def aged(
        self, identify: Callable[[str], str], due_of: Callable[[str], Mapping[date, date]],
        age: Callable[[date], int], named: Collection[str],
    ) -> tuple[list[tuple[str, date, int]], list[tuple[Key, int]], int] | None:  # fmt: skip
        """The long ledger's rows summed by customer and age, as far as they settle by age; all others by document.

        And what all rows come to. None where no ledger is read by columns, or where money stands on orders.
        """
        at_once = self._orders.at_once
        long, signs = self._shipments, {action: sign for action, (_, sign) in _SIGNS.items()}
        if at_once:
            long, signs = self._orders, {"order": 1}
        by_columns = long.by_columns
        if by_columns is None:
            return None
        others = [*_keyed(of_returns(self._returns))]
        others += _keyed(of_shipments(self._shipments, at_once=True)) if at_once else _keyed(of_loans(self._loans))
        known = [(key, cents) for key, cents in others if cents is not None]
        names = {*named, *(name for (_, order_no, no, _, _), _ in known for name in (order_no, no))}
        found = by_columns.aged(signs, identify, due_of, age, names)
        if found is None or len(known) < len(others):
            return None
        total = found.total + sum(cents for _, cents in known)
        known += [(key, cents) for key, cents in _signed(long, found.others) if cents is not None]
        return found.sums, known, total


def _sums_of(rows: Rows, actions: Collection[str]) -> Iterator[tuple[Key, int | None]]:
    by_columns = rows.by_columns
    return _signed(rows, _row_by_row(rows, actions) if by_columns is None else by_columns.summed([*actions]))


def _row_by_row(rows: Rows, actions: Collection[str]) -> Iterator[_Sum]:
    """What each row comes to, if to anything: for the sums of a whole ledger no more of it is read."""
    cents = _Cents()
    for action, customer, order_no, no, row, day, due, qty, price, amount in rows.pick(
        "action", "customer", "order_no", str(rows.ledger.number), "row", "date", "due", "qty", "price", "amount"
    ):
        if action in actions and (owed := cents.of(qty, price, amount)) != 0:
            yield action, customer, order_no, no, row, day, due, owed


def _signed(rows: Rows, sums: Iterable[_Sum]) -> Iterator[tuple[Key, int | None]]:
    is_order = rows.ledger.id == "orders"
    for action, customer, order_no, no, row, day, due, cents in sums:
        number = no or f"{rows.file}:{row}"
        own_due, sign = due if action == "opening" else None, _SIGNS.get(action, ("sale", 1))[1]
        key = customer, number if is_order else order_no or "", number, day, own_due
        if cents is not None:
            yield key, sign * cents
        elif not is_order:
            yield key, None


def _keyed(charges: Iterable[Charge]) -> Iterator[tuple[Key, int | None]]:
    for _, customer, order_no, no, day, due, _, _, _, _, _, cents in charges:
        if cents != 0:
            yield (customer, order_no, no, day, due), cents


class _Cents:
    """What rows come to in cents, each figure worked out once."""

    def __init__(self) -> None:
        self._amounts: dict[Decimal, int] = {}
        self._products: dict[tuple[Decimal, Decimal], int] = {}

    def of(self, qty: Decimal, price: Decimal | None, amount: Decimal | None) -> int | None:
        """A row's cents; None without price and amount."""
        if amount is not None:
            cents = self._amounts.get(amount)
            if cents is None:
                cents = self._amounts[amount] = money.cents(amount)
            return cents
        if price is None:
            return None
        cents = self._products.get((qty, price))
        if cents is None:
            cents = self._products[qty, price] = money.cents(money.amount(qty, price))
        return cents


def of_orders(orders: Rows) -> Iterator[Charge]:
    """The sales of a book whose order rows are the sales."""
    cents, file = _Cents(), orders.file
    for row, action, no, day, customer, name, model, unit, qty, price, amount in orders.pick(
        "row", "action", "order_no", "date", "customer", "product", "model", "unit", "qty", "price", "amount"
    ):
        if action == "order":
            number = (no and no.strip()) or f"{file}:{row}"
            owed = cents.of(qty, price, amount) or 0
            yield Charge("sale", customer, number, number, day, None, name, model, qty, unit, price, owed)


def of_shipments(shipments: Rows, *, at_once: bool) -> Iterator[Charge]:
    """Goods shipped and taken back, and what was owed before; in a book of sales only the last."""
    cents, file = _Cents(), shipments.file
    for row, action, no, order_no, day, due, customer, name, model, unit, qty, price, amount in shipments.pick(
        "row", "action", "ship_no", "order_no", "date", "due", "customer", "product", "model", "unit", "qty", "price",
        "amount",
    ):  # fmt: skip
        if action in _SIGNS and (action == "opening" or not at_once):
            kind, sign = _SIGNS[action]
            owed = cents.of(qty, price, amount)
            order, number = order_no or "", no or f"{file}:{row}"
            own_due = due if action == "opening" else None
            moved = qty
            if sign < 0:
                moved, owed = -qty, None if owed is None else -owed
            yield Charge(kind, customer, order, number, day, own_due, name, model, moved, unit, price, owed)


def of_loans(loans: Rows) -> Iterator[Charge]:
    """Goods sold from loan: the money stands on their order."""
    cents, file = _Cents(), loans.file
    for row, action, no, order_no, day, customer, name, model, unit, qty, price in loans.pick(
        "row", "action", "loan_no", "order_no", "date", "customer", "product", "model", "unit", "qty", "price"
    ):
        if action == "sell":
            order = (order_no or "").strip()
            owed = None if order else cents.of(qty, price, None) or 0
            number = (no and no.strip()) or f"{file}:{row}"
            yield Charge("loan", customer, order, number, day, None, name, model, qty, unit, price, owed)


def of_returns(returns: Rows) -> Iterator[Charge]:
    """Refunds: they reduce what is owed."""
    file = returns.file
    for row, action, no, order_no, day, customer, name, model, unit, qty, amount in returns.pick(
        "row", "action", "return_no", "order_no", "date", "customer", "product", "model", "unit", "qty", "amount"
    ):
        if action == "refund":
            number = (no and no.strip()) or f"{file}:{row}"
            owed = -money.cents(amount or ZERO)
            order = (order_no or "").strip()
            yield Charge("refund", customer, order, number, day, None, name, model, -qty, unit, None, owed)


def spread(rows: list[Charge], open_: int) -> list[int]:
    """What is open of each row of one document, `open_` in all: credits and money have used up the first rows.

    A credit takes from rows of its own product first.
    """
    left = [max(row.cents or 0, 0) for row in rows]
    for credit in (row for row in rows if (row.cents or 0) < 0):
        own = [at for at, row in enumerate(rows) if (row.name, row.model) == (credit.name, credit.model)]
        _use_up(left, own, -(credit.cents or 0))
    _use_up(left, range(len(left)), sum(left) - open_)
    return left


def _use_up(left: list[int], places: Iterable[int], rest: int) -> None:
    for at in places:
        if rest <= 0:
            break
        part = min(rest, left[at])
        left[at] -= part
        rest -= part
