"""What is agreed with each carrier, by place and weight."""

from __future__ import annotations

from datetime import date

from salesaid.balances.agreed_freight import AgreedFreight
from salesaid.balances.parcels import same_carrier
from salesaid.core.blanks import Named
from salesaid.core.kinds import DATE, PRICE, QTY, TEXT
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text

FIELDS = (
    Field("carrier", Text("物流公司", "Carrier"), TEXT, key=True),
    Field("to_place", Text("目的地", "To"), Named(Text("各地", "everywhere"))),
    Field("from_kg", Text("起重", "From kg"), QTY),
    Field("price", Text("价格", "Price"), PRICE),
    Field("per_kg", Text("每公斤", "Per kg"), PRICE),
    Field("valid_from", Text("生效日期", "Valid from"), DATE),
)


def freight_rate_list(agreed_freight: AgreedFreight, *, carrier: str | None = None) -> Table:
    """A row a rate, by carrier, place and weight, the newest of each first."""
    found = [each for each in agreed_freight.all if carrier is None or same_carrier(each.carrier, carrier)]
    found.sort(key=lambda each: each.valid_from or date.min, reverse=True)
    found.sort(key=lambda each: (each.carrier, each.to_place, each.from_kg))
    rows = [
        (each.carrier, each.to_place or None, each.from_kg, each.price, each.per_kg, each.valid_from) for each in found
    ]
    return Table(Text("运价", "Freight rates"), FIELDS, rows)
