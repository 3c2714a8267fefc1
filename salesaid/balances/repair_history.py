"""What happened to the goods of one return line, step by step, and where each of them is now.

Goods leave a stage in the order in which they came. What left without having been there stands below zero where it
should have been, so that nothing appears or vanishes, and a row that is written late makes it good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from salesaid.balances.repair_stages import OPEN, PASSAGES, Stage
from salesaid.core.rows import ZERO


class RepairRow(NamedTuple):
    """One row of the ledger; its quantity is 0 where its unit is not the product's."""

    row: int
    day: date
    action: str
    qty: Decimal
    serial: str
    factory: str
    fee: Decimal | None
    amount: Decimal | None
    tracking_no: str
    warehouse: str
    handler: str
    note: str


class Lot(NamedTuple):
    """Goods that came to a stage on one day; a quantity below zero left it without having been there."""

    stage: Stage
    qty: Decimal
    since: date
    factory: str


class Stay(NamedTuple):
    """How long goods were in a stage that they have left; of `received`, `factory` is where they were sent then."""

    stage: Stage
    factory: str
    since: date
    until: date


class Taken(NamedTuple):
    """One row, and the days that the goods had been where it took them from; None where it took none."""

    row: RepairRow
    days: int | None


class History(NamedTuple):
    """All of one line. `beyond` are the rows, by number, that took more than there was."""

    lots: tuple[Lot, ...]
    stays: tuple[Stay, ...]
    steps: tuple[Taken, ...]
    beyond: tuple[int, ...]


_ORDER = {action: at for at, action in enumerate(PASSAGES)}  # of a day's rows, as far as what they take is there


def history(rows: Iterable[RepairRow]) -> History:
    """What the rows of one line come to, in the order of their days; red letters take back what they cancel."""
    written = sorted(rows, key=lambda row: row.day)
    course = _Course()
    for _, todays in groupby(_standing(written), key=lambda row: row.day):
        waiting = sorted(todays, key=lambda row: _ORDER[row.action])
        while waiting:  # rows of one day may stand in any order
            row = next(filter(course.allows, waiting), waiting[0]) if len(waiting) > 1 else waiting[0]
            waiting.remove(row)
            course.follow(row)
    steps = tuple(Taken(row, course.days.get(row.row)) for row in written)
    return History(course.lots(), tuple(course.stays), steps, tuple(sorted(course.beyond)))


def _standing(rows: Sequence[RepairRow]) -> list[RepairRow]:
    """The rows less what red letters took back: each the newest rows of its own action first."""
    left = list(rows)
    for at, red in enumerate(rows):
        for black in (*reversed(range(at)), *range(at + 1, len(rows))) if red.qty < 0 else ():
            part = min(-left[at].qty, left[black].qty)
            if part > 0 and left[black].action == red.action:
                left[black] = left[black]._replace(qty=left[black].qty - part)
                left[at] = left[at]._replace(qty=left[at].qty + part)
    return [row for row in left if row.qty]


_HERE: tuple[tuple[Stage, Stage], ...] = (("received", "back"), ("back", "received"))


class _Course:
    """Where the goods of a line are, while its rows are followed."""

    def __init__(self) -> None:
        self.stays: list[Stay] = []
        self.days: dict[int, int] = {}
        self.beyond: list[int] = []
        self._lots: dict[Stage, list[Lot]] = {}

    def lots(self) -> tuple[Lot, ...]:
        """All that is anywhere, in the order of the stages; what is here makes good what was missing here."""
        for stage, other in _HERE:
            for lot in [lot for lot in self._lots.get(stage, ()) if lot.qty < 0]:
                for part in list(self._taken(other, -lot.qty)):
                    self._put(part._replace(stage=stage))
        stages = dict.fromkeys((*OPEN, *self._lots))
        return tuple(lot for stage in stages for lot in self._lots.get(stage, ()))

    def allows(self, row: RepairRow) -> bool:
        """Whether all that a row takes is there."""
        sources = PASSAGES[row.action].sources
        return not sources or row.qty <= sum((self._there(stage) for stage in sources), ZERO)

    def follow(self, row: RepairRow) -> None:
        """Take a row's goods from where they are, oldest first, to where it brings them."""
        sources, target = PASSAGES[row.action]
        rest = row.qty
        for stage in sources:
            for lot in list(self._taken(stage, rest, row.factory)):
                rest -= lot.qty
                self._leave(lot, row)
                self._put(Lot(target, lot.qty, row.day, row.factory or lot.factory))
        if rest and sources:
            self._put(Lot(self._blamed(sources), -rest, row.day, row.factory if row.action == "back" else ""))
        if rest:
            self._put(Lot(target, rest, row.day, row.factory))
        if rest < 0 or (rest and sources):
            self.beyond.append(row.row)

    def _leave(self, lot: Lot, row: RepairRow) -> None:
        days = (row.day - lot.since).days
        self.days[row.row] = max(days, self.days.get(row.row, 0))
        factory = row.factory if row.action == "send" and lot.stage == "received" else lot.factory
        self.stays.append(Stay(lot.stage, factory, lot.since, row.day))

    def _blamed(self, sources: Sequence[Stage]) -> Stage:
        """Where what left should have been: back from the factory, if goods are still there by the book."""
        if sources[0] == "back":
            return "back" if self._there("at_factory") > 0 else "received"
        return sources[0]

    def _there(self, stage: Stage) -> Decimal:
        return sum((lot.qty for lot in self._lots.get(stage, ()) if lot.qty > 0), ZERO)

    def _taken(self, stage: Stage, most: Decimal, factory: str = "") -> Iterator[Lot]:
        """Take goods out of a stage, those of a factory first, else the oldest."""
        lots = self._lots.get(stage, [])
        for lot in sorted(lots, key=lambda lot: bool(factory) and lot.factory != factory) if lots else ():
            part = min(most, lot.qty)
            if part > 0:
                at = lots.index(lot)
                lots[at : at + 1] = [lot._replace(qty=lot.qty - part)] if lot.qty > part else []
                most -= part
                yield lot if part == lot.qty else lot._replace(qty=part)

    def _put(self, new: Lot) -> None:
        """Add goods to a stage; they make good what left it before they came, and the reverse."""
        lots = self._lots.setdefault(new.stage, [])
        rest = new.qty
        for lot in list(lots):
            if rest and (lot.qty > 0) != (rest > 0):
                part = min(abs(rest), abs(lot.qty)) * (1 if rest > 0 else -1)
                at = lots.index(lot)
                lots[at : at + 1] = [lot._replace(qty=lot.qty + part)] if lot.qty + part else []
                rest -= part
        if rest:
            lots.append(new._replace(qty=rest))
