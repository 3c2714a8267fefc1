"""Suppliers: whom to reach, how long they take, and how many products come from them."""

from __future__ import annotations

from collections import Counter

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.balances.party_data import cells_of, fields_of
from salesaid.core.kinds import QTY
from salesaid.core.rows import Rows
from salesaid.core.tables import Field, Table, more
from salesaid.core.text import Text

_SHOWN = ("supplier", "full_name", "contact", "phone", "lead_days", "terms")
_PRODUCTS = Field("products", Text("产品数", "Products"), QTY)


def supplier_list(
    supplier_names: Parties, suppliers: Rows, catalogue: Catalogue, *, limit: int | None = None,
    newest: int | None = None,
) -> Table:  # fmt: skip
    """The suppliers, those of the register first and in its order, then those known from rows only."""
    fields = fields_of(suppliers.ledger, _SHOWN)
    delivers = Counter(supplier_names.identify(p.supplier) for p in catalogue.registered.values() if p.supplier)
    found = supplier_names.all()
    rows = [(*cells_of(party, suppliers.ledger, fields), delivers[party.id]) for party in found[:limit]]
    notes = more(len(found), limit)
    return Table(Text("供应商", "Suppliers"), (*fields, _PRODUCTS), rows, notes=notes, newest=newest)
