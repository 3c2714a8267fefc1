"""How much of each product is promised to customers: Σ max(open, 0) over the order lines (DOMAIN.md 3).

Kept so that one more row touches a few keys whatever the size of the book. Orders in which nothing is below zero
(nearly all) are summed by written product; the odd ones (shipped over, shipped as another model, credits under
numbers of their own) are kept apart and worked out line by line when they are read, after names are folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.parties import Parties
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import State, key_of, parts_of

ORDERS, OPEN, LINES, ODD = "promised.orders", "promised.open", "promised.lines", "promised.odd"

# What a row adds to its line: (ordered, open).
_EFFECTS = {
    ("orders", "order"): (1, 1),
    ("orders", "close"): (0, 1),
    ("shipments", "ship"): (0, -1),
    ("shipments", "return"): (0, 1),
}


class _Step(NamedTuple):
    number: str
    day: str
    customer: str
    line: str  # key of (name, model, unit) as written
    ordered: Decimal
    open: Decimal


def fold(rows: Rows, state: State) -> None:
    """Add the rows of the orders or the shipments; a book of sales promises nothing."""
    if rows.ledger.id not in {"orders", "shipments"} or rows.at_once:
        return
    by_number: dict[str, list[_Step]] = {}
    for step in _steps(rows):
        by_number.setdefault(step.number, []).append(step)
    for number, steps in by_number.items():
        _add(state, number, steps)


def _steps(rows: Rows) -> Iterator[_Step]:
    ledger = rows.ledger.id
    for row, action, number, day, customer, name, model, unit, qty in rows.pick(
        "row", "action", "order_no", "date", "customer", "product", "model", "unit", "qty"
    ):
        ordered, opened = _EFFECTS.get((ledger, action), (0, 0))
        own = (number or "").strip() or (f"{rows.file}:{row}" if ledger == "orders" else "")
        if own and opened and qty:
            line = key_of(name.strip(), model.strip(), unit.strip())
            yield _Step(own, day.isoformat(), customer.strip(), line, qty * ordered, qty * opened)


def _add(state: State, number: str, steps: Iterable[_Step]) -> None:
    order = state[ORDERS].get(number) or {"day": "", "customer": "", "lines": {}}
    _count(state, number, order, -1)
    for step in steps:
        if step.ordered:
            order["day"] = min(order["day"] or step.day, step.day)
            order["customer"] = order["customer"] or step.customer
        before = order["lines"].get(step.line, ["0", "0"])
        ordered, opened = Decimal(before[0]) + step.ordered, Decimal(before[1]) + step.open
        order["lines"][step.line] = [str(ordered), str(opened)]
    _count(state, number, order, 1)
    state[ORDERS].set(number, order)


def _count(state: State, number: str, order: dict[str, Any], sign: int) -> None:
    """Put an order's open lines into the sums, or take them out again."""
    opens = {line: Decimal(values[1]) for line, values in order["lines"].items()}
    odd = any(opened < 0 for opened in opens.values())
    for line, opened in opens.items():
        if odd:
            state[ODD].set(key_of(*parts_of(line), number), 1 if sign > 0 else None)
        elif opened:
            total = Decimal(state[OPEN].get(line) or 0) + sign * opened
            state[OPEN].set(line, str(total) if total else None)
            value = [order["customer"], order["day"], str(opened)]
            state[LINES].set(key_of(*parts_of(line), number), value if sign > 0 else None)


class OpenLine(NamedTuple):
    """How much of a product one order still waits for; `day` is the order's, in ISO form."""

    day: str
    number: str
    customer: str
    open: Decimal


class _Open(NamedTuple):
    """An open order line, or a credit (open below zero) under a number of its own."""

    day: str
    number: str
    customer: str
    product: str
    open: Decimal


def promised(state: State, catalogue: Catalogue, customer_names: Parties) -> Promised:
    """What is promised to customers."""
    return Promised(state, catalogue, customer_names)


class Promised:
    """What is promised of each product."""

    def __init__(self, state: State, catalogue: Catalogue, customers: Parties) -> None:
        self._state = state
        self._catalogue = catalogue
        self._customers = customers

    def of(self, id_: str) -> Decimal:
        """How much of one product is promised, also inside bundles."""
        own = self._ordered(id_)
        return own + sum((self._ordered(bundle) * qty for bundle, qty in self._catalogue.bundles_with(id_)), ZERO)

    def everything(self) -> dict[str, Decimal]:
        """How much of every product is promised; a bundle's orders count for its components."""
        ids = {self._product(line) for line, _ in self._state[OPEN].under()}
        ids |= {self._product(key) for key, _ in self._state[ODD].under()}
        found: dict[str, Decimal] = {}
        for id_ in ids:
            ordered = self._ordered(id_)
            for part, qty in self._catalogue.contents(id_):
                found[part] = found.get(part, ZERO) + ordered * qty
        return {id_: qty for id_, qty in found.items() if qty}

    def _ordered(self, id_: str) -> Decimal:
        if not self._catalogue.product(id_).stocked:
            return ZERO
        forms = self._catalogue.forms(id_)
        total = sum((Decimal(text) for _, text in self._under(OPEN, id_, forms)), ZERO)
        odd = self._odd_lines(id_, forms)
        if any(line.open < 0 for line in odd):
            return sum((line.open for line in self._left(id_, forms, odd)), ZERO)
        return total + sum((line.open for line in odd), ZERO)

    def _odd_lines(self, id_: str, forms: list[tuple[str, str]]) -> list[_Open]:
        numbers = {parts_of(key)[3] for key, _ in self._under(ODD, id_, forms)}
        return [line for number in sorted(numbers) for line in self._worked_out(number) if line.product == id_]

    def _worked_out(self, number: str) -> Iterator[_Open]:
        """The lines of one odd order with their names folded; what was shipped over is no credit."""
        order = self._state[ORDERS].get(number)
        lines: dict[str, tuple[Decimal, Decimal]] = {}
        for line, (ordered, opened) in order["lines"].items():
            id_ = self._product(line)
            before = lines.get(id_, (ZERO, ZERO))
            if counts_in(self._catalogue.product(id_), parts_of(line)[2]):
                lines[id_] = (before[0] + Decimal(ordered), before[1] + Decimal(opened))
        customer = self._customers.identify(order["customer"])
        for id_, (ordered, opened) in lines.items():
            if opened > 0 or ordered < 0:
                yield _Open(order["day"], number, customer, id_, opened if opened > 0 else ordered)

    def open_lines(self, id_: str) -> list[OpenLine]:
        """The order lines that one product is promised to, oldest first; of a bundle, what it holds of the product."""
        found = []
        for product, factor in [(id_, Decimal(1)), *self._catalogue.bundles_with(id_)]:
            if self._catalogue.product(product).stocked:
                forms = self._catalogue.forms(product)
                left = self._left(product, forms, self._odd_lines(product, forms))
                found += [OpenLine(line.day, line.number, line.customer, line.open * factor) for line in left]
        return sorted(found)

    def _left(self, id_: str, forms: list[tuple[str, str]], odd: list[_Open]) -> list[_Open]:
        """The open lines of a product, oldest first, less what credits under numbers of their own took off them."""
        lines = {line.number: line for line in odd if line.open > 0}
        for key, (customer, day, opened) in self._under(LINES, id_, forms):
            number, whose = parts_of(key)[3], self._customers.identify(customer)
            before = lines[number].open if number in lines else ZERO
            lines[number] = _Open(day, number, whose, id_, before + Decimal(opened))
        for credit in sorted(line for line in odd if line.open < 0):
            rest = -credit.open
            for line in sorted(lines.values()):
                if line.customer == credit.customer and line.day <= credit.day:
                    part = min(rest, line.open)
                    lines[line.number] = line._replace(open=line.open - part)
                    rest -= part
        return sorted(line for line in lines.values() if line.open)

    def _under(self, section: str, id_: str, forms: list[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
        product = self._catalogue.product(id_)
        for name, model in forms:
            for key, value in self._state[section].under(name, model):
                if counts_in(product, parts_of(key)[2]):
                    yield key, value

    def _product(self, line: str) -> str:
        name, model, *_ = parts_of(line)
        return self._catalogue.identify(name, model)
