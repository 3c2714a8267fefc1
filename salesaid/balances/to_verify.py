"""Debts that a receipt of nobody known may have settled: whose it is has to be found out before anybody is dunned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesaid.balances.maybe_paid import Guess, Place, place_of
from salesaid.balances.overdue_debts import OverdueDebts
from salesaid.balances.owners import Owners
from salesaid.balances.receivables import Debt
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.kinds import MONEY
from salesaid.core.pasted import behind_options, command
from salesaid.core.text import Text, joined, same

_NAMED = 2  # receipts that a line names


def to_verify(overdue_debts: OverdueDebts, owners: Owners, today: date) -> list[Duty]:
    """A duty for each customer and document that is overdue."""
    guesses: dict[str, list[Guess]] = {}
    for guess in overdue_debts.guesses:
        guesses.setdefault(guess.customer, []).append(guess)
    found: dict[Place, list[Debt]] = {}
    for debt in overdue_debts.perhaps_paid:
        found.setdefault(place_of(debt), []).append(debt)
    return most_urgent_first(
        [_duty(place, own, guesses.get(place[0], []), owners, today) for place, own in found.items()]
    )


def _duty(place: Place, debts: Sequence[Debt], guesses: Sequence[Guess], owners: Owners, today: date) -> Duty:
    customer, no = place
    amount, due = money.total(debt.open for debt in debts), min(debt.due for debt in debts)
    fitting = [each for each in guesses if each.receipt.amount == amount] or list(guesses)
    text = Text(
        f"{CUSTOMER.show(customer, 'zh')} {no} {MONEY.show(amount, 'zh')} 疑似已回款{_receipts(fitting).zh}，先核对",
        f"{CUSTOMER.show(customer, 'en')} {no} {MONEY.show(amount, 'en')} perhaps paid{_receipts(fitting).en}: verify",
    )
    return Duty(
        "verify", text, same(command(*_closing(customer, fitting))), (today - due).days, due, no, customer,
        amount=amount, owners=owners.of_order(debts[0].order_no, customer),
    )  # fmt: skip


def _receipts(guesses: Sequence[Guess]) -> Text:
    numbers = list(dict.fromkeys(guess.receipt.payment_no for guess in guesses))
    if not numbers:
        return same("")
    more = Text(" 等", " …") if len(numbers) > _NAMED else same("")
    named = joined([same(no) for no in numbers[:_NAMED]]) + more
    return Text(f"（{named.zh}）", f" ({named.en})")


def _closing(customer: str, guesses: Sequence[Guess]) -> list[str]:
    """Say whose the payer is where it can be only this customer; else look at the account."""
    payers = {guess.payer for guess in guesses}
    payer = next(iter(payers)) if len(payers) == 1 else ""
    if payer and customer:
        return ["name", "same", "--kind", "customer", "--new", *behind_options(payer, customer)]
    return ["receivable", "statement", *behind_options(customer)] if customer else ["payment", "list"]
