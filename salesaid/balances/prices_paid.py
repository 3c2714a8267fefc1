"""The prices that were set and the prices that were paid, as they changed (DOMAIN.md 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.last_prices import set_prices
from salesaid.balances.parties import Parties
from salesaid.core.rows import ZERO, Rows

Source = Literal["list", "agreed", "order"]


class PricePoint(NamedTuple):
    """A price on a day, and the one before it of the same product, customer and source; None for the first."""

    day: date
    product: str
    customer: str
    source: Source
    price: Decimal
    before: Decimal | None
    no: str
    qty: Decimal | None


class _Read(NamedTuple):
    """A row that says a price; `at` is its place in its ledger."""

    day: date
    at: int
    price: Decimal
    no: str
    qty: Decimal | None


_Series = tuple[str, str, Source]


def prices_paid(orders: Rows, prices: Rows, catalogue: Catalogue, customer_names: Parties) -> PricesPaid:
    """The prices of the book."""
    return PricesPaid(orders, prices, catalogue, customer_names)


class PricesPaid:
    """Prices by product, customer and source, read when they are asked for."""

    def __init__(self, orders: Rows, prices: Rows, catalogue: Catalogue, customers: Parties) -> None:
        self._orders = orders
        self._prices = prices
        self._catalogue = catalogue
        self._customers = customers

    def changes(
        self, first: date, last: date, *, product: str | None = None, customer: str | None = None
    ) -> list[PricePoint]:
        """What changed in these days, by product, customer and day: of each series its first price, then each new one.

        Goods for nothing have no price, and what red letters took back whole was never paid. Of a customer, prices
        that hold for everyone are a part.
        """
        before: dict[_Series, _Read] = {}
        within: dict[_Series, list[_Read]] = {}
        for series, read in self._read():
            if product not in {None, series[0]} or (customer is not None and series[1] not in {"", customer}):
                continue
            if read.day < first:
                known = before.get(series)
                if known is None or (read.day, read.at) >= (known.day, known.at):
                    before[series] = read
            elif read.day <= last:
                within.setdefault(series, []).append(read)
        return [point for series in sorted(within) for point in _changes(series, within[series], before.get(series))]

    def _read(self) -> Iterator[tuple[_Series, _Read]]:
        for at, row in enumerate(set_prices(self._prices, self._catalogue, self._customers)):
            source: Source = "agreed" if row.customer else "list"
            yield (row.product, row.customer, source), _Read(row.day, at, row.price, "", None)
        identify, file = self._catalogue.identify, self._orders.file
        void = self._taken_back()
        for row, action, no, day, name, model, customer, qty, price in self._orders.pick(
            "row", "action", "order_no", "date", "product", "model", "customer", "qty", "price"
        ):
            if action == "order" and price and qty > 0:
                number, id_ = (no and no.strip()) or f"{file}:{row}", identify(name, model)
                if (number, id_) not in void:
                    yield (id_, self._customers.identify(customer), "order"), _Read(day, row, price, number, qty)

    def _taken_back(self) -> set[tuple[str, str]]:
        """The numbers and products of which red letters have left nothing."""
        identify = self._catalogue.identify
        rows = ("action", "order_no", "product", "model", "qty")
        left: dict[tuple[str, str], Decimal] = {}
        for action, no, name, model, qty in self._orders.pick(*rows):
            if action == "order" and no and qty < 0:
                left[no.strip(), identify(name, model)] = ZERO
        for action, no, name, model, qty in self._orders.pick(*rows) if left else ():
            if action == "order" and no and (key := (no.strip(), identify(name, model))) in left:
                left[key] += qty
        return {key for key, qty in left.items() if qty <= 0}


def _changes(series: _Series, reads: list[_Read], before: _Read | None) -> Iterator[PricePoint]:
    """The first price of these days and each that differs from the one before it; on one day, in the ledger's order."""
    last = None if before is None else before.price
    for index, read in enumerate(sorted(reads, key=lambda read: (read.day, read.at))):
        if index == 0 or read.price != last:
            product, customer, source = series
            yield PricePoint(read.day, product, customer, source, read.price, last, read.no, read.qty)
        last = read.price
