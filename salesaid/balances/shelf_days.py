"""Every shelf day by day: when it stood below zero, what its counts found, since when anything lay there (DOMAIN.md 4).

Stock keeps sums; this adds up the days of each shelf in one pass over the rows, for the rules that look back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.legs import EVER, KEY, NEVER, Leg, Legs, Tallies
from salesaid.balances.moves import Move, Moves
from salesaid.balances.shelf_counts import Written, standing
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import parts_of
from salesaid.settings import Settings

_Days = dict[date, Decimal]


class Below(NamedTuple):
    """A time during which a shelf stood below zero at the end of each day; `until` is None where it still does."""

    product: str
    place: str
    since: date
    until: date | None
    lowest: Decimal
    before: Decimal  # what lay there at the end of the day before


class Counted(NamedTuple):
    """A count, and what it found beyond what the book had there then; None where it was the first there was."""

    written: Written
    booked: Decimal
    difference: Decimal | None


class Shelf(NamedTuple):
    """One product at one place; `first` is the first day on which anything was written of it."""

    product: str
    place: str
    first: date
    on_hand: Decimal
    below: tuple[Below, ...]
    counts: tuple[Counted, ...]


def shelf_days(
    orders: Rows, shipments: Rows, loans: Rows, returns: Rows, purchases: Rows, stock_moves: Rows, stock_counts: Rows,
    moves: Moves, catalogue: Catalogue, settings: Settings,
) -> ShelfDays:  # fmt: skip
    """The shelves of the book."""
    ledgers = (orders, shipments, loans, returns, purchases, stock_moves)
    counts = list(standing(stock_counts, catalogue, settings))
    brought = any(next(rows.pick("row"), None) for rows in (stock_moves, purchases, stock_counts))
    return ShelfDays(ledgers, counts, moves, catalogue, settings, is_kept=brought)


class ShelfDays:
    """The shelves, worked out when first asked for. `is_kept`: the book says what came in, so that shelves can lack."""

    def __init__(
        self, ledgers: Sequence[Rows], counts: Sequence[Written], moves: Moves, catalogue: Catalogue,
        settings: Settings, *, is_kept: bool,
    ) -> None:  # fmt: skip
        self.is_kept = is_kept
        self._ledgers = ledgers
        self._written = counts
        self._moves = moves
        self._catalogue = catalogue
        self._settings = settings

    @cached_property
    def all(self) -> list[Shelf]:
        """Every shelf that rows moved or counted goods on."""
        counts: dict[tuple[str, str], list[Written]] = {}
        for each in self._written:
            if self._catalogue.is_goods(each.id):
                counts.setdefault((each.id, each.place), []).append(each)
        days = self._days
        return [_shelf(key, days.get(key, {}), counts.get(key, ())) for key in dict.fromkeys([*days, *counts])]

    @property
    def below(self) -> list[Below]:
        """All times below zero, none in a book that does not say what came in."""
        return [below for shelf in self.all for below in shelf.below] if self.is_kept else []

    def causes(self, belows: Iterable[Below]) -> list[tuple[Below, Move | None]]:
        """Each time below zero with the row that brought it there."""
        wanted = list(belows)
        read = self._moves.on_days({below.since for below in wanted}) if wanted else {}
        return [(below, _cause(below, read.get(below.product, ()))) for below in wanted]

    @property
    def on_hand(self) -> dict[str, dict[str, Decimal]]:
        """What lies at each place now, by product."""
        found: dict[str, dict[str, Decimal]] = {}
        for shelf in self.all:
            found.setdefault(shelf.product, {})[shelf.place] = shelf.on_hand
        return found

    def sold_since(self, day: date) -> dict[str, Decimal]:
        """What went to customers after a day, by product."""
        found: dict[str, Decimal] = {}
        for leg, parts, days in self._moved:
            if leg.sold and (qty := sum((qty for each, qty in days.items() if each > day), ZERO)):
                for id_, factor in parts:
                    found[id_] = found.get(id_, ZERO) - qty * leg.factor * factor
        return found

    @cached_property
    def _days(self) -> dict[tuple[str, str], _Days]:
        """What rows, counts aside, moved of each product at each place on each day."""
        found: dict[tuple[str, str], _Days] = {}
        for leg, parts, days in self._moved:
            for id_, factor in parts:
                shelf = found.setdefault((id_, leg.place), {})
                sign = leg.factor * factor
                for day, qty in days.items():
                    shelf[day] = shelf.get(day, ZERO) + qty * sign
        return found

    @cached_property
    def _moved(self) -> list[tuple[Leg, Sequence[tuple[str, Decimal]], _Days]]:
        """What rows that are written alike do at a place, the goods in what they name, and how much on which day."""
        found = []
        contents: dict[str, Sequence[tuple[str, Decimal]]] = {}
        for rows in self._ledgers:
            for _, _, _, days, legs in self._tallies(rows):
                for leg in legs:
                    parts = contents.get(leg.product)
                    if parts is None:
                        parts = contents[leg.product] = self._contents(*parts_of(leg.product))
                    if parts:
                        found.append((leg, parts, days))
        return found

    def _tallies(self, rows: Rows) -> Iterable[list[Any]]:
        ways = {action.id: action.at_once if rows.at_once else action.ways for action in rows.ledger.actions}
        if not any(ways.values()):
            return ()
        key = tuple(name for name in KEY if name == "action" or rows.has(name))
        tallies = _EachDay(Legs(key, ways, None, self._catalogue, self._settings), EVER)
        for *written, days, qtys in rows.pick_columns(*key, "date", "qty"):
            for tally, day, qty in zip(tallies.each(written), days, qtys, strict=False):
                by_day = tally[3]
                by_day[day] = by_day.get(day, ZERO) + qty
        return tallies.values()

    def _contents(self, name: str, model: str, unit: str) -> list[tuple[str, Decimal]]:
        """The goods in what a row names: a unit that is not the product's stays out."""
        id_ = self._catalogue.identify(name, model)
        if not counts_in(self._catalogue.product(id_), unit):
            return []
        return [(part, qty) for part, qty in self._catalogue.contents(id_) if self._catalogue.is_goods(part)]


class _EachDay(Tallies):
    """The sums of rows that are written alike, every day apart."""

    def __missing__(self, written: tuple[str, ...]) -> list[Any]:
        tally: list[Any] = [NEVER, ZERO, EVER, {}, self._legs_of(written)]
        self[written] = tally
        return tally


def _shelf(key: tuple[str, str], days: _Days, written: Iterable[Written]) -> Shelf:
    """Follow one shelf through its days; a count holds at the end of its day."""
    counts: dict[date, list[Written]] = {}
    for count in sorted(written, key=lambda count: (count.day, count.row)):
        counts.setdefault(count.day, []).append(count)
    there, before, below = ZERO, ZERO, None
    found: list[Counted] = []
    belows: list[Below] = []
    order = sorted({*days, *counts})
    for day in order:
        net = days.get(day, ZERO)
        there += net
        for count in counts.get(day, ()):
            held = count.counted if count.moved is None else count.counted + net - count.moved
            is_opening = not found and day == order[0] and day not in days
            found.append(Counted(count, there, None if is_opening else held - there))
            there = held
        if there < 0:
            below = below or Below(*key, day, None, there, before)
            below = below._replace(lowest=min(below.lowest, there))
        elif below is not None:
            belows.append(below._replace(until=day))
            below = None
        before = there
    if below is not None:
        belows.append(below)
    return Shelf(*key, order[0], there, tuple(belows), tuple(found))


def _cause(below: Below, moves: Iterable[Move]) -> Move | None:
    """The row of a day with which a shelf went below zero; None where a count did."""
    there = below.before
    todays = (move for move in moves if move.day == below.since)
    for move in sorted(todays, key=lambda move: (move.rank, move.ledger, move.no, move.row)):  # however it is sorted
        there += move.at(below.place)
        if there < 0 and move.at(below.place) < 0:
            return move
    return None
