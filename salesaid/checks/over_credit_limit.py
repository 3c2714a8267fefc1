"""Customers who owe more than their credit limit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from salesaid.balances.parties import Parties
from salesaid.balances.receivables import Receivables
from salesaid.core.kinds import MONEY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "M02",
    "warning",
    Text("超过信用额度", "over the credit limit"),
    why=Text(
        "再发货，收不回的风险就超出了公司答应的数。",
        "Whatever is shipped now is a risk beyond what was allowed.",
    ),
    mend=Text(
        "先收款再发货，或由有权的人改信用额度。",
        "Have it paid before more is shipped, or have the limit changed by who may.",
    ),
    wrong="""
        客户.csv
        客户,付款条件,信用额度
        骏业,月结30,300

        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20261120-001,2026-11-20,期初,骏业,,500,2026-12-31
        """,
    mended="""
        客户.csv
        客户,付款条件,信用额度
        骏业,月结30,800

        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20261120-001,2026-11-20,期初,骏业,,500,2026-12-31
        """,
)


def over_credit_limit(receivables: Receivables, customer_names: Parties) -> Iterator[Wrong]:
    """A finding for each customer with a limit."""
    for party in customer_names.registered.values():
        customer, limit = party.id, party.card.get("credit_limit")
        if not isinstance(limit, Decimal) or customer not in receivables.accounts:
            continue
        balance = receivables.balance(customer)
        if balance > limit:
            owed, most = MONEY.format(balance), MONEY.format(limit)
            yield Wrong(
                "customers",
                Text(
                    f"{customer} 欠 {owed}，信用额度 {most}，超 {MONEY.format(balance - limit)}",
                    f"{customer} owes {owed}, {MONEY.format(balance - limit)} over the credit limit of {most}",
                ),
                customer, row=party.row, column="credit_limit", value=most,
                suggestion=same(command("customer", "show", customer)),
            )  # fmt: skip
