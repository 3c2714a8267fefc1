"""Goods on loan of which nobody said when they should be back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.loan_lines import LoanLines
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same

RULE = Rule(
    "L04",
    "warning",
    Text("借用没有应还日期", "loan without a due date"),
    why=Text("没有日期就永远不会逾期，也就没有人催。", "Without a date it is never overdue, and nobody asks for it."),
    mend=Text(
        "与客户约好日期，用 loan extend 记上。", "Agree on a date with the customer and record it with loan extend."
    ),
    wrong="""
        借用.csv
        借用单号,日期,类型,客户,产品,数量,应还日期
        LN20261020-001,2026-10-20,借出,骏业,内存 8G,2,
        """,
    mended="""
        借用.csv
        借用单号,日期,类型,客户,产品,数量,应还日期
        LN20261020-001,2026-10-20,借出,骏业,内存 8G,2,
        LN20261020-001,2026-11-05,延期,骏业,,0,2026-12-05
        """,
)


def loan_without_due_date(loan_lines: LoanLines, today: date) -> Iterator[Wrong]:
    """A finding for each line of which something is out that was lent without a date."""
    for line in loan_lines.open:
        qty = sum((lot.qty for lot in line.lots if lot.due is None), ZERO)
        if qty > 0:
            out, days = QTY.format(qty), (today - line.day).days
            yield Wrong(
                "loans",
                Text(
                    f"借用 {line.loan_no}：{line.customer} 借的 {line.product}×{out} 没有应还日期，借出 {days} 天了",
                    f"loan {line.loan_no}: {line.product}×{out} has been with {line.customer} for {in_days(days)}, and "
                    "nobody said when it is due",
                ),
                line.loan_no, line.product, column="due",
                suggestion=same(command("loan", "extend", line.loan_no, "--due", "+30", "--why", "…")),
            )  # fmt: skip
