"""Many answers about names in one post: each is held against what was decided and against the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.deciding import VERDICTS, Contradiction, Decided, Step
from salesaid.balances.decisions import alias_rows
from salesaid.balances.moved_rows import Moved, moved_rows, moved_table
from salesaid.balances.name_questions import Answer
from salesaid.balances.parties import Parties
from salesaid.balances.written_names import (
    WORDS,
    Kinds,
    Known,
    are_one_key,
    is_known,
    kinds_of,
    named_in_rows,
    register_name,
)
from salesaid.core.aliases import Aliases
from salesaid.core.entries import Decision
from salesaid.core.errors import Refused
from salesaid.core.keys import NameKind
from salesaid.core.rows import Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined


class AnswerRefused(Refused):
    """An answer of a workbook cannot be taken, nor is any other."""

    def __init__(self, answer: Answer, why: Text, hint: Text | None = None) -> None:
        where = Text(f"第 {answer.row} 行：", f"row {answer.row}: ") if answer.row else Text("", "")
        again = Text("改好那一行再来；现在什么也没有写入", "correct it and try again; nothing was written")
        super().__init__(where + why, joined([again, hint], "；", "; ") if hint else again)


class _Taken(NamedTuple):
    """The decisions of one kind, before and after."""

    kind: NameKind
    decided: Decided
    moved: list[Moved]


def answer(
    aliases: Rows, catalogue: Catalogue, customer_names: Parties, supplier_names: Parties, user: str, *,
    answers: Sequence[Answer], day: date, note: str = "", unanswered: int = 0,
) -> Decision:  # fmt: skip
    """All answers together, or none. Raises AnswerRefused with the row that cannot be."""
    kinds = kinds_of(catalogue, customer_names, supplier_names)
    taken = [
        _taken(kind, [each for each in answers if each.kind == kind], kinds, aliases, user, day, note)
        for kind in dict.fromkeys(each.kind for each in answers)
    ]
    steps = [step for each in taken for step in each.decided.steps]
    moved = [each for one in taken for each in one.moved]
    entries = tuple(step.entry for step in steps if step.entry)
    edits = tuple(step.edit for step in steps if step.edit)
    notes = list(_notes(answers, steps, unanswered))
    if entries and edits:  # a post adds rows to a file or changes rows of it
        again = Text(
            f"另有 {len(edits)} 个以前定过，要改主意：把同样的命令再执行一次",
            f"{len(edits)} were decided before; to change them, run the same command once more",
        )
        notes.append(Note("once_more", "warning", again))
        edits = ()
    return Decision(_said(steps, moved), entries, edits, notes=tuple(notes), shown=moved_table(moved))


def answering(
    aliases: Rows, catalogue: Catalogue, customer_names: Parties, supplier_names: Parties, user: str, *, day: date
) -> Answering:
    """Questions that are being answered one by one."""
    return Answering(aliases, kinds_of(catalogue, customer_names, supplier_names), user, day)


class Answering:
    """The answers given so far: which questions they settle, and which answers they rule out."""

    def __init__(self, aliases: Rows, kinds: Kinds, user: str, day: date) -> None:
        self.answers: list[Answer] = []
        self._kinds = kinds
        self._decided = {
            kind: Decided(aliases, [row for row in alias_rows(aliases) if row.kind == kind], user, day, "")
            for kind in kinds
        }

    def settles(self, kind: NameKind, name: str, other: str) -> bool:
        """Whether it follows from the answers that two names are one, or two."""
        now = Aliases(kind, self._decided[kind].rows)
        return _are_joined(kind, name, other, self._decided[kind]) or now.are_different(name, other)

    def take(self, answer: Answer) -> None:
        """One more answer. Raises AnswerRefused; then it was not taken."""
        _take(answer, self._kinds[answer.kind], self._decided[answer.kind])
        self.answers.append(answer)


def _taken(
    kind: NameKind, answers: Sequence[Answer], kinds: Kinds, aliases: Rows, user: str, day: date, note: str
) -> _Taken:
    known = kinds[kind]
    rows = [row for row in alias_rows(aliases) if row.kind == kind]
    decided = Decided(aliases, rows, user, day, note)
    for each in answers:
        for name in filter(None, (each.name, each.other)):
            if not is_known(name, known):
                raise AnswerRefused(each, _unknown(name, kind))
        _take(each, known, decided)
    return _Taken(kind, decided, moved_rows(known, known.decided(decided.rows)) if decided.steps else [])


def _take(each: Answer, known: Known, decided: Decided) -> None:
    """One more answer. Raises AnswerRefused."""
    one, other = named_in_rows(each.name, known), named_in_rows(each.other, known)
    if each.verdict == "same":
        one, other = _joined(each, one, other, known)
        if one == other or _are_joined(each.kind, one, other, decided):
            return
    added = {(step.row.name, step.row.stands_for) for step in decided.steps if step.entry}
    try:
        decided.take(each.kind, one, other, each.verdict)
    except Contradiction as trouble:
        raise AnswerRefused(each, trouble.message, trouble.hint) from trouble
    newest = decided.steps[-1] if decided.steps else None
    if newest is not None and newest.edit and (newest.row.name, newest.row.stands_for) in added:
        why = Text(
            f"“{one}”与“{other}”在前面的行里已有别的答案",
            f"a row above has another answer for “{one}” and “{other}”",
        )
        raise AnswerRefused(each, why)


def _joined(each: Answer, one: str, other: str, known: Known) -> tuple[str, str]:
    """The name that goes and the name that stays: the one that was chosen, else the one in the register."""
    stays = named_in_rows(each.stays, known) if each.stays else other
    if stays not in {one, other}:
        why = Text(
            f"留下的名称“{each.stays}”不是这两个中的一个：“{one}”“{other}”",
            f"the name that stays, “{each.stays}”, is neither “{one}” nor “{other}”",
        )
        raise AnswerRefused(each, why)
    goes = one if stays == other else other
    there, gone = register_name(stays, known), register_name(goes, known)
    if there and gone and there != gone:
        what = WORDS[each.kind]
        why = Text(
            f"“{goes}”和“{stays}”在{what.zh}表里各有一行，光定名称合不到一起",
            f"“{goes}” and “{stays}” have a row each in the register of {what.en}s: a decision cannot join them",
        )
        raise AnswerRefused(each, why, Text("先在表里删去一行", "take one of the rows out of the register first"))
    if gone and not there:
        return stays, gone
    return goes, there or stays


def _are_joined(kind: NameKind, one: str, other: str, decided: Decided) -> bool:
    now = Aliases(kind, decided.rows)
    return not are_one_key(kind, [one, other]) and now.fold(one) == now.fold(other)


def _unknown(name: str, kind: NameKind) -> Text:
    what = WORDS[kind]
    return Text(f"没有名为“{name}”的{what.zh}", f"there is no {what.en} named “{name}”")


def _said(steps: Sequence[Step], moved: Sequence[Moved]) -> Text:
    if not steps:
        return Text("没有新的决定", "nothing new was decided")
    counts: Mapping[str, int] = Counter(step.row.verdict for step in steps)
    parts = [
        Text(f"{word.zh} {counts[verdict]}", f"{word.en} {counts[verdict]}")
        for verdict, word in VERDICTS.items()
        if verdict in counts
    ]
    rows = sum(each.spelling.rows for each in moved)
    text = joined(parts)
    return Text(
        f"记下 {len(steps)} 个回答：{text.zh}；合并 {rows} 行", f"{len(steps)} answers: {text.en}; rows joined: {rows}"
    )


def _notes(answers: Sequence[Answer], steps: Sequence[Step], unanswered: int) -> list[Note]:
    notes = []
    settled = len(answers) - len(steps)
    if settled:
        text = Text(f"{settled} 个以前已这样定过，不再记", f"{settled} had been decided so before")
        notes.append(Note("decided_before", "info", text))
    if unanswered:
        text = Text(f"{unanswered} 行没有填答案，不动", f"{unanswered} rows have no answer and stay as they are")
        notes.append(Note("unanswered", "info", text))
    return notes
