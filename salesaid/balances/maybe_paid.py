"""Which open debts a receipt of nobody known may have settled: such debts are not dunned (DOMAIN.md 5, "Do not dun").

A receipt could be it when its amount equals an open line, a document or the balance of the customer, or when its payer
is a name that may mean the customer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.parties import Parties
from salesaid.balances.receipts import Receipt
from salesaid.balances.receivables import Debt, Receivables
from salesaid.core import money
from salesaid.core.names import Ambiguous, Match

_ALIKE = 0.65  # of the letters: 骏业电子科技 and 深圳骏业电子
_COMPANY = re.compile("(?:股份|责任)?有限(?:责任)?公司|公司|集团|(?i:co\\.?,? ?ltd\\.?|inc\\.?|company)")

Place = tuple[str, str]
"""A customer and the number of an order, or of a document without one."""


class Guess(NamedTuple):
    """A receipt that could be what some debts of a customer wait for; `by_payer`: its payer may be the customer."""

    receipt: Receipt
    payer: str
    customer: str
    by_payer: bool


class MaybePaid(NamedTuple):
    """The debts that may be settled, by their places in the list that was asked about, and the receipts behind it."""

    debts: frozenset[int]
    guesses: tuple[Guess, ...]


def place_of(debt: Debt) -> Place:
    """The document by which a debt is known to people: its order, else its own number."""
    return debt.customer, debt.order_no or debt.no


def maybe_paid(debts: Sequence[Debt], receivables: Receivables, customers: Parties) -> MaybePaid:
    """Which of these open debts receipts without a known customer could have settled."""
    unknown = list(_unknown(receivables, customers))
    if not unknown:
        return MaybePaid(frozenset(), ())
    sums = _Sums(debts, receivables.balance)
    found: set[int] = set()
    guesses: list[Guess] = []
    suggested: dict[str, set[str]] = {}
    for receipt, payer in unknown:
        if payer not in suggested:
            suggested[payer] = suggested_by(payer, customers)
        payers = suggested[payer]
        fitting = sums.fitting(receipt.amount).union(*map(sums.of, payers))
        found |= fitting
        names = dict.fromkeys(debts[at].customer for at in sorted(fitting))
        guesses += [Guess(receipt, payer, name, name in payers) for name in names]
    return MaybePaid(frozenset(found), tuple(guesses))


def _unknown(receivables: Receivables, customers: Parties) -> Iterator[tuple[Receipt, str]]:
    """Receipts of which nobody knows whose they are, each with the name that it bears.

    So is money under a customer's name that is in no register and was never charged anything: a spelling, perhaps.
    """
    for receipt in receivables.unknown_receipts:
        yield receipt, receipt.payer
    for name, account in receivables.accounts.items():
        if name and name not in customers.registered and not account.allocation.owing:
            for receipt in receivables.receipts(name):
                yield receipt, name


def suggested_by(payer: str, customers: Parties) -> set[str]:
    """The customers whom a payer's name may mean, though nobody has decided it."""
    name = payer.strip()
    if not name:
        return set()
    match = customers.names.match(name)
    if isinstance(match, Match) and match.name != name:
        return {match.name}
    if isinstance(match, Ambiguous):
        return {*match.candidates}
    near = customers.names.suggestions(name)
    return {other for other in near if other != name and _is_alike(name, [other, *customers.names.known[other]])}


def _is_alike(name: str, forms: Iterable[str]) -> bool:
    """Whether a name is much like one of these, what most companies are called aside: a city alone is not enough."""
    from difflib import SequenceMatcher

    own = _COMPANY.sub("", name)
    return any(SequenceMatcher(None, own, _COMPANY.sub("", form)).ratio() >= _ALIKE for form in forms if form)


class _Sums:
    """The debts by every figure that a receipt may equal."""

    def __init__(self, debts: Sequence[Debt], balance: Callable[[str], Decimal]) -> None:
        self._by_amount: dict[Decimal, set[int]] = {}
        documents: dict[Place, list[int]] = {}
        self._accounts: dict[str, list[int]] = {}
        for at, debt in enumerate(debts):
            self._add((debt.open, debt.amount), [at])
            for place in {place_of(debt), (debt.customer, debt.no)}:
                documents.setdefault(place, []).append(at)
            self._accounts.setdefault(debt.customer, []).append(at)
        for own in documents.values():
            self._add(_totals(debts[at] for at in own), own)
        for customer, own in self._accounts.items():
            self._add((balance(customer), *_totals(debts[at] for at in own)), own)

    def fitting(self, amount: Decimal) -> set[int]:
        """The debts whose line, document or account comes to this amount."""
        return set(self._by_amount.get(money.rounded(amount, 2), ()))

    def of(self, customer: str) -> list[int]:
        """All debts of one customer."""
        return self._accounts.get(customer, [])

    def _add(self, amounts: Iterable[Decimal], places: Iterable[int]) -> None:
        own = [*places]
        for amount in amounts:
            self._by_amount.setdefault(money.rounded(amount, 2), set()).update(own)


def _totals(debts: Iterable[Debt]) -> tuple[Decimal, Decimal]:
    own = list(debts)
    return money.total(debt.open for debt in own), money.total(debt.amount for debt in own)
