"""Shipments that should have arrived and that nobody has signed for."""

from __future__ import annotations

from datetime import date

from salesaid.balances.arrivals import Arrival
from salesaid.balances.owners import Owners
from salesaid.balances.shipments_made import ShipmentsMade
from salesaid.balances.short_forms import short_forms
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO, Rows
from salesaid.core.text import Text, same
from salesaid.settings import Settings


def to_confirm(
    arrivals: list[Arrival], shipments_made: ShipmentsMade, owners: Owners, shipments: Rows, settings: Settings,
    today: date,
) -> list[Duty]:  # fmt: skip
    """A duty for each shipment whose expected arrival has passed."""
    late = [arrival for arrival in arrivals if arrival.day < today]
    if not late:
        return []
    short = short_forms(shipments_made.all, shipments, settings, today)
    return most_urgent_first([_duty(each, short.of(each.shipment.ship_no, with_prefix=True), owners, today)
                              for each in late])  # fmt: skip


def _duty(arrival: Arrival, no: str, owners: Owners, today: date) -> Duty:
    made, _ = arrival
    products = list(dict.fromkeys(row.product for row in made.rows))
    qty = sum((row.qty for row in made.rows), ZERO) if len(products) == 1 else None
    what = PRODUCT.show(products[0], "zh") + (f"×{QTY.format(qty)}" if qty is not None else "")
    more = len(products) - 1
    by = " ".join(text for text in (made.carrier, made.tracking_no) if text)
    rest = Text(f" 等 {more + 1} 种", f" and {more} more") if more else same("")
    way = Text(f"，{by}", f", {by}") if by else same("")
    text = Text(f"{CUSTOMER.show(made.customer, 'zh')} {what}", f"{CUSTOMER.show(made.customer, 'en')} {what}")
    return Duty(
        "arrive", text + rest + way, same(command("order", "sign", no)), (today - arrival.day).days, arrival.day,
        made.ship_no, made.customer, "", products[0] if len(products) == 1 else "", qty,
        owners=owners.of_order(made.order_no, made.customer),
    )  # fmt: skip
