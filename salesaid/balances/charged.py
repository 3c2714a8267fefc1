"""What customers were charged for goods that they still have: what a return gives back (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Product, counts_in
from salesaid.balances.shipments_made import Shipment
from salesaid.core import money
from salesaid.core.rows import ZERO


class Charged(NamedTuple):
    """Goods that left at one price: quantity, price, what was charged for all of it, and a bundle's parts then."""

    qty: Decimal
    price: Decimal | None
    amount: Decimal | None
    components: str = ""


def still_charged(made: Iterable[Shipment], product: Product) -> list[Charged]:
    """What shipments charged for a product, less what came back or was taken back by red letters; oldest first."""
    rows = []
    for shipment in made:
        for sent in shipment.rows:
            if sent.product == product.id and counts_in(product, sent.unit):
                amount = sent.amount
                if amount is not None and shipment.action == "return":  # written without a sign
                    amount = -amount
                rows.append(Charged(sent.qty, sent.price, amount, sent.components))
    return net(rows)


def net(rows: Iterable[Charged]) -> list[Charged]:
    """The rows above zero less those below: each from its own price first, the newest first."""
    left: list[Charged] = []
    for row in rows:
        if row.qty > 0:
            left.append(row)
        elif row.qty < 0:
            left = _less(left, row)
    return left


def _less(left: Sequence[Charged], back: Charged) -> list[Charged]:
    same = next((at for at in reversed(range(len(left))) if _is_whole(left[at], back)), None)
    if same is not None:
        rest = _rest(left[same], back)
        return [*left[:same], *([rest] if rest.qty else []), *left[same + 1 :]]
    taken, kept = newest(left, -back.qty, back.price)
    del taken
    return kept


def _is_whole(lot: Charged, back: Charged) -> bool:
    return lot.price == back.price and lot.qty >= -back.qty


def _rest(lot: Charged, back: Charged) -> Charged:
    # What was given back counts, not the share worked out anew: so that the last return gives back the remainder.
    given = back.amount if back.amount is not None else -(_share(lot, -back.qty) or ZERO)
    amount = None if lot.amount is None else lot.amount + given
    return lot._replace(qty=lot.qty + back.qty, amount=amount)


def newest(
    left: Sequence[Charged], qty: Decimal, price: Decimal | None = None
) -> tuple[list[Charged], list[Charged]]:  # fmt: skip
    """So much of the newest goods, those at this price before others: what is taken, and what stays."""
    kept, taken = list(left), []
    order = sorted(range(len(kept)), key=lambda at: (kept[at].price == price, at), reverse=True)
    for at in order:
        take = min(qty, kept[at].qty)
        if take > 0:
            lot, share = kept[at], _share(kept[at], take)
            taken.append(lot._replace(qty=take, amount=share))
            rest = None if lot.amount is None or share is None else lot.amount - share
            kept[at] = lot._replace(qty=lot.qty - take, amount=rest)
            qty -= take
    return taken, [lot for lot in kept if lot.qty]


def _share(lot: Charged, qty: Decimal) -> Decimal | None:
    """What of a lot's amount so many of its goods have; all of them have all of it."""
    if lot.amount is not None:
        return lot.amount if qty == lot.qty else money.rounded(lot.amount * qty / lot.qty, 2)
    return None if lot.price is None else money.amount(qty, lot.price)
