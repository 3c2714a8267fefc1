"""How much of each product is promised to customers: Σ max(open, 0) over the order lines (DOMAIN.md 3).

Kept so that one more row touches a few keys whatever the size of the book. Orders in which nothing is below zero
(nearly all) are summed by written product; the odd ones (shipped over, shipped as another model, credits under
numbers of their own) are kept apart and worked out line by line when they are read, after names are folded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.parties import Parties
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import State, key_of, parts_of, under

ORDERS, OPEN, LINES, ODD = "promised.orders", "promised.open", "promised.lines", "promised.odd"

# What a row adds to its line: (ordered, open).
_EFFECTS = {"order": (1, 1), "close": (0, 1), "ship": (0, -1), "return": (0, 1)}

_NOTHING = [ZERO, ZERO]


class _Gathered:
    """What rows add to their orders; none of it is in the state yet."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, list[Decimal]]] = {}  # number: {line as written: [ordered, open]}
        self.heads: dict[str, tuple[date, str]] = {}  # number: (its first day, its customer)

    def add(self, number: str, line: str, qty: Decimal, effect: tuple[int, int]) -> None:
        """What one row adds to its line."""
        lines = self.lines.get(number)
        if lines is None:
            lines = self.lines[number] = {}
        sums = lines.get(line, _NOTHING)
        lines[line] = [sums[0] + qty if effect[0] else sums[0], sums[1] + qty if effect[1] > 0 else sums[1] - qty]

    def text_head(self, number: str) -> tuple[str, str]:
        """The head in text; blank where no row was an order's."""
        head = self.heads.get(number)
        return (head[0].isoformat(), head[1]) if head else ("", "")

    def head(self, number: str, day: date, customer: str) -> None:
        """An order is as old as its first row, and the first customer's that a row names."""
        before = self.heads.get(number)
        if before is None:
            self.heads[number] = (day, customer)
        elif day < before[0] or not before[1]:
            self.heads[number] = (min(day, before[0]), before[1] or customer)


def fold(rows: Rows, state: State) -> None:
    """Add the rows of the orders or the shipments; a book of sales promises nothing."""
    is_order = rows.ledger.id == "orders"
    if not (is_order or rows.ledger.id == "shipments") or rows.at_once:
        return
    gathered = state.gathered("promised", _Gathered, _settle)
    lines: dict[tuple[str, ...], str] = {}
    for number, row, action, written, qty, day, customer in rows.pick(
        "order_no", "row", "action", ("product", "model", "unit"), "qty", "date", "customer"
    ):
        effect = _EFFECTS.get(action)
        own = number or (f"{rows.file}:{row}" if is_order else None)
        if effect is not None and own and qty:
            line = lines.get(written)
            if line is None:
                line = lines[written] = key_of(*(text.strip() for text in written))
            gathered.add(own, line, qty, effect)
            if effect[0]:
                gathered.head(own, day, customer.strip())


def _settle(gathered: _Gathered, state: State) -> None:
    """Add what was gathered to the orders it belongs to, and what is open of them to the sums."""
    orders = state[ORDERS]
    if state.stored is None and not orders.changes:
        _begin(gathered, state)
        return
    sums = _Sums(state)
    for number, added in gathered.lines.items():
        day, customer = gathered.text_head(number)
        before = orders.get(number)
        lines = added
        if before is not None:
            sums.count(number, before["day"], before["customer"], _read(before["lines"]), -1)
            day = min(before["day"] or day, day or before["day"])
            customer = before["customer"] or customer
            lines = _with(added, before["lines"])
        sums.count(number, day, customer, lines, 1)
        orders.set(number, _kept(day, customer, lines))
    sums.flush()


def _begin(gathered: _Gathered, state: State) -> None:
    """The sums of a state that has none yet. Its orders are written out when they are asked for: mostly never."""
    sums = _Sums(state)
    for number, lines in gathered.lines.items():
        if any(opened for _, opened in lines.values()):
            sums.count(number, *gathered.text_head(number), lines, 1)
    sums.flush()
    state.gathered(ORDERS, lambda: gathered, _write_orders)


def _write_orders(gathered: _Gathered, state: State) -> None:
    orders = state[ORDERS]
    for number, lines in gathered.lines.items():
        orders.set(number, _kept(*gathered.text_head(number), lines))


def _kept(day: str, customer: str, lines: Mapping[str, list[Decimal]]) -> dict[str, Any]:
    texts = {line: [str(ordered), str(opened)] for line, (ordered, opened) in lines.items()}
    return {"day": day, "customer": customer, "lines": texts}


def _read(lines: Mapping[str, list[str]]) -> dict[str, list[Decimal]]:
    return {line: [Decimal(text) for text in texts] for line, texts in lines.items()}


def _with(added: Mapping[str, list[Decimal]], before: Mapping[str, list[str]]) -> dict[str, list[Decimal]]:
    """An order's lines with what was added to them."""
    lines = _read(before)
    for line, (ordered, opened) in added.items():
        had = lines.get(line, (ZERO, ZERO))
        lines[line] = [had[0] + ordered, had[1] + opened]
    return lines


class _Sums:
    """What is open by written product, kept until all orders have been counted."""

    def __init__(self, state: State) -> None:
        self._open, self._lines, self._odd = state[OPEN], state[LINES], state[ODD]
        self._changes: dict[str, Decimal] = {}

    def count(self, number: str, day: str, customer: str, lines: Mapping[str, list[Decimal]], sign: int) -> None:
        """Put an order's open lines into the sums, or take them out again."""
        opens = [(line, opened) for line, (_, opened) in lines.items() if opened]
        odd = any(opened < 0 for _, opened in opens)
        for line, opened in opens if not odd else ():
            self._changes[line] = self._changes.get(line, ZERO) + sign * opened
            self._lines.set(under(line, number), [customer, day, str(opened)] if sign > 0 else None)
        for line in lines if odd else ():
            self._odd.set(under(line, number), 1 if sign > 0 else None)

    def flush(self) -> None:
        """Add all of it to the state."""
        for line, change in self._changes.items():
            total = Decimal(self._open.get(line) or 0) + change
            self._open.set(line, str(total) if total else None)


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
        ordered: dict[str, Decimal] = {}
        for line, text in self._state[OPEN].under():
            name, model, unit = parts_of(line)
            id_ = self._catalogue.identify(name, model)
            if counts_in(self._catalogue.product(id_), unit):
                ordered[id_] = ordered.get(id_, ZERO) + Decimal(text)
        odd = {self._product(key) for key, _ in self._state[ODD].under()}
        found: dict[str, Decimal] = {}
        for id_ in ordered.keys() | odd:
            qty = self._ordered(id_) if id_ in odd else ordered[id_]
            if qty and self._catalogue.product(id_).stocked:
                for part, factor in self._catalogue.contents(id_):
                    found[part] = found.get(part, ZERO) + qty * factor
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
