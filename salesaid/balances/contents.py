"""What a row says that a bundle held when it moved: so that a register changed later leaves the past as it was."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from salesaid.balances.catalogue import Catalogue, Product, counts_in
from salesaid.core.items import components_of, write_components


def contents_text(product: Product, unit: str = "") -> str:
    """The components cell of a row that moves a product in a unit; blank for what is no bundle."""
    return write_components(product.components) if product.components and counts_in(product, unit) else ""


def contents_of(product: str, components: str, catalogue: Catalogue) -> Sequence[tuple[str, Decimal]]:
    """What one of a product holds: what a row's cell says, else what the register does."""
    written = components_of(components)
    return [(catalogue.identify(part, ""), qty) for part, qty in written] or catalogue.contents(product)
