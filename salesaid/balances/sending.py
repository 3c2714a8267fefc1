"""The rows of a shipment, as an order with --ship and `order ship` both write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.typed import Item
from salesaid.core.entries import Entry, NewNumber, Value
from salesaid.core.items import write_components


class Sending(NamedTuple):
    """How a shipment goes: what is said of it on the command line."""

    warehouse: str = ""
    carrier: str = ""
    tracking_no: str = ""
    freight: Decimal | None = None
    handler: str = ""


def shipment_head(
    new: NewNumber, day: date, order_no: Value, customer: str, sending: Sending, note: str
) -> dict[str, Value]:
    """What all rows of a shipment have in common."""
    return {
        "ship_no": new, "date": day, "action": "ship", "order_no": order_no, "customer": customer,
        "warehouse": sending.warehouse, "carrier": sending.carrier, "tracking_no": sending.tracking_no,
        "handler": sending.handler, "note": note,
    }  # fmt: skip


def shipment_row(
    head: dict[str, Value], item: Item, qty: Decimal, price: Value, amount: Value, sending: Sending, index: int
) -> Entry:
    """One row; freight stands on the first only."""
    given = {name for name in ("warehouse", "carrier", "tracking_no", "freight", "handler") if getattr(sending, name)}
    product = item.product
    row = head | {
        "product": product.name, "model": product.model, "qty": qty, "unit": item.unit, "price": price,
        "amount": amount,
        "components": write_components(product.components) if product.components else "",
        "freight": sending.freight if index == 0 else None,  # once a shipment, so that freight sums up right
    }  # fmt: skip
    return Entry("shipments", row, frozenset(given | {"order_no", "qty"} | ({"note"} if head["note"] else set())))
