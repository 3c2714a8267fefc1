"""How each product stands against its minimum: on hand, promised, under way (DOMAIN.md 4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.incoming import Incoming
from salesaid.balances.promised import Promised
from salesaid.balances.stock import Stock
from salesaid.core.rows import ZERO


class Level(NamedTuple):
    """How one product stands. A bundle has no stock of its own: it is as available as its scarcest part."""

    product: Product
    on_hand: Decimal | None
    sellable: Decimal
    promised: Decimal
    available: Decimal
    incoming: Decimal | None
    projected: Decimal
    scarcest: Part | None = None

    @property
    def is_low(self) -> bool:
        """Whether what is projected is at or below the minimum; a product that is discontinued never is."""
        least = self.product.min_stock
        return least is not None and self.product.status == "active" and self.projected <= least

    @property
    def is_short(self) -> bool:
        """Whether orders want more than there is and comes, whatever the minimum; of a bundle its parts are."""
        return self.scarcest is None and self.promised > 0 > self.projected

    @property
    def suggested(self) -> Decimal | None:
        """What to order: the reorder quantity, or up to the minimum if that is more, in whole packs."""
        least, pack = self.product.min_stock, self.product.pack
        if not self.is_low or least is None or self.scarcest is not None:
            return None
        qty = max(self.product.reorder_qty or ZERO, least - self.projected)
        return (qty / pack).to_integral_value(ROUND_CEILING) * pack if pack and pack > 0 else qty

    def days_to_zero(self, use: Decimal) -> Decimal | None:
        """Whole days that what is available lasts at so much a day; None where nothing is used."""
        if self.available <= 0:
            return ZERO
        return (self.available / use).to_integral_value(ROUND_FLOOR) if use > 0 else None

    @property
    def shelf(self) -> Level:
        """What is used up: the product itself, or the scarcest part of a bundle."""
        return self.scarcest.level if self.scarcest is not None else self


class Part(NamedTuple):
    """A part of a bundle, and how many of it are in each."""

    level: Level
    qty: Decimal

    def reaches(self, there: Decimal) -> Decimal:
        """For how many bundles so much of it is enough."""
        return (there / self.qty).to_integral_value(ROUND_FLOOR)


class OnShelves(Protocol):
    """What lies where: the balance of stock, or what else knows it."""

    def everything(self) -> dict[str, dict[str, Decimal]]:
        """On hand of every product at each of our places."""
        ...

    def sellable(self, places: dict[str, Decimal]) -> Decimal:
        """What of it is for sale."""
        ...


class Wanted(Protocol):
    """What is promised to customers."""

    def of(self, id_: str) -> Decimal:
        """How much of one product, also inside bundles."""
        ...

    def everything(self) -> dict[str, Decimal]:
        """How much of every product; a bundle counts for its components."""
        ...


class Coming(Protocol):
    """What is under way from suppliers."""

    def everything(self) -> dict[str, Decimal]:
        """How much of every product; a bundle counts for its components."""
        ...


def stock_levels(stock: Stock, promised: Promised, incoming: Incoming, catalogue: Catalogue) -> StockLevels:
    """How products stand."""
    return StockLevels(stock, promised, incoming, catalogue)


class StockLevels:
    """How products stand, worked out when first asked for."""

    def __init__(self, stock: OnShelves, promised: Wanted, incoming: Coming, catalogue: Catalogue) -> None:
        self._balances = (stock, promised, incoming)
        self._catalogue = catalogue

    @cached_property
    def all(self) -> list[Level]:
        """The products that have a minimum, are below zero or promised beyond it, those of the register first."""
        return list(_each(*self._balances, self._catalogue))

    @property
    def low(self) -> list[Level]:
        """Those that are low; nothing is looked at where no product has a minimum."""
        if all(product.min_stock is None for product in self._catalogue.registered.values()):
            return []
        return [level for level in self.all if level.is_low]


def _each(stock: OnShelves, promised: Wanted, incoming: Coming, catalogue: Catalogue) -> Iterator[Level]:
    """What may run low: the products of the register, whether ever stocked or not, and others that rows moved."""
    everywhere, open_, to_come = stock.everything(), promised.everything(), incoming.everything()

    def on_shelf(product: Product) -> Level:
        places, wanted = everywhere.get(product.id, {}), open_.get(product.id, ZERO)
        ready, coming = stock.sellable(places), to_come.get(product.id, ZERO)
        there = ready - wanted
        return Level(product, sum(places.values(), ZERO), ready, wanted, there, coming, there + coming)

    for id_ in dict.fromkeys([*catalogue.registered, *everywhere, *open_]):
        product = catalogue.product(id_)
        if product.components and product.stocked and product.min_stock is not None:
            goods = [(part, qty) for part, qty in catalogue.contents(id_) if qty > 0 and catalogue.is_goods(part)]
            parts = [Part(on_shelf(catalogue.product(part)), qty) for part, qty in goods]
            if parts:
                yield _bundle(product, parts, promised.of(id_))
        elif product.stocked and not product.components:
            places = everywhere.get(id_, {})
            if product.min_stock is not None or sum(places.values()) < 0 or id_ in open_:
                yield on_shelf(product)


def _bundle(product: Product, parts: list[Part], wanted: Decimal) -> Level:
    """A bundle: its scarcest part is the one that it runs out of first, goods under way counted."""
    scarcest = min(parts, key=lambda part: part.reaches(part.level.projected))
    available = min(part.reaches(part.level.available) for part in parts)
    projected = scarcest.reaches(scarcest.level.projected)
    return Level(product, None, scarcest.level.sellable, wanted, available, None, projected, scarcest)
