"""The numbers of a ledger's documents as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from salesaid.core.rows import Rows
from salesaid.core.short_numbers import ShortNumbers
from salesaid.settings import Settings


def short_forms(numbers: Iterable[str], rows: Rows, settings: Settings, today: date) -> ShortNumbers:
    """The short forms of the numbers that were read from a ledger; its rows dated later must not be meant by any."""
    ledger = rows.ledger
    every = list(numbers)
    if rows.later and ledger.number:
        every += [no for (no,) in rows.until(None).pick(ledger.number) if no]
    return ShortNumbers(every, settings.prefix(ledger.id, ledger.prefix), today)
