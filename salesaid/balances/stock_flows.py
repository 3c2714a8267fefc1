"""What came into and went out of every shelf, by what it was for: 进销存 (DOMAIN.md 4).

Stock keeps sums up to today; this adds up the days of each shelf in one pass over the rows, each kind of move apart, so
that any days can be told from those before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.legs import EVER, KEY, NEVER, Leg, Legs, Tallies
from salesaid.balances.shelf_counts import Written, standing
from salesaid.core.places import CUSTOMER, LOAN, OPENING, OUTSIDE, REPAIR, SCRAP, SUPPLIER, Way, is_ours
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import State, parts_of
from salesaid.settings import Settings

Into = Literal["opened", "purchased", "returned", "loans_back", "counted_more", "other_in", "transferred_in"]
OutOf = Literal[
    "sold", "replaced", "lent", "sent_back", "scrapped", "counted_less", "other_out", "transferred_out"
]  # fmt: skip
INTO: tuple[Into, ...] = (
    "opened", "purchased", "returned", "loans_back", "counted_more", "other_in", "transferred_in",
)  # fmt: skip
OUT_OF: tuple[OutOf, ...] = (
    "sold", "replaced", "lent", "sent_back", "scrapped", "counted_less", "other_out", "transferred_out",
)  # fmt: skip
_FROM: Mapping[str, Into] = {
    OPENING: "opened", SUPPLIER: "purchased", CUSTOMER: "returned", REPAIR: "returned", LOAN: "loans_back",
    OUTSIDE: "other_in",
}  # fmt: skip
_TO: Mapping[str, OutOf] = {
    CUSTOMER: "sold", LOAN: "lent", SUPPLIER: "sent_back", SCRAP: "scrapped", OUTSIDE: "other_out",
}  # fmt: skip
_FROM_LOAN, _SOLD = Way(LOAN, CUSTOMER), {"sell", "swap"}  # gifts are no sales

Kind = Into | OutOf
_Days = dict[date, Decimal]
_ByKind = dict[Kind, _Days]


class Flow(NamedTuple):
    """One product at one place over some days: what lay there before them, and what moved, by kind and unsigned.

    A red-letter row takes off what its own kind moved, so that a figure below zero is one taken back later.
    """

    product: str
    place: str
    opening: Decimal
    moved: Mapping[Kind, Decimal]

    @property
    def into(self) -> Decimal:
        """All that came in."""
        return sum((self.moved.get(kind, ZERO) for kind in INTO), ZERO)

    @property
    def out_of(self) -> Decimal:
        """All that went out."""
        return sum((self.moved.get(kind, ZERO) for kind in OUT_OF), ZERO)

    @property
    def closing(self) -> Decimal:
        """What lay there after them."""
        return self.opening + self.into - self.out_of


def stock_flows(
    orders: Rows, shipments: Rows, loans: Rows, returns: Rows, purchases: Rows, stock_moves: Rows, stock_counts: Rows,
    catalogue: Catalogue, settings: Settings,
) -> StockFlows:  # fmt: skip
    """The flows of the book."""
    ledgers = (orders, shipments, loans, returns, purchases, stock_moves)
    return StockFlows(ledgers, stock_counts, catalogue, settings)


class StockFlows:
    """The flows, added up when first asked for."""

    def __init__(self, ledgers: Sequence[Rows], counts: Rows, catalogue: Catalogue, settings: Settings) -> None:
        self._ledgers = ledgers
        self._count_rows = counts
        self._catalogue = catalogue
        self._settings = settings

    def between(self, first: date, last: date) -> list[Flow]:
        """Every shelf that anything was ever written of up to the last day, with what moved from the first to it."""
        found = []
        for (product, place), kinds in self._days.items():
            if any(day <= last for days in kinds.values() for day in days):
                opening, moved = ZERO, {}
                for kind, days in kinds.items():
                    before = sum((qty for day, qty in days.items() if day < first), ZERO)
                    opening += before if kind in INTO else -before
                    moved[kind] = sum((qty for day, qty in days.items() if first <= day <= last), ZERO)
                found.append(Flow(product, place, opening, moved))
        return found

    def on_hand(self, day: date) -> dict[str, Decimal]:
        """What lay on all shelves together at the end of a day, by product."""
        found: dict[str, Decimal] = {}
        for flow in self.between(date.min, day):
            found[flow.product] = found.get(flow.product, ZERO) + flow.closing
        return found

    def sold(self, first: date, last: date) -> dict[str, Decimal]:
        """What was sold in these days less what customers brought back, by product; what was sold from loan, too."""
        found: dict[str, Decimal] = {}
        signs: tuple[tuple[Kind, int], ...] = (("sold", 1), ("returned", -1))
        for (product, _), kinds in self._days.items():
            for kind, sign in signs:
                for day, qty in kinds.get(kind, {}).items():
                    if first <= day <= last:
                        found[product] = found.get(product, ZERO) + sign * qty
        for product, days in self._sold_from_loan.items():
            qty = sum((qty for day, qty in days.items() if first <= day <= last), ZERO)
            found[product] = found.get(product, ZERO) + qty
        return found

    def last_sold(self, upto: date) -> dict[str, date]:
        """The last day on which goods were sold, by product; not what red letters of that day took back."""
        found: dict[str, date] = {}
        shelves = [(product, kinds.get("sold", {})) for (product, _), kinds in self._days.items()]
        for product, days in (*shelves, *self._sold_from_loan.items()):
            newest = max((day for day, qty in days.items() if qty > 0 and day <= upto), default=None)
            if newest is not None:
                found[product] = max(newest, found.get(product, newest))
        return found

    def first_in(self, upto: date) -> dict[str, date]:
        """The first day on which any goods came in, by product."""
        found: dict[str, date] = {}
        for (product, _), kinds in self._days.items():
            days = (day for kind in INTO for day, qty in kinds.get(kind, {}).items() if qty > 0 and day <= upto)
            oldest = min(days, default=None)
            if oldest is not None:
                found[product] = min(oldest, found.get(product, oldest))
        return found

    @cached_property
    def _days(self) -> dict[tuple[str, str], _ByKind]:
        """What moved on each shelf on each day, by kind; counts as the difference that they found."""
        found: dict[tuple[str, str], _ByKind] = {}
        for rows in self._ledgers:
            for key, kind, days in self._read(rows):
                own = found.setdefault(key, {}).setdefault(kind, {})
                for day, qty in days.items():
                    own[day] = own.get(day, ZERO) + qty
        counts: dict[tuple[str, str], list[Written]] = {}
        for each in standing(self._count_rows, self._catalogue, self._settings):
            if self._catalogue.is_goods(each.id):
                counts.setdefault((each.id, each.place), []).append(each)
        for key, written in counts.items():
            _add_counts(found.setdefault(key, {}), written)
        return found

    def _read(self, rows: Rows) -> Iterator[tuple[tuple[str, str], Kind, _Days]]:
        ways = {action.id: action.at_once if rows.at_once else action.ways for action in rows.ledger.actions}
        if not any(ways.values()):
            return
        contents: dict[str, list[tuple[str, Decimal]]] = {}
        of_repair = rows.ledger.id == "returns"
        for written, (_, _, _, days, legs, back) in _tallies(rows, self._legs(rows, ways)).items():
            for leg in legs:
                parts = contents.get(leg.product)
                if parts is None:
                    parts = contents[leg.product] = self._contents(*parts_of(leg.product))
                for id_, factor in parts:
                    qty = factor * abs(leg.factor)
                    kind = _kind(ways[written[0]], leg)
                    kind = "replaced" if kind == "sold" and of_repair else kind
                    yield (id_, leg.place), kind, {day: moved * qty for day, moved in days.items()}
                    if back:
                        yield (id_, leg.place), "returned", {day: -moved * qty for day, moved in back.items()}

    def _legs(self, rows: Rows, ways: Mapping[str, tuple[Way, ...]]) -> Legs:
        # With no count in its state, rows of all days count: what counts found is worked out here.
        return Legs(_key(rows), ways, State(), self._catalogue, self._settings)

    @cached_property
    def _sold_from_loan(self) -> dict[str, _Days]:
        """What was lent and became the customer's, by product and day: it left its shelf when it was lent."""
        found: dict[str, _Days] = {}
        for rows in self._ledgers:
            for_good = {
                action.id
                for action in rows.ledger.actions
                if action.id in _SOLD and _FROM_LOAN in (action.at_once if rows.at_once else action.ways)
            }
            for action, day, name, model, unit, qty in (
                rows.pick("action", "date", "product", "model", "unit", "qty") if for_good else ()
            ):
                for id_, factor in self._contents(name, model, unit.strip()) if action in for_good else ():
                    own = found.setdefault(id_, {})
                    own[day] = own.get(day, ZERO) + qty * factor
        return found

    def _contents(self, name: str, model: str, unit: str) -> list[tuple[str, Decimal]]:
        """The goods in what a row names: a unit that is not the product's stays out."""
        id_ = self._catalogue.identify(name, model)
        if not counts_in(self._catalogue.product(id_), unit):
            return []
        return [(part, qty) for part, qty in self._catalogue.contents(id_) if self._catalogue.is_goods(part)]


def _key(rows: Rows) -> tuple[str, ...]:
    return tuple(name for name in KEY if name == "action" or rows.has(name))


class _EachDay(Tallies):
    """The sums of rows that are written alike, every day apart; last in each, what sales took back on which day."""

    def __missing__(self, written: tuple[str, ...]) -> list[Any]:
        tally: list[Any] = [NEVER, ZERO, EVER, {}, self._legs_of(written), {}]
        self[written] = tally
        return tally


def _tallies(rows: Rows, legs: Legs) -> _EachDay:
    """All rows of a ledger by what is written in them. Where orders are the sales, those below zero are returns."""
    tallies = _EachDay(legs, EVER)
    back_at = 5 if rows.at_once and rows.ledger.id == "orders" else 3
    for *written, days, qtys in rows.pick_columns(*_key(rows), "date", "qty"):
        for tally, day, qty in zip(tallies.each(written), days, qtys, strict=False):
            by_day = tally[back_at if qty < 0 else 3]
            by_day[day] = by_day.get(day, ZERO) + qty
    return tallies


def _kind(ways: Iterable[Way], leg: Leg) -> Kind:
    """What a leg of an action is for: where goods come from that come in, and where those go that go out."""
    for from_place, to_place in ways:
        if leg.factor > 0 and is_ours(to_place):
            return "transferred_in" if is_ours(from_place) else _FROM[from_place]
        if leg.factor < 0 and is_ours(from_place):
            return "transferred_out" if is_ours(to_place) else _TO[to_place]
    raise LookupError(leg)


def _add_counts(shelf: _ByKind, written: Iterable[Written]) -> None:
    """Add what counts found; a count holds at the end of its day, and before any move it is the opening."""
    nets: _Days = {}
    for kind, days in shelf.items():
        for day, qty in days.items():
            nets[day] = nets.get(day, ZERO) + (qty if kind in INTO else -qty)
    counts: dict[date, list[Written]] = {}
    for count in sorted(written, key=lambda count: (count.day, count.row)):
        counts.setdefault(count.day, []).append(count)
    there, is_first = ZERO, True
    for day in sorted({*nets, *counts}):
        there += nets.get(day, ZERO)
        for count in counts.get(day, ()):
            held = count.counted if count.moved is None else count.counted + nets.get(day, ZERO) - count.moved
            is_opening = is_first and day not in nets
            found: Kind = "opened" if is_opening else "counted_more" if held > there else "counted_less"
            own = shelf.setdefault(found, {})
            own[day] = own.get(day, ZERO) + (held - there if is_opening else abs(held - there))
            there, is_first = held, False
        is_first = False
