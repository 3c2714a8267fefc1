"""Customers: whom to reach, on which terms, and when there was last a row about them."""

from __future__ import annotations

from salesaid.balances.parties import Parties, Party
from salesaid.balances.party_data import cells_of, fields_of
from salesaid.balances.spellings import last_dates
from salesaid.core.kinds import DATE
from salesaid.core.rows import Rows
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text
from salesaid.core.words import understood_note, word_meant

_SHOWN = ("customer", "full_name", "contact", "phone", "terms", "transit_days", "salesperson", "status")
_SALESPERSON = Text("业务员", "salesperson")
_LAST = Field("last_date", Text("最近往来", "Last row"), DATE)


def customer_list(
    customer_names: Parties, customers: Rows, *, salesperson: str | None = None, with_lost: bool = False,
    limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """The customers that fit, those of the register first and in its order, then those known from rows only."""
    fields = fields_of(customers.ledger, _SHOWN)
    every = customer_names.all()
    by = None if salesperson is None else word_meant(salesperson, map(_salesperson, every), _SALESPERSON)
    found = [
        party
        for party in every
        if (with_lost or party.card.get("status") != "lost") and (by is None or _salesperson(party) == by)
    ]
    last = last_dates(customer_names)
    rows = [(*cells_of(party, customers.ledger, fields), last.get(party.id)) for party in found[:limit]]
    lost = 0 if with_lost else sum(party.card.get("status") == "lost" for party in every)
    notes = (*understood_note(salesperson, by), *more(len(found), limit), *_notes(lost))
    return Table(Text("客户", "Customers"), (*fields, _LAST), rows, notes=notes, newest=newest)


def _salesperson(party: Party) -> str:
    return str(party.card.get("salesperson") or "").strip()


def _notes(lost: int) -> tuple[Note, ...]:
    if not lost:
        return ()
    return (
        Note("lost", "info", Text(f"流失的 {lost} 个未列出，--all 可看", f"{lost} lost left out, --all shows them")),
    )
