"""Purchases whose supplier has put them off again and again."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.purchase_lines import PurchaseLines
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same
from salesaid.settings import Settings

RULE = Rule(
    "P02",
    "warning",
    Text("交期一改再改", "promise moved often"),
    why=Text("改了又改的交期靠不住，要按最坏的打算。", "A date that was moved again and again is no date to build on."),
    mend=Text(
        "找供应商要准信，或换一家买，剩下的关闭。",
        "Get a firm word from the supplier, or buy elsewhere and close the rest.",
    ),
    wrong="""
        采购.csv
        采购单号,日期,类型,供应商,产品,数量,单价,交期
        PO20260921-001,2026-09-21,采购,联芯科技,BVM8-810,6,190,2026-10-16
        PO20260921-001,2026-10-15,交期,联芯科技,BVM8-810,0,,2026-10-30
        PO20260921-001,2026-10-29,交期,联芯科技,BVM8-810,0,,2026-11-10
        PO20260921-001,2026-11-09,交期,联芯科技,BVM8-810,0,,2026-11-30
        """,
    mended="""
        采购.csv
        采购单号,日期,类型,供应商,产品,数量,单价,交期
        PO20260921-001,2026-09-21,采购,联芯科技,BVM8-810,6,190,2026-10-16
        PO20260921-001,2026-10-15,交期,联芯科技,BVM8-810,0,,2026-10-30
        PO20260921-001,2026-10-29,交期,联芯科技,BVM8-810,0,,2026-11-10
        PO20260921-001,2026-11-09,交期,联芯科技,BVM8-810,0,,2026-11-30
        PO20260921-001,2026-11-20,关闭,联芯科技,BVM8-810,-6,,
        """,
)


def promise_moved_often(purchase_lines: PurchaseLines, settings: Settings) -> Iterator[Wrong]:
    """A finding for each open line whose promise was moved more often than the limit allows."""
    most = settings.limit("promise_moves")
    for line in purchase_lines.all:
        moved = len(line.promises) - 1
        if line.open > 0 and line.due is not None and moved > most:
            yield Wrong(
                "purchases",
                Text(
                    f"采购 {line.purchase_no}：{line.supplier} 的 {line.product} 交期改了 {moved} 次，"
                    f"从 {line.first_due} 到 {line.due}",
                    f"purchase {line.purchase_no}: {line.supplier} moved {line.product} {moved} times, "
                    f"from {line.first_due} to {line.due}",
                ),
                line.purchase_no, line.product, column="due", value=line.due.isoformat(),
                suggestion=same(command("purchase", "show", line.purchase_no)),
            )  # fmt: skip
