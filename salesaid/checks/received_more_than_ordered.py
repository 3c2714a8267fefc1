"""Purchases of which more came than was ordered."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.purchase_lines import PurchaseLines
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "P03",
    "warning",
    Text("到的比订的多", "received more than ordered"),
    why=Text(
        "多来的要么要付钱，要么要退；也可能是到货记了两遍。",
        "The rest has to be paid for or sent back, unless it was written twice.",
    ),
    mend=Text(
        "核对送货单：多的退供，留下就在采购里补上数量，记重的冲销。",
        "Look at the delivery note: send the rest back, add it to the purchase, or void what was written twice.",
    ),
    wrong="""
        采购.csv
        采购单号,日期,类型,供应商,产品,数量,单价,交期
        PO20261026-001,2026-10-26,采购,联芯科技,BVM7-710,30,95,2026-11-12
        PO20261026-001,2026-11-12,到货,联芯科技,BVM7-710,32,95,
        """,
    mended="""
        采购.csv
        采购单号,日期,类型,供应商,产品,数量,单价,交期
        PO20261026-001,2026-10-26,采购,联芯科技,BVM7-710,30,95,2026-11-12
        PO20261026-001,2026-11-12,到货,联芯科技,BVM7-710,32,95,
        PO20261026-001,2026-11-13,退供,联芯科技,BVM7-710,2,95,
        """,
)


def received_more_than_ordered(purchase_lines: PurchaseLines) -> Iterator[Wrong]:
    """A finding for each line received over; what was never on the purchase is another model, and no concern here."""
    for line in purchase_lines.all:
        if line.open < 0 and line.is_ordered:
            ordered, received, over = (
                QTY.format(qty) for qty in (line.ordered - line.closed, line.received, -line.open)
            )
            no, who = line.purchase_no, line.supplier
            back = command("purchase", "reject", line.purchase_no, "-i", f"{line.product}×{over}", "--why")
            yield Wrong(
                "purchases",
                Text(
                    f"采购 {no}：{who} 的 {line.product} 订 {ordered}，到了 {received}，多 {over}",
                    f"purchase {no}: {ordered} of {line.product} ordered from {who}, "
                    f"{received} came, {over} too many",
                ),
                line.purchase_no, line.product, column="qty", value=received,
                suggestion=Text(f"退掉多的：{back} 多送", f"send the rest back: {back} surplus"),
            )  # fmt: skip
