"""How much each customer owes, kept as sums so that it is at hand when an order is taken (DOMAIN.md 3).

Only sums of what rows say are kept, by customer as written. Where a row's money stands on its order only, or a receipt
names an order and nobody, the sum is said to be about right: the list of receivables reads the ledgers and knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from salesaid.balances.census import party_code
from salesaid.balances.parties import Parties, Party
from salesaid.core import money
from salesaid.core.kinds import MONEY
from salesaid.core.rows import Rows
from salesaid.core.state import State, key_of, parts_of
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.settings import Settings

if TYPE_CHECKING:
    from salesaid.balances.debts import Charge

READS = ("orders", "shipments", "loans", "returns", "payments")  # what the fold looks at
CHARGED, ON_ORDERS, PAID, UNNAMED = "owed.charged", "owed.on_orders", "owed.paid", "owed.unnamed"
_SOLD, _SHIPPED = "sold", "shipped"  # a book of sales owes for what its orders sold, any other for what was shipped
_NEAR = Decimal("0.8")  # of the credit limit


def fold(rows: Rows, state: State) -> None:
    """Add what rows charge for, and what came in."""
    id_ = rows.ledger.id
    if id_ not in READS or (id_ == "orders" and not rows.at_once):
        return
    from salesaid.balances.debts import of_loans, of_orders, of_returns, of_shipments  # an order needs none of them

    if id_ == "orders":
        _charge(of_orders(rows), _SOLD, state)
    elif id_ == "shipments":
        _charge(of_shipments(rows, at_once=False), _SHIPPED, state)
    elif id_ == "loans" and not rows.at_once:
        _charge(of_loans(rows), _SHIPPED, state)
    elif id_ == "returns":
        _charge(of_returns(rows), _SHIPPED, state)
    elif id_ == "payments":
        _pay(rows, state)


def _charge(charges: Iterable[Charge], goods: str, state: State) -> None:
    sums: dict[tuple[str, str], int] = {}
    for charge in charges:
        counted = goods if charge.kind in {"sale", "return"} else charge.kind
        cents = charge.cents
        if cents is None and charge.price is not None:  # sold from loan
            cents = money.cents(money.amount(charge.qty, charge.price))
        if cents is None:
            state[ON_ORDERS].set(key_of(charge.customer.strip()), 1)
        elif cents:
            sums[charge.customer, counted] = sums.get((charge.customer, counted), 0) + cents
    for (customer, counted), cents in sums.items():
        _add(state, CHARGED, key_of(customer.strip(), counted), cents)


def _pay(payments: Rows, state: State) -> None:
    for customer, payer, order_no, amount in payments.pick("customer", "payer", "order_no", "amount"):
        if customer.strip():
            _add(state, PAID, key_of(customer.strip()), money.cents(amount))
        else:
            _add(state, UNNAMED, key_of(order_no or "", payer.strip()), money.cents(amount))


def _add(state: State, section: str, key: str, cents: int) -> None:
    total = (state[section].get(key) or 0) + cents
    state[section].set(key, total or None)


def owed(state: State, customer_names: Parties, settings: Settings) -> Owed:
    """What customers owe."""
    return Owed(state, customer_names, at_once=settings.at_once)


class Sum(NamedTuple):
    """What a customer owes, below zero where more came in, and whether that is certain to the cent."""

    amount: Decimal
    is_certain: bool


class Owed:
    """What each customer owes."""

    def __init__(self, state: State, customers: Parties, *, at_once: bool) -> None:
        self._state = state
        self._customers = customers
        self._at_once = at_once

    def of(self, customer: str) -> Sum:
        """What one customer owes."""
        written = self._written(customer)
        charged = sum(
            cents
            for name in written
            for key, cents in self._state[CHARGED].under(name)
            if not (self._at_once and parts_of(key)[1] == _SHIPPED)
        )
        paid = sum(self._state[PAID].get(key_of(name)) or 0 for name in written)
        on_orders = not self._at_once and any(self._state[ON_ORDERS].get(key_of(name)) for name in written)
        unnamed, is_all = self._unnamed(customer)
        return Sum(money.of_cents(charged - paid - unnamed), is_all and not on_orders)

    def _unnamed(self, customer: str) -> tuple[int, bool]:
        """What came in from a payer who is the customer beyond doubt, and whether that is all without a customer."""
        cents, is_all = 0, True
        for key, sum_ in self._state[UNNAMED].under():
            from salesaid.balances.receipts import Payers

            order_no, payer = parts_of(key)
            if order_no:
                is_all = False
            elif Payers(self._customers).customer(payer) == customer:
                cents += sum_
        return cents, is_all

    def _written(self, customer: str) -> list[str]:
        """The ways in which rows write a customer."""
        codes = {party_code(customer)}
        for row in self._customers.aliases:
            codes |= {party_code(row.name), party_code(row.stands_for)}
        names = {form.name for code in codes for form in self._customers.census.parties("customer", code)}
        return sorted(name for name in names if self._customers.identify(name) == customer)


def credit_notes(owed: Owed, party: Party, amount: Decimal, unshipped: Callable[[str], Decimal | None]) -> list[Note]:
    """What is said of a customer's credit when an order of an amount is taken: where it is used up, or nearly.

    `unshipped` says what else the customer has ordered and will owe: it uses up the credit, too; where
    it cannot say so quickly, that is not counted, and said.
    """
    limit = party.card.get("credit_limit")
    if not isinstance(limit, Decimal):
        return []
    known = unshipped(party.id)
    coming = Decimal(0) if known is None else known
    now = owed.of(party.id)
    then = now.amount + coming + amount
    if then < limit * _NEAR:
        return []
    off, text = MONEY.show(abs(then - limit), "zh"), _standing(party.id, now, coming, limit)
    if known is None:
        text += Text("（别的未发订单没有算在内）", " (other orders not shipped yet are not counted)")
    if then > limit:
        return [
            Note("over_credit", "warning", text + Text(f"，加上本单超出 {off}", f": with this order {off} over it"))
        ]
    return [Note("near_credit", "info", text + Text(f"，加上本单还剩 {off}", f": {off} are left then"))]


def over_by_shipping(owed: Owed, party: Party, amount: Decimal) -> list[Note]:
    """A warning where goods of this worth, once they have left, bring what is owed over the credit limit."""
    limit = party.card.get("credit_limit")
    if not isinstance(limit, Decimal) or not amount:
        return []
    now = owed.of(party.id)
    over = now.amount + amount - limit
    if over <= 0:
        return []
    off = MONEY.show(over, "zh")
    said = Text(f"，加上本次发货超出 {off}", f": with this shipment {off} over it")
    return [Note("over_credit", "warning", _standing(party.id, now, Decimal(0), limit) + said)]


def _standing(customer: str, now: Sum, coming: Decimal, limit: Decimal) -> Text:
    """What is owed, what is ordered beside it, and the limit."""
    about = Text("欠", "owes") if now.is_certain else Text("约欠", "owes about")
    sum_, more, most = (MONEY.show(value, "zh") for value in (now.amount, coming, limit))
    ordered = Text(f"，已订未发 {more}", f", {more} ordered and not shipped") if coming else Text("", "")
    return Text(
        f"{customer} {about.zh} {sum_}{ordered.zh}，信用额度 {most}",
        f"{customer} {about.en} {sum_}{ordered.en}, credit limit {most}",
    )
