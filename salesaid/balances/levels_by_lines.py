"""How each product stands against its minimum, from lines and shelves that a check works out anyway.

The same as `stock_levels`, which rests on what the index keeps: a check would have to fold it first.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.purchase_lines import PurchaseLines
from salesaid.balances.shelf_days import ShelfDays
from salesaid.balances.stock_levels import StockLevels
from salesaid.core.places import is_among
from salesaid.core.rows import ZERO
from salesaid.settings import Settings


def levels_by_lines(
    shelf_days: ShelfDays, order_lines: OrderLines, purchase_lines: PurchaseLines, catalogue: Catalogue,
    settings: Settings,
) -> StockLevels:  # fmt: skip
    """How products stand."""
    lines = () if settings.at_once else order_lines.all  # there nothing is open
    wanted = _Open(catalogue, ((line.product, line.open) for line in lines if not line.is_apart))
    coming = (line for line in purchase_lines.all if line.is_ordered and not line.is_apart)
    to_come = _Open(catalogue, ((line.product, line.open) for line in coming))
    return StockLevels(_Shelves(shelf_days, settings), wanted, to_come, catalogue)


class _Shelves:
    """What lies where, by the days of each shelf."""

    def __init__(self, shelf_days: ShelfDays, settings: Settings) -> None:
        self._shelf_days = shelf_days
        self._settings = settings

    def everything(self) -> dict[str, dict[str, Decimal]]:
        """On hand of every product at each of our places."""
        return self._shelf_days.on_hand

    def sellable(self, places: dict[str, Decimal]) -> Decimal:
        """What of it is for sale."""
        return sum((q for place, q in places.items() if not is_among(place, self._settings.not_for_sale)), ZERO)


class _Open:
    """What is open of lines, by product; what is not stocked is in no sum."""

    def __init__(self, catalogue: Catalogue, lines: Iterable[tuple[str, Decimal]]) -> None:
        self._catalogue = catalogue
        self._sums: dict[str, Decimal] = {}
        for id_, open_ in lines:
            if open_ > 0 and catalogue.product(id_).stocked:
                self._sums[id_] = self._sums.get(id_, ZERO) + open_

    def of(self, id_: str) -> Decimal:
        """How much of one product, also inside bundles."""
        own = self._sums.get(id_, ZERO)
        return own + sum((self._sums.get(b, ZERO) * qty for b, qty in self._catalogue.bundles_with(id_)), ZERO)

    def everything(self) -> dict[str, Decimal]:
        """How much of every product; a bundle counts for its components."""
        found: dict[str, Decimal] = {}
        for id_, qty in self._sums.items():
            for part, factor in self._catalogue.contents(id_):
                found[part] = found.get(part, ZERO) + qty * factor
        return found
