"""应收款：按账龄、业务员、客户，逾期多少、最久几天。 | Receivables by age, salesperson and customer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.ageing import Ageing, ageing, summed
from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Account, Receivables
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER, Named
from salesaid.core.kinds import DAYS, MONEY, QTY, RATE, TEXT, Choice
from salesaid.core.money import of_cents
from salesaid.core.tables import Card, Chart, Field, Note, Table
from salesaid.core.text import Text

_AGE = Choice(
    {
        "not_due": Text("未到期", "not due"),
        "d1_30": Text("1–30天", "1–30 days"),
        "d31_60": Text("31–60天", "31–60 days"),
        "d61_90": Text("61–90天", "61–90 days"),
        "d91_180": Text("91–180天", "91–180 days"),
        "d181_365": Text("181–365天", "181–365 days"),
        "d365_over": Text("365天以上", "over 365 days"),
        "unallocated": Text("未冲收款", "unallocated"),
    }
)
_FIGURES = (
    Field("not_due", Text("未到期", "Not due"), MONEY),
    Field("overdue", Text("已逾期", "Overdue"), MONEY),
    Field("unallocated", Text("未冲收款", "Unallocated"), MONEY),
    Field("balance", Text("余额", "Balance"), MONEY),
    Field("overdue_rate", Text("逾期占比", "Overdue, %"), RATE),
    Field("longest", Text("最久逾期(天)", "Longest (days)"), DAYS),
)
_BY_AGE = (
    Field("age", Text("账龄", "Age"), _AGE, key=True),
    Field("customers", Text("客户数", "Customers"), QTY),
    Field("amount", Text("金额", "Amount"), MONEY),
)
_BY_SALESPERSON = (
    Field("salesperson", Text("业务员", "Salesperson"), Named(Text("(无业务员)", "(none)")), key=True),
    Field("customers", Text("客户数", "Customers"), QTY),
    *_FIGURES,
)
_BY_CUSTOMER = (
    Field("customer", Text("客户", "Customer"), CUSTOMER, key=True),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
    Field("terms", Text("付款条件", "Terms"), TEXT),
    *_FIGURES,
    Field("credit_limit", Text("信用额度", "Credit limit"), MONEY),
)
_NAMES = tuple(field.name for field in _FIGURES)
_PLACES = 4  # of a rate


class _Owed(NamedTuple):
    """What one customer owes by age, and for how many days the oldest of it is overdue; None where nothing is."""

    ages: Ageing
    salesperson: str
    terms: str
    limit: Decimal | None
    longest: int | None


def receivables(
    receivables: Receivables, customer_names: Parties, today: date, *, salesperson: str | None = None
) -> Card:
    """Three tables that tie: by age, by the salespeople of the register's customers, by customer; most overdue first.

    Money that settles nothing yet is below zero. Raises AgeingDoesNotTieError.
    """
    owed = [_owed(each, receivables, customer_names, today) for each in ageing(receivables, today)]
    owed = [
        each
        for each in owed
        if (any(each.ages.buckets) or each.ages.unallocated) and salesperson in {None, each.salesperson}
    ]
    owed.sort(key=lambda each: (-sum(each.ages.buckets[1:]), -each.ages.balance, each.ages.customer))
    tables = (_by_age(owed), _by_salesperson(owed), _by_customer(owed))
    return Card(Text(f"应收款 · {today}", f"Receivables on {today}"), tables, tuple(_over_limit(owed)))


def _owed(ages: Ageing, receivables: Receivables, customers: Parties, today: date) -> _Owed:
    card = customers.party(ages.customer).card
    limit = card.get("credit_limit")
    return _Owed(
        ages, str(card.get("salesperson") or "").strip(), str(card.get("terms") or "").strip(),
        limit if isinstance(limit, Decimal) else None, _longest(receivables.account(ages.customer), today),
    )  # fmt: skip


def _longest(account: Account, today: date) -> int | None:
    allocation = account.allocation
    owing = zip(allocation.owing, allocation.open, strict=True)
    days = max(((today - each.due).days for each, open_ in owing if open_), default=0)
    return days if days > 0 else None


def _by_age(owed: Sequence[_Owed]) -> Table:
    cells = [(*each.ages.buckets, each.ages.unallocated) for each in owed]
    columns: Iterable[Sequence[int]] = zip(*cells, strict=True) if cells else ([] for _ in _AGE.words)
    rows = [
        (age, Decimal(sum(map(bool, column))), of_cents(sum(column)))
        for age, column in zip(_AGE.words, columns, strict=True)
    ]
    totals = {"customers": Decimal(len(owed)), "amount": money.total(row[2] for row in rows)}
    chart = Chart("columns", "age", ("amount",))
    return Table(Text("应收（按账龄）", "Receivables by age"), _BY_AGE, rows, totals, chart=chart)


def _by_salesperson(owed: Sequence[_Owed]) -> Table:
    groups: dict[str, list[_Owed]] = {}
    for each in owed:
        groups.setdefault(each.salesperson, []).append(each)
    names = sorted(groups, key=lambda name: -sum(sum(each.ages.buckets[1:]) for each in groups[name]))
    rows = [(name or None, Decimal(len(groups[name])), *_figures(groups[name])) for name in names]
    totals = {"customers": Decimal(len(owed)), **_totals(owed)}
    chart = Chart("bars", "salesperson", ("overdue", "not_due"))
    title = Text("应收（按业务员）", "Receivables by salesperson")
    return Table(title, _BY_SALESPERSON, rows, totals, chart=chart)


def _by_customer(owed: Sequence[_Owed]) -> Table:
    rows = [
        (
            each.ages.customer or None, each.salesperson or None, each.terms or None, *_figures([each]), each.limit,
        )
        for each in owed
    ]  # fmt: skip
    return Table(Text("应收（按客户）", "Receivables by customer"), _BY_CUSTOMER, rows, _totals(owed))


def _figures(owed: Sequence[_Owed]) -> tuple[Decimal | None, ...]:
    """The figures of some customers together."""
    ages = summed(each.ages for each in owed)
    not_due, overdue = ages.buckets[0], sum(ages.buckets[1:])
    whole, longest = not_due + overdue, max((each.longest or 0 for each in owed), default=0)
    return (
        of_cents(not_due), of_cents(overdue), of_cents(ages.unallocated), of_cents(ages.balance),
        money.rounded(Decimal(overdue) / whole, _PLACES) if whole > 0 else None,
        Decimal(longest) if longest else None,
    )  # fmt: skip


def _totals(owed: Sequence[_Owed]) -> dict[str, Decimal | None]:
    return dict(zip(_NAMES, _figures(owed), strict=True))


def _over_limit(owed: Iterable[_Owed]) -> Iterable[Note]:
    over = [each.ages.customer for each in owed if each.limit is not None and of_cents(each.ages.balance) > each.limit]
    if over:
        zh, en = "、".join(over), ", ".join(over)
        yield Note("over_limit", "warning", Text(f"超过信用额度：{zh}", f"above their credit limit: {en}"))
