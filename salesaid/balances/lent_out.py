"""What each customer has on loan: kept so that an order can say it whatever the size of the book (DOMAIN.md 3).

What rows come to is kept loan by loan, by what they say (customer, name, model, unit), so that a new alias changes how
it is read and nothing in it. Beside it stands which loans of a customer are not even, so that few of them are looked
at. The figures are those of the loan lines, also where rows are odd: a line is its first lender's whoever gave it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.census import party_code
from salesaid.balances.parties import Parties
from salesaid.core.kinds import QTY
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import State, key_of, parts_of
from salesaid.core.tables import Note
from salesaid.core.text import Text

READS = ("loans",)  # what the fold looks at
LOANS, UNEVEN, DUE = "lent_out.loans", "lent_out.uneven", "lent_out.due"
_EXTENDED = 1  # beats the due date of goods lent on the same day
_SETTLES = ("return", "sell", "gift", "consume", "lose", "swap")

_Head = list[Any] | None  # row, day, whether it has a number


class _Written:
    """What the rows of one loan come to that write the same customer and product."""

    __slots__ = ("first", "lent", "lent_first", "settled")

    def __init__(self, kept: list[Any] | None = None) -> None:
        lent, settled, first, lent_first = kept or ("0", "0", None, None)
        self.lent, self.settled = Decimal(lent), Decimal(settled)
        self.first: _Head = first
        self.lent_first: _Head = lent_first

    @property
    def kept(self) -> list[Any]:
        """It as JSON can hold it."""
        return [str(self.lent), str(self.settled), self.first, self.lent_first]

    def add(self, action: str, qty: Decimal, head: list[Any]) -> None:
        """One more row; goods swapped in move nothing of what was lent."""
        self.first = min(self.first or head, head)
        if action == "lend":
            self.lent += qty
            self.lent_first = min(self.lent_first or head, head)
        elif action in _SETTLES:
            self.settled += qty


_Loan = dict[str, _Written]  # by customer, name, model and unit as written


def fold(rows: Rows, state: State) -> None:
    """Add what the rows of the loans bring to customers or take from them, and until when."""
    if rows.ledger.id != "loans":
        return
    loans: dict[str, list[tuple[str, str, Decimal, list[Any]]]] = {}
    dues: dict[str, tuple[str, int, int, str]] = {}
    for row, no, day, action, written, qty, due in rows.pick(
        "row", "loan_no", "date", "action", ("customer", "product", "model", "unit"), "qty", "due"
    ):
        customer, name, model, unit = (text.strip() for text in written)
        own = (no or "").strip()
        number = own or f"{rows.file}:{row}"
        if action != "extend":
            head = [row, day.isoformat(), bool(own)]
            loans.setdefault(number, []).append((key_of(customer, name, model, unit), action, qty, head))
        if due and action in {"lend", "extend"}:
            said = (day.isoformat(), _EXTENDED if action == "extend" else 0, row, due.isoformat())
            key = key_of(number, name, model) if name or model else key_of(number, "", "")
            dues[key] = max(said, dues.get(key, said))
    for number, found in loans.items():
        _add(state, number, found)
    for key, said in dues.items():
        state[DUE].set(key, max([*said], state[DUE].get(key) or [*said]))


def _add(state: State, number: str, rows: list[tuple[str, str, Decimal, list[Any]]]) -> None:
    """Add rows of one loan."""
    loan = _read(state[LOANS].get(number))
    for key, action, qty, head in rows:
        written = loan.get(key)
        if written is None:
            written = loan[key] = _Written()
        written.add(action, qty, head)
    state[LOANS].set(number, {key: written.kept for key, written in loan.items()})
    is_uneven = any(written.lent != written.settled for written in loan.values())
    for customer in {parts_of(key)[0] for key in loan}:
        state[UNEVEN].set(key_of(customer, number), 1 if is_uneven else None)


def _read(kept: Mapping[str, list[Any]] | None) -> _Loan:
    return {key: _Written(values) for key, values in (kept or {}).items()}


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


class _Line:
    """One line of a loan while goods that came back under no number are still to be set off."""

    __slots__ = ("head", "lent", "number", "product", "settled")

    def __init__(self, number: str, product: str, head: list[Any], written: Sequence[_Written]) -> None:
        self.number, self.product, self.head = number, product, head
        self.lent = sum((each.lent for each in written), ZERO)
        self.settled = sum((each.settled for each in written), ZERO)

    @property
    def out(self) -> Decimal:
        """What is still outside."""
        return self.lent - self.settled


class LentOut:
    """What customers have on loan."""

    def __init__(self, state: State, catalogue: Catalogue, customers: Parties) -> None:
        self._state = state
        self._catalogue = catalogue
        self._customers = customers

    def of_customer(self, customer: str) -> list[OnLoan]:
        """What one customer has on loan, by product in the order in which it was lent: the sums of the open lines."""
        numbers = {parts_of(key)[1] for form in self._forms(customer) for key, _ in self._state[UNEVEN].under(form)}
        lines = [line for number in numbers for line in self._lines(number, customer)]
        lines.sort(key=lambda line: line.head)
        _settle_numberless(lines)
        sums: dict[str, Decimal] = {}
        dues: dict[str, list[str]] = {}
        for line in lines:
            if line.out > 0:
                sums[line.product] = sums.get(line.product, ZERO) + line.out
                dues.setdefault(line.product, []).extend(self._due(line.product, line.number))
        return [
            OnLoan(id_, qty, date.fromisoformat(min(dues[id_])) if dues[id_] else None) for id_, qty in sums.items()
        ]

    def _lines(self, number: str, customer: str) -> Iterator[_Line]:
        """The lines of one loan that are a customer's, in their products' units."""
        by_product: dict[str, list[tuple[str, _Written]]] = {}
        for key, written in _read(self._state[LOANS].get(number)).items():
            _, name, model, _ = parts_of(key)
            by_product.setdefault(self._catalogue.identify(name, model), []).append((key, written))
        for id_, own in by_product.items():
            product = self._catalogue.product(id_)
            counted = [written for key, written in own if counts_in(product, parts_of(key)[3])]
            lent = [(written.lent_first, key) for key, written in own if written.lent_first]
            each = [(written.first, key) for key, written in own if written.first]
            head, key = min(lent or each)
            if counted and self._customers.identify(parts_of(key)[0]) == customer:
                yield _Line(number, id_, head, counted)

    def _forms(self, customer: str) -> set[str]:
        """Every way in which rows write a customer."""
        known = self._customers
        names = {customer, *(row.name for row in known.aliases if known.identify(row.name) == customer)}
        written = {form.name for name in names for form in known.census.parties("customer", party_code(name))}
        return {form for form in written | {customer} if known.identify(form) == customer}

    def _due(self, id_: str, number: str) -> list[str]:
        """Until when a product is lent under a number: what was said last of it, or of the whole loan."""
        said = []
        for key, value in self._state[DUE].under(number):
            _, name, model = parts_of(key)
            if not (name or model) or self._catalogue.identify(name, model) == id_:
                said.append(value)
        return [max(said)[3]] if said else []


def _settle_numberless(lines: list[_Line]) -> None:
    """What came back under no number settles the customer's oldest open lines of the product."""
    loose = [line for line in lines if not line.head[2] and not line.lent and line.settled > 0]
    by_day = sorted(lines, key=lambda line: (line.head[1], line.head[0]))
    for back in sorted(loose, key=lambda line: (line.head[1], line.head[0])):
        for line in by_day:
            if line.product == back.product and line.out > 0 and line.head[1] <= back.head[1]:
                taken = min(back.settled, line.out)
                line.settled += taken
                back.settled -= taken
