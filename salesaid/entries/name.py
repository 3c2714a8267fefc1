"""Decisions about names: the same, different, to be asked later; ledger text is never rewritten for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.deciding import VERDICTS, Decided, require_sense
from salesaid.balances.decisions import alias_rows
from salesaid.balances.moved_rows import Moved, moved_rows, moved_table
from salesaid.balances.parties import Parties
from salesaid.balances.register import values_of
from salesaid.balances.written_names import (
    WORDS,
    Known,
    are_one_key,
    identity,
    kind_of,
    kinds_of,
    named_in_rows,
    register_name,
)
from salesaid.core.aliases import AliasRow, Verdict
from salesaid.core.entries import Decision
from salesaid.core.errors import Refused
from salesaid.core.keys import NameKind, digits
from salesaid.core.pasted import about_names
from salesaid.core.rows import Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text, in_rows, joined


class OneThing(Refused):
    """Two names of one register row were to be declared different."""

    def __init__(self, one: str, other: str, there: str) -> None:
        super().__init__(
            Text(
                f"“{one}”和“{other}”是产品表里同一行（{there}）的名称和型号",
                f"“{one}” and “{other}” are name and model of {there}",
            ),
            Text(
                "不是一个产品的，请先改产品表里的型号", "if they are not one product, correct the model in the register"
            ),
        )


class BothRegistered(Refused):
    """Two rows of one register were to be one thing by a decision about their names."""

    def __init__(self, name: str, stays: str, what: Text) -> None:
        again = about_names("name same", (name, stays))
        super().__init__(
            Text(
                f"“{name}”和“{stays}”在{what.zh}表里各有一行，光定名称合不到一起",
                f"“{name}” and “{stays}” have a row each in the register of {what.en}s: a decision cannot join them",
            ),
            Text(
                f"确是同一个，请先在{what.zh}表里删去“{name}”那一行，再执行 {again}",
                f"if they are one, take the row of “{name}” out of the register, then: {again}",
            ),
        )


def same(
    aliases: Rows, catalogue: Catalogue, customer_names: Parties, supplier_names: Parties, user: str, *,
    names: Sequence[str], day: date, kind: str | None = None, note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """The names stand for the last of them, or for the one that its register holds."""
    kinds = kinds_of(catalogue, customer_names, supplier_names)
    of_kind = kind_of(names, kinds, _kind(aliases, kind), new=new)
    known = kinds[of_kind]
    names = [named_in_rows(name, known) for name in names]
    stays, notes = _staying(names, known)
    written = [name for name in dict.fromkeys(names) if name != stays and register_name(name, known) != stays]
    rows = [row for row in alias_rows(aliases) if row.kind == of_kind]
    decided = Decided(aliases, rows, user, day, note)
    if not written:
        notes.append(_settled(names[0], names[-1]))
    for name in written:
        if _is_settled(of_kind, name, stays, known, decided.rows):
            notes.append(_settled(name, stays))
        else:
            notes += decided.take(of_kind, name, stays, "same")
    _require_one_row(written, stays, known)  # said last: a decision that stands is the better reason
    moved = moved_rows(known, known.decided(decided.rows)) if decided.steps else []
    notes += [*_held_by_model(moved, decided), *_of_other_numbers(of_kind, decided)]
    entries, edits = decided.outcome()
    return Decision(_said_same(decided, stays, moved), entries, edits, notes=tuple(notes), shown=moved_table(moved))


def different(
    aliases: Rows, catalogue: Catalogue, customer_names: Parties, supplier_names: Parties, user: str, *,
    one: str, other: str, day: date, kind: str | None = None, note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """Two names are two things and nobody is to be asked again."""
    kinds = kinds_of(catalogue, customer_names, supplier_names)
    of_kind = kind_of([one, other], kinds, _kind(aliases, kind), new=new)
    known = kinds[of_kind]
    there = register_name(one, known)
    if there is not None and there == register_name(other, known) and not are_one_key(of_kind, [one, other]):
        raise OneThing(one, other, there)
    pair = (named_in_rows(one, known), named_in_rows(other, known))
    return _pair(aliases, known, user, of_kind, pair, "different", day, note)


def later(
    aliases: Rows, catalogue: Catalogue, customer_names: Parties, supplier_names: Parties, user: str, *,
    one: str, other: str, day: date, kind: str | None = None, note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """The question whether two names are one is put off for 30 days; what was decided of them before is taken back."""
    kinds = kinds_of(catalogue, customer_names, supplier_names)
    of_kind = kind_of([one, other], kinds, _kind(aliases, kind), new=new)
    known = kinds[of_kind]
    pair = (named_in_rows(one, known), named_in_rows(other, known))
    return _pair(aliases, known, user, of_kind, pair, "later", day, note)


def _pair(
    aliases: Rows,
    known: Known,
    user: str,
    kind: NameKind,
    pair: tuple[str, str],
    verdict: Verdict,
    day: date,
    note: str,
) -> Decision:
    rows = [row for row in alias_rows(aliases) if row.kind == kind]
    decided = Decided(aliases, rows, user, day, note)
    notes = decided.take(kind, *pair, verdict)
    moved = moved_rows(known, known.decided(decided.rows)) if decided.steps else []
    entries, edits = decided.outcome()
    word = VERDICTS[verdict]
    said = Text(f"“{pair[0]}”与“{pair[1]}”：{word.zh}", f"“{pair[0]}” and “{pair[1]}”: {word.en}")
    return Decision(said, entries, edits, notes=tuple(notes), shown=moved_table(moved))


def _kind(aliases: Rows, typed: str | None) -> NameKind | None:
    value: Any = values_of(aliases.ledger, {"kind": typed})["kind"] if typed else None
    return value  # type: ignore[no-any-return]


def _staying(names: Sequence[str], known: Known) -> tuple[str, list[Note]]:
    """The name that stays: the last of those in the register, else the last of all."""
    listed = [(name, id_) for name in names if (id_ := register_name(name, known)) is not None]
    if not listed:
        return names[-1], []
    name, id_ = listed[-1]
    if register_name(names[-1], known) is not None:
        return id_, []
    text = Text(f"“{name}”在册，留下的是它", f"“{name}” is in the register, so it stays")
    return id_, [Note("register_stays", "info", text)]


def _is_settled(kind: NameKind, name: str, stays: str, known: Known, rows: list[AliasRow]) -> bool:
    """Whether two names are one without a new decision. Raises Contradiction where the other one of them stays."""
    now = known.decided(rows)
    if identity(name, now) == stays:
        return True
    if are_one_key(kind, [name, stays]) or identity(name, now) != identity(stays, now):
        return False
    require_sense(rows, AliasRow(kind, name, stays))
    return True


def _settled(name: str, stays: str) -> Note:
    text = Text(
        f"“{name}”和“{stays}”已经算作一个，不必再定", f"“{name}” and “{stays}” count as one already: nothing to decide"
    )
    return Note("same_already", "info", text)


def _said_same(decided: Decided, stays: str, moved: Sequence[Moved]) -> Text:
    if not decided.steps:
        return Text("没有新的决定", "nothing new was decided")
    names = joined([Text(f"“{step.row.name}”", f"“{step.row.name}”") for step in decided.steps])
    count = sum(each.spelling.rows for each in moved)
    stand = "stands" if len(decided.steps) == 1 else "stand"
    return Text(
        f"{names.zh}归入“{stays}”，合并 {count} 行", f"{names.en} {stand} for “{stays}” now: {in_rows(count)} joined"
    )


def _require_one_row(written: Sequence[str], stays: str, known: Known) -> None:
    """The register's own rows are told apart whatever is decided of their names. Raises BothRegistered."""
    for name in written:
        there = register_name(name, known)
        if there is not None:
            raise BothRegistered(there, stays, WORDS["product" if isinstance(known, Catalogue) else known.kind])


def _of_other_numbers(kind: NameKind, decided: Decided) -> Iterator[Note]:
    """A word of doubt where each of two products has a number that the other lacks: mostly they are two models."""
    for step in decided.steps if kind == "product" else ():
        name, stays = step.row.name, step.row.stands_for
        mine, its = [set(digits(each)) for each in (name, stays)]
        if mine - its and its - mine:
            text = Text(
                f"“{name}”和“{stays}”数字不同，确是同一个产品吗？",
                f"the numbers of “{name}” and “{stays}” differ: are they one product?",
            )
            yield Note("other_numbers", "warning", text)


def _held_by_model(moved: Sequence[Moved], decided: Decided) -> list[Note]:
    """Names whose rows do not follow, because their model says which product they are."""
    if moved or not decided.steps:
        return []
    text = Text("没有一行因此改变归属", "no row counts under another name for it")
    return [Note("nothing_moved", "info", text)]
