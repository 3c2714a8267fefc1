"""Goods on loan that should be back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.loan_lines import LoanLines
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same

RULE = Rule(
    "L01",
    "warning",
    Text("借用逾期未还", "loan overdue"),
    why=Text("到期不催，借出去的货就要不回来了。", "What nobody asks for when it is due does not come back."),
    mend=Text(
        "催客户归还；约了新日期就延期；客户留下就转销售。",
        "Ask for it; where another date was agreed, extend it; where the customer keeps it, convert it to a sale.",
    ),
    wrong="""
        借用.csv
        借用单号,日期,类型,客户,产品,数量,应还日期
        LN20261020-001,2026-10-20,借出,骏业,BVM7-710,2,2026-11-10
        """,
    mended="""
        借用.csv
        借用单号,日期,类型,客户,产品,数量,应还日期
        LN20261020-001,2026-10-20,借出,骏业,BVM7-710,2,2026-11-10
        LN20261020-001,2026-11-12,归还,骏业,BVM7-710,2,
        """,
)


def overdue_loan(loan_lines: LoanLines, today: date) -> Iterator[Wrong]:
    """A finding for each line of which something is out after its date."""
    for line in loan_lines.open:
        days = line.days_late(today)
        if days is not None and line.due is not None:
            out = QTY.format(line.out)
            yield Wrong(
                "loans",
                Text(
                    f"借用 {line.loan_no}：{line.customer} 借的 {line.product} 逾期 {days} 天，还有 {out} 没还",
                    f"loan {line.loan_no}: {line.customer} still has {out} of {line.product}, {in_days(days)} late",
                ),
                line.loan_no, line.product, column="due", value=line.due.isoformat(),
                suggestion=same(command("loan", "return", line.loan_no, "-i", f"{line.product}×{out}")),
            )  # fmt: skip
