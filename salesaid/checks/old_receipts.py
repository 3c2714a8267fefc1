"""Receipts that were written down too long ago to know who still owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.receivables import Receivables
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same
from salesaid.settings import Settings

RULE = Rule(
    "M06",
    "warning",
    Text("收款记录太旧", "old receipts"),
    why=Text(
        "之后到的款没有记，照这样催款会催到已付的人。",
        "What came in since is not written down: who is reminded may have paid.",
    ),
    mend=Text(
        "从银行流水补记收款，再催款。",
        "Write down the receipts from the bank's list before anybody is reminded.",
    ),
    wrong="""
        收款.csv
        单号,日期,客户,付款人,金额,订单号
        PY20261008-001,2026-10-08,骏业,骏业电子,300,

        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20260930-001,2026-09-30,期初,骏业,,800,2026-12-31
        """,
    mended="""
        收款.csv
        单号,日期,客户,付款人,金额,订单号
        PY20261008-001,2026-10-08,骏业,骏业电子,300,
        PY20261120-001,2026-11-20,骏业,骏业电子,100,

        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20260930-001,2026-09-30,期初,骏业,,800,2026-12-31
        """,
)


def old_receipts(receivables: Receivables, settings: Settings, today: date) -> Iterator[Wrong]:
    """A finding at the newest receipt, where something is still owed; a book without receipts has none to be old."""
    newest = max(receivables.all_receipts, key=lambda receipt: receipt.day, default=None)
    if newest is None or not any(any(account.allocation.open) for account in receivables.accounts.values()):
        return
    days, limit = (today - newest.day).days, settings.limit("receipts_age_days")
    if days > limit:
        yield Wrong(
            "payments",
            Text(
                f"收款只记到 {newest.day}，{days} 天前（超过 {limit} 天），还有客户欠着款",
                f"the newest receipt is of {newest.day}, {in_days(days)} ago (more than {limit}), "
                "and customers still owe",
            ),
            newest.payment_no, column="date", value=newest.day.isoformat(), about="newest",
            suggestion=same(command("payment", "add", "…", "…")),
        )  # fmt: skip
