"""How far the shelf reaches for a product, a bundle's parts counted."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from functools import cached_property

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.stock import Stock
from salesaid.balances.stock_levels import StockLevels


def reach(stock: Stock, stock_levels: StockLevels, catalogue: Catalogue) -> Reach:
    """What of each product could be sold from the shelf."""
    return Reach(stock, stock_levels, catalogue)


class Reach:
    """What lies there to be sold, each product worked out once."""

    def __init__(self, stock: Stock, levels: StockLevels, catalogue: Catalogue) -> None:
        self._stock = stock
        self._levels = levels
        self._catalogue = catalogue
        self._known: dict[str, Decimal | None] = {}

    def of(self, id_: str) -> Decimal | None:
        """How much of a product the shelf holds for sale; None of what lies on no shelf."""
        if id_ not in self._known:
            self._known[id_] = self._worked_out(id_)
        return self._known[id_]

    def on_shelf(self, id_: str) -> Decimal:
        """How much of goods lies there; of most that anybody waits for it is known already how they stand."""
        known = self._on_shelf.get(id_)
        return self._stock.sellable(self._stock.places(id_)) if known is None else known

    def _worked_out(self, id_: str) -> Decimal | None:
        if not id_ or not self._catalogue.product(id_).stocked:
            return None
        parts = [
            (part, qty) for part, qty in self._catalogue.contents(id_) if qty > 0 and self._catalogue.is_goods(part)
        ]
        reaching = [self.on_shelf(part) if qty == 1 else _floor(self.on_shelf(part) / qty) for part, qty in parts]
        return min(reaching) if reaching else None

    @cached_property
    def _on_shelf(self) -> dict[str, Decimal]:
        return {level.product.id: level.sellable for level in self._levels.all if level.scarcest is None}


def _floor(qty: Decimal) -> Decimal:
    return qty.to_integral_value(ROUND_FLOOR)
