"""Which suppliers there are, and which of them a name means."""

from __future__ import annotations

from salesaid.balances.census import Census
from salesaid.balances.parties import Parties, parties
from salesaid.core.rows import Rows


def supplier_names(suppliers: Rows, aliases: Rows, census: Census) -> Parties:
    """All suppliers of the book."""
    return parties("supplier", suppliers, aliases, census)
