"""Names whose rows count under another customer by a decision: said with every sum by customer."""

from __future__ import annotations

from collections.abc import Collection

from salesaid.balances.parties import Parties
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined

_SHOWN = 5


def folded_customers(customer_names: Parties) -> FoldedCustomers:
    """What decisions fold."""
    return FoldedCustomers(customer_names)


class FoldedCustomers:
    """Only what a decision folds: spellings of one key are one customer without any."""

    def __init__(self, customers: Parties) -> None:
        self._customers = customers

    def note(self, ids: Collection[str]) -> tuple[Note, ...]:
        """A sentence on the names that are folded into these customers, and how many rows each brings in."""
        rows = {each: count for each, count in self._rows().items() if each[1] in ids}
        if not rows:
            return ()
        said = [
            Text(f"{name} → {id_}（{count} 行）", f"{name} → {id_} (rows: {count})")
            for (name, id_), count in sorted(rows.items())
        ]
        if len(said) > _SHOWN:
            rest = len(said) - _SHOWN
            said[_SHOWN:] = [Text(f"另有 {rest} 个写法", f"{rest} more")]
        listed = joined(said, "；", "; ")
        return (Note("folded", "info", Text(f"按名称的决定归并：{listed.zh}", f"joined by decision: {listed.en}")),)

    def _rows(self) -> dict[tuple[str, str], int]:
        """How many rows have a name, by the name and the customer into whom a decision folds it."""
        customers = self._customers
        if not any(row.verdict == "same" for row in customers.aliases):
            return {}
        undecided = customers.decided(())
        found: dict[tuple[str, str], int] = {}
        for form in customers.census.parties("customer"):
            id_ = customers.identify(form.name)
            if undecided.identify(form.name) != id_:
                found[form.name, id_] = found.get((form.name, id_), 0) + form.rows
        return found
