"""A customer or a supplier entered in its register, or changed there: the two differ in their columns only."""

from __future__ import annotations

from collections.abc import Mapping

from salesaid.balances.census import party_code
from salesaid.balances.parties import Parties
from salesaid.balances.register import (
    AlreadyThere,
    KeyStays,
    NothingGiven,
    NotInRegister,
    changed,
    listed,
    require_name,
    rows_before,
    similar_note,
    values_of,
)
from salesaid.balances.similar import similar
from salesaid.balances.typed import echo
from salesaid.core.entries import Decision, Entry, Value
from salesaid.core.rows import Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text

WHAT = {"customer": Text("客户", "customer"), "supplier": Text("供应商", "supplier")}


def added(register: Rows, parties: Parties, name: str, cells: Mapping[str, str], note: str) -> Decision:
    """A new row of the register. Raises AlreadyThere, NoSuchName, BadCell."""
    require_name(name)
    there = parties.identify(name)
    if there in parties.registered:
        raise AlreadyThere(name, there, parties.kind)
    _require_other_full_names(name, parties)
    values = values_of(register.ledger, {**cells, **({"note": note} if note else {})})
    row: dict[str, Value] = {parties.kind: name}
    row |= {id_: value for id_, value in values.items() if value is not None}
    what, text = WHAT[parties.kind], listed(values, register.ledger)
    said = Text(f"已登记{what.zh} {name}", f"{what.en} {name} entered")
    if text.zh:
        said += Text(f" · {text.zh}", f" · {text.en}")
    notes = [*_rows_before(name, parties), *similar_note(name, similar(name, parties.names), what)]
    return Decision(said, (Entry(register.ledger.id, row, frozenset(row)),), notes=tuple(notes))


def _require_other_full_names(name: str, parties: Parties) -> None:
    for party in parties.registered.values():
        full_name = str(party.card.get("full_name") or "").strip()
        if full_name and party_code(full_name) == party_code(name):
            raise AlreadyThere(name, party.id, parties.kind)


def _rows_before(name: str, parties: Parties) -> list[Note]:
    return rows_before(sum(form.rows for form in parties.census.parties(parties.kind, party_code(name))))


def altered(
    register: Rows, parties: Parties, name: str, cells: Mapping[str, str], note: str | None, renamed: str | None
) -> Decision:
    """Some cells of a row of the register. Raises NotInRegister, KeyStays, NothingGiven, SeveralRows, BadCell."""
    match = parties.match(name)
    party = parties.party(match.name)
    if party.row is None:
        raise NotInRegister(party.id, register.ledger, parties.kind)
    if renamed is not None:
        raise KeyStays(party.id, renamed)
    values = values_of(register.ledger, {**cells, **({} if note is None else {"note": note})})
    if not values:
        raise NothingGiven
    change = changed(register, {parties.kind: party.id}, values)
    edits = (change.edit,) if change.edit else ()
    return Decision(change.said(WHAT[parties.kind], party.id), edits=edits, notes=(*echo(name, match), *change.notes))
