"""What customers were to pay and have not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.debts import Kind
from salesaid.balances.maybe_paid import Place, maybe_paid, place_of
from salesaid.balances.overdue_debts import is_any_late
from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Debt, Receivables
from salesaid.core import money
from salesaid.core.kinds import MONEY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same
from salesaid.settings import Settings

_LEDGERS: dict[Kind, str] = {"sale": "shipments", "opening": "shipments", "loan": "loans", "paid_back": "payments"}

RULE = Rule(
    "M01",
    "warning",
    Text("应收款逾期", "overdue receivable"),
    why=Text(
        "没有人催，款就一直拖着；拖得越久越难收。",
        "Nobody asks for it, so it is not paid; the longer it stands the harder it is to get.",
    ),
    mend=Text(
        "催款；已经付了的，把收款记上；有争议的，先谈妥。",
        "Remind the customer; write down what was paid; settle what is disputed.",
    ),
    wrong="""
        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20260930-001,2026-09-30,期初,骏业,,500,2026-10-31
        """,
    mended="""
        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20260930-001,2026-09-30,期初,骏业,,500,2026-10-31

        收款.csv
        单号,日期,客户,付款人,金额
        PY20261120-001,2026-11-20,骏业,骏业电子,500
        """,
)


def overdue_receivable(
    receivables: Receivables, account_keeping: bool, customer_names: Parties, settings: Settings, today: date
) -> Iterator[Wrong]:
    """A finding for each customer and document; what a receipt of nobody known may have paid is left to M03.

    A book that has neither terms nor receipts nor openings keeps no accounts of its customers: nothing is late there.
    """
    if not account_keeping:
        return
    debts = receivables.open_debts() if is_any_late(receivables, today) else []
    paid = maybe_paid(debts, receivables, customer_names).debts if receivables.all_receipts else frozenset()
    late: dict[Place, list[Debt]] = {}
    for at, debt in enumerate(debts):
        if debt.due < today and at not in paid:
            late.setdefault(place_of(debt), []).append(debt)
    for (customer, number), own in late.items():
        yield _wrong(customer, number, own, today, at_once=settings.at_once)


def _wrong(customer: str, number: str, debts: list[Debt], today: date, *, at_once: bool) -> Wrong:
    first = debts[0]
    open_, days = MONEY.format(money.total(debt.open for debt in debts)), (today - first.due).days
    who = Text(customer or "（无客户）", customer or "(no customer)")
    said = Text(
        f"{who.zh} 的 {number} 应于 {first.due} 付款，逾期 {days} 天，还有 {open_} 没收",
        f"{who.en} was to pay {number} on {first.due}, {in_days(days)} ago: {open_} has not come in",
    )
    is_disputed = all(debt.disputed for debt in debts)
    line = command("receivable", "remind", "--customer", customer) if customer else ""
    settle = Text("谈妥后：", "once settled: ") + command("receivable", "settle", number)
    return Wrong(
        "orders" if at_once and first.kind == "sale" else _LEDGERS.get(first.kind, "shipments"),
        said + Text("（有争议）", " (disputed)") if is_disputed else said,
        first.no, first.product, value=first.due.isoformat(),
        suggestion=settle if is_disputed else same(line) if line else None,
        about=f"{customer} {number}", severity="note" if is_disputed else None,
    )  # fmt: skip
