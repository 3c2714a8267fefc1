"""Every move of goods, one by one: from where to where, when, and which row says so (DOMAIN.md 4).

Stock keeps sums; this reads the rows again, for the few answers that need each of them: a stock card, and what was
written of a day when its shelves were counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.shelf_counts import standing
from salesaid.core.items import components_of
from salesaid.core.kinds import QTY
from salesaid.core.places import COUNT_DIFFERENCE, CUSTOMER, OPENING, SCRAP, TO_WAREHOUSE, WAREHOUSE, is_ours
from salesaid.core.rows import ZERO, Rows
from salesaid.core.schema import Ledger
from salesaid.settings import Settings

_OPENING, _IN, _WITHIN, _OUT, _COUNT = range(5)  # their order within a day


class Move(NamedTuple):
    """Goods of one product going from one place to another; a red-letter row has a quantity below zero."""

    day: date
    rank: int
    ledger: str
    row: int
    no: str
    from_place: str
    to_place: str
    qty: Decimal

    def at(self, place: str) -> Decimal:
        """What it adds at a place."""
        return self.qty * ((self.to_place == place) - (self.from_place == place))

    @property
    def ours(self) -> Decimal:
        """What it adds over all our places."""
        return self.qty * (is_ours(self.to_place) - is_ours(self.from_place))


class _Count(NamedTuple):
    """A count as written: `moved` is None where it was taken at the close of its day."""

    day: date
    row: int
    no: str
    place: str
    counted: Decimal
    moved: Decimal | None


def moves(
    orders: Rows, shipments: Rows, loans: Rows, returns: Rows, purchases: Rows, stock_moves: Rows, stock_counts: Rows,
    catalogue: Catalogue, settings: Settings,
) -> Moves:  # fmt: skip
    """All moves of the book, ours and those of goods that are not ours: what is under repair is the customer's."""
    return Moves((orders, shipments, loans, returns, purchases, stock_moves), stock_counts, catalogue, settings)


class Moves:
    """The moves by product, read when first asked for."""

    def __init__(self, ledgers: tuple[Rows, ...], counts: Rows, catalogue: Catalogue, settings: Settings) -> None:
        self._ledgers = ledgers
        self._count_rows = counts
        self._catalogue = catalogue
        self._settings = settings

    def of(self, id_: str) -> list[Move]:
        """The moves of one product in order, each count as the difference that it found."""
        if not self._catalogue.is_goods(id_):
            return []
        found = sorted(self._written.get(id_, ()))
        for count in self._counts.get(id_, ()):
            found.append(self._difference(count, found))
            found.sort()
        return found

    def in_other_units(self, id_: str) -> list[str]:
        """What rows move of a product in other units than its own: in no stock; as number, quantity and unit."""
        unit = self._catalogue.product(id_).unit
        found = []
        for rows in self._ledgers if unit else ():
            moving = {action.id for action in rows.ledger.actions if (action.at_once if rows.at_once else action.ways)}
            number = rows.ledger.number or "row"
            for row, no, action, name, model, qty, own in (
                rows.pick("row", number, "action", "product", "model", "qty", "unit") if rows.has("unit") else ()
            ):
                said = own.strip()
                if qty and said not in {"", unit} and action in moving and self._catalogue.identify(name, model) == id_:
                    found.append(f"{no or f'{rows.file}:{row}'} {QTY.format(qty)} {said}")
        return found

    def products(self) -> set[str]:
        """Every product that a row moves or counts and that can lie somewhere."""
        return {id_ for id_ in self._written.keys() | self._counts.keys() if self._catalogue.is_goods(id_)}

    def on_days(self, days: Collection[date]) -> dict[str, list[Move]]:
        """What rows, counts aside, moved on some days, by product."""
        if "_written" in self.__dict__:
            found = {id_: [move for move in own if move.day in days] for id_, own in self._written.items()}
            return {id_: own for id_, own in found.items() if own}
        return self._gathered(days)

    def net(self, id_: str, place: str, day: date) -> Decimal:
        """What rows, counts aside, moved of a product at a place on one day."""
        moved = (move.at(place) for move in self._written.get(id_, ()) if move.day == day)
        return sum(moved, ZERO)

    def on_hand(self, id_: str, place: str, day: date) -> Decimal:
        """What lay at a place at the end of a day, by the book."""
        return sum((move.at(place) for move in self.of(id_) if move.day <= day), ZERO)

    @staticmethod
    def _difference(count: _Count, before: list[Move]) -> Move:
        """What has to appear or vanish at the end of the day for the count to hold then."""
        booked = sum((move.at(count.place) for move in before if move.day <= count.day), ZERO)
        today = (m.at(count.place) for m in before if m.day == count.day and m.rank != _COUNT)
        held = count.counted if count.moved is None else count.counted + sum(today, ZERO) - count.moved
        found = held - booked
        places = (count.place, COUNT_DIFFERENCE) if found < 0 else (COUNT_DIFFERENCE, count.place)
        return Move(count.day, _COUNT, "stock_counts", count.row, count.no, *places, abs(found))

    @cached_property
    def _written(self) -> Mapping[str, list[Move]]:
        return self._gathered()

    def _gathered(self, days: Collection[date] | None = None) -> dict[str, list[Move]]:
        found: dict[str, list[Move]] = {}
        for rows in self._ledgers:
            for id_, move in self._read(rows, days):
                found.setdefault(id_, []).append(move)
        return found

    def _read(self, rows: Rows, days: Collection[date] | None) -> Iterator[tuple[str, Move]]:
        ways = {action.id: action.at_once if rows.at_once else action.ways for action in rows.ledger.actions}
        if not any(ways.values()):
            return
        names = tuple(name for name in ("components", "warehouse", "to_warehouse") if _declares(rows.ledger, name))
        number = rows.ledger.number or "row"
        for row, no, day, action, name, model, unit, qty, cells in rows.pick(
            "row", number, "date", "action", "product", "model", "unit", "qty", names
        ):
            said = dict(zip(names, cells, strict=True))
            for way in ways[action] if qty and (days is None or day in days) else ():
                from_place, to_place = self._place(way.from_place, said), self._place(way.to_place, said)
                rank = _rank(from_place, to_place)
                own = (no or "").strip() or f"{rows.file}:{row}"
                for id_, factor in self._contents(name, model, unit, said.get("components", "")):
                    yield id_, Move(day, rank, rows.ledger.id, row, own, from_place, to_place, qty * factor)

    def _place(self, end: str, said: Mapping[str, str]) -> str:
        column = {WAREHOUSE: "warehouse", TO_WAREHOUSE: "to_warehouse"}.get(end)
        return end if column is None else said.get(column, "").strip() or self._settings.main_warehouse

    def _contents(self, name: str, model: str, unit: str, components: str) -> list[tuple[str, Decimal]]:
        parts = components_of(components)
        if parts:
            return [(self._catalogue.identify(part, ""), qty) for part, qty in parts]
        id_ = self._catalogue.identify(name, model)
        return self._catalogue.contents(id_) if counts_in(self._catalogue.product(id_), unit.strip()) else []

    @cached_property
    def _counts(self) -> Mapping[str, list[_Count]]:
        found: dict[str, list[_Count]] = {}
        for each in standing(self._count_rows, self._catalogue, self._settings):
            count = _Count(each.day, each.row, each.no, each.place, each.counted, each.moved)
            found.setdefault(each.id, []).append(count)
        return {id_: sorted(counts) for id_, counts in found.items()}


def _declares(ledger: Ledger, name: str) -> bool:
    return any(column.id == name for column in ledger.columns)


def _rank(from_place: str, to_place: str) -> int:
    """What goes to customers or is scrapped goes out, wherever it comes from: a loan is sold after it was lent."""
    if from_place == OPENING:
        return _OPENING
    if is_ours(from_place):
        return _WITHIN if is_ours(to_place) else _OUT
    return _OUT if to_place in {CUSTOMER, SCRAP} else _IN
