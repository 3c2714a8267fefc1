"""Goods that run low: what is projected is at or below the minimum, or orders want more than is there and comes."""

from __future__ import annotations

from decimal import Decimal

from salesaid.balances.census import party_code
from salesaid.balances.incoming import Incoming
from salesaid.balances.parties import Parties
from salesaid.balances.stock_levels import Level, StockLevels
from salesaid.core.blanks import PRODUCT
from salesaid.core.duties import Duty
from salesaid.core.kinds import QTY
from salesaid.core.pasted import behind_options, command
from salesaid.core.rows import ZERO
from salesaid.core.text import Text, same

_LEAD_DAYS = 7  # where neither the product nor its supplier says how long it takes


def to_buy(
    stock_levels: StockLevels, incoming: Incoming, supplier_names: Parties, stock_keeping: bool,
) -> list[Duty]:  # fmt: skip
    """A duty for each product that the stock check lists; what lacks most against its minimum first."""
    if not stock_keeping:
        return []
    low = [each for each in stock_levels.all if each.is_low or each.is_short or (each.on_hand or ZERO) < 0]
    low.sort(key=lambda each: (each.projected >= 0, _share(each), each.product.id))
    return [_duty(level, incoming, supplier_names) for level in low]


def _share(level: Level) -> Decimal:
    """What is projected as a share of the minimum."""
    least = level.product.min_stock or ZERO
    return level.projected / least if least > 0 else level.projected


def _duty(level: Level, incoming: Incoming, suppliers: Parties) -> Duty:
    product, coming = level.product, level.incoming or ZERO
    there = QTY.format(level.available)
    text = Text(
        f"{PRODUCT.show(product.id, 'zh')} 可用 {there}", f"{PRODUCT.show(product.id, 'en')}: {there} available"
    )
    if coming:
        text += Text(f"，在途 {QTY.format(coming)}", f", {QTY.format(coming)} incoming")
    if product.min_stock is not None:
        text += Text(f"，最低 {QTY.format(product.min_stock)}", f", minimum {QTY.format(product.min_stock)}")
    supplier, qty = _supplier(level, incoming), level.suggested or max(-level.projected, ZERO)
    return Duty(
        "low", text, same(command(*_closing(level, supplier, qty, suppliers))), supplier=supplier, product=product.id,
        qty=qty or None, on_hand=level.on_hand,
    )  # fmt: skip


def _supplier(level: Level, incoming: Incoming) -> str:
    """The product's own, else whom the next lot comes from."""
    lots = [] if level.product.supplier or not level.incoming else incoming.lots(level.product.id)
    return level.product.supplier or next((lot.supplier for lot in lots if lot.supplier), "")


def _closing(level: Level, supplier: str, qty: Decimal, suppliers: Parties) -> list[str]:
    """Buy it; of what is below zero by the book, and of bundles, look what it is."""
    product = level.product
    if level.scarcest is not None or not qty or not supplier:
        return ["stock", "card", *behind_options(product.id)] if (level.on_hand or ZERO) < 0 else ["stock", "check"]
    known = suppliers.registered.get(suppliers.identify(supplier))
    days = product.lead_days or (None if known is None else known.card.get("lead_days")) or _LEAD_DAYS
    new = [] if known is not None or suppliers.census.parties("supplier", party_code(supplier)) else ["--new"]
    return ["purchase", "add", "--due", f"+{days}", *new, *behind_options(supplier, f"{product.id}×{QTY.format(qty)}")]
