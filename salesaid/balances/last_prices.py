"""The last price of each product to each customer, and the prices that were set for a day (DOMAIN.md 5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.core.rows import Rows
from salesaid.core.state import State, key_of, parts_of

SOLD = "last_prices.sold"
_ACTIONS = {"order"}


def fold(rows: Rows, state: State) -> None:
    """Add the prices of the orders: for each written product and customer the newest, on one day the later row's."""
    if rows.ledger.id != "orders" or not rows.has("price"):
        return
    newest: dict[str, tuple[date, Decimal]] = {}
    for action, day, customer, name, model, qty, price in rows.pick(
        "action", "date", "customer", "product", "model", "qty", "price"
    ):
        if action in _ACTIONS and price is not None and qty > 0:
            key = key_of(name.strip(), model.strip(), customer.strip())
            if key not in newest or day >= newest[key][0]:
                newest[key] = (day, price)
    for key, (day, price) in newest.items():
        before = state[SOLD].get(key)
        if before is None or day.isoformat() >= before[0]:
            state[SOLD].set(key, [day.isoformat(), str(price)])


class SetPrice(NamedTuple):
    """One row of the ledger of prices."""

    day: date
    product: str
    customer: str
    price: Decimal
    floor_price: Decimal | None
    until: date | None


def set_prices(prices: Rows, catalogue: Catalogue, customers: Parties) -> list[SetPrice]:
    """The ledger of prices in file order, names folded."""
    return [
        SetPrice(day, catalogue.identify(product, ""), customers.identify(customer), price, floor, until)
        for day, product, customer, price, floor, until in prices.pick(
            "date", "product", "customer", "price", "floor_price", "until"
        )
    ]


class Offer(NamedTuple):
    """A price with where it comes from: `last`, `agreed`, `list` or `register`, and since when."""

    price: Decimal
    source: str
    since: date | None = None


def last_prices(state: State, prices: Rows, catalogue: Catalogue, customer_names: Parties) -> LastPrices:
    """What products cost customers."""
    return LastPrices(state, set_prices(prices, catalogue, customer_names), catalogue, customer_names)


class LastPrices:
    """What a product costs a customer on a day."""

    def __init__(self, state: State, prices: list[SetPrice], catalogue: Catalogue, customers: Parties) -> None:
        self._state = state
        self._prices: dict[str, list[SetPrice]] = {}
        for row in prices:
            self._prices.setdefault(row.product, []).append(row)
        self._catalogue = catalogue
        self._customers = customers

    def last(self, product: str, customer: str) -> Offer | None:
        """The price of the customer's newest order of the product."""
        found: list[tuple[str, str]] = []
        for name, model in self._catalogue.forms(product):
            for key, (day, price) in self._state[SOLD].under(name, model):
                if self._customers.identify(parts_of(key)[2]) == customer:
                    found.append((day, price))
        if not found:
            return None
        day, price = max(found)
        return Offer(Decimal(price), "last", date.fromisoformat(day))

    def on(self, product: str, day: date, customer: str = "") -> Offer | None:
        """The list price of a day: the newest row not after it, for this customer or for all, else the register's."""
        for who, source in ((customer, "agreed"), ("", "list")):
            row = self._newest(product, day, who) if who or source == "list" else None
            if row is not None:
                return Offer(row.price, source, row.day)
        price = self._catalogue.product(product).price
        return None if price is None else Offer(price, "register")

    def floor(self, product: str, day: date, customer: str = "") -> Decimal | None:
        """The lowest price of a day: the newest row that has one, for this customer or for all, else the register's."""
        rows = [
            row for row in self._valid(product, day) if row.floor_price is not None and row.customer in {"", customer}
        ]
        return max(rows, key=lambda row: row.day).floor_price if rows else self._catalogue.product(product).floor_price

    def _newest(self, product: str, day: date, customer: str) -> SetPrice | None:
        newest: SetPrice | None = None
        for row in self._valid(product, day):
            if row.customer == customer and (newest is None or row.day >= newest.day):
                newest = row
        return newest

    def _valid(self, product: str, day: date) -> list[SetPrice]:
        return [
            row for row in self._prices.get(product, ()) if row.day <= day and (row.until is None or day <= row.until)
        ]

    def agreed(self, product: str, day: date) -> list[tuple[str, Offer]]:
        """The prices agreed with single customers that hold on a day, by customer."""
        names = sorted({row.customer for row in self._valid(product, day)} - {""})
        found = ((name, self._newest(product, day, name)) for name in names)
        return [(name, Offer(row.price, "agreed", row.day)) for name, row in found if row is not None]
