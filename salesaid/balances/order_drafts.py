"""Order rows gathered into lines, before credits under numbers of their own are taken off (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.closing import closing
from salesaid.balances.parties import Parties
from salesaid.core import money
from salesaid.core.rows import ZERO, Rows

WORDS = ("due", "salesperson", "reviewed_by", "customer_po")
SHIPPED = {"shipments": {"ship": 1, "return": -1}, "loans": {"sell": 1}}  # by ledger and action; goods sold were lent


class Part(NamedTuple):
    """One order row of a line: `amount` is its debt, `row` its number in the file.

    A quantity in another unit than the line's is 0.
    """

    qty: Decimal
    price: Decimal | None
    amount: Decimal
    due: date | None
    row: int


class Apart:
    """What the rows of a line say in a unit that is not the product's; `qtys` by row of the orders."""

    __slots__ = ("closed", "ordered", "qtys", "shipped")

    def __init__(self) -> None:
        self.ordered = self.closed = self.shipped = ZERO
        self.qtys: dict[int, Decimal] = {}


class Draft:
    """A line while it is being added up; `apart` holds what other units than the product's say, by unit."""

    __slots__ = (
        "apart", "closed", "closed_above", "customer", "day", "model", "ordered", "parts", "shipped", "unit",
        "warehouse",
    )  # fmt: skip

    def __init__(self, day: date, customer: str, model: str, unit: str, warehouse: str) -> None:
        self.day = day
        self.customer = customer
        self.model = model
        self.unit = unit
        self.warehouse = warehouse
        self.ordered = self.closed = self.shipped = ZERO
        self.closed_above = False  # by a quantity above zero
        self.parts: list[Part] = []
        self.apart: dict[str, Apart] | None = None

    def put_apart(self, unit: str, action: str, qty: Decimal, row: int = 0) -> Decimal:
        """Keep a quantity in another unit than the product's; what the line itself counts of it: nothing."""
        self.apart = {} if self.apart is None else self.apart
        own = self.apart.setdefault(unit.strip(), Apart())
        if action == "order":
            own.ordered += qty
            own.qtys[row] = qty
        elif action == "close":
            own.closed -= qty
        else:
            own.shipped += qty
        return ZERO

    def in_its_unit(self, unit: str) -> None:
        """Let the line have the first unit of its rows where none of them is in the product's, `unit`.

        Where rows in the product's unit stand beside the others, those are the line.
        """
        apart = self.apart or {}
        is_mixed = sum(len(own.qtys) for own in apart.values()) < len(self.parts)
        if is_mixed or self.ordered or self.closed or self.shipped:
            self.unit = unit if self.unit in apart else self.unit
            return
        self.unit, own = next(iter(apart.items()))
        self.ordered, self.closed, self.shipped = own.ordered, own.closed, own.shipped
        self.parts = [part._replace(qty=own.qtys.get(part.row, ZERO)) for part in self.parts]


class Words:
    """What the rows of one order say beside goods; the last non-empty cell wins, for one product or for all."""

    __slots__ = ("_all", "_any", "_own")

    def __init__(self) -> None:
        self._own: dict[tuple[str, str], Any] = {}
        self._all: dict[str, Any] = {}
        self._any: dict[str, Any] = {}  # of order rows: for products whose own rows say nothing

    def ordered(self, id_: str, column: str, value: Any) -> None:
        """A cell of an order row: said of its product, and of others that say nothing themselves."""
        self._own[id_, column] = self._any[column] = value

    def changed(self, id_: str, column: str, value: Any) -> None:
        """A cell of a later row: said of its product, or without one of the whole order."""
        if id_:
            self._own[id_, column] = value
        else:
            self._all[column] = value
            for key in [key for key in self._own if key[1] == column]:
                del self._own[key]

    def of(self, id_: str) -> tuple[date | None, str, str, str]:
        """The due date, the salesperson, who reviewed it and the customer's number, as said of one product."""
        due, *texts = (
            self._own.get((id_, column)) or self._all.get(column) or self._any.get(column) for column in WORDS
        )
        salesperson, reviewed_by, customer_po = (text or "" for text in texts)
        return due, salesperson, reviewed_by, customer_po


class _Debts(dict[tuple[Decimal, Decimal], Decimal]):
    """Quantity times price to the cent, each worked out once."""

    def __missing__(self, pair: tuple[Decimal, Decimal]) -> Decimal:
        debt = self[pair] = money.amount(*pair)
        return debt


class _Fitting(dict[tuple[str, str], bool]):
    """Whether what a row says in a unit counts for a product, by (product, unit), each looked up once."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue

    def __missing__(self, pair: tuple[str, str]) -> bool:
        id_, unit = pair
        fits = self[pair] = counts_in(self._catalogue.product(id_), unit.strip())
        return fits


class Which(NamedTuple):
    """Which lines are wanted: of the orders with these numbers, of one customer, of one product; else all."""

    numbers: Collection[str] | None = None
    customer: str | None = None
    product: str | None = None


class Drafts:
    """The wanted lines; those of one customer with all other lines of the same orders."""

    def __init__(self, catalogue: Catalogue, customers: Parties, which: Which) -> None:
        self.lines: dict[tuple[str, str], Draft] = {}
        self.words: dict[str, Words] = {}
        self._identify = catalogue.identify
        self._fits = _Fitting(catalogue)
        self._name_of = customers.identify
        self._product = which.product
        self._customer = which.customer
        self.numbers = None if which == Which(product=which.product) else set(which.numbers or ())
        self._known: set[str] = set()
        self._left_out: set[str] = set()

    @property
    def is_torn(self) -> bool:
        """Whether rows were left out of an order whose later rows turned out to be the customer's."""
        return self.numbers is not None and not self.numbers.isdisjoint(self._left_out)

    def read_orders(self, orders: Rows) -> None:
        """Add the rows of the orders."""
        # A million turns have to fit into few seconds: what each turn needs is at hand.
        numbers, product, identify, debts = self.numbers, self._product, self._identify, _Debts()
        know, get, new, fits = self._known.add, self.lines.get, self._new, self._fits
        closed = closing(orders)
        for row, action, no, day, customer, name, model, unit, qty, price, amount, due, warehouse, note, words in (
            orders.pick(
                "row", "action", "order_no", "date", "customer", "product", "model", "unit", "qty", "price", "amount",
                "due", "warehouse", "note", WORDS[1:],
            )
        ):  # fmt: skip
            number = no or f"{orders.file}:{row}"
            if numbers is not None and number not in numbers and not self._is_wanted(number, customer):
                continue
            id_ = identify(name, model)
            if any(words) or (due is not None and action != "order"):
                self._say(number, id_, action, (due, *words))
            if action == "order" or action == "close":  # noqa: PLR1714 - a set costs a hash a row
                know(number)
                if product is None or id_ == product:
                    draft = get((number, id_)) or new((number, id_), day, customer, model, unit, warehouse)
                    own = closed(qty, note) if action == "close" else qty
                    counted = own if not unit or fits[id_, unit] else draft.put_apart(unit, action, own, row)
                    if action == "order":
                        draft.ordered += counted
                        debt = amount if amount is not None else debts[qty, price or ZERO]
                        draft.parts.append(Part(counted, price, debt, due, row))
                    else:
                        draft.closed -= counted
                        draft.closed_above = draft.closed_above or qty > 0 > own

    def read_shipped(self, rows: Rows) -> None:
        """Add what was shipped, taken back, or sold from loan under the numbers of the orders."""
        known, product, signs, fits = self._known, self._product, SHIPPED[rows.ledger.id], self._fits
        for action, no, day, customer, name, model, qty, unit, warehouse in rows.pick(
            "action", "order_no", "date", "customer", "product", "model", "qty", "unit", "warehouse"
        ):
            if action not in signs or not qty:
                continue
            number = no or ""
            if number in known or (number in self._left_out and self._is_wanted(number, customer)):
                id_ = self._identify(name, model)
                if product is None or id_ == product:
                    key = (number, id_)
                    draft = self.lines.get(key) or self._new(key, day, customer, model, unit, warehouse)
                    moved = qty if signs[action] > 0 else -qty
                    draft.shipped += moved if not unit or fits[id_, unit] else draft.put_apart(unit, "ship", moved)

    def take_off_credits(self) -> None:
        """A negative row under a number of its own reduces the customer's and product's oldest open lines first."""
        credits_ = [
            (draft.day, (draft.customer, id_), -draft.ordered)
            for (_, id_), draft in self.lines.items()
            if draft.ordered < 0
        ]
        open_: dict[tuple[str, str], list[Draft]] = {whose: [] for _, whose, _ in credits_}
        for (_, id_), draft in self.lines.items() if credits_ else ():
            whose = (draft.customer, id_)
            if whose in open_ and draft.ordered >= 0 and draft.ordered - draft.closed - draft.shipped > 0:
                open_[whose].append(draft)
        for day, whose, rest in sorted(credits_, key=lambda credit: credit[0]):
            _close_oldest(open_[whose], day, rest)

    def _new(
        self, key: tuple[str, str], day: date, customer: str, model: str, unit: str, warehouse: str
    ) -> Draft:  # fmt: skip
        draft = self.lines[key] = Draft(day, self._name_of(customer), model.strip(), unit.strip(), warehouse.strip())
        return draft

    def _is_wanted(self, number: str, customer: str) -> bool:
        if self._customer is not None and self._name_of(customer) == self._customer:
            self.numbers.add(number)  # type: ignore[union-attr]
            return True
        self._left_out.add(number)
        return False

    def _say(self, number: str, id_: str, action: str, words: tuple[Any, ...]) -> None:
        said = self.words.get(number)
        if said is None:
            said = self.words[number] = Words()
        is_order = action == "order"
        for column, value in zip(WORDS, words, strict=True):
            told = value.strip() if isinstance(value, str) else value
            if told and is_order:
                if column != "due":  # each row of a line is used up at its own due date
                    said.ordered(id_, column, told)
            elif told and (column != "due" or action != "close"):
                said.changed(id_, column, told)


def _close_oldest(drafts: Iterable[Draft], day: date, rest: Decimal) -> None:
    for draft in sorted(drafts, key=lambda draft: draft.day):
        taken = min(rest, draft.ordered - draft.closed - draft.shipped)
        if draft.day <= day and taken > 0:
            draft.closed += taken
            rest -= taken
