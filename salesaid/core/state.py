"""What folds keep: sections of text keys and plain values, in memory or laid over a stored index.

A value is what JSON can hold; quantities and prices stand in it as text. So the same fold fills a dictionary when
everything is read afresh, and touches a few keys of the index when one row is added.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Value = Any  # None, str, int, list or dict of these

_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # one encoder: half the time of dumps
_value = json.JSONDecoder().decode

MARK = "\x1f"  # between the parts of a key
_DEEPEST = 2  # parts by which keys are grouped: thousands of customers have one first part


def key_of(*parts: str) -> str:
    """One key of several parts; the mark between them is no character of any ledger's text."""
    key = MARK.join(parts)
    return key if key.count(MARK) == len(parts) - 1 else MARK.join([part.replace(MARK, " ") for part in parts])


def under(key: str, part: str) -> str:
    """The key with one part more."""
    return f"{key}{MARK}{part.replace(MARK, ' ')}"


def parts_of(key: str) -> list[str]:
    """The parts of a key."""
    return key.split(MARK)


class Afresh(Exception):  # noqa: N818 - not trouble: a fold says that it cannot add on
    """A row cannot be added to what was folded before (a count is absolute): everything is to be folded again."""


class Stored(Protocol):
    """A stored index: opaque sections, keys and values, all text."""

    def get(self, section: str, key: str) -> str | None:
        """The stored value; None where there is none."""
        ...

    def under(self, section: str, prefix: str) -> Iterator[tuple[str, str]]:
        """All keys that start with a prefix, with their values, in order."""
        ...


class Section:
    """One fold's keyed values. `changes` holds what was set since the stored index (None: deleted)."""

    def __init__(self, name: str, stored: Stored | None = None) -> None:
        self.name = name
        self.changes: dict[str, Value] = {}
        self._stored = stored
        self._groups: dict[int, dict[str, list[str]]] = {}  # keys by their first part or two, made when asked for

    def get(self, key: str) -> Value:
        """The value of a key; None where it has none. A stored value is parsed anew: change it, then set it."""
        if key in self.changes:
            return self.changes[key]
        text = self._stored.get(self.name, key) if self._stored else None
        return None if text is None else _value(text)

    def set(self, key: str, value: Value) -> None:
        """Give a key a value; None takes the key away."""
        if self._groups and key not in self.changes:
            for depth, groups in self._groups.items():
                groups.setdefault(_first(key, depth), []).append(key)
        self.changes[key] = value

    def under(self, *parts: str) -> Iterator[tuple[str, Value]]:
        """All (key, value) whose key begins with these whole parts; all there are without parts."""
        prefix = key_of(*parts) + MARK if parts else ""
        if self._stored:
            for key, text in self._stored.under(self.name, prefix[:-1]):
                if (key + MARK).startswith(prefix) and key not in self.changes:
                    yield key, _value(text)
        for key in self._keys(parts[:_DEEPEST]) if parts else list(self.changes):
            value = self.changes[key]
            if value is not None and (key + MARK).startswith(prefix):
                yield key, value

    def _keys(self, parts: tuple[str, ...]) -> list[str]:
        depth = len(parts)
        if depth not in self._groups:
            groups = self._groups[depth] = {}
            for key in self.changes:
                groups.setdefault(_first(key, depth), []).append(key)
        return list(self._groups[depth].get(key_of(*parts), ()))


def _first(key: str, depth: int) -> str:
    """The first parts of a key."""
    return MARK.join(key.split(MARK, depth)[:depth])


class State:
    """All sections of all folds. A section's name is `fold.section`: `stock.hand`.

    Over a stored index nothing is folded anew. Without one, `fill(fold)` is called before a fold's sections are first
    looked at, and folds the ledgers into them.
    """

    def __init__(self, stored: Stored | None = None, fill: Callable[[str, State], None] | None = None) -> None:
        self.stored = stored
        self.is_complete = stored is not None  # what is folded now is added to all that was folded before
        self._fill = fill
        self.looked_at: set[str] = set()  # folds whose sections were asked for, other than by folding
        self._filled: set[str] = set()
        self._gathered: dict[str, tuple[Any, Callable[[Any, State], None]]] = {}
        self._sections: dict[str, Section] = {}

    def __getitem__(self, name: str) -> Section:
        """The section of that name, filled when first asked for."""
        section = self._sections.get(name)
        fold = name.partition(".")[0]
        self.looked_at.add(fold)
        if section is None or self._gathered:
            self.fill(fold)
            self._settle(name)
            section = self._sections.get(name)
        if section is None:
            section = self._sections[name] = Section(name, self.stored)
        return section

    def fill(self, fold: str) -> None:
        """Have a fold's ledgers folded, unless they are."""
        if self._fill is not None and fold not in self._filled:
            self._filled.add(fold)
            before = {*self.looked_at}
            self._fill(fold, self)
            self.looked_at = before

    def gathered(self, name: str, new: Callable[[], T], settle: Callable[[T, State], None]) -> T:
        """What a fold has gathered from rows so far, all ledgers together: cheap to add to while rows stream by.

        Under a fold's name, `settle` puts it into the sections before the first of them is looked at; under a
        section's, before that one is.
        """
        if name not in self._gathered:
            self._gathered[name] = (new(), settle)
        kept: T = self._gathered[name][0]
        return kept

    def _settle(self, name: str) -> None:
        for gathered in (name.partition(".")[0], name):
            if gathered in self._gathered:
                kept, settle = self._gathered.pop(gathered)
                settle(kept, self)

    def count_as_filled(self, fold: str) -> None:
        """Ask for no fold of a balance any more: its ledgers are being folded already."""
        self._filled.add(fold)

    def texts(self) -> Iterator[tuple[str, str, str | None]]:
        """Every change as (section, key, JSON text or None), for the index to keep."""
        while self._gathered:
            self._settle(next(iter(self._gathered)))
        for section in self._sections.values():
            for key, value in section.changes.items():
                yield section.name, key, None if value is None else _text(value)
