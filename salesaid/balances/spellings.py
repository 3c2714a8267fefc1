"""The ways in which rows write one product, customer or supplier, and in how many rows each."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.core.kinds import DATE, QTY, TEXT
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text

FIELDS = (
    Field("name", Text("写法", "Written"), TEXT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("rows", Text("行数", "Rows"), QTY),
    Field("last_date", Text("最近日期", "Last"), DATE),
)


class Spelling(NamedTuple):
    """One way of writing; `id` is the canonical name it counts under, `last` the newest day of its rows."""

    name: str
    model: str
    rows: int
    last: date | None
    id: str


def spellings(known: Catalogue | Parties) -> list[Spelling]:
    """All ways of writing of all products, or of all customers or suppliers."""
    if isinstance(known, Catalogue):
        forms = [(form, known.identify(form.name, form.model)) for form in known.census.all_forms()]
    else:
        forms = [(form, known.identify(form.name)) for form in known.census.parties(known.kind)]
    return [
        Spelling(form.name, form.model, form.rows, date.fromisoformat(form.newest) if form.newest else None, id_)
        for form, id_ in forms
    ]


def spelling_table(id_: str, known: Catalogue | Parties) -> Table:
    """How rows write one of them, the most usual way first."""
    own = sorted((each for each in spellings(known) if each.id == id_), key=lambda each: (-each.rows, each.name))
    fields = FIELDS if isinstance(known, Catalogue) else tuple(field for field in FIELDS if field.name != "model")
    rows = [
        (each.name or None, each.model or None, each.rows, each.last)
        if isinstance(known, Catalogue)
        else (each.name or None, each.rows, each.last)
        for each in own
    ]
    totals = {"rows": sum(each.rows for each in own)} if len(own) > 1 else {}
    return Table(Text("台账里的写法", "As the ledgers write it"), fields, rows, totals)


def last_dates(known: Catalogue | Parties) -> dict[str, date]:
    """The newest day of any row about each of them."""
    newest: dict[str, date] = {}
    for each in spellings(known):
        if each.last is not None:
            newest[each.id] = max(each.last, newest.get(each.id, each.last))
    return newest
