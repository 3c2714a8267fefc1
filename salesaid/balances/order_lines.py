"""Order lines: what was ordered, closed, shipped and is open, by number and product after folding (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.order_drafts import Draft, Drafts, Part, Which, Words
from salesaid.balances.parties import Parties
from salesaid.core import money
from salesaid.core.kinds import PRICE
from salesaid.core.rows import ZERO, Rows
from salesaid.settings import Settings

Shipping = Literal["unshipped", "partial", "shipped", "over", "closed"]
Review = Literal["pending", "reviewed"]
_PLACES = 6


class OrderLine(NamedTuple):
    """One line. `open` below zero was shipped over; a credit's own line has `ordered` below zero and `open` 0."""

    order_no: str
    day: date
    customer: str
    product: str
    model: str
    unit: str
    ordered: Decimal
    closed: Decimal
    shipped: Decimal
    open: Decimal
    price: Decimal | None
    amount: Decimal
    due: date | None
    salesperson: str
    reviewed_by: str
    customer_po: str
    warehouse: str
    parts: tuple[Part, ...]
    apart: tuple[tuple[str, Decimal], ...] = ()  # what was ordered in other units than the product's, by unit
    closed_above: bool = False  # by a quantity above zero, as it is not meant

    @property
    def is_apart(self) -> bool:
        """Whether the figures are in a unit that is not the product's: they stand in no sum of quantities."""
        return any(unit == self.unit for unit, _ in self.apart)

    @property
    def shipping(self) -> Shipping:
        """未发 / 部分发货 / 已发完 / 超发 / 已关闭, by exact quantities."""
        if self.open < 0:
            return "over"
        if self.open > 0:
            return "partial" if self.shipped > 0 else "unshipped"
        if self.closed > 0 and self.shipped < self.ordered:
            return "closed"
        return "closed" if self.is_void or (self.ordered < 0 and not self.shipped) else "shipped"

    @property
    def is_void(self) -> bool:
        """Whether red letters have taken all of it back."""
        return not (self.ordered or self.shipped or self.amount)

    @property
    def review(self) -> Review:
        """未审 / 已审."""
        return "reviewed" if self.reviewed_by else "pending"

    def days_late(self, today: date) -> int | None:
        """Days since an open line was due; None where it is not late."""
        return (today - self.due).days if self.open > 0 and self.due is not None and self.due < today else None


def order_lines(
    orders: Rows, shipments: Rows, loans: Rows, catalogue: Catalogue, customer_names: Parties, settings: Settings
) -> OrderLines:
    """All order lines of the book."""
    return OrderLines(orders, (shipments, loans), catalogue, customer_names, settings)


class OrderLines:
    """The order lines, in file order, worked out when first asked for: all of them, or those that are asked for."""

    def __init__(
        self, orders: Rows, shipped: Sequence[Rows], catalogue: Catalogue, customers: Parties, settings: Settings
    ) -> None:
        self._orders = orders
        self._shipped = () if settings.at_once else shipped  # a book of sales ships what it orders
        self._catalogue = catalogue
        self._customers = customers
        self._at_once = settings.at_once
        self._settings = settings

    @property
    def ahead(self) -> OrderLines:
        """The same lines with rows dated after today counted as well: what is written now leans on them."""
        shipped = [rows.until(None) for rows in self._shipped]
        return OrderLines(self._orders.until(None), shipped, self._catalogue, self._customers, self._settings)

    def of(self, number: str) -> list[OrderLine]:
        """The lines of one order."""
        if "all" in self.__dict__:
            return [line for line in self.all if line.order_no == number]
        # A credit under another number may have closed some of it: the whole customer is looked at.
        customers = {self._customers.identify(written) for written in self._written.get(number, ())}
        numbers = {number} if self._at_once else self._orders_of(customers)
        return [line for line in self._lines(Which(numbers)) if line.order_no == number]

    def of_customer(self, customer: str) -> list[OrderLine]:
        """The lines of one customer."""
        lines = self.all if "all" in self.__dict__ else self._lines(Which(customer=customer))
        return [line for line in lines if line.customer == customer]

    def of_product(self, product: str) -> list[OrderLine]:
        """The lines of one product."""
        lines = self.all if "all" in self.__dict__ else self._lines(Which(product=product))
        return [line for line in lines if line.product == product]

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers of all orders, in file order."""
        return list(self._written)

    def dated_later(self) -> dict[str, date]:
        """The numbers of orders that are not counted yet, with their days."""
        known = set(self.numbers)
        later = self._orders.until(None).pick("order_no", "date", "action")
        return {no.strip(): day for no, day, action in later if no and action == "order" and no.strip() not in known}

    @cached_property
    def all(self) -> list[OrderLine]:
        """Every line."""
        return self._lines(Which())

    @property
    def open(self) -> list[OrderLine]:
        """The lines of which something is open. In a book of sales none is, and no row is looked at for that."""
        return [] if self._at_once else [line for line in self.all if line.open > 0]

    @cached_property
    def _written(self) -> dict[str, set[str]]:
        """The number of each order with the customers that its rows and those of what was shipped write."""
        found: dict[str, set[str]] = {}
        for row, action, no, customer in self._orders.pick("row", "action", "order_no", "customer"):
            if action in {"order", "close"}:
                number = (no and no.strip()) or f"{self._orders.file}:{row}"
                known = found.get(number)
                if known is None:
                    found[number] = {customer}
                else:
                    known.add(customer)
        for rows in self._shipped:
            for no, customer in rows.pick("order_no", "customer"):
                if no and no.strip() in found:
                    found[no.strip()].add(customer)
        return found

    def _orders_of(self, customers: Collection[str]) -> set[str]:
        identify = self._customers.identify
        return {no for no, written in self._written.items() if any(identify(name) in customers for name in written)}

    def _lines(self, which: Which) -> list[OrderLine]:
        drafts = self._drafts(which)
        if drafts.is_torn:
            drafts = self._drafts(Which(drafts.numbers))
        lines, words = drafts.lines, drafts.words
        return [self._line(no, id_, lines.pop((no, id_)), words.get(no)) for no, id_ in list(lines)]

    def _drafts(self, which: Which) -> Drafts:
        drafts = Drafts(self._catalogue, self._customers, which)
        drafts.read_orders(self._orders)
        if not self._at_once:
            for rows in self._shipped:
                drafts.read_shipped(rows)
            if not drafts.is_torn:
                drafts.take_off_credits()
        return drafts

    def _line(self, number: str, id_: str, draft: Draft, words: Words | None) -> OrderLine:
        apart: tuple[tuple[str, Decimal], ...] = ()
        if draft.apart:
            draft.in_its_unit(self._catalogue.product(id_).unit)
            apart = tuple((unit, own.ordered) for unit, own in draft.apart.items())
        parts = tuple(draft.parts)
        shipped = draft.ordered if self._at_once else draft.shipped
        if len(parts) == 1:  # nearly every line
            _, price, amount, own_due, _ = parts[0]
        else:
            price, amount = None, money.total(part.amount for part in parts)
            own_due = _due_of(parts, shipped + draft.closed)
        is_settled = self._at_once or draft.ordered < 0
        due, salesperson, reviewed_by, po = (None, "", "", "") if words is None else words.of(id_)
        return OrderLine(
            number, draft.day, draft.customer, id_, draft.model or self._catalogue.product(id_).model, draft.unit,
            draft.ordered, draft.closed, shipped, ZERO if is_settled else draft.ordered - draft.closed - shipped,
            price if price is not None else _price(parts, draft.ordered, amount), amount, due or own_due, salesperson,
            reviewed_by, po, draft.warehouse, parts, apart, draft.closed_above,
        )  # fmt: skip


def _price(parts: Sequence[Part], ordered: Decimal, amount: Decimal) -> Decimal | None:
    prices = {part.price for part in parts}
    if len(prices) == 1 and None not in prices:
        return prices.pop()
    return Decimal(PRICE.format(money.rounded(amount / ordered, _PLACES))) if ordered and amount else None


def _due_of(parts: Sequence[Part], used: Decimal) -> date | None:
    """When the first row that is not used up is due; a line's rows are used up in file order."""
    due = None
    for part in parts:
        due = part.due or due
        used -= part.qty
        if used < 0:
            return part.due
    return due


def shares(line: OrderLine, qty: Decimal) -> Iterator[tuple[Decimal, Decimal | None, Decimal | None]]:
    """The next `qty` of a line to be shipped as (quantity, price, amount) of its rows, each at its own price.

    A part shipment has its share of the row's amount by quantity, the last takes the remainder. What has neither a
    price nor an amount has none here either: that is no gift.
    """
    used = line.shipped
    for part in line.parts:
        before, used = min(max(used, ZERO), part.qty), used - part.qty
        take = min(qty, part.qty - before)
        if part.qty > 0 and take > 0:
            is_priced = part.price is not None or part.amount
            yield take, part.price, _share(part, before + take) - _share(part, before) if is_priced else None
            qty -= take
    if qty > 0:  # more than was ordered: at the line's price
        price = line.price
        yield qty, price, None if price is None else money.amount(qty, price)


def _share(part: Part, used: Decimal) -> Decimal:
    return part.amount if used == part.qty else money.rounded(part.amount * used / part.qty, 2)
