"""Decisions about names while new ones are being taken: a row to add each, or another mind about a row that stands."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from salesaid.core.aliases import Aliases, AliasRow, Verdict, add_problem
from salesaid.core.entries import Edit, Entry, Value
from salesaid.core.errors import Refused
from salesaid.core.keys import NameKind
from salesaid.core.pasted import about_names
from salesaid.core.rows import Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text

VERDICTS = {
    "same": Text("同一个", "the same"),
    "different": Text("不同", "different"),
    "later": Text("待定", "to be decided later"),
}


class Contradiction(Refused):
    """A decision contradicts one that stands."""

    def __init__(self, problem: Text, hint: Text | None = None) -> None:
        super().__init__(
            problem, hint or Text("看已有的决定：salesaid name list", "what was decided: salesaid name list")
        )


class OneAtATime(Refused):
    """Some of the names need a new decision, others another mind: a post does one or the other to a file."""

    def __init__(self, changed: str) -> None:
        super().__init__(
            Text(
                f"“{changed}”以前有过决定，不能和新的一起改",
                f"“{changed}” was decided before and cannot be changed with the others",
            ),
            Text("请分两次写", "do it in two commands"),
        )


class Step(NamedTuple):
    """One decision: a row to add, or a row to edit."""

    row: AliasRow
    entry: Entry | None = None
    edit: Edit | None = None


class Decided:
    """The decisions of one kind while new ones are being added."""

    def __init__(self, aliases: Rows, rows: list[AliasRow], user: str, day: date, note: str) -> None:
        self.rows = rows
        self.steps: list[Step] = []
        self._aliases = aliases
        self._user = user
        self._day = day
        self._note = note

    def take(self, kind: NameKind, name: str, other: str, verdict: Verdict) -> list[Note]:
        """Add one decision, or change the one that stands. Raises Contradiction."""
        before = self._before(kind, name, other, verdict)
        row = AliasRow(kind, name, other, verdict, self._day, self._user)
        if before is not None:
            row = row._replace(name=before.name, stands_for=before.stands_for)
            if before.verdict == verdict and (verdict != "later" or before.decided_on == self._day):
                return [_decided_before(before)]
        rest = [each for each in self.rows if each != before]
        require_sense(rest, row)
        self.rows = [*rest, row]
        self.steps.append(Step(row, None, self._edit(row, before)) if before else Step(row, self._entry(row)))
        return [_another_mind(before)] if before else []

    def _before(self, kind: NameKind, name: str, other: str, verdict: Verdict) -> AliasRow | None:
        """The row about these two names. Which of them stands for which matters only where both say `same`."""
        node = Aliases(kind, self.rows).node
        asked = node(name), node(other)
        for row in sorted(self.rows, key=lambda row: row.verdict == "later"):  # what counts comes first
            pair = node(row.name), node(row.stands_for)
            straight = (row.name, row.stands_for) == (name, other) or (pair == asked and len(set(asked)) > 1)
            turned = (row.stands_for, row.name) == (name, other) or (pair[::-1] == asked and len(set(asked)) > 1)
            if (straight or turned) and verdict == "same" and row.verdict == "different":
                postponed = about_names("name later", (row.name, row.stands_for))
                raise Contradiction(
                    Text(
                        f"“{row.name}”与“{row.stands_for}”已定为不同",
                        f"“{row.name}” and “{row.stands_for}” were declared different",
                    ),
                    Text(f"要改主意，先取消它：{postponed}", f"to change that, first take it back: {postponed}"),
                )
            if straight or (turned and verdict != "same"):
                return row
        return None

    def _entry(self, row: AliasRow) -> Entry:
        cells = {**row._asdict(), "note": self._note}
        return Entry(
            "aliases", cells, frozenset({"kind", "name", "stands_for", "verdict", *(["note"] if self._note else [])})
        )

    def _edit(self, row: AliasRow, before: AliasRow) -> Edit:
        has = self._aliases.has
        cells = {
            id_: getattr(row, id_) for id_ in ("verdict", "decided_on", "decided_by") if id_ == "verdict" or has(id_)
        }
        more: dict[str, Value] = {"note": self._note} if self._note else {}
        if not more and has("note") and before.verdict != row.verdict:
            more = {"note": None}  # it gave the reason for what no longer holds
        return Edit("aliases", {"kind": row.kind, "name": row.name, "stands_for": row.stands_for}, cells | more)

    def outcome(self) -> tuple[tuple[Entry, ...], tuple[Edit, ...]]:
        """Rows to add, or rows to change. Raises OneAtATime."""
        entries = tuple(step.entry for step in self.steps if step.entry)
        edits = tuple(step.edit for step in self.steps if step.edit)
        if entries and edits:
            raise OneAtATime(edits[0].key["name"])
        return entries, edits


def require_sense(rows: list[AliasRow], new: AliasRow) -> None:
    """Refuse a decision that those which stand do not allow. Raises Contradiction."""
    problem = add_problem(rows, new)
    if problem is not None:
        raise Contradiction(problem)


def _decided_before(row: AliasRow) -> Note:
    when = _when(row)
    word = VERDICTS[row.verdict]
    text = Text(f"这两个名称已定为{word.zh}{when.zh}，不再记", f"the two were declared {word.en} before{when.en}")
    return Note("decided_before", "info", text)


def _another_mind(row: AliasRow) -> Note:
    when, word = _when(row), VERDICTS[row.verdict]
    return Note("changed", "info", Text(f"原来定为{word.zh}{when.zh}", f"before: {word.en}{when.en}"))


def _when(row: AliasRow) -> Text:
    facts = [str(row.decided_on) if row.decided_on else "", row.decided_by]
    known = " ".join(filter(None, facts))
    return Text(f"（{known}）", f" ({known})") if known else Text("", "")
