"""Customers who owe, and of whom nobody has written when they pay."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.parties import Parties, Party
from salesaid.balances.receivables import Receivables
from salesaid.core.pasted import about_names
from salesaid.core.reading import Unreadable
from salesaid.core.rules import Rule, Wrong
from salesaid.core.terms import ACCEPTED, parse_terms
from salesaid.core.text import Text, same

RULE = Rule(
    "M04",
    "warning",
    Text("没有付款条件", "no terms of payment"),
    why=Text(
        "没有付款条件的按发货日到期：第二天就算逾期，账龄不准。",
        "Without terms a debt is due on the day of shipping: late a day after, and the ages are wrong.",
    ),
    mend=Text(
        "在客户档案里填上付款条件，或在设置里写默认的。",
        "Fill in the customer's terms, or give the book a default in its settings.",
    ),
    wrong="""
        客户.csv
        客户,付款条件
        骏业,
        佐客,月结30

        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20261120-001,2026-11-20,期初,骏业,,500,2026-12-31
        """,
    mended="""
        客户.csv
        客户,付款条件
        骏业,30天
        佐客,月结30

        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20261120-001,2026-11-20,期初,骏业,,500,2026-12-31
        """,
)


def no_terms(receivables: Receivables, customer_names: Parties) -> Iterator[Wrong]:
    """A finding for each customer of the register who owes; a book whose register has no terms at all is left alone."""
    registered = customer_names.registered
    if not any(_written(party) for party in registered.values()):
        return
    for customer, account in receivables.accounts.items():
        party = registered.get(customer)
        if party is None or not any(account.allocation.open):
            continue
        written = _written(party)
        if (not written and receivables.due_dates.terms(customer) is None) or not _can_be_read(written):
            yield _wrong(party, written)


def _wrong(party: Party, written: str) -> Wrong:
    said = Text(f"{party.id} 欠着款，没有付款条件", f"{party.id} owes and has no terms of payment")
    if written:
        said = Text(f"{party.id} 的付款条件“{written}”看不懂", f"the terms of {party.id}, “{written}”, cannot be read")
    do = same(about_names("customer set", [party.id], "--terms", "…"))
    accepted = Text(f"谈好条件再写（{ACCEPTED.zh}）：", f"agree on terms ({ACCEPTED.en}): ")
    return Wrong("customers", said, party.id, row=party.row, column="terms", value=written, suggestion=accepted + do)


def _written(party: Party) -> str:
    return str(party.card.get("terms") or "").strip()


def _can_be_read(written: str) -> bool:
    try:
        parse_terms(written)
    except Unreadable:
        return False
    return True
