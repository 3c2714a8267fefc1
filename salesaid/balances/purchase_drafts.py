"""Rows of the purchases gathered into lines, by number and product after folding (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.apart import Apart, apart_of, unit_that_counts
from salesaid.balances.catalogue import Product, counts_in
from salesaid.core.rows import ZERO


class Event(NamedTuple):
    """One row of a purchase; `product` is "" where it is about all of it.

    `qty` is what the line counts of it: 0 where `own` is in another unit than the line's.
    """

    day: date
    action: str
    product: str
    qty: Decimal
    due: date | None
    warehouse: str
    note: str
    row: int
    components: str
    unit: str
    own: Decimal


class Written(NamedTuple):
    """A row with what it says of its line; `is_above` where it closes by a quantity above zero."""

    event: Event
    supplier: str
    model: str
    price: Decimal | None
    order_no: str
    is_above: bool


class Draft:
    """A line while it is being added up; its first order row says whose it is, until then any other row."""

    __slots__ = (
        "apart", "arrived", "closed", "closed_above", "components", "day", "model", "movers", "order_no", "ordered",
        "prices", "received", "rejected", "supplier", "unit", "warehouse",
    )  # fmt: skip

    def __init__(self, rows: Sequence[Written], product: Product) -> None:
        first = rows[0]
        units = [row.event.unit for row in rows]
        self.day, self.supplier, self.model = first.event.day, first.supplier, first.model
        others = {*units} - {"", product.unit}  # mostly none
        self.unit = (unit_that_counts(product.unit, units) if others else product.unit) or first.event.unit
        self.apart: Apart = ()  # what was ordered in other units than the product's
        self.ordered: list[tuple[Decimal, date | None]] = []
        self.prices: set[Decimal | None] = set()
        self.received = self.rejected = self.closed = ZERO
        self.arrived: date | None = None
        self.order_no = self.warehouse = self.components = ""
        self.closed_above = False
        self.movers: dict[str, None] = {}  # the suppliers of rows of goods
        for row in rows:
            self._add(row)
        if others and not all(counts_in(product, unit) for unit in units):
            self.apart = apart_of(
                (event.unit, event.own, event.action == "order")
                for event in (row.event for row in rows)
                if not counts_in(product, event.unit)
            )

    def counted(self, event: Event) -> Event:
        """A row with what of it counts in the line's unit."""
        return event if not event.unit or not self.unit or event.unit == self.unit else event._replace(qty=ZERO)

    def _add(self, row: Written) -> None:
        event = row.event if row.event.unit == self.unit else self.counted(row.event)
        if event.action == "order":
            self._order(event, row.supplier, row.price, row.order_no)
            return
        self._move(event)
        self.movers[row.supplier] = None
        self.closed_above = self.closed_above or row.is_above

    def _order(self, event: Event, supplier: str, price: Decimal | None, order_no: str) -> None:
        """A row by which it was ordered."""
        if not self.ordered:
            self.day, self.supplier = event.day, supplier
        self.ordered.append((event.qty, event.due))
        self.order_no = self.order_no or order_no
        self.warehouse = self.warehouse or event.warehouse
        self.prices.add(price)

    def _move(self, event: Event) -> None:
        """A row by which goods came in, went back, or will not come."""
        if event.action == "close":
            self.closed -= event.qty
        elif event.action == "reject":
            self.received, self.rejected = self.received - event.qty, self.rejected + event.qty
        else:
            self.received += event.qty
            if event.qty > 0:
                self.arrived = max(self.arrived or event.day, event.day)
                self.components = event.components
