"""What lies where: a double-entry fold over every row that moves goods (DOMAIN.md 4).

The state is keyed by what rows say (name, model, unit, place), so that a new alias or product changes how it is read
and nothing in it. Counts are folded before all other rows: what is dated before a count never shifts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.shelf_counts import COUNTS, Count, brings_codes, fold_counts, newest_counts
from salesaid.core.places import Way, is_among
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import MARK, Afresh, State, parts_of, under
from salesaid.settings import Settings

if TYPE_CHECKING:
    from salesaid.balances.legs import Gathered

HAND, USE = "stock.hand", "stock.use"
ONE = Decimal(1)

Places = dict[str, Decimal]


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


def _settle(gathered: Gathered, state: State) -> None:
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
    from salesaid.balances.legs import KEY, NEVER, Gathered, Legs, Tallies  # not loaded where nothing has moved

    key = tuple(name for name in KEY if name == "action" or rows.has(name))
    since = rows.upto - timedelta(days=settings.limit("use_days")) if rows.upto else NEVER
    legs = Legs(key, _ways(rows), state, catalogue, settings)
    tallies = Tallies(legs, since)
    # The innermost loops of a stock check: a million turns have to fit into a second.
    if legs.ignore_days:
        for *written, qtys in rows.pick_columns(*key, "qty"):
            for tally, qty in zip(tallies.each(written), qtys, strict=False):
                tally[1] += qty
    else:
        for *written, days, qtys in rows.pick_columns(*key, "date", "qty"):
            for tally, day, qty in zip(tallies.each(written), days, qtys, strict=False):
                if day >= tally[0]:
                    tally[1] += qty
                if day > tally[2]:
                    tally[3][day] = tally[3].get(day, ZERO) + qty
    tallies.flush(state.gathered("stock", Gathered, _settle))


def stock(state: State, catalogue: Catalogue, settings: Settings) -> Stock:
    """What lies where."""
    return Stock(state, catalogue, settings)


class Stock:
    """On hand by product and place, on the last day of what was folded."""

    def __init__(self, state: State, catalogue: Catalogue, settings: Settings) -> None:
        self._state = state
        self._catalogue = catalogue
        self._settings = settings

    def under(self, catalogue: Catalogue) -> Stock:
        """The same rows read with other decisions about names."""
        return Stock(self._state, catalogue, self._settings)

    def places(self, id_: str) -> Places:
        """On hand of one product at each of our places; empty for what is never stocked."""
        found: Places = {}
        if self._catalogue.is_goods(id_):
            self._gather(found, id_, self._written(id_), ONE)
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
                moved = Decimal(text) if qty is ONE else Decimal(text) * qty
                places[place] = places[place] + moved if place in places else moved
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
        return self._settings.warehouses | written

    def open_since(self, id_: str, place: str) -> date:
        """The first day whose rows still change what lies there: what is dated before a count never does."""
        count = self._counts_of(id_).get(place)
        return date.min if count is None else count.first

    def _counts_of(self, id_: str) -> dict[str, Count]:
        """The newest count of one product at each place."""
        under = (pair for form in self._catalogue.forms(id_) for pair in self._state[COUNTS].under(*form))
        return {place: count for (_, place), count in newest_counts(under, self._catalogue).items()}

    def _contents(self, name: str, model: str, unit: str) -> list[tuple[str, Decimal]]:
        """The goods in what a row names: a unit that is not the product's stays out."""
        product = self._catalogue.product(self._catalogue.identify(name, model))
        if not counts_in(product, unit):
            return []
        if not product.components:  # nearly every product
            return [(product.id, ONE)] if product.stocked else []
        return [each for each in self._catalogue.contents(product.id) if self._catalogue.is_goods(each[0])]

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
