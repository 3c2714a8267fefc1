"""Sums of what customers owe that do not come to what the ledgers say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from salesaid.balances.ageing import AgeingDoesNotTieError, ageing
from salesaid.balances.receivables import Receivables
from salesaid.core import money
from salesaid.core.kinds import PRICE
from salesaid.core.rows import ZERO, Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

_CENTS = 2

RULE = Rule(
    "M05",
    "error",
    Text("应收与台账对不上", "ageing does not tie"),
    why=Text(
        "账龄、对账单和台账的合计差几分，对账时谁也说不清。",
        "Ages, statements and the ledger's own sum differ by cents, and nobody can say why when accounts are compared.",
    ),
    mend=Text(
        "把金额写到分；提示是程序错误的，请报告给我们。",
        "Write amounts to the cent; where it is said to be a bug, report it.",
    ),
    wrong="""
        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20261120-001,2026-11-20,期初,骏业,,10.005,2026-12-31
        SH20261120-002,2026-11-20,期初,骏业,,20.005,2026-12-31
        """,
    mended="""
        出货.csv
        单号,日期,类型,客户,产品,金额,应收日期
        SH20261120-001,2026-11-20,期初,骏业,,10.01,2026-12-31
        SH20261120-002,2026-11-20,期初,骏业,,20.01,2026-12-31
        """,
)


def ageing_does_not_tie(
    receivables: Receivables, orders: Rows, shipments: Rows, returns: Rows, payments: Rows, today: date
) -> Iterator[Wrong]:
    """A finding where the ages are not the balance, and for each ledger whose amounts lose cents by being rounded."""
    try:
        ageing(receivables, today)
    except AgeingDoesNotTieError as trouble:
        yield Wrong("payments", trouble.message, suggestion=trouble.hint, about="ageing")
    if orders.at_once:
        yield from _lost(orders, {"order"})
    yield from _lost(shipments, {"opening"} if orders.at_once else {"ship", "return", "opening"})
    yield from _lost(returns, {"refund"})
    yield from _lost(payments, ())


def _lost(rows: Rows, actions: Collection[str]) -> Iterator[Wrong]:
    """What comes off by rounding each amount of a ledger to the cent, where that is a cent or more in all."""
    first, off = None, ZERO
    cents: dict[Decimal | None, Decimal] = {None: ZERO}  # what each amount loses
    names = ("row", "amount", "action" if actions else "row")
    for (column,) in rows.pick_columns("amount") if rows.has("amount") else ():
        for amount in {*column}.difference(cents):
            cents[amount] = money.total((amount, -money.rounded(amount, _CENTS)))
    for row, amount, action in rows.pick(*names) if any(cents.values()) else ():
        lost = cents[amount]
        if lost and (not actions or action in actions):
            first = first or row
            off = money.total((off, lost))
    if first is not None and abs(off) >= money.CENT:
        yield Wrong(
            rows.ledger.id,
            Text(
                f"有的金额不到分，逐笔取到分后与原表合计相差 {PRICE.format(abs(off))}（第 {first} 行起）",
                f"some amounts are finer than a cent: by rows they come to {PRICE.format(abs(off))} "
                f"{'more' if off < 0 else 'less'} than the file's own sum (from row {first} on)",
            ),
            row=first, column="amount", about="cents",
        )  # fmt: skip
