"""Items of a shipment or a return, held against the lines of their order."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from salesaid.balances.order_lines import OrderLine
from salesaid.balances.typed import Item
from salesaid.core.kinds import PRICE
from salesaid.core.rows import ZERO
from salesaid.core.tables import Note
from salesaid.core.text import Text


def gathered(items: Iterable[Item]) -> list[Item]:
    """The items with one product named once, so that a line is held against all that is asked of it."""
    found: dict[tuple[str, Decimal | None], Item] = {}
    for item in items:
        key = (item.product.id, item.price)
        before = found.get(key)
        found[key] = item if before is None else item._replace(qty=before.quantity + item.quantity)
    return list(found.values())


def totals(items: Iterable[Item]) -> dict[str, Decimal]:
    """How much is asked of each product, at whatever prices."""
    found: dict[str, Decimal] = {}
    for item in items:
        found[item.product.id] = found.get(item.product.id, ZERO) + item.quantity
    return found


def ordered_at(line: OrderLine | None) -> list[Decimal]:
    """The prices at which a line was ordered, in file order."""
    return [] if line is None else [part.price for part in line.parts if part.price is not None and part.qty > 0]


def other_price(item: Item, line: OrderLine | None) -> list[Note]:
    """A warning where a typed price is none of the order's."""
    prices = list(dict.fromkeys(ordered_at(line)))
    if item.price is None or not prices or item.price in prices:
        return []
    own, ordered = PRICE.format(item.price), [PRICE.format(price) for price in prices]
    text = Text(
        f"{item.product.id} 单价 {own}，订单上是 {'、'.join(ordered)}",
        f"{item.product.id} at {own}, on the order at {', '.join(ordered)}",
    )
    return [Note("other_price", "warning", text)]
