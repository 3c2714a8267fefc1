"""What customers should have paid by now: to be dunned, or first to be held against receipts that could be it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from salesaid.balances.maybe_paid import Guess, MaybePaid, maybe_paid
from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Debt, Receivables
from salesaid.balances.wrong_models import WrongModels


class OverdueDebts(NamedTuple):
    """Debts past their date, each once. Disputed ones, and those of an order with a wrong model, are in neither."""

    to_dun: list[Debt]
    perhaps_paid: list[Debt]
    guesses: tuple[Guess, ...]


_NONE = OverdueDebts([], [], ())


def overdue_debts(
    receivables: Receivables, wrong_models: WrongModels, customer_names: Parties, account_keeping: bool, today: date,
) -> OverdueDebts:  # fmt: skip
    """What of it is to be asked for. Single debts are only made where a sum says that one is late."""
    if not account_keeping or not is_any_late(receivables, today):
        return _NONE
    wrong = {case.number for case in wrong_models.open if case.ledger == "orders"}
    debts = receivables.open_debts()
    found = maybe_paid(debts, receivables, customer_names) if receivables.all_receipts else MaybePaid(frozenset(), ())
    late = [
        (debt, at in found.debts)
        for at, debt in enumerate(debts)
        if debt.due < today and not debt.disputed and debt.order_no not in wrong
    ]
    to_dun, perhaps = ([debt for debt, is_paid in late if is_paid is which] for which in (False, True))
    return OverdueDebts(to_dun, perhaps, found.guesses)


def is_any_late(receivables: Receivables, today: date) -> bool:
    """Whether single debts have to be made at all."""
    accounts = (account.allocation for account in receivables.accounts.values())
    return any(
        open_ and owing.due < today for each in accounts for owing, open_ in zip(each.owing, each.open, strict=True)
    )
