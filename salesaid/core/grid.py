"""Cells of equal rows as one flat list: a column is a slice of it, a row is made only where somebody wants one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import SupportsIndex, overload


class Grid(Sequence[list[str]]):
    """Rows of `width` cells; in `flat` each row is followed by one text more, which is nobody's cell."""

    def __init__(self, flat: list[str], width: int) -> None:
        self._flat = flat
        self._width = width
        self._columns: dict[int, list[str]] = {}

    def column(self, index: int) -> list[str]:
        """The cells of one column, from the first row to the last."""
        found = self._columns.get(index)
        if found is None:
            found = self._columns[index] = self._flat[index :: self._width + 1]
        return found

    def __len__(self) -> int:
        return len(self._flat) // (self._width + 1)

    @overload
    def __getitem__(self, index: SupportsIndex) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> list[str] | list[list[str]]:
        if isinstance(index, slice):
            return [self._row(i) for i in range(*index.indices(len(self)))]
        return self._row(range(len(self))[index])

    def __iter__(self) -> Iterator[list[str]]:
        return map(self._row, range(len(self)))

    def _row(self, index: int) -> list[str]:
        start = index * (self._width + 1)
        return self._flat[start : start + self._width]


Columns = Callable[[int], Sequence[str]]
"""The cells of a column, by its index."""


def columns_of(rows: Sequence[Sequence[str]]) -> Columns:
    """The columns of equal rows, at least one."""
    return rows.column if isinstance(rows, Grid) else tuple(zip(*rows, strict=True)).__getitem__
