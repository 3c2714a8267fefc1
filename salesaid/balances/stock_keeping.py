"""Whether a book keeps its stock at all: else all that was ever sold would be below zero, and every product low."""

from __future__ import annotations

from salesaid.balances.catalogue import Catalogue
from salesaid.core.rows import Rows


def stock_keeping(stock_moves: Rows, stock_counts: Rows, purchases: Rows, catalogue: Catalogue) -> bool:
    """Whether it has a ledger of what comes in or was counted, or a product with a minimum."""
    if stock_moves.columns or stock_counts.columns or purchases.columns:
        return True
    return any(product.min_stock is not None for product in catalogue.registered.values())
