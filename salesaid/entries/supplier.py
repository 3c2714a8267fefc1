"""Suppliers: entered and changed in their register."""

from __future__ import annotations

from collections.abc import Mapping

from salesaid.balances.parties import Parties
from salesaid.balances.party_register import added, altered
from salesaid.core.entries import Decision
from salesaid.core.rows import Rows


def add(suppliers: Rows, supplier_names: Parties, *, name: str, cells: Mapping[str, str], note: str = "") -> Decision:
    """A new supplier."""
    return added(suppliers, supplier_names, name, cells, note)


def set_(
    suppliers: Rows,
    supplier_names: Parties,
    *,
    name: str,
    cells: Mapping[str, str],
    note: str | None = None,
    renamed: str | None = None,
) -> Decision:
    """Some cells of a supplier."""
    return altered(suppliers, supplier_names, name, cells, note, renamed)
