"""How far the shelf reaches for a product, a bundle's parts counted."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.stock import Stock
from salesaid.core.rows import ZERO


def reach(stock: Stock, catalogue: Catalogue) -> Reach:
    """What of each product could be sold from the shelf."""
    return Reach(stock, catalogue)


class Reach:
    """What lies there to be sold, each product worked out once."""

    def __init__(self, stock: Stock, catalogue: Catalogue) -> None:
        self._stock = stock
        self._catalogue = catalogue
        self._known: dict[str, Decimal | None] = {}

    def of(self, id_: str) -> Decimal | None:
        """How much of a product the shelf holds for sale; None of what lies on no shelf."""
        if id_ not in self._known:
            self._known[id_] = self._worked_out(id_)
        return self._known[id_]

    def _worked_out(self, id_: str) -> Decimal | None:
        if not id_ or not self._catalogue.product(id_).stocked:
            return None
        parts = [(part, qty) for part, qty in self._catalogue.contents(id_) if qty > 0 and self._is_kept(part)]
        reaching = [self._sellable(part) if qty == 1 else _floor(self._sellable(part) / qty) for part, qty in parts]
        return min(reaching) if reaching else None

    def _is_kept(self, id_: str) -> bool:
        return self._catalogue.is_goods(id_)

    def _sellable(self, id_: str) -> Decimal:
        return self._stock.sellable(self._stock.places(id_)) or ZERO


def _floor(qty: Decimal) -> Decimal:
    return qty.to_integral_value(ROUND_FLOOR)
