"""A ledger whose columns have all been parsed: what a whole check asks for again and again is there as lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, compress, repeat
from typing import Any, NamedTuple

from salesaid.core.amiss import SetAside
from salesaid.core.rows import Rows
from salesaid.core.text import Text

_MOST_TEXTS = 100_000  # of a column that are remembered, so that equal texts are one
_CHUNK = 1 << 14  # rows that are given out at a time


class Used(NamedTuple):
    """The used rows up to one day by columns, how many they are, and how many are dated later."""

    columns: Mapping[str, Sequence[Any]]
    rows: int
    later: int


class Parsed:
    """What one pass over a ledger's file came to: the used rows of all days by columns, and what is amiss.

    `numbers` are all document numbers as they are written, used or not, with their rows, by blocks. Of the columns
    `once` equal texts are kept once, which in a long file is most of the memory.
    """

    def __init__(self, names: Iterable[str], once: Collection[str] = ()) -> None:
        self.columns: dict[str, list[Any]] = {name: [] for name in names}
        self.numbers: list[tuple[Sequence[int], Sequence[str]]] = []
        self.aside: Sequence[SetAside] = ()
        self._known: dict[str, dict[str, str]] = {name: {} for name in once}
        self._used: dict[date | None, Used] = {}

    def add(self, values: Iterable[Iterable[Any]]) -> None:
        """Add a block of used rows."""
        for (name, column), more in zip(self.columns.items(), values, strict=True):
            column.extend(self._once(name, [*more]) if name in self._known else more)

    def add_numbers(self, name: str, rows: Sequence[int], texts: Sequence[str]) -> None:
        """Add the numbers of a block, which stand in the column of this name."""
        self.numbers.append((rows, self._once(name, texts) if name in self._known else texts))

    def used(self, upto: date | None) -> Used:
        """The rows up to a day."""
        if upto not in self._used:
            self._used[upto] = self._until(upto)
        return self._used[upto]

    def _until(self, upto: date | None) -> Used:
        count, days = len(self.columns["row"]), self.columns.get("date", ())
        if upto is None or not any(day > upto for day in {*days} - {None}):
            return Used(self.columns, count, 0)
        kept = [day is None or day <= upto for day in days]
        columns = {name: [*compress(column, kept)] for name, column in self.columns.items()}
        return Used(columns, sum(kept), count - sum(kept))

    def _once(self, name: str, texts: Sequence[str]) -> list[str]:
        known = self._known[name]
        if len(known) > _MOST_TEXTS:
            known.clear()
        return [*map(known.setdefault, texts, texts)]


class RowsAtHand(Rows):
    """The rows of a ledger up to a day, after a whole pass over it was kept; they are given out as any others are."""

    def __init__(self, read: Rows, parsed: Parsed, upto: date | None) -> None:
        self.__dict__.update(read.__dict__)
        self.upto = upto
        self.aside, self.later, self.used = [], 0, 0  # as long as nobody has asked
        self._parsed = parsed
        self._asked = {"action", "date", *self._needed()}

    def until(self, day: date | None) -> Rows:
        """The same rows up to another day."""
        return RowsAtHand(self, self._parsed, day)

    def pick(self, *names: str | tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
        """The values of some columns, a tuple a used row."""
        used = self._look(names)
        if not names:
            return repeat((), used.rows)
        return zip(*(self._column(name, used.columns, used.rows) for name in names), strict=False)

    def pick_columns(self, *names: str | tuple[str, ...]) -> Iterator[list[Iterable[Any]]]:
        """The same by columns, some thousand rows at a time."""
        used = self._look(names)
        own = {name: used.columns[name] for name in _flat(names) if name in used.columns}
        for start in range(0, used.rows, _CHUNK):
            end = min(start + _CHUNK, used.rows)
            part = {name: column[start:end] for name, column in own.items()}
            yield [self._column(name, part, end - start) for name in names]

    def written(self, column: str) -> Iterator[tuple[Sequence[int], Sequence[str]]]:
        """The numbers of all rows, used or set aside, and their texts in a column of the file, by blocks."""
        return iter(self._parsed.numbers) if column == self.ledger.number else super().written(column)

    def unreadable(self) -> dict[str, Mapping[str, Text]]:
        """Texts that cannot be read, by column, of those that rows need or that were asked for."""
        return {name: texts for name, texts in super().unreadable().items() if name in self._asked}

    def _needed(self) -> Iterator[str]:
        """The columns that say whether a row is used: of those that stand for each other, up to one without fault."""
        for group in chain.from_iterable(self._needs().values()):
            for name in group:
                yield name
                if name in self._memos and not self._memos[name].amiss:
                    break

    def _look(self, names: Iterable[str | tuple[str, ...]]) -> Used:
        used = self._parsed.used(self.upto)
        self._asked.update(_flat(names))
        self.aside, self.later, self.used = [*self._parsed.aside], used.later, used.rows
        return used

    def _column(
        self, name: str | tuple[str, ...], columns: Mapping[str, Sequence[Any]], count: int
    ) -> Iterable[Any]:  # fmt: skip
        if isinstance(name, tuple):
            return zip(*(self._column(part, columns, count) for part in name), strict=False)
        return columns[name] if name in columns else repeat(self._constant(name), count)


def _flat(names: Iterable[str | tuple[str, ...]]) -> set[str]:
    return {*chain.from_iterable((name,) if isinstance(name, str) else name for name in names)}
