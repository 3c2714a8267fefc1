"""What rows without price and amount come to, and what is still to be charged: by their orders (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, cached_property

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.closing import closing
from salesaid.balances.debts import Charge
from salesaid.balances.order_lines import OrderLine, OrderLines, shares
from salesaid.core import money
from salesaid.core.rows import ZERO, Rows

_SIGNS = {"shipments": {"ship": -1, "return": 1}, "loans": {"sell": -1}}  # what rows do to what is open of a line
_FEW = 3  # orders that are read one by one; for more all are read at once


class OrdersRead:
    """The lines of orders, each order read once: a few one by one, many at once."""

    def __init__(self, order_lines: OrderLines) -> None:
        self._order_lines = order_lines
        self._read: dict[str, list[OrderLine]] = {}
        self._few = _FEW

    def expect_many(self) -> None:
        """Many orders will be asked for: all are read when the first of them is."""
        self._few = 0

    def lines(self, order_no: str) -> list[OrderLine]:
        """The lines of one order; none where it is unknown."""
        if "_all" in self.__dict__ or (order_no not in self._read and len(self._read) >= self._few):
            return self._all.get(order_no, [])
        if order_no not in self._read:
            self._read[order_no] = self._order_lines.of(order_no)
        return self._read[order_no]

    @cached_property
    def _all(self) -> dict[str, list[OrderLine]]:
        found: dict[str, list[OrderLine]] = {}
        for line in self._order_lines.all:
            found.setdefault(line.order_no, []).append(line)
        return found


class _Line:
    """What was ordered of a product under one number, what it comes to, and what is still to be shipped."""

    __slots__ = ("cents", "open", "ordered")

    def __init__(self, open_: Decimal) -> None:
        self.open = open_
        self.ordered = ZERO
        self.cents = 0


class OrderShares:
    """The orders' word where rows say nothing of money."""

    def __init__(self, orders: Rows, shipped: Sequence[Rows], catalogue: Catalogue, order_lines: OrderLines) -> None:
        self._rows = orders
        self._shipped = shipped
        self._catalogue = catalogue
        self._orders = OrdersRead(order_lines)

    def expect_many(self) -> None:
        """Many orders will be asked for."""
        self._orders.expect_many()

    def coming(self, named: Collection[str]) -> Callable[[str], int]:
        """What is still to be shipped of each of these orders, in cents: worked out when one is asked for."""

        @cache
        def sums() -> dict[str, int]:
            found: dict[str, int] = {}
            for (no, _), line in self._lines(named).items() if named and not self._rows.at_once else ():
                if line.ordered > 0:
                    found[no] = found.get(no, 0) + int(money.rounded(line.cents * line.open / line.ordered, 0))
            return found

        return lambda order_no: sums().get(order_no, 0)

    def _lines(self, named: Collection[str]) -> dict[tuple[str, str], _Line]:
        """The lines of these orders of which something is to come: mostly few, so that only theirs are added up."""
        identify = self._catalogue.identify
        lines = {key: _Line(qty) for key, qty in self._open(named).items() if qty > 0}
        for action, no, name, model, qty, price, amount in (
            self._rows.pick("action", "order_no", "product", "model", "qty", "price", "amount") if lines else ()
        ):
            if action == "order" and (line := lines.get((no, identify(name, model)))):
                line.ordered += qty
                line.cents += money.cents(money.amount(qty, price or ZERO) if amount is None else amount)
        return lines

    def _open(self, named: Collection[str]) -> dict[tuple[str, str], Decimal]:
        """What is open of the lines of these orders: read with few columns, as lists need them."""
        identify = self._catalogue.identify
        found: dict[tuple[str, str], Decimal] = {}
        closed = closing(self._rows)
        for action, no, name, model, qty, note in self._rows.pick(
            "action", "order_no", "product", "model", "qty", "note"
        ):
            if no in named and (action == "order" or action == "close"):  # noqa: PLR1714 - a set costs a hash a row
                key, own = (no, identify(name, model)), qty if action == "order" else closed(qty, note)
                found[key] = found[key] + own if key in found else own
        for rows in self._shipped:
            signs = _SIGNS[rows.ledger.id]
            for action, no, name, model, qty in rows.pick("action", "order_no", "product", "model", "qty"):
                if action in signs and no in named and (key := (no, identify(name, model))) in found:
                    found[key] += qty if signs[action] > 0 else -qty
        return found

    def priced(self, rows: Iterable[Charge]) -> Iterator[Charge]:
        """Those of an order's rows that say nothing of money, with their shares of the lines' amounts.

        `rows` are all rows of the orders in question. By day and number, each at what it uses up of its line.
        """
        used: dict[tuple[str, str], Decimal] = {}
        for row in sorted(rows, key=lambda row: (row.day, row.no)):
            key = (row.order_no, self._catalogue.identify(row.name, row.model))
            before = used.get(key, ZERO)
            used[key] = before + row.qty
            if row.cents is None:
                yield row._replace(cents=self._share(key, row, before))

    def _share(self, key: tuple[str, str], row: Charge, used: Decimal) -> int:
        line = next((line for line in self._orders.lines(key[0]) if line.product == key[1]), None)
        if line is None:  # nothing on the order says what it costs
            return 0 if row.price is None else money.cents(money.amount(row.qty, row.price))
        if row.qty >= 0:
            return _sum(line, used, row.qty)
        return -_sum(line, used + row.qty, -row.qty)


def _sum(line: OrderLine, used: Decimal, qty: Decimal) -> int:
    parts: Sequence[Decimal | None] = [amount for _, _, amount in shares(line._replace(shipped=used), qty)]
    return sum(money.cents(amount) for amount in parts if amount is not None)
