"""Loans of which more came back, or was sold or given away, than was lent."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.loan_lines import LoanLines
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "L03",
    "error",
    Text("还的比借的多", "more back than lent"),
    why=Text(
        "不是单号记错了，就是借出时少记了：两头的数量都不对。",
        "Either the number is wrong or less was written than was lent: both loans, and the shelf, are off.",
    ),
    mend=Text(
        "核对借条：改正单号、产品或数量，没记的借出补上。",
        "Look at the slips: mend number, product or quantity, or write what was lent.",
    ),
    wrong="""
        借用.csv
        借用单号,日期,类型,客户,产品,数量,应还日期
        LN20261020-001,2026-10-20,借出,骏业,BVM7-710,2,2026-11-30
        LN20261020-001,2026-11-12,归还,骏业,BVM7-710,3,
        """,
    mended="""
        借用.csv
        借用单号,日期,类型,客户,产品,数量,应还日期
        LN20261020-001,2026-10-20,借出,骏业,BVM7-710,2,2026-11-30
        LN20261020-001,2026-11-12,归还,骏业,BVM7-710,2,
        """,
)


def more_back_than_lent(loan_lines: LoanLines) -> Iterator[Wrong]:
    """A finding for each line below zero, what was never lent among them."""
    for line in loan_lines.unsettled:
        if line.out < 0:
            lent, over = QTY.format(line.lent), QTY.format(-line.out)
            back = QTY.format(line.returned + line.converted)
            yield Wrong(
                "loans",
                Text(
                    f"借用 {line.loan_no}：{line.customer} 的 {line.product} 借 {lent}，还和转出 {back}，多 {over}",
                    f"loan {line.loan_no}: {lent} of {line.product} lent to {line.customer}, {back} came back or "
                    f"were converted, {over} too many",
                ),
                line.loan_no, line.product, column="qty", value=back,
                suggestion=same(command("loan", "show", line.loan_no)),
            )  # fmt: skip
