"""Whether a book keeps accounts of its customers at all: else nothing that they owe is ever late."""

from __future__ import annotations

from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Receivables
from salesaid.core.rows import Rows
from salesaid.settings import Settings


def account_keeping(receivables: Receivables, shipments: Rows, customer_names: Parties, settings: Settings) -> bool:
    """Whether it has receipts, terms of payment or opening balances."""
    return bool(receivables.all_receipts) or _keeps_terms(customer_names, settings) or _has_openings(shipments)


def _keeps_terms(customers: Parties, settings: Settings) -> bool:
    return bool(settings.terms) or any(party.card.get("terms") for party in customers.registered.values())


def _has_openings(shipments: Rows) -> bool:
    return any(action == "opening" for (action,) in shipments.pick("action"))
