"""Shipments that are under way, and when they should arrive: the day they left and the customer's days on the road."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.parties import Parties
from salesaid.balances.shipments_made import Shipment, ShipmentsMade
from salesaid.core.rows import ZERO
from salesaid.settings import Settings


class Arrival(NamedTuple):
    """A shipment that nobody has signed for, and the day on which it should be there."""

    shipment: Shipment
    day: date


def arrivals(shipments_made: ShipmentsMade, customer_names: Parties, settings: Settings) -> list[Arrival]:
    """What is under way, in file order; nothing in a book that signs for none. Goods that came back are not."""
    if settings.at_once or not shipments_made.are_signed:
        return []
    made = shipments_made.all
    if not any(each.signed for each in made.values()):
        return []
    returned: dict[tuple[str, str], Decimal] = {}
    for each in made.values():
        for sent in each.rows if each.action == "return" else ():
            key = (each.order_no, sent.product)
            returned[key] = returned.get(key, ZERO) - sent.qty
    return [
        Arrival(each, each.day + timedelta(_transit(each, customer_names)))
        for each in made.values()
        if shipments_made.is_under_way(each) and not _came_back(each, returned)
    ]


def _transit(made: Shipment, customers: Parties) -> int:
    return int(customers.party(made.customer).card.get("transit_days") or 0) if made.customer else 0


def _came_back(made: Shipment, returned: dict[tuple[str, str], Decimal]) -> bool:
    """Whether as much of all its goods came back under its order."""
    return bool(made.order_no) and all(
        sent.qty <= returned.get((made.order_no, sent.product), ZERO) for sent in made.rows
    )
