"""What a register lists, each thing made when it is first asked for: an order names two products of two thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class Listed(Mapping[str, T]):
    """Things by canonical name, in the register's order; `rows` are the cells they are made of."""

    def __init__(self, rows: Mapping[str, tuple[Any, ...]], make: Callable[[str, tuple[Any, ...]], T]) -> None:
        self.rows = rows
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            self._made[name] = self._make(name, self.rows[name])
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def sole(ids: Iterable[str], *keys: Sequence[str]) -> dict[str, str]:
    """The thing of each key that only one has; blank where several have it."""
    found: dict[str, str] = {}
    for each in keys:
        for id_, key in zip(ids, each, strict=True):
            if found.setdefault(key, id_) != id_:
                found[key] = ""
    found.pop("", None)
    return found
