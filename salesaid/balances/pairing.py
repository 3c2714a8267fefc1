"""Which rows of two books are one: by their number, else by day, party, goods and size."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.reconciliation_lines import Line
from salesaid.core.keys import code_key

_NEAR = 10  # days between two rows without a common number that may still be one

Pair = tuple[Line, Line]
Key = Callable[[Line], Hashable]


class Compared(NamedTuple):
    """Which columns both books have. `number`: at least half of the smaller book's numbers stand in the other."""

    number: bool = True
    qty: bool = True
    price: bool = True
    amount: bool = True
    party: bool = True
    product: bool = True


def number_key(line: Line) -> str:
    """A row's number as numbers are compared."""
    return code_key(line.number)


_OF_ONE_NUMBER: tuple[Key, ...] = (
    lambda line: (line.product_id, line.qty, line.amount),
    lambda line: (line.product_id, line.qty),
    lambda line: (line.product_id, line.amount),
    lambda line: (line.qty, line.amount),
    lambda line: line.product_id,
)


class Pool:
    """The lines of both books that have no counterpart yet."""

    def __init__(self, ours: Sequence[Line], theirs: Sequence[Line], compared: Compared) -> None:
        self.ours, self.theirs = list(ours), list(theirs)
        self._compared = compared
        self._pairs: list[Pair] = []

    def matched(self) -> list[Pair]:
        """The lines that are one: the surest first."""
        self._take(lambda line: line._replace(row=0, in_full=False))
        for key in _OF_ONE_NUMBER:
            self._take(self._numbered(key))
        self._take_sole()
        for key in self._by_date():
            self._take(key, self._may_be_one)
        self._take_near()
        for key in self._by_less():
            self._take(key, self._may_be_one)
        return self._pairs

    def _numbered(self, key: Key) -> Key:
        """The key within a number; where the books number otherwise, within a number and a day."""

        def numbered(line: Line) -> Hashable:
            day = None if self._compared.number else line.day
            return (number_key(line), day, key(line)) if line.number else None

        return numbered

    def _size(self, line: Line) -> Decimal:
        return line.qty if self._compared.qty else line.amount

    def _by_date(self) -> list[Key]:
        return [
            lambda line: (line.day, line.party_id, line.product_id, self._size(line), line.amount),
            lambda line: (line.day, line.party_id, line.product_id, self._size(line)),
        ]

    def _by_less(self) -> list[Key]:
        return [
            lambda line: (line.day, line.party_id, line.product_id),
            lambda line: (line.day, line.party_id, self._size(line), line.amount),
            lambda line: (line.day, line.product_id, self._size(line), line.amount),
        ]

    def _may_be_one(self, one: Line, other: Line) -> bool:
        """Where both books number alike, lines under two numbers are two."""
        return not (self._compared.number and one.number and other.number) or number_key(one) == number_key(other)

    def _take(self, key: Key, together: Callable[[Line, Line], bool] | None = None) -> None:
        """Pair lines of one key in the order of their rows."""
        waiting: dict[Hashable, deque[Line]] = {}
        for line in self.theirs:
            own = key(line)
            if own is not None:
                waiting.setdefault(own, deque()).append(line)
        self._pair(lambda line: waiting.get(key(line)), together)

    def _pair(
        self, offers: Callable[[Line], deque[Line] | None], together: Callable[[Line, Line], bool] | None
    ) -> None:
        left: list[Line] = []
        taken: set[int] = set()
        for line in self.ours:
            offered = offers(line)
            other = next((each for each in offered or () if together is None or together(line, each)), None)
            if other is None or offered is None:
                left.append(line)
            else:
                offered.remove(other)
                taken.add(id(other))
                self._pairs.append((line, other))
        self.ours = left
        self.theirs = [line for line in self.theirs if id(line) not in taken]

    def _take_sole(self) -> None:
        """Pair what is left of a number where each book has one line of it."""
        if self._compared.number:
            counts = [Counter(number_key(line) for line in lines if line.number) for lines in (self.ours, self.theirs)]
            self._take(lambda line: number if all(count[number := number_key(line)] == 1 for count in counts) else None)

    def _take_near(self) -> None:
        """Pair lines that differ in their day only, the nearest days first."""
        key: Key = lambda line: (line.party_id, line.product_id, self._size(line), line.amount)  # noqa: E731
        for days in range(1, _NEAR + 1):
            for shift in (days, -days):
                self._take_shifted(key, shift)

    def _take_shifted(self, key: Key, shift: int) -> None:
        waiting: dict[Hashable, deque[Line]] = {}
        for line in self.theirs:
            if line.day is not None:
                waiting.setdefault((line.day.toordinal() - shift, key(line)), deque()).append(line)
        if waiting:
            self._pair(
                lambda line: None if line.day is None else waiting.get((line.day.toordinal(), key(line))),
                self._may_be_one,
            )
