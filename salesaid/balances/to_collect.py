"""Customers who should have paid by now: one duty a customer, whatever number of documents it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesaid.balances.maybe_paid import place_of
from salesaid.balances.overdue_debts import OverdueDebts
from salesaid.balances.owners import Owners
from salesaid.balances.receivables import Debt
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.kinds import MONEY
from salesaid.core.pasted import behind_options, command
from salesaid.core.text import Text, same


def to_collect(overdue_debts: OverdueDebts, owners: Owners, today: date) -> list[Duty]:
    """What is to be dunned, the longest overdue first. It is the customer's salesperson's, else the order's."""
    of_customers: dict[str, list[Debt]] = {}
    for debt in overdue_debts.to_dun:
        of_customers.setdefault(debt.customer, []).append(debt)
    return most_urgent_first([_duty(customer, own, owners, today) for customer, own in of_customers.items()])


def _duty(customer: str, debts: Sequence[Debt], owners: Owners, today: date) -> Duty:
    places = list(dict.fromkeys(place_of(debt)[1] for debt in debts))
    first = min(debts, key=lambda debt: (debt.due, debt.no))
    amount = money.total(debt.open for debt in debts)
    sum_, count = MONEY.show(amount, "zh"), len(places)
    who = Text(CUSTOMER.show(customer, "zh"), CUSTOMER.show(customer, "en"))
    text = who + Text(f" 欠 {sum_}", f" owes {sum_}")
    if count > 1:
        text += Text(f"（{count} 笔）", f" ({count} documents)")
    no = places[0] if count == 1 else ""
    closing = command("receivable", "remind", *behind_options(customer)) if customer else command("receivable", "list")
    own = owners.of_customer(customer) or owners.of_order(first.order_no, customer)
    return Duty(
        "collect", text, same(closing), (today - first.due).days, first.due, no, customer, amount=amount, owners=own
    )
