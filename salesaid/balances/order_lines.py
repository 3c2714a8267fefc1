"""Order lines: what was ordered, closed, shipped and is open, by number and product after folding (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.balances.stock import counts_in
from salesaid.core import money
from salesaid.core.rows import ZERO, Rows
from salesaid.settings import Settings

Shipping = Literal["unshipped", "partial", "shipped", "over", "closed"]
Review = Literal["pending", "reviewed"]
_PLACES = 6


class Part(NamedTuple):
    """One order row of a line: `amount` is its debt, `row` its number in the file."""

    qty: Decimal
    price: Decimal | None
    amount: Decimal
    due: date | None
    row: int


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

    @property
    def shipping(self) -> Shipping:
        """未发 / 部分发货 / 已发完 / 超发 / 已关闭, by exact quantities."""
        if self.open < 0:
            return "over"
        if self.open > 0:
            return "partial" if self.shipped > 0 else "unshipped"
        if self.closed > 0 and self.shipped < self.ordered:
            return "closed"
        return "closed" if self.ordered < 0 and not self.shipped else "shipped"

    @property
    def review(self) -> Review:
        """未审 / 已审."""
        return "reviewed" if self.reviewed_by else "pending"

    def days_late(self, today: date) -> int | None:
        """Days since an open line was due; None where it is not late."""
        return (today - self.due).days if self.open > 0 and self.due is not None and self.due < today else None


class _Draft:
    """A line while it is being added up."""

    __slots__ = ("closed", "customer", "day", "model", "ordered", "parts", "shipped", "unit", "warehouse")

    def __init__(self, day: date, customer: str, model: str, unit: str, warehouse: str) -> None:
        self.day = day
        self.customer = customer
        self.model = model
        self.unit = unit
        self.warehouse = warehouse
        self.ordered = self.closed = self.shipped = ZERO
        self.parts: list[Part] = []


_Key = tuple[str, str]


def order_lines(
    orders: Rows, shipments: Rows, catalogue: Catalogue, customer_names: Parties, settings: Settings
) -> OrderLines:
    """All order lines of the book."""
    return OrderLines(orders, shipments, catalogue, customer_names, settings)


class OrderLines:
    """The order lines, in file order, worked out when first asked for."""

    def __init__(
        self, orders: Rows, shipments: Rows, catalogue: Catalogue, customers: Parties, settings: Settings
    ) -> None:
        self._orders = orders
        self._shipments = shipments
        self._catalogue = catalogue
        self._customers = customers
        self._at_once = settings.at_once
        self._drafts: dict[_Key, _Draft] = {}
        self._heads: dict[tuple[str, str, str], Any] = {}  # (number, product or "", column): the last word on it

    def of(self, number: str) -> list[OrderLine]:
        """The lines of one order."""
        return [line for line in self.all if line.order_no == number]

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers of all orders, in file order."""
        return list(dict.fromkeys(line.order_no for line in self.all))

    @cached_property
    def all(self) -> list[OrderLine]:
        """Every line."""
        self._read_orders()
        if not self._at_once:
            self._read_shipments()
            self._take_off_credits()
        return [self._line(key, draft) for key, draft in self._drafts.items()]

    def _read_orders(self) -> None:
        identify, name_of = self._catalogue.identify, self._customers.identify
        for row, action, no, day, customer, name, model, *cells in self._orders.pick(
            "row", "action", "order_no", "date", "customer", "product", "model",
            "qty", "unit", "price", "amount", "due", "warehouse", "salesperson", "reviewed_by", "customer_po",
        ):  # fmt: skip
            qty, unit, price, amount, due, warehouse, *head = cells
            number = (no or "").strip() or f"{self._orders.file}:{row}"
            id_ = identify(name, model)
            if action in {"order", "close"}:
                draft = self._draft((number, id_), day, name_of(customer), model, unit, warehouse)
                if action == "order":
                    self._order(draft, row, id_, qty, unit, price, amount, due)
                elif self._counts(id_, unit):
                    draft.closed -= qty
            elif due is not None:
                self._heads[number, id_, "due"] = due
            for column, value in zip(("salesperson", "reviewed_by", "customer_po"), head, strict=True):
                if value.strip():
                    self._heads[number, "" if action == "order" else id_, column] = value.strip()

    def _order(
        self, draft: _Draft, row: int, id_: str, qty: Decimal, unit: str,
        price: Decimal | None, amount: Decimal | None, due: date | None,
    ) -> None:  # fmt: skip
        if self._counts(id_, unit):
            draft.ordered += qty
        debt = amount if amount is not None else money.amount(qty, price or ZERO)
        draft.parts.append(Part(qty, price, debt, due, row))

    def _read_shipments(self) -> None:
        known = {number for number, _ in self._drafts}
        for action, no, day, customer, name, model, qty, unit, warehouse in self._shipments.pick(
            "action", "order_no", "date", "customer", "product", "model", "qty", "unit", "warehouse"
        ):
            number = (no or "").strip()
            if action in {"ship", "return"} and qty and number in known:
                id_ = self._catalogue.identify(name, model)
                draft = self._draft((number, id_), day, self._customers.identify(customer), model, unit, warehouse)
                if self._counts(id_, unit):
                    draft.shipped += qty if action == "ship" else -qty

    def _draft(self, key: _Key, day: date, customer: str, model: str, unit: str, warehouse: str) -> _Draft:
        draft = self._drafts.get(key)
        if draft is None:
            draft = self._drafts[key] = _Draft(day, customer, model.strip(), unit.strip(), warehouse.strip())
        return draft

    def _counts(self, id_: str, unit: str) -> bool:
        unit = unit.strip()
        return not unit or counts_in(self._catalogue.product(id_), unit)

    def _take_off_credits(self) -> None:
        """A negative row under a number of its own reduces the customer's and product's oldest open lines first."""
        by_product: dict[tuple[str, str], list[_Draft]] = {}
        credits_: list[tuple[date, tuple[str, str], Decimal]] = []
        for (_, id_), draft in self._drafts.items():
            if draft.ordered < 0:
                credits_.append((draft.day, (draft.customer, id_), -draft.ordered))
            elif draft.ordered - draft.closed - draft.shipped > 0:
                by_product.setdefault((draft.customer, id_), []).append(draft)
        for day, whose, rest in sorted(credits_, key=lambda credit: credit[0]):
            _close_oldest(by_product.get(whose, ()), day, rest)

    def _line(self, key: _Key, draft: _Draft) -> OrderLine:
        number, id_ = key
        amount = money.total(part.amount for part in draft.parts)
        is_credit = draft.ordered < 0
        shipped = draft.ordered if self._at_once else draft.shipped
        opened = ZERO if is_credit or self._at_once else draft.ordered - draft.closed - shipped
        return OrderLine(
            number, draft.day, draft.customer, id_, draft.model or self._catalogue.product(id_).model, draft.unit,
            draft.ordered, draft.closed, shipped, opened, _price(draft, amount), amount,
            self._due(number, id_, draft, shipped + draft.closed),
            self._head(number, id_, "salesperson"), self._head(number, id_, "reviewed_by"),
            self._head(number, id_, "customer_po"), draft.warehouse, tuple(draft.parts),
        )  # fmt: skip

    def _head(self, number: str, id_: str, column: str) -> str:
        return str(self._heads.get((number, id_, column)) or self._heads.get((number, "", column)) or "")

    def _due(self, number: str, id_: str, draft: _Draft, used: Decimal) -> date | None:
        changed = self._heads.get((number, id_, "due")) or self._heads.get((number, "", "due"))
        return changed or _due_of(draft.parts, used)


def _close_oldest(drafts: Iterable[_Draft], day: date, rest: Decimal) -> None:
    for draft in sorted(drafts, key=lambda draft: draft.day):
        taken = min(rest, draft.ordered - draft.closed - draft.shipped)
        if draft.day <= day and taken > 0:
            draft.closed += taken
            rest -= taken


def _price(draft: _Draft, amount: Decimal) -> Decimal | None:
    prices = {part.price for part in draft.parts if part.price is not None}
    if len(prices) == 1 and all(part.price is not None for part in draft.parts):
        return prices.pop()
    return money.rounded(amount / draft.ordered, _PLACES) if draft.ordered and amount else None


def _due_of(parts: list[Part], used: Decimal) -> date | None:
    """When the first row that is not used up is due; a line's rows are used up in file order."""
    due = None
    for part in parts:
        due = part.due or due
        used -= part.qty
        if used < 0:
            return part.due
    return due


def shares(line: OrderLine, qty: Decimal) -> Iterator[tuple[Decimal, Decimal | None, Decimal]]:
    """The next `qty` of a line to be shipped as (quantity, price, amount) of its rows, each at its own price.

    A part shipment has its share of the row's amount by quantity, the last takes the remainder.
    """
    used = line.shipped
    for part in line.parts:
        before, used = min(max(used, ZERO), part.qty), used - part.qty
        take = min(qty, part.qty - before)
        if part.qty > 0 and take > 0:
            yield take, part.price, _share(part, before + take) - _share(part, before)
            qty -= take
    if qty > 0:  # more than was ordered: at the line's price
        price = line.price
        yield qty, price, money.amount(qty, price or ZERO)


def _share(part: Part, used: Decimal) -> Decimal:
    return part.amount if used == part.qty else money.rounded(part.amount * used / part.qty, 2)


def by_number(lines: Iterable[OrderLine]) -> Mapping[str, list[OrderLine]]:
    """Lines gathered by order."""
    found: dict[str, list[OrderLine]] = {}
    for line in lines:
        found.setdefault(line.order_no, []).append(line)
    return found
