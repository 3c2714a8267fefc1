"""Goods on loan that are due within the next days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.loan_lines import LoanLines
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same
from salesaid.settings import Settings

RULE = Rule(
    "L02",
    "note",
    Text("借用快到期", "loan due soon"),
    why=Text("提前打个招呼，到期才还得回来。", "A word beforehand brings goods back in time."),
    mend=Text("提醒客户；要续借就延期。", "Remind the customer; extend the loan where he needs it longer."),
    wrong="""
        借用.csv
        借用单号,日期,类型,客户,产品,数量,应还日期
        LN20261020-001,2026-10-20,借出,骏业,BVM7-710,2,2026-11-25
        """,
    mended="""
        借用.csv
        借用单号,日期,类型,客户,产品,数量,应还日期
        LN20261020-001,2026-10-20,借出,骏业,BVM7-710,2,2026-11-25
        LN20261020-001,2026-11-22,延期,骏业,,0,2026-12-20
        """,
)


def loan_due_soon(loan_lines: LoanLines, settings: Settings, today: date) -> Iterator[Wrong]:
    """A finding for each line of which something is out and due today or within few days."""
    soon = settings.limit("loan_due_soon_days")
    for line in loan_lines.open:
        days = (line.due - today).days if line.due is not None else -1
        if line.due is not None and 0 <= days <= soon:
            out = QTY.format(line.out)
            when = Text(f"{days} 天后", f"in {in_days(days)}") if days else Text("今天", "today")
            yield Wrong(
                "loans",
                Text(
                    f"借用 {line.loan_no}：{line.customer} 借的 {line.product}×{out} {when.zh}到期",
                    f"loan {line.loan_no}: {line.product}×{out} is due from {line.customer} {when.en}",
                ),
                line.loan_no, line.product, column="due", value=line.due.isoformat(),
                suggestion=same(command("loan", "show", line.loan_no)),
            )  # fmt: skip
