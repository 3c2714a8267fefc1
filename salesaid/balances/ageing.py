"""How long what customers owe has been due: sums by customer that tie out, or an error (DOMAIN.md 5)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.balances.receivables import Account, Receivables
from salesaid.core.errors import SalesaidError
from salesaid.core.kinds import MONEY
from salesaid.core.money import of_cents
from salesaid.core.text import Text

By = Literal["due", "ship"]
_LAST_DAYS = (0, 30, 60, 90, 180, 365)
BUCKETS = len(_LAST_DAYS) + 1  # not due, then 1–30, 31–60, 61–90, 91–180, 181–365 and more days


class AgeingDoesNotTieError(SalesaidError):
    """The sums by age do not come to what was charged less what came in: a bug, and no table."""

    exit_code = 70

    def __init__(self, customer: str, ages: Decimal, balance: Decimal) -> None:
        zh, en = (f"{customer} 的账龄合计", f"{customer}: the ages") if customer else ("账龄总计", "the ages")
        super().__init__(
            Text(
                f"{zh} {MONEY.format(ages)} 与余额 {MONEY.format(balance)} 不符，不出表",
                f"{en} sum to {MONEY.format(ages)}, the balance is {MONEY.format(balance)}: no table",
            ),
            Text("请把这条信息和台账报告给我们", "please report this with the ledgers"),
        )


class Ageing(NamedTuple):
    """One customer's open debts by age, in cents, and what came in and settles nothing yet, below zero."""

    customer: str
    buckets: Sequence[int]
    unallocated: int

    @property
    def balance(self) -> int:
        """What the customer owes, in cents."""
        return sum(self.buckets) + self.unallocated


def ageing(receivables: Receivables, today: date, by: By = "due") -> list[Ageing]:
    """The ages of all customers' debts; "" has rows without a customer and receipts of unknown payers.

    Raises AgeingDoesNotTieError.
    """
    if by == "due":
        receivables = receivables.by_age(lambda due: bucket((today - due).days))
    customers = dict.fromkeys(receivables.accounts)
    if receivables.unknown_receipts:
        customers.setdefault("")
    found = [age_of(receivables, customer, today, by) for customer in customers]
    _require_tie("", sum(each.balance for each in found), receivables.charged - receivables.came_in)
    return found


def age_of(receivables: Receivables, customer: str, today: date, by: By = "due") -> Ageing:
    """The ages of one customer's debts; those of "" as `ageing` has them. Raises AgeingDoesNotTieError."""
    account = receivables.account(customer)
    own = _of(account, today, by)
    _require_tie(customer, own.balance, account.balance)
    if customer:
        return own
    return own._replace(unallocated=own.unallocated - sum(row.cents for row in receivables.unknown_receipts))


def _of(account: Account, today: date, by: By) -> Ageing:
    buckets = [0] * BUCKETS
    allocation = account.allocation
    for owing, open_ in zip(allocation.owing, allocation.open, strict=True):
        if open_:
            buckets[bucket((today - (owing.due if by == "due" else owing.day)).days)] += open_
    return Ageing(account.customer, buckets, -allocation.unallocated)


def bucket(days: int) -> int:
    """The place of a debt that has been due, or was shipped, so many days ago."""
    return bisect_left(_LAST_DAYS, days)


def summed(ages: Iterable[Ageing]) -> Ageing:
    """The sums over customers."""
    rows = list(ages)
    return Ageing(
        "", [sum(each.buckets[at] for each in rows) for at in range(BUCKETS)], sum(r.unallocated for r in rows)
    )


def _require_tie(customer: str, ages: int, balance: int) -> None:
    if ages != balance:
        raise AgeingDoesNotTieError(customer, of_cents(ages), of_cents(balance))
