"""When goods last went to a customer for good, and which serial numbers went where: what a warranty counts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.core.items import components_of
from salesaid.core.rows import ZERO, Rows
from salesaid.core.serial_numbers import serial_key, serials_in

_SOLD = {"orders": {"order"}, "shipments": {"ship"}, "loans": {"sell", "gift", "swap"}}


class Sold(NamedTuple):
    """Goods that went to a customer; of a bundle, what its row says that it held."""

    day: date
    customer: str
    product: str
    order_no: str
    components: str = ""


class _Row(NamedTuple):
    """One row; `document` is what its red letters have in common with it."""

    document: tuple[str, str, str]
    qty: Decimal
    sold: Sold
    serials: tuple[str, ...]


def goods_sold(orders: Rows, shipments: Rows, loans: Rows, catalogue: Catalogue, customer_names: Parties) -> GoodsSold:
    """What was shipped; in a book of sales, what was ordered; and what was sold from loan."""
    return GoodsSold((orders if orders.at_once else shipments, loans), catalogue, customer_names)


class GoodsSold:
    """What went to customers for good, read when asked for; what red letters took back never went."""

    def __init__(self, ledgers: tuple[Rows, ...], catalogue: Catalogue, customers: Parties) -> None:
        self._ledgers = ledgers
        self._catalogue = catalogue
        self._customers = customers

    def last(self, customer: str, product: str, day: date) -> Sold | None:
        """The newest sale of a product to a customer up to a day, also inside a bundle; None where there is none."""
        fitting = (row for row in self._rows() if row.sold.customer == customer and row.sold.product == product)
        return _newest(fitting, day)

    def of_order(self, order_no: str, product: str, day: date) -> Sold | None:
        """The newest sale of a product under an order up to a day; None where there is none."""
        fitting = (row for row in self._rows() if row.sold.order_no == order_no and row.sold.product == product)
        return _newest(fitting, day)

    def with_serials(self, serials: Iterable[str], day: date) -> dict[str, Sold | None]:
        """The newest sale of the piece with each of these serial numbers up to a day; None where there is none."""
        found: dict[str, list[_Row]] = {serial_key(serial): [] for serial in serials}
        for row in self._rows() if found else ():
            for key in row.serials:
                if key in found:
                    found[key].append(row)
        return {serial: _newest(found[serial_key(serial)], day) for serial in serials}

    def _rows(self) -> Iterator[_Row]:
        for rows in self._ledgers:
            yield from self._read(rows)

    def _read(self, rows: Rows) -> Iterator[_Row]:
        number, id_ = rows.ledger.number or "row", rows.ledger.id
        own = {column.id for column in rows.ledger.columns}
        texts = tuple(name for name in ("serial", "components") if name in own)
        for row, no, action, day, customer, (name, model, *cells), qty, order_no in rows.pick(
            "row", number, "action", "date", "customer", ("product", "model", *texts), "qty", "order_no"
        ):
            if action in _SOLD[id_]:
                said = dict(zip(texts, cells, strict=True))
                serials = tuple(map(serial_key, serials_in(said["serial"]))) if said.get("serial") else ()
                who = self._customers.identify(customer)
                parts = said.get("components", "")
                for product in self._products(name, model, parts):
                    sold = Sold(day, who, product, (order_no or "").strip(), parts)
                    yield _Row((id_, no or str(row), product), qty, sold, serials)
                    serials, parts = (), ""  # of a bundle, not of each of its parts

    def _products(self, name: str, model: str, components: str) -> list[str]:
        """The product of a row and, of a bundle, what it held."""
        id_ = self._catalogue.identify(name, model)
        parts = [self._catalogue.identify(part, "") for part, _ in components_of(components)] if components else []
        return [id_, *(parts or [part for part, _ in self._catalogue.contents(id_) if part != id_])]


def _newest(rows: Iterable[_Row], day: date) -> Sold | None:
    """The newest sale up to a day that red letters of its own document have left something of."""
    sums: dict[tuple[str, str, str], Decimal] = {}
    newest: dict[tuple[str, str, str], Sold] = {}
    for row in rows:
        sums[row.document] = sums.get(row.document, ZERO) + row.qty
        before = newest.get(row.document)
        if row.qty > 0 and row.sold.day <= day and (before is None or before.day <= row.sold.day):
            newest[row.document] = row.sold
    standing = [sold for document, sold in newest.items() if sums[document] > 0]
    return max(standing, key=lambda sold: sold.day, default=None)
