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
from salesaid.core.places import CUSTOMER, TO_WAREHOUSE, WAREHOUSE, Way, is_among, is_ours
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import MARK, Afresh, State, key_of, parts_of, under
from salesaid.settings import Settings

HAND, USE = "stock.hand", "stock.use"
_KEY = ("action", "product", "model", "unit", "components", "warehouse", "to_warehouse")
_EVER, _NEVER = date.min, date.max
_ONE = Decimal(1)

Places = dict[str, Decimal]


class _Leg(NamedTuple):
    """What one written row does at one of our places; `first` is the first day that still counts there."""

    product: str  # key of (name, model, unit)
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


class _Gathered:
    """What rows add to the shelves, and what of it went to customers on which day; none of it is in the state yet."""

    def __init__(self) -> None:
        self.hand: dict[tuple[str, str], Decimal] = {}
        self.use: dict[str, dict[date, Decimal]] = {}

    def add(self, leg: _Leg, qty: Decimal, sold: Mapping[date, Decimal]) -> None:
        """Add a quantity to a shelf; `sold` are its parts by day."""
        shelf = (leg.product, leg.place)
        self.hand[shelf] = self.hand.get(shelf, ZERO) + qty * leg.factor
        if sold:
            used = self.use.setdefault(leg.product, {})
            for day, part in sold.items():
                used[day] = used.get(day, ZERO) - part * leg.factor


def _settle(gathered: _Gathered, state: State) -> None:
    hand, use = state[HAND], state[USE]
    for (product, place), qty in gathered.hand.items():
        key = under(product, place)
        before = hand.get(key)
        hand.set(key, str(qty if before is None else qty + Decimal(before)))
    for product, days in gathered.use.items():
        used = use.get(product) or {}
        for day, qty in days.items():
            text = day.isoformat()
            used[text] = str(Decimal(used.get(text, 0)) + qty)
        use.set(product, used)


def _fold_moves(rows: Rows, state: State, catalogue: Catalogue, settings: Settings) -> None:
    key = tuple(name for name in _KEY if name == "action" or rows.has(name))
    since = rows.upto - timedelta(days=settings.limit("use_days")) if rows.upto else _NEVER
    legs = _Legs(key, _ways(rows), state, catalogue, settings)
    tallies = _Tallies(legs, since)
    # The innermost loops of a stock check: a million turns have to fit into a second.
    if legs.ask_no_day:
        for written, qtys in rows.pick_columns(key, "qty"):
            for tally, qty in zip(map(tallies.__getitem__, written), qtys, strict=False):
                tally[1] += qty
    else:
        for written, day, qty in rows.pick(key, "date", "qty"):
            tally = tallies[written]
            if day >= tally[0]:
                tally[1] += qty
            if day > tally[2]:
                tally[3][day] = tally[3].get(day, ZERO) + qty
    tallies.flush(state.gathered("stock", _Gathered, _settle))


class _Legs:
    """The legs of a written row: one a place of ours, one a component where the row says what a bundle held."""

    def __init__(
        self,
        key: tuple[str, ...],
        ways: Mapping[str, tuple[Way, ...]],
        state: State,
        catalogue: Catalogue,
        settings: Settings,
    ) -> None:
        self._at = [key.index(name) if name in key else -1 for name in _KEY]
        self._ways = ways
        self._routes: dict[tuple[str, str, str], list[tuple[str, Decimal, bool]]] = {}
        self._counts = newest_counts(state[COUNTS].under(), catalogue)
        self._catalogue = catalogue
        self._settings = settings

    @property
    def ask_no_day(self) -> bool:
        """Whether every row counts whatever its day: nothing was counted, and nothing goes to customers."""
        return not self._counts and not any(CUSTOMER in way for ways in self._ways.values() for way in ways)

    def of(self, written: tuple[str, ...]) -> list[_Leg]:
        """All legs of a row with these cells."""
        action, product, model, unit, components, *places = [written[at] if at >= 0 else "" for at in self._at]
        name, code, unit = product.strip(), model.strip(), unit.strip()
        route = self._routes.get((action, places[0], places[1])) or self._route(action, *places)
        if not components and not self._counts:  # nearly every row of nearly every book
            key = key_of(name, code, unit)
            return [_Leg(key, place, sign, _EVER, sold) for place, sign, sold in route]
        parts = [(part, "", "", qty) for part, qty in self._parts(name, code, unit, components)]
        return [
            _Leg(key_of(part, model, of), place, qty * sign, self._first(part, model, place), sold)
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
        return _EVER if count is None else count.first


class _Tallies(dict[tuple[str, ...], list[Any]]):
    """A sum for each distinct way of writing: [first day that counts, sum, days after this one apart, these, legs]."""

    def __init__(self, legs: _Legs, since: date) -> None:
        super().__init__()
        self._legs_of = legs.of
        self._since = since

    def __missing__(self, written: tuple[str, ...]) -> list[Any]:
        legs = self._legs_of(written)
        first, apart = legs[0].first if legs else _EVER, _NEVER
        for leg in legs:
            if leg.sold:
                apart = self._since
            if leg.first != first:  # counted here and not there: each day apart
                self[written] = [_NEVER, ZERO, _EVER, {}, legs]
                return self[written]
        tally = self[written] = [first, ZERO, apart, {}, legs]
        return tally

    def flush(self, gathered: _Gathered) -> None:
        """Add every sum to what is gathered, place by place."""
        for first, total, _, days, legs in self.values():
            for leg in legs:
                qty = total if first == leg.first else sum((q for day, q in days.items() if day >= leg.first), ZERO)
                sold = {day: q for day, q in days.items() if day > self._since} if leg.sold and days else {}
                gathered.add(leg, qty, sold)


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
        made_of: dict[str, list[tuple[str, Decimal]]] = {}
        for key, text in self._state[HAND].under():
            product, _, place = key.rpartition(MARK)
            contents = made_of.get(product)
            if contents is None:
                contents = made_of[product] = self._contents(*parts_of(product))
            for id_, qty in contents:
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
        return sum((q for place, q in places.items() if not is_among(place, self._settings.not_for_sale)), ZERO)

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
