"""What written rows do at our places, and the sums of all those that are written alike (DOMAIN.md 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.shelf_counts import COUNTS, newest_counts
from salesaid.core.items import components_of
from salesaid.core.places import CUSTOMER, TO_WAREHOUSE, WAREHOUSE, Way, is_ours
from salesaid.core.rows import ZERO
from salesaid.core.state import State, key_of
from salesaid.settings import Settings

KEY = ("action", "product", "model", "unit", "components", "warehouse", "to_warehouse")
EVER, NEVER = date.min, date.max
_ONE = Decimal(1)


class Leg(NamedTuple):
    """What one written row does at one of our places; `first` is the first day that still counts there."""

    product: str  # key of (name, model, unit)
    place: str
    factor: Decimal
    first: date
    sold: bool


class Gathered:
    """What rows add to the shelves, and what of it went to customers on which day; none of it is in the state yet."""

    def __init__(self) -> None:
        self.hand: dict[tuple[str, str], Decimal] = {}
        self.use: dict[str, dict[date, Decimal]] = {}

    def add(self, leg: Leg, qty: Decimal, sold: Mapping[date, Decimal]) -> None:
        """Add a quantity to a shelf; `sold` are its parts by day."""
        shelf = (leg.product, leg.place)
        self.hand[shelf] = self.hand.get(shelf, ZERO) + qty * leg.factor
        if sold:
            used = self.use.setdefault(leg.product, {})
            for day, part in sold.items():
                used[day] = used.get(day, ZERO) - part * leg.factor


class Legs:
    """The legs of a written row: one a place of ours, one a component where the row says what a bundle held.

    Without a state no count is looked at: rows of all days count.
    """

    def __init__(
        self,
        key: tuple[str, ...],
        ways: Mapping[str, tuple[Way, ...]],
        state: State | None,
        catalogue: Catalogue,
        settings: Settings,
    ) -> None:
        self._cells = itemgetter(*(key.index(name) if name in key else -1 for name in KEY))
        self._ways = ways
        self._routes: dict[tuple[str, str, str], list[tuple[str, Decimal, bool]]] = {}
        self._counts = newest_counts(state[COUNTS].under(), catalogue) if state is not None else {}
        self._catalogue = catalogue
        self._settings = settings

    @property
    def ignore_days(self) -> bool:
        """Whether every row counts whatever its day: nothing was counted, and nothing goes to customers."""
        return not self._counts and not any(CUSTOMER in way for ways in self._ways.values() for way in ways)

    def of(self, written: tuple[str, ...]) -> list[Leg]:
        """All legs of a row with these cells."""
        action, product, model, unit, components, place, other = self._cells((*written, ""))  # "" for what is not there
        name, code, unit = product.strip(), model.strip(), unit.strip()
        route = self._routes.get((action, place, other)) or self._route(action, place, other)
        if not components and not self._counts:  # nearly every row of nearly every book
            key = key_of(name, code, unit)
            return [Leg(key, place, sign, EVER, sold) for place, sign, sold in route]
        parts = [(part, "", "", qty) for part, qty in self._parts(name, code, unit, components)]
        return [
            Leg(key_of(part, model, of), place, qty * sign, self._first(part, model, place), sold)
            for place, sign, sold in route
            for part, model, of, qty in parts or [(name, code, unit, _ONE)]
        ]

    def _route(self, action: str, warehouse: str, to_warehouse: str) -> list[tuple[str, Decimal, bool]]:
        """Which places of ours a row takes from or brings to, and whether a customer is at the other end."""
        route = self._routes[action, warehouse, to_warehouse] = [
            (ours, sign, CUSTOMER in way)
            for way in self._ways[action]
            for place, sign in zip(way, (-_ONE, _ONE), strict=True)
            if (ours := self._ours(place, warehouse, to_warehouse))
        ]
        return route

    def _ours(self, place: str, warehouse: str, to_warehouse: str) -> str:
        if place in {WAREHOUSE, TO_WAREHOUSE}:
            written = warehouse if place == WAREHOUSE else to_warehouse
            return written.strip() or self._settings.main_warehouse
        return place if is_ours(place) else ""

    def _parts(self, name: str, model: str, unit: str, components: str) -> Sequence[tuple[str, Decimal]]:
        """What the row says that a bundle held; of a bundle whose row does not say it, see below."""
        parts: Sequence[tuple[str, Decimal]] = components_of(components)
        if not parts and self._counts:
            # Where something was counted, each part of a bundle may count from another day. Else the row is kept as it
            # is written and taken apart when it is read, so that a changed register leaves the state as it is.
            product = self._catalogue.product(self._catalogue.identify(name, model))
            if product.components and counts_in(product, unit):
                return self._catalogue.contents(product.id)
        return parts

    def _first(self, name: str, model: str, place: str) -> date:
        count = self._counts.get((self._catalogue.identify(name, model), place)) if self._counts else None
        return EVER if count is None else count.first


class Tallies(dict[tuple[str, ...], list[Any]]):
    """A sum for each distinct way of writing: [first day that counts, sum, days after this one apart, these, legs]."""

    def __init__(self, legs: Legs, since: date) -> None:
        super().__init__()
        self._legs_of = legs.of
        self._since = since
        self._blocks: dict[tuple[str | None, ...], _Alike] = {}

    def each(self, columns: Sequence[Iterable[str]]) -> Iterable[list[Any]]:
        """The sum that each row of a block adds to: what is the same in all its rows is looked at once."""
        same = tuple(map(_same, columns))
        alike = self._blocks.get(same)
        if alike is None:
            alike = self._blocks[same] = _Alike(self, same)
        differing = [column for column, text in zip(columns, same, strict=True) if text is None]
        return map(alike.__getitem__, zip(*differing, strict=False)) if differing else repeat(alike[()])

    def __missing__(self, written: tuple[str, ...]) -> list[Any]:
        legs = self._legs_of(written)
        first, apart = legs[0].first if legs else EVER, NEVER
        for leg in legs:
            if leg.sold:
                apart = self._since
            if leg.first != first:  # counted here and not there: each day apart
                self[written] = [NEVER, ZERO, EVER, {}, legs]
                return self[written]
        tally = self[written] = [first, ZERO, apart, {}, legs]
        return tally

    def flush(self, gathered: Gathered) -> None:
        """Add every sum to what is gathered, place by place."""
        for first, total, _, days, legs in self.values():
            for leg in legs:
                qty = total if first == leg.first else sum((q for day, q in days.items() if day >= leg.first), ZERO)
                sold = {day: q for day, q in days.items() if day > self._since} if leg.sold and days else {}
                gathered.add(leg, qty, sold)


def _same(column: Iterable[str]) -> str | None:
    """The one text of a column, if it is the same in every row."""
    if isinstance(column, list | tuple) and column[0] == column[-1] and column.count(column[0]) == len(column):
        return str(column[0])
    return None


class _Alike(dict[tuple[str, ...], list[Any]]):
    """The same sums for rows that share some cells, by those in which they differ."""

    def __init__(self, tallies: Tallies, same: tuple[str | None, ...]) -> None:
        super().__init__()
        self._tallies = tallies
        self._same = [cell or "" for cell in same]
        self._places = [at for at, cell in enumerate(same) if cell is None]

    def __missing__(self, differing: tuple[str, ...]) -> list[Any]:
        cells = list(self._same)
        for at, cell in zip(self._places, differing, strict=True):
            cells[at] = cell
        tally = self[differing] = self._tallies[tuple(cells)]
        return tally
