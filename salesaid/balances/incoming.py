"""How much of each product is under way from suppliers, and when the next lots come (DOMAIN.md 3, 4).

Kept so that one more row touches the keys of one purchase. Purchases in which nothing is below zero (nearly all) are
summed by written product; the odd ones (received as another model or in another spelling) are kept apart and worked
out when they are read, after names are folded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.closing import closing
from salesaid.balances.purchase_kept import Event, Purchase
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import MARK, Section, State, key_of, parts_of, under

READS = ("purchases",)  # what the fold looks at
PURCHASES, SUMS, OPEN = "incoming.purchases", "incoming.sums", "incoming.open"
ODD, DAYS = "incoming.odd", "incoming.days"


def fold(rows: Rows, state: State) -> None:
    """Add the rows of the purchases."""
    if rows.ledger.id != "purchases":
        return
    gathered: dict[str, list[Event]] = state.gathered("incoming", dict, _settle)
    lines: dict[tuple[str, ...], str] = {}
    closed = closing(rows)
    for no, row, action, written, qty, due, day, (supplier, order_no, note) in rows.pick(
        "purchase_no",
        "row",
        "action",
        ("product", "model", "unit"),
        "qty",
        "due",
        "date",
        ("supplier", "order_no", "note"),
    ):
        number = no or (f"{rows.file}:{row}" if action == "order" else "")
        if number:
            line = lines.get(written)
            if line is None:
                line = lines[written] = key_of(*(text.strip() for text in written))
            moved = closed(qty, note) if action == "close" else qty
            gathered.setdefault(number, []).append((line, action, moved, due, day, supplier.strip(), order_no or ""))


def _settle(gathered: dict[str, list[Event]], state: State) -> None:
    """Add what was gathered to the purchases it belongs to, and what is open of them to the sums."""
    purchases, sums = state[PURCHASES], _Sums(state)
    for number, events in gathered.items():
        before = purchases.get(number)
        purchase = Purchase(before)
        if before is not None:
            sums.count(number, purchase, -1)
        for event in events:
            purchase.add(event)
        sums.count(number, purchase, 1)
        purchases.set(number, purchase.kept())
    sums.flush()


class _Sums:
    """What is open by written product, kept until all purchases have been counted."""

    def __init__(self, state: State) -> None:
        self._sums, self._open, self._odd, self._days = state[SUMS], state[OPEN], state[ODD], state[DAYS]
        self._changes: dict[str, Decimal] = {}

    def count(self, number: str, purchase: Purchase, sign: int) -> None:
        """Put a purchase into the sums, or take it out again."""
        open_ = purchase.left()
        is_odd = any(qty > 0 for qty in open_.values()) and any(
            qty < 0 or (qty > 0 and line not in purchase.heads) for line, qty in open_.items()
        )
        if is_odd:
            _set(self._odd, number, sign)
        for line, qty in open_.items():
            if is_odd or qty > 0:
                _set(self._open, under(line, number), sign)
            if qty > 0 and not is_odd:
                self._changes[line] = self._changes.get(line, ZERO) + sign * qty
        days = None if is_odd else purchase.days()
        if days is not None:
            supplier = next(iter(purchase.heads.values()))[1]
            counts = self._days.get(supplier) or {}
            left = counts.get(str(days), 0) + sign
            counts = {day: count for day, count in (counts | {str(days): left}).items() if count}
            self._days.set(supplier, counts or None)

    def flush(self) -> None:
        """Add all of it to the state."""
        for line, change in self._changes.items():
            total = Decimal(self._sums.get(line) or 0) + change
            self._sums.set(line, str(total) if total else None)


def _set(section: Section, key: str, sign: int) -> None:
    section.set(key, 1 if sign > 0 else None)


class Lot(NamedTuple):
    """Goods of one product that a purchase still brings; `order_no` is the customer's order that they are for."""

    due: date | None
    qty: Decimal
    purchase_no: str
    supplier: str
    order_no: str = ""

    @property
    def order(self) -> tuple[date, str]:
        """What lots are sorted by: the next to come first, those without a promise last."""
        return self.due or date.max, self.purchase_no


def incoming(state: State, catalogue: Catalogue) -> Incoming:
    """What is under way from suppliers."""
    return Incoming(state, catalogue)


class Incoming:
    """What is under way of each product."""

    def __init__(self, state: State, catalogue: Catalogue) -> None:
        self._state = state
        self._catalogue = catalogue

    def of(self, product: str) -> Decimal:
        """How much of one product is under way, also inside bundles."""
        own = self._bought(product)
        return own + sum((self._bought(bundle) * qty for bundle, qty in self._catalogue.bundles_with(product)), ZERO)

    def everything(self) -> dict[str, Decimal]:
        """How much of every product is under way; a bundle counts for its components."""
        bought: dict[str, Decimal] = {}
        for line, text in self._state[SUMS].under():
            name, model, unit = parts_of(line)
            id_ = self._catalogue.identify(name, model)
            if counts_in(self._catalogue.product(id_), unit):
                bought[id_] = bought.get(id_, ZERO) + Decimal(text)
        for number, _ in self._state[ODD].under():
            for id_, lots in self._worked_out(number).items():
                bought[id_] = bought.get(id_, ZERO) + sum((lot.qty for lot in lots), ZERO)
        found: dict[str, Decimal] = {}
        for id_, qty in bought.items():
            if qty and self._catalogue.product(id_).stocked:
                for part, factor in self._catalogue.contents(id_):
                    found[part] = found.get(part, ZERO) + qty * factor
        return {id_: qty for id_, qty in found.items() if qty}

    def lots(self, product: str) -> list[Lot]:
        """What purchases still bring of one product, the next to come first; of a bundle, what it holds of it."""
        found = []
        for id_, factor in [(product, Decimal(1)), *self._catalogue.bundles_with(product)]:
            if self._catalogue.product(id_).stocked:
                for number in self._numbers(id_):
                    lots = self._worked_out(number).get(id_, ())
                    found += [lot._replace(qty=lot.qty * factor) for lot in lots]
        return sorted(found, key=lambda lot: lot.order)

    def days_taken(self) -> dict[str, dict[int, int]]:
        """How many purchases took so many days from the order until their goods were in, by supplier as written."""
        found = {
            supplier: {int(days): count for days, count in by.items()} for supplier, by in self._state[DAYS].under()
        }
        for number, _ in self._state[ODD].under():
            purchase = Purchase(self._state[PURCHASES].get(number))
            days = purchase.days(lambda line: self._product(line)[0])
            if days is not None:
                own = found.setdefault(next(iter(purchase.heads.values()))[1], {})
                own[days] = own.get(days, 0) + 1
        return found

    def _bought(self, id_: str) -> Decimal:
        product = self._catalogue.product(id_)
        if not product.stocked:
            return ZERO
        forms, total = self._catalogue.forms(id_), ZERO
        for name, model in forms:
            for line, text in self._state[SUMS].under(name, model):
                if counts_in(product, parts_of(line)[2]):
                    total += Decimal(text)
        odd = [number for number in self._numbers(id_) if self._state[ODD].get(number)]
        return total + sum((lot.qty for number in odd for lot in self._worked_out(number).get(id_, ())), ZERO)

    def _numbers(self, id_: str) -> list[str]:
        """The purchases of which something may be open of a product."""
        keys = (key for form in self._catalogue.forms(id_) for key, _ in self._state[OPEN].under(*form))
        return sorted({key.rpartition(MARK)[2] for key in keys})

    def _worked_out(self, number: str) -> dict[str, list[Lot]]:
        """The lots of one purchase by product, its names folded."""
        purchase = Purchase(self._state[PURCHASES].get(number))
        ordered: dict[str, list[tuple[Decimal, date | None]]] = {}
        heads: dict[str, list[str]] = {}
        for line, qty, due in purchase.ordered:
            id_, counts = self._product(line)
            own = ordered.setdefault(id_, [])
            own.append((qty if counts else ZERO, date.fromisoformat(due) if due else None))
            heads.setdefault(id_, purchase.heads[line])
        used: dict[str, Decimal] = {}
        for line, (qty, _) in purchase.used.items():
            id_, counts = self._product(line)
            used[id_] = used.get(id_, ZERO) + (qty if counts else ZERO)
        found = {}
        for id_, rows in ordered.items():
            promised = self._promised(purchase, id_)
            _, supplier, order_no = heads[id_]
            left: dict[date | None, Decimal] = {}
            for qty, due in still_open(rows, used.get(id_, ZERO)):
                left[promised or due] = left.get(promised or due, ZERO) + qty
            found[id_] = [Lot(due, qty, number, supplier, order_no) for due, qty in left.items()]
        return found

    def _promised(self, purchase: Purchase, id_: str) -> date | None:
        """The newest promise about a product of a purchase, or about all of it."""
        for line, due, _ in reversed(purchase.promises):
            if not line or self._product(line)[0] == id_:
                return date.fromisoformat(due)
        return None

    def _product(self, line: str) -> tuple[str, bool]:
        """The product of a written line, and whether its quantities count: not in another unit."""
        name, model, unit = parts_of(line)
        id_ = self._catalogue.identify(name, model)
        return id_, counts_in(self._catalogue.product(id_), unit)


def still_open(
    ordered: list[tuple[Decimal, date | None]], used: Decimal
) -> Iterator[tuple[Decimal, date | None]]:  # fmt: skip
    """What is left of order rows (quantity, due): used up in file order; what was sent back is due as the last one."""
    rest = used - sum((qty for qty, _ in ordered if qty < 0), ZERO)
    due = None
    for qty, due in ordered:
        taken = min(max(rest, ZERO), max(qty, ZERO))
        rest -= taken
        if qty - taken > 0:
            yield qty - taken, due
    if rest < 0:
        yield -rest, due
