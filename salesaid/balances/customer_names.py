"""Which customers there are, and which of them a name means."""

from __future__ import annotations

from salesaid.balances.census import Census
from salesaid.balances.parties import Parties, parties
from salesaid.core.rows import Rows


def customer_names(customers: Rows, aliases: Rows, census: Census) -> Parties:
    """All customers of the book."""
    return parties("customer", customers, aliases, census)
