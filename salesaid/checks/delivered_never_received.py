"""Repairs that went on with goods that were not there: delivered and never received, sent and never come."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.repair_lines import RepairLines
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "R03",
    "error",
    Text("没有收到就寄回了", "delivered, never received"),
    why=Text(
        "寄回、送修的比收到的多：要么漏记了收到，要么寄错了别人的货。",
        "More left than came: either its coming was never written, or another's goods were sent away.",
    ),
    mend=Text(
        "补记收到（或送修、修回），或改正单号、产品、序列号。",
        "Write that it came (or was sent, or came back), or mend number, product or serial.",
    ),
    wrong="""
        返修.csv
        返修单号,日期,类型,客户,产品,数量,序列号,加工厂
        RT20261116-001,2026-11-20,寄回,骏业,BVM7-710,1,SN0001,
        """,
    mended="""
        返修.csv
        返修单号,日期,类型,客户,产品,数量,序列号,加工厂
        RT20261116-001,2026-11-16,收到,骏业,BVM7-710,1,SN0001,
        RT20261116-001,2026-11-20,寄回,骏业,BVM7-710,1,SN0001,
        """,
)


def delivered_never_received(repair_lines: RepairLines) -> Iterator[Wrong]:
    """A finding for each line of which more left a stage than was there, and no other row has made it good."""
    for line in repair_lines.open:
        lacking = -sum((lot.qty for lot in line.lots if lot.qty < 0), ZERO)
        if lacking:
            qty = QTY.format(lacking)
            yield Wrong(
                "returns",
                Text(
                    f"返修 {line.return_no}：{line.customer} 的 {line.product} 多动了 {qty}（没有收到、送修或修回）",
                    f"return {line.return_no}: {qty} of {line.product} of {line.customer} went on without having been "
                    "there (never received, sent or back)",
                ),
                line.return_no, line.product, next(iter(line.beyond), None), "qty", qty, about=line.serial,
                suggestion=same(command("return", "show", line.return_no)),
            )  # fmt: skip
