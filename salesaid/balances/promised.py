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
from salesaid.balances.closing import closing
from salesaid.balances.parties import Parties
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import State, key_of, parts_of, under

READS = ("orders", "shipments", "loans")  # what the fold looks at
ORDERS, OPEN, LINES, ODD = "promised.orders", "promised.open", "promised.lines", "promised.odd"

# What a row of a ledger adds to its line: (ordered, open). What is sold from loan was shipped when it was lent.
_EFFECTS = {
    "orders": {"order": (1, 1), "close": (0, 1)},
    "shipments": {"ship": (0, -1), "return": (0, 1)},
    "loans": {"sell": (0, -1)},
}


class _Line(NamedTuple):
    """What rows of one order come to for one written product; day and customer are its first row's, None if unknown."""

    ordered: Decimal
    open: Decimal
    day: str | None
    customer: str | None


_Lines = dict[str, _Line]  # of one order, by product as written


class _Gathered:
    """What rows add to their orders; none of it is in the state yet."""

    def __init__(self) -> None:
        self.orders: dict[str, dict[str, list[Any]]] = {}  # number: {line: [ordered, open, day, customer]}

    def add(self, number: str, line: str, qty: Decimal, effect: tuple[int, int], head: tuple[date, str] | None) -> None:
        """What one row adds to its line; `head` are the day and the customer of a row of the orders."""
        lines = self.orders.get(number)
        if lines is None:
            lines = self.orders[number] = {}
        sums = lines.get(line)
        if sums is None:
            sums = lines[line] = [ZERO, ZERO, None, None]
        if effect[0]:
            sums[0] += qty
        sums[1] = sums[1] + qty if effect[1] > 0 else sums[1] - qty
        if head is not None and sums[2] is None:
            sums[2:] = head

    def lines(self, number: str) -> _Lines:
        """What was gathered of one order."""
        return {
            line: _Line(ordered, opened, day and day.isoformat(), customer and customer.strip())
            for line, (ordered, opened, day, customer) in self.orders[number].items()
        }


def fold(rows: Rows, state: State) -> None:
    """Add the rows of the orders, the shipments or the loans; a book of sales promises nothing."""
    effects = _EFFECTS.get(rows.ledger.id)
    if effects is None or rows.at_once:
        return
    is_order = rows.ledger.id == "orders"
    gathered = state.gathered("promised", _Gathered, _settle)
    lines: dict[tuple[str, ...], str] = {}
    closed = closing(rows)
    for number, row, action, written, qty, note, *head in rows.pick(
        "order_no", "row", "action", ("product", "model", "unit"), "qty", "note", ("date", "customer")
    ):
        effect = effects.get(action)
        own = number or (f"{rows.file}:{row}" if is_order else None)
        if effect is not None and own:
            line = lines.get(written)
            if line is None:
                line = lines[written] = key_of(*(text.strip() for text in written))
            moved = closed(qty, note) if action == "close" else qty
            gathered.add(own, line, moved, effect, head[0] if is_order else None)


def _settle(gathered: _Gathered, state: State) -> None:
    """Add what was gathered to the orders it belongs to, and what is open of them to the sums."""
    orders = state[ORDERS]
    if state.stored is None and not orders.changes:
        _begin(gathered, state)
        return
    sums = _Sums(state)
    for number in gathered.orders:
        before = _read(orders.get(number) or {})
        sums.count(number, before, -1)
        after = _joined(before, gathered.lines(number))
        sums.count(number, after, 1)
        orders.set(number, _kept(after))
    sums.flush()


def _begin(gathered: _Gathered, state: State) -> None:
    """The sums of a state that has none yet. Its orders are written out when they are asked for: mostly never."""
    sums = _Sums(state)
    for number, lines in gathered.orders.items():
        if any(line[1] for line in lines.values()):
            sums.count(number, gathered.lines(number), 1)
    sums.flush()
    state.gathered(ORDERS, lambda: gathered, _write_orders)


def _write_orders(gathered: _Gathered, state: State) -> None:
    orders = state[ORDERS]
    for number in gathered.orders:
        orders.set(number, _kept(gathered.lines(number)))


def _kept(lines: _Lines) -> dict[str, list[str | None]]:
    return {name: [str(line.ordered), str(line.open), line.day, line.customer] for name, line in lines.items()}


def _read(kept: Mapping[str, list[Any]]) -> _Lines:
    return {name: _Line(Decimal(ordered), Decimal(opened), *head) for name, (ordered, opened, *head) in kept.items()}


def _joined(before: _Lines, added: _Lines) -> _Lines:
    """An order's lines with what was added to them."""
    lines = dict(before)
    for name, line in added.items():
        lines[name] = _sum(lines[name], line) if name in lines else line
    return lines


def _sum(one: _Line, other: _Line) -> _Line:
    head = one if one.day is not None else other
    return _Line(one.ordered + other.ordered, one.open + other.open, head.day, head.customer)


class _Sums:
    """What is open by written product, kept until all orders have been counted."""

    def __init__(self, state: State) -> None:
        self._open, self._lines, self._odd = state[OPEN], state[LINES], state[ODD]
        self._changes: dict[str, Decimal] = {}

    def count(self, number: str, lines: _Lines, sign: int) -> None:
        """Put an order's open lines into the sums, or take them out again; none of an order that nobody took."""
        if all(line.day is None for line in lines.values()):
            return
        odd = any(line.open < 0 for line in lines.values())
        for name, line in lines.items():
            if odd:
                self._odd.set(under(name, number), 1 if sign > 0 else None)
            elif line.open:
                self._changes[name] = self._changes.get(name, ZERO) + sign * line.open
                value = [line.customer or "", line.day or "", str(line.open)]
                self._lines.set(under(name, number), value if sign > 0 else None)

    def flush(self) -> None:
        """Add all of it to the state."""
        for name, change in self._changes.items():
            total = Decimal(self._open.get(name) or 0) + change
            self._open.set(name, str(total) if total else None)


class OpenLine(NamedTuple):
    """How much of a product one order still waits for; `day` is the line's, in ISO form."""

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
        lines: _Lines = {}
        for name, written in _read(self._state[ORDERS].get(number)).items():
            id_ = self._product(name)
            fits = counts_in(self._catalogue.product(id_), parts_of(name)[2])
            line = written if fits else written._replace(ordered=ZERO, open=ZERO)
            lines[id_] = _sum(lines[id_], line) if id_ in lines else line
        for id_, line in lines.items():
            if line.open > 0 or line.ordered < 0:
                customer = self._customers.identify(line.customer or "")
                yield _Open(line.day or "", number, customer, id_, line.open if line.open > 0 else line.ordered)

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
            number, before = parts_of(key)[3], lines.get(parts_of(key)[3])
            line = _Open(day, number, self._customers.identify(customer), id_, Decimal(opened))
            lines[number] = line if before is None else before._replace(open=before.open + line.open)
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
