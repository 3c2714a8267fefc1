"""Exact sums by group: int64 where no sum can run over, whole numbers of any size elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from salesaid.core.periods import Period

if TYPE_CHECKING:
    from pandas import DataFrame, Series, Timestamp

Key = tuple[str, ...]
_MOST = 2**63


def stamp(day: date) -> Timestamp:
    """A day as frames have it."""
    from pandas import Timestamp

    return Timestamp(day).as_unit("s")


def within(frame: DataFrame, period: Period) -> Series:
    """Which rows of a frame are dated in a period."""
    days = frame["day"]
    return (days >= stamp(period.first)) & (days <= stamp(period.last))


def summed(frame: DataFrame, keys: Sequence[str], columns: Sequence[str]) -> dict[Key, tuple[int, ...]]:
    """The sums of some columns of whole numbers for every group that the frame has rows of, by its key.

    Without keys there is one group, (), also of a frame without rows.
    """
    values = frame[[*columns]].apply(_roomy) if len(frame) else frame[[*columns]]
    if not keys:
        return {(): tuple(int(values[name].sum()) for name in columns)}
    groups: Any = values.groupby([frame[key] for key in keys], observed=True, sort=False).sum()
    names = [(key,) for key in groups.index] if len(keys) == 1 else list(groups.index)
    figures = [groups[name].tolist() for name in columns]
    return dict(zip(names, zip(*figures, strict=True), strict=True))


def names_in(frame: DataFrame, column: str) -> set[str]:
    """The names that stand in a column."""
    return set(frame[column].unique())


def _roomy(values: Series) -> Series:
    """The same numbers, of a type in which no sum over them runs over."""
    if values.dtype == object:
        return values
    most = max(abs(int(values.max())), abs(int(values.min())))
    return values if most * len(values) < _MOST else values.astype(object)
