"""What a carrier may charge: the rates agreed for a place and a weight, as they held on a day."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.parcels import same_carrier
from salesaid.core.keys import party_key
from salesaid.core.money import rounded
from salesaid.core.rows import ZERO, Rows


class Rate(NamedTuple):
    """One row of what was agreed."""

    carrier: str
    to_place: str
    from_kg: Decimal
    price: Decimal | None
    per_kg: Decimal | None
    valid_from: date | None
    row: int = 0

    def charge(self, weight: Decimal) -> Decimal:
        """What a weight costs: the price and each kg above the rate's start; without a price each kg of it all."""
        if self.price is None:
            return rounded((self.per_kg or ZERO) * weight, 2)
        return rounded(self.price + (self.per_kg or ZERO) * (weight - self.from_kg), 2)


class AgreedFreight:
    """All that was agreed."""

    def __init__(self, rates: tuple[Rate, ...]) -> None:
        self.all = rates

    def charge(self, carrier: str, places: Sequence[str], weight: Decimal | None, day: date | None) -> Decimal | None:
        """What was agreed for a parcel; None where nothing was, or where its weight is not known.

        `places` say where it went, the surest first: the bill's word for it, the customer's address. The rate of the
        nearest place holds: 深圳 before 广东, and both before a rate for everywhere.
        """
        rate = self.rate(carrier, places, weight, day)
        return None if rate is None or weight is None else rate.charge(weight)

    def rate(self, carrier: str, places: Sequence[str], weight: Decimal | None, day: date | None) -> Rate | None:
        """The row that holds for a parcel."""
        if weight is None:
            return None
        fit = [each for each in self.all if same_carrier(each.carrier, carrier)]
        fit = [each for each in fit if each.valid_from is None or (day is not None and each.valid_from <= day)]
        nearest = _nearest({each.to_place for each in fit}, places)
        fit = [each for each in fit if each.to_place == nearest and each.from_kg <= weight]
        return max(fit, key=lambda each: (each.from_kg, each.valid_from or date.min, each.row), default=None)


def _nearest(known: Collection[str], places: Sequence[str]) -> str:
    """Which of the known places a parcel went to; "" where none of them is named."""
    for place in places:
        where = party_key(place)
        found = [(end, len(name), name) for name in known if name and (end := _end_of(party_key(name), where))]
        if found:
            return max(found)[2]  # an address goes from the province to the house
    return ""


def _end_of(name: str, where: str) -> int:
    """Where a place's name ends in an address, 0 where it is not there; 北京东路 lies in another town."""
    found = list(re.finditer(rf"{re.escape(name)}(?![东西南北中]?[路街巷道])", where))
    return found[-1].end() if found else 0


def agreed_freight(freight_rates: Rows) -> AgreedFreight:
    """What was agreed with the carriers of the book."""
    columns = ("carrier", "to_place", "from_kg", "price", "per_kg", "valid_from", "row")
    return AgreedFreight(
        tuple(
            Rate(carrier.strip(), place.strip(), from_kg or ZERO, price, per_kg, valid_from, row)
            for carrier, place, from_kg, price, per_kg, valid_from, row in freight_rates.pick(*columns)
        )
    )
