"""应收款：谁欠多少、逾期多少、最早晚了几天、最近何时付过。 | Receivables: who owes what, how late, last receipt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from salesaid.balances.ageing import Ageing, ageing
from salesaid.balances.folded_customers import FoldedCustomers
from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Account, Receivables
from salesaid.core import blanks
from salesaid.core.kinds import DATE, DAYS, MONEY, TEXT
from salesaid.core.money import of_cents, total
from salesaid.core.tables import Chart, Field, Table, more
from salesaid.core.text import Text
from salesaid.core.words import understood_note, word_meant

_SALESPERSON = Text("业务员", "salesperson")
_FIELDS = (
    Field("customer", Text("客户", "Customer"), blanks.CUSTOMER, key=True),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
    Field("terms", Text("付款条件", "Terms"), TEXT),
    Field("balance", Text("余额", "Balance"), MONEY),
    Field("not_due", Text("未到期", "Not due"), MONEY),
    Field("overdue", Text("已逾期", "Overdue"), MONEY),
    Field("unallocated", Text("未冲收款", "Unallocated"), MONEY),
    Field("oldest_days", Text("最早逾期天数", "Oldest days late"), DAYS),
    Field("last_receipt", Text("最近收款", "Last receipt"), DATE),
    Field("credit_limit", Text("信用额度", "Credit limit"), MONEY),
    Field("over_limit", Text("超出额度", "Over the limit"), MONEY),
)
_SUMMED = ("balance", "not_due", "overdue", "unallocated", "over_limit")
_TOP = 10


def receivables(
    receivables: Receivables, customer_names: Parties, folded_customers: FoldedCustomers, today: date, *,
    salesperson: str | None = None, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """A row a customer who owes something or has paid ahead, who owes most that is overdue first."""
    people = {name: _salesperson(customer_names, name) for name in receivables.accounts}
    by = None if salesperson is None else word_meant(salesperson, people.values(), _SALESPERSON)
    ages = [each for each in ageing(receivables, today) if any(each.buckets) or each.unallocated]
    ages = [each for each in ages if by is None or people.get(each.customer, "") == by]
    ages.sort(key=lambda each: (-sum(each.buckets[1:]), -each.balance, each.customer))
    rows = [_row(each, receivables, customer_names, today) for each in ages]
    names = [field.name for field in _FIELDS]
    totals = {name: total(_figures(rows, names.index(name))) for name in _SUMMED}
    folded = folded_customers.note({each.customer for each in ages})
    return Table(
        Text("应收款", "Receivables"), _FIELDS, rows[:limit], totals,
        (*understood_note(salesperson, by), *more(len(rows), limit), *folded), newest,
        chart=Chart("bars", "customer", ("overdue", "not_due"), top=_TOP),
    )  # fmt: skip


def _figures(rows: Iterable[tuple[object, ...]], at: int) -> list[Decimal]:
    return [figure for row in rows if isinstance(figure := row[at], Decimal)]


def _row(each: Ageing, receivables: Receivables, customers: Parties, today: date) -> tuple[object, ...]:
    party = customers.registered.get(each.customer)
    card = party.card if party is not None else {}
    limit = card.get("credit_limit")
    balance, paid = of_cents(each.balance), receivables.receipts(each.customer) if each.customer else []
    return (
        each.customer or None, _salesperson(customers, each.customer) or None, card.get("terms") or None, balance,
        of_cents(each.buckets[0]), of_cents(sum(each.buckets[1:])), of_cents(each.unallocated),
        _oldest(receivables.account(each.customer), today), paid[-1].day if paid else None, limit,
        balance - limit if isinstance(limit, Decimal) and balance > limit else None,
    )  # fmt: skip


def _salesperson(customers: Parties, customer: str) -> str:
    party = customers.registered.get(customer)
    return str(party.card.get("salesperson") or "").strip() if party is not None else ""


def _oldest(account: Account, today: date) -> int | None:
    """How many days ago the oldest debt that is open and overdue fell due."""
    owing = account.allocation
    days = [(today - each.due).days for each, open_ in zip(owing.owing, owing.open, strict=True) if open_]
    late = [each for each in days if each > 0]
    return max(late) if late else None
