"""The rows of a frame as a table has them, made as they are taken: a million of them need not be held at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from pandas import DataFrame

Row = tuple[object, ...]
Column = Callable[["DataFrame"], Sequence[object]]
"""What makes a column's cells of some rows of a frame."""

_AT_ONCE = 4096


class FrameRows(Sequence[Row]):
    """Tuples of values, a row each, in the frame's order. Every pass makes them anew."""

    def __init__(self, frame: DataFrame, columns: Sequence[Column]) -> None:
        self._frame = frame
        self._columns = columns

    def __len__(self) -> int:
        return len(self._frame)

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self._made(slice(start, start + _AT_ONCE))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return self._made(at)
        place = range(len(self))[at]  # raises IndexError, counts from the end below zero
        return self._made(slice(place, place + 1))[0]

    def _made(self, part: slice) -> list[Row]:
        rows = self._frame.iloc[part]
        return list(zip(*(column(rows) for column in self._columns), strict=True))
