"""What rows tell of names that may be one: when, to whom, at what prices, and in which documents each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.balances.written_names import Known
from salesaid.core.keys import NameKind
from salesaid.core.rows import Rows

_SOLD_IN = frozenset({"orders", "shipments", "loans", "quotes"})  # whose prices are those that customers pay


class Facts:
    """What the rows of one name tell."""

    def __init__(self) -> None:
        self.first: date | None = None
        self.last: date | None = None
        self.low: Decimal | None = None
        self.high: Decimal | None = None
        self.customers: Counter[str] = Counter()
        self.documents: set[tuple[str, str]] = set()

    def add_day(self, day: date | None) -> None:
        """A row of that day."""
        if day is not None:
            self.first = day if self.first is None or day < self.first else self.first
            self.last = day if self.last is None or day > self.last else self.last

    def add_price(self, price: Decimal | None) -> None:
        """A row with that price; 0 and red letters tell nothing."""
        if price is not None and price > 0:
            self.low = price if self.low is None or price < self.low else self.low
            self.high = price if self.high is None or price > self.high else self.high


class Both(NamedTuple):
    """The facts of two names together; `same_order`: whether both stand in one order, a sign of two things."""

    first: date | None
    last: date | None
    low: Decimal | None
    high: Decimal | None
    customers: list[str]
    same_order: bool


def together(one: Facts, other: Facts) -> Both:
    """What is known of two names."""
    customers = one.customers + other.customers
    return Both(
        min(filter(None, (one.first, other.first)), default=None),
        max(filter(None, (one.last, other.last)), default=None),
        min((price for price in (one.low, other.low) if price is not None), default=None),
        max((price for price in (one.high, other.high) if price is not None), default=None),
        sorted(customers, key=lambda name: (-customers[name], name)),
        not one.documents.isdisjoint(other.documents),
    )


def evidence(
    journals: Mapping[str, Rows], kind: NameKind, known: Known, customer_names: Parties, names: Iterable[str]
) -> dict[str, Facts]:
    """The facts of some canonical names of one kind, from one pass over each ledger that has such names."""
    facts = {name: Facts() for name in names}
    if facts:
        for rows in journals.values():
            if isinstance(known, Catalogue):
                _add_products(rows, known, customer_names, facts)
            elif rows.has(kind):
                _add_parties(rows, kind, known, facts)
    return facts


def _add_products(rows: Rows, known: Catalogue, customer_names: Parties, facts: Mapping[str, Facts]) -> None:
    declared = {column.id for column in rows.ledger.columns}
    if "product" not in declared or not (rows.has("product") or rows.has("model")):
        return
    columns = [name for name in ("date", "customer", "price", rows.ledger.number or "") if name in declared]
    model = "model" if "model" in declared else "product"
    sold = rows.ledger.id in _SOLD_IN
    for (name, code), *values in rows.pick(("product", model), *columns):
        own = facts.get(known.identify(name, code if model == "model" else ""))
        if own is not None:
            _add(own, rows, dict(zip(columns, values, strict=True)), customer_names, sold=sold)


def _add(own: Facts, rows: Rows, cells: Mapping[str, object], customer_names: Parties, *, sold: bool) -> None:
    day, price = cells.get("date"), cells.get("price")
    number, customer = cells.get(rows.ledger.number or ""), str(cells.get("customer") or "")
    own.add_day(day if isinstance(day, date) else None)
    own.add_price(price if sold and isinstance(price, Decimal) else None)
    if customer.strip():
        own.customers[customer_names.identify(customer)] += 1
    if number:
        own.documents.add((rows.ledger.id, str(number)))


def _add_parties(rows: Rows, kind: NameKind, known: Parties, facts: Mapping[str, Facts]) -> None:
    for name, day in rows.pick(kind, "date"):
        own = facts.get(known.identify(name))
        if own is not None:
            own.add_day(day)
