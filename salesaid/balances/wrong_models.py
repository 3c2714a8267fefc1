"""Wrong models, sent or received: a case of two legs that stays until both are closed (DOMAIN.md 3).

Nothing of it is stored: what was shipped under an order, or came in on a purchase, without being on it is a case. One
leg is to take the goods back, the other to send the right ones, or to get them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.balances.shipments_made import Shipment, ShipmentsMade
from salesaid.core.kinds import QTY
from salesaid.core.rows import ZERO
from salesaid.core.tables import Note
from salesaid.core.text import Text

_ALIKE = 0.5  # of the letters: what was sent in place of a line mostly looks like it


class Case(NamedTuple):
    """A wrong model: `party` is the customer who got it or the supplier who sent it.

    Of `qty`, `taken_back` went the other way again. It was in place of one of the products `right`, of which
    `lacking` is still to be sent, or to come; `followed` was sent, or came, after it.
    """

    ledger: Literal["orders", "purchases"]
    number: str
    party: str
    day: date
    product: str
    qty: Decimal
    taken_back: Decimal
    right: tuple[str, ...]
    lacking: Decimal
    followed: Decimal

    @property
    def to_take_back(self) -> Decimal:
        """What is left of the first leg."""
        return max(self.qty - self.taken_back, ZERO)

    @property
    def is_open(self) -> bool:
        """Whether one of the legs is open."""
        return bool(self.to_take_back or self.lacking)


class _Line(NamedTuple):
    """What is on a document of one product, and what of it is open."""

    ordered: Decimal
    open: Decimal


class _Move(NamedTuple):
    """Goods that went the way of the document, or the other way: `back`. One `batch` went at one time."""

    batch: str
    day: date
    product: str
    qty: Decimal
    back: bool


def wrong_models(
    order_lines: OrderLines, shipments_made: ShipmentsMade, purchase_lines: PurchaseLines
) -> WrongModels:  # fmt: skip
    """All wrong models of the book."""
    return WrongModels(order_lines, shipments_made, purchase_lines)


class WrongModels:
    """The cases of the book, worked out when first asked for."""

    def __init__(self, orders: OrderLines, made: ShipmentsMade, purchases: PurchaseLines) -> None:
        self._orders = orders
        self._made = made
        self._purchases = purchases

    def of_order(self, number: str) -> list[Case]:
        """The cases of one order."""
        return self._sent(self._orders.of(number), self._made.of_order(number))

    def of_purchase(self, number: str) -> list[Case]:
        """The cases of one purchase."""
        return self._received(self._purchases.of(number))

    @property
    def open(self) -> list[Case]:
        """The cases with an open leg: those of orders, then those of purchases."""
        return [case for case in self.all if case.is_open]

    @cached_property
    def all(self) -> list[Case]:
        """Every case, closed or not: those of orders, then those of purchases."""
        bought = dict.fromkeys(line.purchase_no for line in self._purchases.all if not line.is_ordered)
        return self._all_sent() + [case for no in bought for case in self._received(self._purchases.of(no))]

    def _all_sent(self) -> list[Case]:
        """The cases of orders: of those with a line that was never ordered, mostly none."""
        if self._made.are_none:
            return []
        orders: dict[str, list[OrderLine]] = {line.order_no: [] for line in self._orders.all if not line.parts}
        if not orders:
            return []
        made: dict[str, list[Shipment]] = {no: [] for no in orders}
        for each in self._made.all.values():
            if each.order_no in made:
                made[each.order_no].append(each)
        for line in self._orders.all:
            if line.order_no in orders:
                orders[line.order_no].append(line)
        return [case for no, lines in orders.items() for case in self._sent(lines, made[no])]

    def _sent(self, lines: Sequence[OrderLine], made: Iterable[Shipment]) -> list[Case]:
        on = {line.product: _Line(line.ordered, line.open) for line in lines if line.parts}
        if len(on) == len(lines):  # nothing went out that was not ordered
            return []
        moves = [
            _Move(each.ship_no, each.day, sent.product, -sent.qty if is_back else sent.qty, is_back)
            for each in made
            for is_back in [each.action == "return"]
            for sent in each.rows
        ]
        number, party = lines[0].order_no, lines[0].customer
        return [Case("orders", number, party, *legs) for legs in _cases(moves, on)]

    def _received(self, lines: Sequence[PurchaseLine]) -> list[Case]:
        on = {line.product: _Line(line.ordered, line.open) for line in lines if line.is_ordered}
        if len(on) == len(lines):
            return []
        number, party = lines[0].purchase_no, lines[0].supplier
        moves = [
            _Move(str(event.row), event.day, event.product, event.qty, event.action == "reject")
            for event in self._purchases.events(number)
            if event.action in {"receive", "reject"}
        ]
        return [Case("purchases", number, party, *legs) for legs in _cases(moves, on)]


class _Draft:
    """A case while the moves after it are gone through."""

    def __init__(self, at: int, moves: Sequence[_Move], on: Mapping[str, _Line]) -> None:
        own = [move for move in moves if move.product == moves[at].product]
        self.at, self.first = at, moves[at]
        self.qty = sum((move.qty for move in own if not move.back), ZERO)
        self.back = sum((move.qty for move in own if move.back), ZERO)
        self.right = _in_place_of(self.first.product, _open_then(moves[:at], on))
        self.followed = ZERO

    def follow(self, at: int, move: _Move, qty: Decimal) -> Decimal:
        """Right goods that went, or came back, after the wrong ones: how much of them counts for this case."""
        if at < self.at or move.batch == self.first.batch or move.product not in self.right:
            return ZERO
        part = max(min(qty, self.qty - self.followed), -self.followed)
        self.followed += part
        return part


def _cases(
    moves: Sequence[_Move], on: Mapping[str, _Line]
) -> list[tuple[date, str, Decimal, Decimal, tuple[str, ...], Decimal, Decimal]]:
    """The cases of one document: day, product, quantity, taken back, in place of what, lacking, followed."""
    first: dict[str, int] = {}
    for at, move in enumerate(moves):
        if on and not move.back and move.product not in on:
            first.setdefault(move.product, at)
    drafts = [draft for at in first.values() if (draft := _Draft(at, moves, on)).qty > 0]  # else red letters undid it
    for at, move in enumerate(moves):
        rest = -move.qty if move.back else move.qty
        for draft in drafts if rest > 0 else reversed(drafts):
            rest -= draft.follow(at, move, rest)
    found = []
    for draft in drafts:
        open_ = sum((max(on[each].open, ZERO) for each in draft.right), ZERO)
        lacking = min(draft.qty - draft.followed, open_)
        found.append(
            (draft.first.day, draft.first.product, draft.qty, draft.back, draft.right, lacking, draft.followed)
        )
    return found


def _open_then(before: Iterable[_Move], on: Mapping[str, _Line]) -> list[str]:
    """What was still open of the document once these moves were made."""
    left = {product: line.ordered for product, line in on.items()}
    for move in before:
        if move.product in left:
            left[move.product] -= -move.qty if move.back else move.qty
    return [product for product, qty in left.items() if qty > 0]


def _in_place_of(product: str, open_: Sequence[str]) -> tuple[str, ...]:
    """The product that the wrong one looks like, where only one does; else any that was open may have been meant."""
    if len(open_) < 2:  # noqa: PLR2004 - two to choose from
        return tuple(open_)
    from difflib import SequenceMatcher

    alike = [(SequenceMatcher(None, product, each).ratio(), each) for each in open_]
    most = max(alike)
    rivals = [each for ratio, each in alike if ratio == most[0]]
    return (most[1],) if most[0] >= _ALIKE and len(rivals) == 1 else tuple(open_)


def lacking(cases: Iterable[Case], ledger: str) -> dict[tuple[str, str], Decimal]:
    """How much of a document's lines, by number and product, is open because wrong models went, or came, for it."""
    found: dict[tuple[str, str], Decimal] = {}
    for case in cases:
        for right in case.right if case.ledger == ledger else ():
            found[case.number, right] = found.get((case.number, right), ZERO) + case.lacking
    return found


class _Words(NamedTuple):
    """How a case of one ledger is told: what happened, and its two legs."""

    went: Text
    to_take: Text
    taken: Text
    to_come: Text


_WORDS = {
    "orders": _Words(
        Text("发了", "sent"),
        Text("待收回", "to be taken back"),
        Text("已收回", "taken back"),
        Text("待补发", "to be sent"),
    ),
    "purchases": _Words(
        Text("到了", "came"),
        Text("待退供", "to be sent back"),
        Text("已退供", "sent back"),
        Text("待补到", "to come"),
    ),
}


def case_notes(cases: Iterable[Case]) -> tuple[Note, ...]:
    """A warning for each case with an open leg: what is to be done."""
    return tuple(Note("wrong_model", "warning", _said(case)) for case in cases if case.is_open)


def _said(case: Case) -> Text:
    words, right = _WORDS[case.ledger], "/".join(case.right)
    qty, back, lacking = (QTY.format(each) for each in (case.qty, case.to_take_back, case.lacking))
    what = Text(
        f"型号不符：{case.day} {words.went.zh} {case.product}×{qty}，",
        f"wrong model: {case.product}×{qty} {words.went.en} on {case.day}, ",
    )
    first = Text(f"{words.to_take.zh} {back}", f"{back} {words.to_take.en}") if case.to_take_back else words.taken
    if not case.lacking:
        return what + first + _settled(case)
    return what + first + Text(f"，{words.to_come.zh} {right}×{lacking}", f", {right}×{lacking} {words.to_come.en}")


def _settled(case: Case) -> Text:
    """Why nothing lacks: all of it followed, or what did not was closed."""
    if case.followed >= case.qty:
        return Text("，正确型号已补", ", the right one followed")
    right, followed = "/".join(case.right), QTY.format(case.followed)
    if not case.right:
        return Text("，没有要补的", ", nothing is to follow")
    if not case.followed:
        return Text(f"，{right} 已关闭，不用再补", f", {right} was closed: none is to follow")
    return Text(f"，{right} 已补 {followed}，其余已关闭", f", {followed} of {right} followed, the rest was closed")
