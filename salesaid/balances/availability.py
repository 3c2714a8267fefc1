"""How much of a product is on hand, promised and available; a bundle is as available as its scarcest part."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.promised import Promised
from salesaid.balances.stock import Places, Stock
from salesaid.core.rows import ZERO


class Level(NamedTuple):
    """What there is of one product; None where nothing lies on a shelf: services, and bundles for on hand."""

    on_hand: Decimal | None
    promised: Decimal | None
    available: Decimal | None


NOTHING = Level(None, None, None)


def availability(stock: Stock, promised: Promised, catalogue: Catalogue) -> Availability:
    """What there is of every product."""
    return Availability(stock, promised, catalogue)


class Availability:
    """What there is of every product, added up once."""

    def __init__(self, stock: Stock, promised: Promised, catalogue: Catalogue) -> None:
        self._stock = stock
        self._promised = promised
        self._catalogue = catalogue

    def of(self, id_: str) -> Level:
        """What there is of one product."""
        product = self._catalogue.product(id_)
        if not product.stocked:
            return NOTHING
        if product.components:
            parts = [
                (self._available(part) / qty).to_integral_value(ROUND_FLOOR)
                for part, qty in self._catalogue.contents(id_)
                if qty and self._catalogue.is_goods(part)
            ]
            return Level(None, self._promised.of(id_), min(parts, default=None))
        hand = sum(self._places.get(id_, {}).values(), ZERO)
        return Level(hand, self._open.get(id_, ZERO), self._available(id_))

    def is_low(self, id_: str) -> bool:
        """Whether what is available is at or below the minimum that was set; never for what is discontinued."""
        product = self._catalogue.product(id_)
        level = self.of(id_)
        if product.min_stock is None or product.status == "discontinued" or level.available is None:
            return False
        return level.available <= product.min_stock

    def _available(self, id_: str) -> Decimal:
        return self._stock.sellable(self._places.get(id_, {})) - self._open.get(id_, ZERO)

    @cached_property
    def _places(self) -> dict[str, Places]:
        return self._stock.everything()

    @cached_property
    def _open(self) -> dict[str, Decimal]:
        return self._promised.everything()
