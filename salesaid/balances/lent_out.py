"""What each customer has on loan: kept so that an order can say it whatever the size of the book (DOMAIN.md 3).

The state is keyed by what rows say (customer, name, model, unit, number), so that a new alias changes how it is read
and nothing in it; what came back as it was written when it was lent leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.census import party_code
from salesaid.balances.parties import Parties
from salesaid.core.kinds import QTY
from salesaid.core.places import LOAN
from salesaid.core.rows import ZERO, Rows
from salesaid.core.schema import Ledger
from salesaid.core.state import State, key_of, parts_of
from salesaid.core.tables import Note
from salesaid.core.text import Text

READS = ("loans",)  # what the fold looks at
OUT, DUE = "lent_out.out", "lent_out.due"
_EXTENDED = 1  # beats the due date of goods lent on the same day


def fold(rows: Rows, state: State) -> None:
    """Add what the rows of the loans bring to customers or take from them, and until when."""
    if rows.ledger.id != "loans":
        return
    signs = _signs(rows.ledger)
    sums: dict[str, Decimal] = {}
    dues: dict[str, tuple[str, int, int, str]] = {}
    for row, no, day, action, written, qty, due in rows.pick(
        "row", "loan_no", "date", "action", ("customer", "product", "model", "unit"), "qty", "due"
    ):
        customer, name, model, unit = (text.strip() for text in written)
        number = (no or "").strip()
        if signs[action]:
            key = key_of(customer, name, model, unit, number)
            sums[key] = sums.get(key, ZERO) + qty * signs[action]
        if due and action in {"lend", "extend"}:
            said = (day.isoformat(), _EXTENDED if action == "extend" else 0, row, due.isoformat())
            key = key_of(number, customer, name, model) if name or model else key_of(number, "", "", "")
            dues[key] = max(said, dues.get(key, said))
    _add(state, sums, dues)


def _signs(ledger: Ledger) -> dict[str, int]:
    return {
        action.id: sum((way.to_place == LOAN) - (way.from_place == LOAN) for way in action.ways)
        for action in ledger.actions
    }


def _add(state: State, sums: dict[str, Decimal], dues: dict[str, tuple[str, int, int, str]]) -> None:
    out, due = state[OUT], state[DUE]
    for key, qty in sums.items():
        total = Decimal(out.get(key) or 0) + qty
        out.set(key, str(total) if total else None)
    for key, said in dues.items():
        due.set(key, max([*said], due.get(key) or [*said]))


class OnLoan(NamedTuple):
    """How much of a product a customer has on loan; `due` is the earliest day of it that is known."""

    product: str
    qty: Decimal
    due: date | None


_NAMED = 5  # products that a note names


def on_loan_note(customer: str, lent_out: LentOut, today: date) -> list[Note]:
    """What a customer has on loan, in one sentence; a warning once some of it is late."""
    lent = lent_out.of_customer(customer)
    if not lent:
        return []
    zh, en = [], []
    for each in lent[:_NAMED]:
        what = f"{each.product}×{QTY.format(each.qty)}"
        zh.append(f"{what}，到期 {each.due}" if each.due else what)
        en.append(f"{what}, due {each.due}" if each.due else what)
    more = len(lent) - _NAMED
    said = Text(f"{customer}还借着 {'；'.join(zh)}", f"{customer} still has on loan {'; '.join(en)}")
    said += Text(f"；还有 {more} 种", f"; {more} products more") if more > 0 else Text("", "")
    late = [each for each in lent if each.due is not None and each.due < today]
    return [Note("on_loan", "warning" if late else "info", said + (Text("（已逾期）", " (overdue)") if late else ""))]


def lent_out(state: State, catalogue: Catalogue, customer_names: Parties) -> LentOut:
    """What customers have on loan."""
    return LentOut(state, catalogue, customer_names)


class LentOut:
    """What customers have on loan."""

    def __init__(self, state: State, catalogue: Catalogue, customers: Parties) -> None:
        self._state = state
        self._catalogue = catalogue
        self._customers = customers

    def of_customer(self, customer: str) -> list[OnLoan]:
        """What one customer has on loan, by product as it was first lent; never less than nothing."""
        sums: dict[str, Decimal] = {}
        of_loans: dict[tuple[str, str], Decimal] = {}
        for key, qty in self._written(customer):
            _, name, model, unit, number = parts_of(key)
            id_ = self._catalogue.identify(name, model)
            if counts_in(self._catalogue.product(id_), unit):
                sums[id_] = sums.get(id_, ZERO) + qty
                of_loans[id_, number] = of_loans.get((id_, number), ZERO) + qty
        dues: dict[str, list[str]] = {}
        for (id_, number), qty in of_loans.items():
            dues.setdefault(id_, []).extend(self._due(id_, number, customer) if qty > 0 and sums[id_] > 0 else ())
        return [
            OnLoan(id_, qty, date.fromisoformat(min(dues[id_])) if dues[id_] else None)
            for id_, qty in sums.items()
            if qty > 0
        ]

    def _written(self, customer: str) -> Iterator[tuple[str, Decimal]]:
        for form in sorted(self._forms(customer)):
            for key, text in self._state[OUT].under(form):
                yield key, Decimal(text)

    def _forms(self, customer: str) -> set[str]:
        """Every way in which rows write a customer."""
        known = self._customers
        names = {customer, *(row.name for row in known.aliases if known.identify(row.name) == customer)}
        written = {form.name for name in names for form in known.census.parties("customer", party_code(name))}
        return {form for form in written | {customer} if known.identify(form) == customer}

    def _due(self, id_: str, number: str, customer: str) -> list[str]:
        """Until when a customer has a product under a number: what was said last of it, or of the whole loan."""
        said = []
        for key, value in self._state[DUE].under(number):
            _, whose, name, model = parts_of(key)
            if self._customers.identify(whose) in {customer, ""} and (
                not (name or model) or self._catalogue.identify(name, model) == id_
            ):
                said.append(value)
        return [max(said)[3]] if said else []
