"""Aliases are decisions about names, one row each: what a written name stands for, and what is not the same.

They apply at reading, so a decision is undone by undoing its row, and the order of the rows never matters:
`different` beats `same`, then the earlier decision beats the later one that contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from salesaid.core.keys import NameKind, key_of, segmented_keys
from salesaid.core.text import Text

Verdict = Literal["same", "different", "later"]
HIDDEN_FOR = timedelta(days=30)


class AliasRow(NamedTuple):
    """One decision: `name` stands for `stands_for`, is another thing, or shall be asked about later."""

    kind: NameKind
    name: str
    stands_for: str
    verdict: Verdict = "same"
    decided_on: date | None = None
    decided_by: str = ""


class Aliases:
    """The decisions about names of one kind. A node is all the spellings that are one name without asking.

    Two spellings of one key that were declared different are nodes of their own, and a third spelling of that
    key belongs to neither. `refused` are the rows that contradict others, with why: they count for nothing.
    """

    def __init__(self, kind: NameKind, rows: Iterable[AliasRow]) -> None:
        self.kind = kind
        mine = sorted({row for row in rows if row.kind == kind}, key=_rank)
        self._later = [row for row in mine if row.verdict == "later"]
        self._apart = _spellings_apart(mine)
        self._next: dict[str, str] = {}  # of a node: the one it was said to stand for
        self._stands_for: dict[str, str] = {}  # the same, with the ways shortened
        self._spelling: dict[str, str] = {}  # of a node: the one that stays
        self._spelled: set[str] = set()  # nodes whose spelling was itself decided
        self._foes: dict[str, set[str]] = {}  # between nodes that stand for nothing else
        self.refused = [(row, problem) for row in mine if (problem := self.take(row))]

    def node(self, name: str) -> str:
        """What all spellings that are one name without asking have in common."""
        return f"\n{name}" if name in self._apart else key_of(self.kind, name)

    def is_apart(self, name: str) -> bool:
        """Whether a spelling was declared different from another one of the same key."""
        return name in self._apart

    def nodes(self, names: Sequence[str]) -> list[str]:
        """The node of each name."""
        if self.kind != "product" or not self._apart.isdisjoint(names):
            return [self.node(name) for name in names]
        return segmented_keys(names)

    def fold(self, name: str) -> str:
        """The name that a written name stands for, in the spelling that was decided; else the name itself."""
        return self._spelling.get(self._last(self.node(name)), name)

    def are_different(self, one: str, other: str) -> bool:
        """Whether two names, or what they stand for, were declared different."""
        return self._last(self.node(other)) in self._foes.get(self._last(self.node(one)), ())

    def is_hidden(self, one: str, other: str, today: date) -> bool:
        """Whether the question was put off less than 30 days ago."""
        asked = {self.node(one), self.node(other)}
        return any(
            timedelta(0) <= today - row.decided_on < HIDDEN_FOR
            for row in self._later
            if row.decided_on and {self.node(row.name), self.node(row.stands_for)} == asked
        )

    def take(self, row: AliasRow) -> Text | None:
        """Let a decision count from now on, or say why it contradicts what was decided before."""
        if row.name == row.stands_for:
            return _of_itself(row)
        if row.verdict == "same":
            return self._join(row, self.node(row.name), self.node(row.stands_for))
        if row.verdict == "different":
            self._keep_apart(self.node(row.name), self.node(row.stands_for))
        return None

    def _last(self, node: str) -> str:
        """The node that this one stands for in the end; the way there is shortened for the next time."""
        way = []
        while node in self._stands_for:
            way.append(node)
            node = self._stands_for[node]
        self._stands_for.update(dict.fromkeys(way, node))
        return node

    def _leads(self, node: str, goal: str) -> bool:
        """Whether a node stands for another, straight or by way of others."""
        while node != goal and node in self._next:
            node = self._next[node]
        return node == goal

    def _keep_apart(self, one: str, other: str) -> None:
        """Note two nodes that nothing may join."""
        self._foes.setdefault(one, set()).add(other)
        self._foes.setdefault(other, set()).add(one)

    def _join(self, row: AliasRow, below: str, above: str) -> Text | None:
        """Let one node stand for another."""
        last = self._last(above)
        if below == above:
            return self._spell(row, below)
        if self._last(below) == last:
            return _in_a_circle(row) if self._leads(above, below) else None
        if last in self._foes.get(self._last(below), ()):
            return _declared_different(row)
        if below in self._stands_for:
            return _stands_already(row, self.fold(row.name))
        self._next[below] = above
        self._spelling.setdefault(above, row.stands_for)
        self._link(below, last)
        return None

    def _spell(self, row: AliasRow, node: str) -> Text | None:
        """Let one spelling of a node stay."""
        if node in self._spelled:
            return _in_a_circle(row) if self._spelling[node] == row.name else None
        self._spelled.add(node)
        self._spelling[node] = row.stands_for
        return None

    def _link(self, below: str, last: str) -> None:
        """Hang a node below another: what differs from the one now differs from both."""
        self._stands_for[below] = last
        for foe in self._foes.pop(below, ()):
            self._foes[foe].discard(below)
            self._keep_apart(last, foe)


def add_problem(rows: Sequence[AliasRow], new: AliasRow) -> Text | None:
    """Why a new decision must be refused: of itself, in a circle, against an earlier one. None: it may stand."""
    before = Aliases(new.kind, rows)
    if new.verdict != "different" or new.name == new.stands_for:
        return before.take(new)
    after = Aliases(new.kind, [*rows, new])
    return _declared_same(new) if set(after.refused) - set(before.refused) else None


def _rank(row: AliasRow) -> tuple[bool, date, str, str, str, str]:
    """Earlier ranks count first, whatever the order of the rows in the file."""
    return (
        row.verdict != "different",
        row.decided_on or date.min,
        row.name,
        row.stands_for,
        row.verdict,
        row.decided_by,
    )


def _spellings_apart(rows: Iterable[AliasRow]) -> frozenset[str]:
    """Spellings of one key that were declared different from each other."""
    return frozenset(
        spelling
        for row in rows
        if row.verdict == "different" and row.name != row.stands_for
        if key_of(row.kind, row.name) == key_of(row.kind, row.stands_for)
        for spelling in (row.name, row.stands_for)
    )


def _of_itself(row: AliasRow) -> Text:
    return Text(f"“{row.name}”不能与它自己比较", f"“{row.name}” cannot be decided against itself")


def _in_a_circle(row: AliasRow) -> Text:
    return Text(
        f"“{row.stands_for}”已经归到“{row.name}”，再反过来归就成了循环",
        f"“{row.stands_for}” already stands for “{row.name}”: the two would stand for each other",
    )


def _declared_different(row: AliasRow) -> Text:
    return Text(
        f"“{row.name}”与“{row.stands_for}”（或它们所归的名称）已定为不同，不能再归到一起",
        f"“{row.name}” and “{row.stands_for}”, or what they stand for, were declared different",
    )


def _declared_same(row: AliasRow) -> Text:
    return Text(
        f"“{row.name}”与“{row.stands_for}”已定为同一个，不能再定为不同；请先撤销原来的决定",
        f"“{row.name}” and “{row.stands_for}” were declared the same; take that decision back first",
    )


def _stands_already(row: AliasRow, stays: str) -> Text:
    return Text(
        f"“{row.name}”已经归到“{stays}”，不能再归到“{row.stands_for}”；如两者也是同一个，请把“{stays}”归到“{row.stands_for}”",
        f"“{row.name}” already stands for “{stays}”, so it cannot stand for “{row.stands_for}” too; "
        f"if those are the same, let “{stays}” stand for “{row.stands_for}”",
    )
