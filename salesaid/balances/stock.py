"""What lies where: a double-entry fold over every row that moves goods (DOMAIN.md 4).

The state is keyed by what rows say (name, model, unit, place), so that a new alias or product changes how it is read
and nothing in it. Counts are folded before all other rows: what is dated before a count never shifts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.shelf_counts import COUNTS, Count, brings_codes, fold_counts, newest_counts
from salesaid.core.items import components_of
from salesaid.core.places import CUSTOMER, TO_WAREHOUSE, WAREHOUSE, Way, is_ours
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import Afresh, State, key_of, parts_of
from salesaid.settings import Settings

HAND, USE = "stock.hand", "stock.use"
_KEY = ("action", "product", "model", "unit", "components", "warehouse", "to_warehouse")
_EVER, _NEVER = date.min, date.max

Places = dict[str, Decimal]


class _Leg(NamedTuple):
    """What one written row does at one of our places; `first` is the first day that still counts there."""

    name: str
    model: str
    unit: str
    place: str
    factor: Decimal
    first: date
    sold: bool


def fold(rows: Rows, state: State, catalogue: Catalogue, settings: Settings) -> None:
    """Add the rows of one ledger; the counts come before all others."""
    if rows.ledger.id == "stock_counts":
        fold_counts(rows, state, catalogue, settings)
    if brings_codes(rows, state):
        raise Afresh
    if any(_ways(rows).values()):
        _fold_moves(rows, state, catalogue, settings)


def _ways(rows: Rows) -> dict[str, tuple[Way, ...]]:
    return {action.id: action.at_once if rows.at_once else action.ways for action in rows.ledger.actions}


def _fold_moves(rows: Rows, state: State, catalogue: Catalogue, settings: Settings) -> None:
    columns = {column.id for column in rows.ledger.columns}
    key = tuple(name for name in _KEY if name in columns)
    since = rows.upto - timedelta(days=settings.limit("use_days")) if rows.upto else _NEVER
    tallies = _Tallies(key, _Legs(_ways(rows), state, catalogue, settings), since)
    # The innermost loop of a stock check: a million turns have to fit into a second.
    for written, day, qty in rows.pick(key, "date", "qty"):
        tally = tallies[written]
        if day >= tally[0]:
            tally[1] += qty
        if day > tally[2]:
            tally[3][day] = tally[3].get(day, ZERO) + qty
    tallies.flush(state)


class _Legs:
    """The legs of a written row: one a place of ours, one a component where the row says what a bundle held."""

    def __init__(
        self, ways: Mapping[str, tuple[Way, ...]], state: State, catalogue: Catalogue, settings: Settings
    ) -> None:
        self._ways = ways
        self._counts = newest_counts(state[COUNTS].under(), catalogue)
        self._catalogue = catalogue
        self._settings = settings

    def of(self, cells: Mapping[str, str]) -> Iterator[_Leg]:
        """All legs of a row with these cells."""
        for way in self._ways[cells["action"]]:
            for place, sign in ((way.from_place, Decimal(-1)), (way.to_place, Decimal(1))):
                ours = self._ours(place, cells)
                sold = CUSTOMER in (way.from_place, way.to_place)
                if ours:
                    for name, model, unit, factor in self._contents(cells):
                        yield _Leg(name, model, unit, ours, factor * sign, self._first(name, model, ours), sold)

    def _ours(self, place: str, cells: Mapping[str, str]) -> str:
        if place == WAREHOUSE:
            return cells.get("warehouse", "").strip() or self._settings.main_warehouse
        if place == TO_WAREHOUSE:
            return cells.get("to_warehouse", "").strip() or self._settings.main_warehouse
        return place if is_ours(place) else ""

    def _contents(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str, str, Decimal]]:
        parts = components_of(cells.get("components", "")) or self._registered_parts(cells)
        for name, qty in parts:
            yield name, "", "", qty
        if not parts:
            yield cells["product"].strip(), cells.get("model", "").strip(), cells.get("unit", "").strip(), Decimal(1)

    def _registered_parts(self, cells: Mapping[str, str]) -> Sequence[tuple[str, Decimal]]:
        # Where something was counted, each part of a bundle may count from another day. Else the row is kept as it is
        # written and taken apart when it is read, so that a changed register leaves the state as it is.
        if not self._counts:
            return []
        id_ = self._catalogue.identify(cells["product"], cells.get("model", ""))
        product = self._catalogue.product(id_)
        fits = product.components and counts_in(product, cells.get("unit", "").strip())
        return self._catalogue.contents(id_) if fits else []

    def _first(self, name: str, model: str, place: str) -> date:
        count = self._counts.get((self._catalogue.identify(name, model), place))
        return _EVER if count is None else count.first


class _Tallies(dict[tuple[str, ...], list[Any]]):
    """A sum for each distinct way of writing: [first day that counts, sum, days after this one apart, these]."""

    def __init__(self, names: tuple[str, ...], legs: _Legs, since: date) -> None:
        super().__init__()
        self._names = names
        self._legs_of = legs
        self._since = since
        self._legs: dict[tuple[str, ...], list[_Leg]] = {}

    def __missing__(self, written: tuple[str, ...]) -> list[Any]:
        legs = self._legs[written] = list(self._legs_of.of(dict(zip(self._names, written, strict=True))))
        firsts = {leg.first for leg in legs}
        if len(firsts) > 1:  # counted here and not there: each day apart
            tally = [_NEVER, ZERO, _EVER, {}]
        else:
            apart = self._since if any(leg.sold for leg in legs) else _NEVER
            tally = [min(firsts, default=_EVER), ZERO, apart, {}]
        self[written] = tally
        return tally

    def flush(self, state: State) -> None:
        """Add every sum to the state, place by place."""
        for written, (first, total, _, days) in self.items():
            for leg in self._legs[written]:
                qty = total if first == leg.first else sum((q for day, q in days.items() if day >= leg.first), ZERO)
                _add(state, leg, qty)
                if leg.sold:
                    _use(state, leg, {day: q for day, q in days.items() if day > self._since})


def _add(state: State, leg: _Leg, qty: Decimal) -> None:
    key = key_of(leg.name, leg.model, leg.unit, leg.place)
    before = state[HAND].get(key)
    state[HAND].set(key, str(qty * leg.factor + Decimal(before or 0)))


def _use(state: State, leg: _Leg, days: Mapping[date, Decimal]) -> None:
    if days:
        key = key_of(leg.name, leg.model, leg.unit)
        used = state[USE].get(key) or {}
        for day, qty in days.items():
            text = day.isoformat()
            used[text] = str(Decimal(used.get(text, 0)) - qty * leg.factor)
        state[USE].set(key, used)


def stock(state: State, catalogue: Catalogue, settings: Settings) -> Stock:
    """What lies where."""
    return Stock(state, catalogue, settings)


class Stock:
    """On hand by product and place, on the last day of what was folded."""

    def __init__(self, state: State, catalogue: Catalogue, settings: Settings) -> None:
        self._state = state
        self._catalogue = catalogue
        self._settings = settings

    def places(self, id_: str) -> Places:
        """On hand of one product at each of our places; empty for what is never stocked."""
        found: Places = {}
        if self._catalogue.is_goods(id_):
            self._gather(found, id_, self._written(id_), Decimal(1))
            for bundle, qty in self._catalogue.bundles_with(id_):
                self._gather(found, bundle, self._written(bundle), qty)
            for place, count in self._counts_of(id_).items():
                found[place] = found.get(place, ZERO) + count.qty
        return found

    def everything(self) -> dict[str, Places]:
        """On hand of every product that any row moved or counted."""
        found: dict[str, Places] = {}
        for key, text in self._state[HAND].under():
            name, model, unit, place = parts_of(key)
            for id_, qty in self._contents(name, model, unit):
                places = found.setdefault(id_, {})
                places[place] = places.get(place, ZERO) + Decimal(text) * qty
        for (id_, place), count in newest_counts(self._state[COUNTS].under(), self._catalogue).items():
            if self._catalogue.is_goods(id_):
                places = found.setdefault(id_, {})
                places[place] = places.get(place, ZERO) + count.qty
        return found

    def on_hand(self, id_: str) -> Decimal:
        """On hand of one product over all our places."""
        return sum(self.places(id_).values(), ZERO)

    def sellable(self, places: Places) -> Decimal:
        """What of it is for sale: `[stock] not_for_sale` places count on hand, never as available."""
        return sum((qty for place, qty in places.items() if place not in self._settings.not_for_sale), ZERO)

    def daily_use(self, today: date) -> dict[str, Decimal]:
        """What went to customers a day, over the last `use_days` days, by product."""
        days = self._settings.limit("use_days")
        since = (today - timedelta(days=days)).isoformat()
        used: dict[str, Decimal] = {}
        for key, by_day in self._state[USE].under():
            name, model, unit = parts_of(key)
            qty = sum((Decimal(text) for day, text in by_day.items() if since < day <= today.isoformat()), ZERO)
            for id_, factor in self._contents(name, model, unit):
                used[id_] = used.get(id_, ZERO) + qty * factor
        return {id_: qty / days for id_, qty in used.items()}

    def warehouses(self) -> set[str]:
        """Every place of ours that a row or the settings name."""
        written = {parts_of(key)[-1] for section in (HAND, COUNTS) for key, _ in self._state[section].under()}
        return {self._settings.main_warehouse, *self._settings.not_for_sale, *written}

    def open_since(self, id_: str, place: str) -> date:
        """The first day whose rows still change what lies there: what is dated before a count never does."""
        count = self._counts_of(id_).get(place)
        return _EVER if count is None else count.first

    def _counts_of(self, id_: str) -> dict[str, Count]:
        """The newest count of one product at each place."""
        under = (pair for form in self._catalogue.forms(id_) for pair in self._state[COUNTS].under(*form))
        return {place: count for (_, place), count in newest_counts(under, self._catalogue).items()}

    def _contents(self, name: str, model: str, unit: str) -> list[tuple[str, Decimal]]:
        """The goods in what a row names: a unit that is not the product's stays out."""
        id_ = self._catalogue.identify(name, model)
        if not self._counts_in(id_, unit):
            return []
        return [(part, qty) for part, qty in self._catalogue.contents(id_) if self._catalogue.is_goods(part)]

    def _written(self, id_: str) -> Iterator[tuple[str, str, Decimal]]:
        for name, model in self._catalogue.forms(id_):
            for key, text in self._state[HAND].under(name, model):
                _, _, unit, place = parts_of(key)
                yield unit, place, Decimal(text)

    def _gather(self, found: Places, id_: str, written: Iterator[tuple[str, str, Decimal]], factor: Decimal) -> None:
        for unit, place, qty in written:
            if self._counts_in(id_, unit):
                found[place] = found.get(place, ZERO) + qty * factor

    def _counts_in(self, id_: str, unit: str) -> bool:
        return counts_in(self._catalogue.product(id_), unit)
