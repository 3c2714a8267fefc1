"""Names of sheets as Excel allows them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from salesaid.render.visible import visible

LONGEST = 31  # in UTF-16 code units, as Excel counts

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RESERVED = frozenset({"history", "历史记录"})  # Excel keeps them for its own change log


def sheet_names(titles: Iterable[str]) -> list[str]:
    """One name a title: none of the seven signs Excel forbids, at most 31 long, unique but for case."""
    names: list[str] = []
    taken = set(_RESERVED)
    for title in titles:
        name = _free(_allowed(title), taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def _allowed(title: str) -> str:
    name = _FORBIDDEN.sub("-", visible(title))
    return _cut(name.strip(" '"), LONGEST).strip(" '") or "Sheet"


def _free(name: str, taken: set[str]) -> str:
    count, free = 1, name
    while free.casefold() in taken:
        count += 1
        ending = f" ({count})"
        free = _cut(name, LONGEST - len(ending)) + ending
    return free


def _cut(name: str, units: int) -> str:
    return name.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")


def in_formula(name: str) -> str:
    """A sheet's name as a reference has it."""
    doubled = name.replace("'", "''")
    return f"'{doubled}'"
