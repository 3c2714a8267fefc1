"""The last price of each product to each customer, and the prices that were set for a day (DOMAIN.md 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.core.errors import Refused
from salesaid.core.kinds import PRICE
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import State, key_of, parts_of
from salesaid.core.text import Text

SOLD, TAKEN_BACK = "last_prices.sold", "last_prices.taken_back"
_COLUMNS = ("row", "action", "order_no", "date", ("product", "model", "customer"), "qty", "price")


def fold(rows: Rows, state: State) -> None:
    """Add the prices of the orders: for each written product and customer the newest, on one day the later row's.

    Nothing is kept of older ones: the numbers under which goods were taken back tell when the ledger has to be read.
    """
    if rows.ledger.id != "orders" or not rows.has("price"):
        return
    newest: dict[tuple[str, str, str], tuple[date, int, Decimal, str | None]] = {}
    back: set[tuple[str, str, str, str]] = set()
    for row, action, no, day, written, qty, price in rows.pick(*_COLUMNS):
        if action == "order" and qty < 0:
            back.add((*written, _number(no, rows.file, row)))
        elif action == "order" and price and qty > 0:
            before = newest.get(written)
            if before is None or day >= before[0]:
                newest[written] = (day, row, price, no)
    for written, (day, row, price, no) in newest.items():
        key = _key(*written)
        kept = state[SOLD].get(key)
        if kept is None or (day.isoformat(), row) >= (kept[0], kept[1]):
            state[SOLD].set(key, [day.isoformat(), row, str(price), _number(no, rows.file, row)])
    for name, model, customer, number in back:
        state[TAKEN_BACK].set(_key(name, model, customer, number), 1)


def _key(*written: str) -> str:
    return key_of(*(text.strip() for text in written))


def _number(no: str | None, file: str, row: int) -> str:
    """An order's number; a row without one is an order of its own."""
    return (no and no.strip()) or f"{file}:{row}"


class Sold(NamedTuple):
    """One order row of a customer as the ledger has it; what red letters took back has a quantity below zero."""

    day: date
    row: int
    number: str
    name: str
    model: str
    qty: Decimal
    price: Decimal | None


class BelowFloor(Refused):
    """A price is below the product's lowest price and nobody said that this is meant."""

    def __init__(self, product: str, price: Decimal, floor: Decimal) -> None:
        at, low = PRICE.format(price), PRICE.format(floor)
        super().__init__(
            Text(f"{product} 的单价 {at} 低于最低价 {low}", f"the price {at} of {product} is below its lowest, {low}"),
            Text("确要这样卖，请加 --yes 并用 --note 写明原因", "to sell at it, add --yes and say why with --note"),
        )


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


def last_prices(
    state: State, orders: Rows, prices: Rows, catalogue: Catalogue, customer_names: Parties
) -> LastPrices:  # fmt: skip
    """What products cost customers."""
    return LastPrices(state, orders, set_prices(prices, catalogue, customer_names), catalogue, customer_names)


class LastPrices:
    """What a product costs a customer on a day."""

    def __init__(
        self, state: State, orders: Rows, prices: list[SetPrice], catalogue: Catalogue, customers: Parties
    ) -> None:
        self._state = state
        self._orders = orders
        self._prices: dict[str, list[SetPrice]] = {}
        for row in prices:
            self._prices.setdefault(row.product, []).append(row)
        self._catalogue = catalogue
        self._customers = customers
        self._read: dict[str, list[Sold]] = {}

    def last(self, product: str, customer: str, day: date | None = None) -> Offer | None:
        """The price of the customer's newest order of the product that stands, up to a day; free goods have none."""
        kept = [(value[0], value[1], value) for _, value in self._kept(SOLD, product, customer)]
        if not kept:
            return None
        since, _, price, number = max(kept)[2]
        back = {parts_of(key)[3] for key, _ in self._kept(TAKEN_BACK, product, customer)}
        if number in back or (day is not None and since > day.isoformat()):
            return self._in_ledger(product, customer, day)
        return Offer(Decimal(price), "last", date.fromisoformat(since))

    def _kept(self, section: str, product: str, customer: str) -> Iterator[tuple[str, Any]]:
        for name, model in self._catalogue.forms(product):
            for key, value in self._state[section].under(name, model):
                if self._customers.identify(parts_of(key)[2]) == customer:
                    yield key, value

    def _in_ledger(self, product: str, customer: str, day: date | None) -> Offer | None:
        rows = [sold for sold in self._sold_to(customer) if self._catalogue.identify(sold.name, sold.model) == product]
        left: dict[tuple[str, object], Decimal] = {}  # of a number, and of a number at each price
        for sold in rows:
            for key in {(sold.number, None), (sold.number, sold.price)}:
                left[key] = left.get(key, ZERO) + sold.qty
        standing = [
            sold
            for sold in rows
            if sold.qty > 0 and sold.price and (day is None or sold.day <= day)
            and left[sold.number, None] > 0 and left[sold.number, sold.price] > 0
        ]  # fmt: skip
        newest = max(standing, key=lambda sold: (sold.day, sold.row), default=None)
        return None if newest is None or not newest.price else Offer(newest.price, "last", newest.day)

    def _sold_to(self, customer: str) -> list[Sold]:
        """All order rows of a customer, read once."""
        if customer not in self._read:
            identify, file = self._customers.identify, self._orders.file
            self._read[customer] = [
                Sold(day, row, _number(no, file, row), name, model, qty, price)
                for row, action, no, day, (name, model, written), qty, price in self._orders.pick(*_COLUMNS)
                if action == "order" and identify(written) == customer
            ]
        return self._read[customer]

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

    def require_floor(self, product: str, price: Decimal, day: date, customer: str) -> None:
        """Raises BelowFloor where a price is below the day's lowest one."""
        floor = self.floor(product, day, customer)
        if floor is not None and price < floor:
            raise BelowFloor(product, price, floor)

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
