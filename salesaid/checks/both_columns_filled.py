"""Rows of the cash journal with an income and an expense."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.cash_book import CashBook
from salesaid.core.kinds import MONEY
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "C02",
    "warning",
    Text("收入和支出都填了", "income and expense in one row"),
    why=Text(
        "一行只记一笔：两栏都有数，多半是填错了栏。",
        "A row is one thing: with figures in both columns one of them is mostly in the wrong one.",
    ),
    mend=Text(
        "删去填错的一栏；确有一收一支的，分成两行。",
        "Clear the wrong one; where there was money in and money out, make it two rows.",
    ),
    wrong="""
        日记账.csv
        单号,日期,账户,摘要,收入,支出
        CJ20261120-001,2026-11-20,现金,打车费,40,40
        """,
    mended="""
        日记账.csv
        单号,日期,账户,摘要,收入,支出
        CJ20261120-001,2026-11-20,现金,打车费,,40
        """,
)


def both_columns_filled(cash_book: CashBook) -> Iterator[Wrong]:
    """A finding for each row."""
    for row in cash_book.all:
        if row.income and row.expense:
            income, expense = MONEY.format(row.income), MONEY.format(row.expense)
            yield Wrong(
                "cash",
                Text(
                    f"{row.voucher_no} 收入 {income} 和支出 {expense} 都填了",
                    f"{row.voucher_no} has an income of {income} and an expense of {expense}",
                ),
                row.voucher_no, row=row.row, column="expense", value=expense,
            )  # fmt: skip
