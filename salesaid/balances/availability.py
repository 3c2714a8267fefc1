"""How much of a product is on hand, promised, available and to come; a bundle has as many as its scarcest part."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.incoming import Incoming
from salesaid.balances.promised import Promised
from salesaid.balances.stock import Places, Stock
from salesaid.core.rows import ZERO


class Level(NamedTuple):
    """What there is of one product; None where nothing lies on a shelf: services, and bundles for on hand."""

    on_hand: Decimal | None
    promised: Decimal | None
    available: Decimal | None


NOTHING = Level(None, None, None)


def availability(stock: Stock, promised: Promised, incoming: Incoming, catalogue: Catalogue) -> Availability:
    """What there is of every product."""
    return Availability(stock, promised, incoming, catalogue)


class Availability:
    """What there is of every product, added up once."""

    def __init__(self, stock: Stock, promised: Promised, incoming: Incoming, catalogue: Catalogue) -> None:
        self._stock = stock
        self._promised = promised
        self._incoming = incoming
        self._catalogue = catalogue

    def of(self, id_: str) -> Level:
        """What there is of one product."""
        product = self._catalogue.product(id_)
        if not product.stocked:
            return NOTHING
        if product.components:
            return Level(None, self._promised.of(id_), self._whole(id_, self._available))
        hand = sum(self._places.get(id_, {}).values(), ZERO)
        return Level(hand, self._open.get(id_, ZERO), self._available(id_))

    def products(self) -> list[str]:
        """Every product that lies, lay or was counted somewhere, or that an order waits for."""
        return [*dict.fromkeys([*self._places, *self._open])]

    def projected(self, id_: str) -> Decimal | None:
        """What is available of one product with what is under way; None where nothing lies on a shelf."""
        product = self._catalogue.product(id_)
        if not product.stocked:
            return None
        return self._whole(id_, self._projected) if product.components else self._projected(id_)

    def is_low(self, id_: str) -> bool:
        """Whether what is projected is at or below the minimum that was set; never for what is discontinued."""
        product = self._catalogue.product(id_)
        if product.min_stock is None or product.status == "discontinued":
            return False
        projected = self.projected(id_)
        return projected is not None and projected <= product.min_stock

    def _whole(self, bundle: str, there: Callable[[str], Decimal]) -> Decimal | None:
        """How many bundles the goods that are there make up."""
        parts = [
            (there(part) / qty).to_integral_value(ROUND_FLOOR)
            for part, qty in self._catalogue.contents(bundle)
            if qty and self._catalogue.is_goods(part)
        ]
        return min(parts, default=None)

    def _available(self, id_: str) -> Decimal:
        return self._stock.sellable(self._places.get(id_, {})) - self._open.get(id_, ZERO)

    def _projected(self, id_: str) -> Decimal:
        return self._available(id_) + self._to_come.get(id_, ZERO)

    @cached_property
    def _to_come(self) -> dict[str, Decimal]:
        return self._incoming.everything()

    @cached_property
    def _places(self) -> dict[str, Places]:
        return self._stock.everything()

    @cached_property
    def _open(self) -> dict[str, Decimal]:
        return self._promised.everything()
