"""Purchases that have not come though their last promise has passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.purchase_lines import PurchaseLines
from salesaid.balances.wrong_models import WrongModels, lacking
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same

RULE = Rule(
    "P01",
    "warning",
    Text("采购逾期未到", "purchase late"),
    why=Text(
        "等这批货的订单跟着晚，要早点告诉客户。",
        "The orders that wait for it are late as well, and customers want to know.",
    ),
    mend=Text(
        "催供应商；改了交期就记上，不来了就关闭。",
        "Press the supplier; record another promise, or close what will not come.",
    ),
    wrong="""
        采购.csv
        采购单号,日期,类型,供应商,产品,数量,单价,交期
        PO20261026-001,2026-10-26,采购,联芯科技,BVM7-710,30,95,2026-11-12
        PO20261026-001,2026-11-12,到货,联芯科技,BVM7-710,20,95,
        """,
    mended="""
        采购.csv
        采购单号,日期,类型,供应商,产品,数量,单价,交期
        PO20261026-001,2026-10-26,采购,联芯科技,BVM7-710,30,95,2026-11-12
        PO20261026-001,2026-11-12,到货,联芯科技,BVM7-710,20,95,
        PO20261026-001,2026-11-13,交期,联芯科技,BVM7-710,0,,2026-11-27
        """,
)


def late_purchase(purchase_lines: PurchaseLines, wrong_models: WrongModels, today: date) -> Iterator[Wrong]:
    """A finding for each line open after its date; what another model came for is told with that case."""
    told = lacking(wrong_models.open, "purchases")
    for line in purchase_lines.all:
        days = line.days_late(today)
        if days is not None and line.due is not None and line.open > told.get((line.purchase_no, line.product), ZERO):
            left = QTY.format(line.open)
            yield Wrong(
                "purchases",
                Text(
                    f"采购 {line.purchase_no}：{line.supplier} 的 {line.product} 逾期 {days} 天，还有 {left} 没到",
                    f"purchase {line.purchase_no}: {left} of {line.product} from {line.supplier} {in_days(days)} late",
                ),
                line.purchase_no, line.product, column="due", value=line.due.isoformat(),
                suggestion=same(command("purchase", "promise", line.purchase_no, "--due", "…")),
            )  # fmt: skip
