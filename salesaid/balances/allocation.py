"""Which debts money settles: those of the order it names first, then the oldest due first (DOMAIN.md 3).

Shown, never stored: worked out of one customer's debts and receipts each time. All sums are whole cents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple


class Owing(NamedTuple):
    """What one document of a day comes to: a debt, or below zero a credit (goods taken back, red letters)."""

    due: date
    day: date
    no: str
    order_no: str
    cents: int


class Paid(NamedTuple):
    """What came in under one number for one order, or for none."""

    day: date
    no: str
    order_no: str
    cents: int


class Settled(NamedTuple):
    """So much of a debt (by its place in `Allocation.owing`) was settled by a receipt, or with None by a credit."""

    paid: int | None
    owing: int
    cents: int


class Allocation(NamedTuple):
    """What is open of each debt (0 for credits), what is left of each receipt, and of all credits together.

    `kept` is what is left of receipts because goods of the order that they name are still to be shipped, by order.
    """

    owing: Sequence[Owing]
    paid: Sequence[Paid]
    open: Sequence[int]
    left: Sequence[int]
    credit: int
    settled: Sequence[Settled]
    kept: dict[str, int]

    @property
    def unallocated(self) -> int:
        """Money and credits that settle nothing yet."""
        return sum(self.left) + self.credit


def allocate(owing: Iterable[Owing], paid: Iterable[Paid], to_come: Callable[[str], int] = lambda _: 0) -> Allocation:
    """Settle one customer's debts. `to_come` says what an order will still be charged: money named for it waits."""
    run = _Run(sorted(owing), sorted(paid))
    run.credits_named()
    run.receipts_named()
    run.keep(to_come)
    run.the_rest()
    return Allocation(run.owing, run.paid, run.open, run.left, sum(run.credits.values()), run.settled, run.kept)


class _Run:
    """One customer's debts, oldest due first, while they are being settled."""

    def __init__(self, owing: Sequence[Owing], paid: Sequence[Paid]) -> None:
        self.owing, self.paid = owing, paid
        self.open = [max(each.cents, 0) for each in owing]
        self.left = [each.cents for each in paid]
        self.credits = {at: -each.cents for at, each in enumerate(owing) if each.cents < 0}
        self.settled: list[Settled] = []
        self.kept: dict[str, int] = {}
        self._waiting = [0] * len(paid)
        self._named: dict[str, list[int]] | None = None

    def credits_named(self) -> None:
        """Credits settle their own document, then their own order."""
        for names in ("no", "order_no"):
            for at, rest in self.credits.items():
                name = getattr(self.owing[at], names)
                if rest and name:
                    self.credits[at] = self._settle(None, rest, self._of(name))

    def receipts_named(self) -> None:
        """Receipts settle the order, or the shipment, that they name."""
        left = self.left
        for at, (_, _, order_no, _) in enumerate(self.paid):
            if order_no and left[at]:
                left[at] = self._settle(at, left[at], self._of(order_no))

    def keep(self, to_come: Callable[[str], int]) -> None:
        """Put by what was paid ahead for goods that are still to be shipped."""
        rest: dict[str, int] = {}
        for at, each in enumerate(self.paid):
            if self.left[at] and each.order_no:
                if each.order_no not in rest:
                    rest[each.order_no] = max(to_come(each.order_no), 0)
                part = min(self.left[at], rest[each.order_no])
                if part:
                    rest[each.order_no] -= part
                    self._waiting[at] = part
                    self.kept[each.order_no] = self.kept.get(each.order_no, 0) + part

    def the_rest(self) -> None:
        """Credits, then receipts, settle what is due first."""
        places = iter([at for at, cents in enumerate(self.open) if cents])
        at: int | None = next(places, None)
        sources: list[tuple[int | None, int]] = [(None, credit) for credit in self.credits]
        sources += [(at_, at_) for at_, left in enumerate(self.left) if left]
        for source, index in sources:
            rest = self.credits[index] if source is None else self.left[index] - self._waiting[index]
            while rest and at is not None:
                rest = self._settle(source, rest, [at])
                if not self.open[at]:
                    at = next(places, None)
            if source is None:
                self.credits[index] = rest
            else:
                self.left[index] = rest + self._waiting[index]

    def _of(self, name: str) -> list[int]:
        """The debts of an order or a document, oldest due first."""
        if self._named is None:
            self._named = {}
            named = self._named
            for at, (_, _, no, order_no, cents) in enumerate(self.owing):
                if cents > 0:
                    named.setdefault(no, []).append(at)
                    if order_no != no:
                        named.setdefault(order_no, []).append(at)
        return self._named.get(name, [])

    def _settle(self, source: int | None, rest: int, places: Iterable[int]) -> int:
        for at in places:
            open_ = self.open[at]
            if open_:
                part = min(rest, open_)
                self.open[at] = open_ - part
                rest -= part
                self.settled.append(Settled(source, at, part))
            if not rest:
                break
        return rest
