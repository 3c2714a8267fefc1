"""久未下单的客户：最后下单、通常间隔、销售和欠款。 | Customers without an order for long: sales, debts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salesaid.balances.customer_orders import CustomerOrders
from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Receivables
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER
from salesaid.core.kinds import DATE, DAYS, MONEY, QTY, TEXT
from salesaid.core.periods import between
from salesaid.core.tables import Chart, Field, Note, Table
from salesaid.core.text import Text
from salesaid.frames.sums import summed, within
from salesaid.ledgers import customers

if TYPE_CHECKING:
    from pandas import DataFrame

DAYS_WITHOUT = 60

FIELDS = (
    Field("customer", Text("客户", "Customer"), CUSTOMER, key=True),
    Field("salesperson", Text("业务员", "Salesperson"), TEXT),
    Field("status", Text("客户状态", "Status"), customers.LEDGER.column("status").kind),
    Field("last_order", Text("最后下单", "Last order"), DATE),
    Field("days_since", Text("已过天数", "Days since"), DAYS),
    Field("usual_interval", Text("通常间隔(天)", "Usual interval"), QTY),
    Field("orders", Text("订单数", "Orders"), QTY),
    Field("sales_12_months", Text("近12个月销售", "Sales of 12 months"), MONEY),
    Field("sales_last_year", Text("去年销售", "Sales of last year"), MONEY),
    Field("balance", Text("欠款", "Owes"), MONEY),
)
_SUMMED = ("orders", "sales_12_months", "sales_last_year", "balance")


def inactive_customers(
    customer_orders: CustomerOrders, customer_names: Parties, receivables: Receivables, sales: DataFrame, today: date,
    *, days: int | None = None, salesperson: str | None = None,
) -> Table:  # fmt: skip
    """Customers without an order for so many days (60), who bought the most in the twelve months to today first.

    Customers of the register who never ordered stand last. Money paid ahead is a balance below zero.
    """
    least = DAYS_WITHOUT if days is None else days
    year = _sums(sales, _year_earlier(today), today)
    last_year = _sums(sales, date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    rows = []
    for name in dict.fromkeys([*customer_names.registered, *customer_orders.days]):
        last, card = customer_orders.last(name), customer_names.party(name).card
        person = str(card.get("salesperson") or "").strip()
        since = None if last is None else (today - last).days
        if name and (since is None or since >= least) and salesperson in {None, person}:
            rows.append(
                (
                    name, person or None, card.get("status"), last, None if since is None else Decimal(since),
                    customer_orders.usual_interval(name), Decimal(len(customer_orders.days.get(name, ()))),
                    money.of_cents(year.get(name, 0)), money.of_cents(last_year.get(name, 0)),
                    receivables.balance(name),
                )
            )  # fmt: skip
    rows.sort(key=lambda row: (row[3] is None, -row[7], -row[8], row[3] or date.min, row[0]))
    columns = dict(zip((field.name for field in FIELDS), zip(*rows, strict=True), strict=False))
    totals = {name: money.total(columns.get(name, ())) for name in _SUMMED}
    title = Text(f"久未下单的客户（{least} 天以上）", f"Customers without an order for {least} days or more")
    chart = Chart("bars", "customer", ("sales_12_months",), top=10)
    return Table(title, FIELDS, rows, totals, _longer(rows), chart=chart)


def _year_earlier(day: date) -> date:
    """The first of the twelve months that end on a day."""
    return date.fromordinal(day.replace(year=day.year - 1, day=min(day.day, 28)).toordinal() + 1)


def _sums(sales: DataFrame, first: date, last: date) -> dict[str, int]:
    """What each customer was charged, less what came back, in cents."""
    own = sales[within(sales, between(first, last))]
    return {customer: cents for (customer,), (cents,) in summed(own, ("customer",), ("cents",)).items()}


def _longer(rows: Sequence[tuple[object, ...]]) -> tuple[Note, ...]:
    """How many of them are away for longer than is usual of them, so that they may be lost."""
    late = [
        str(row[0])
        for row in rows
        if isinstance(row[4], Decimal) and isinstance(row[5], Decimal) and row[4] > 2 * row[5]
    ]
    if not late:
        return ()
    listed = Text("、".join(late[:5]), ", ".join(late[:5])) + (Text("…", " …") if len(late) > 5 else Text("", ""))  # noqa: PLR2004
    text = Text(
        f"{len(late)} 个客户已过通常间隔的两倍以上：{listed.zh}",
        f"{len(late)} away for more than twice their usual interval: {listed.en}",
    )
    return (Note("longer_than_usual", "warning", text),)
