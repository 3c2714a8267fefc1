"""Tracking numbers that a carrier has billed twice."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.freight_audit import Audit
from salesaid.core.kinds import MONEY
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "F02",
    "error",
    Text("运单重复收费", "tracking number billed twice"),
    why=Text(
        "同一票货付了两次运费。",
        "The freight of one parcel is paid twice.",
    ),
    mend=Text(
        "和物流公司核对，重复的让他们扣回；扣回的记一行负数。",
        "Take it up with the carrier; what they take back is a line of its own with a negative amount.",
    ),
    wrong="""
        出货.csv
        单号,日期,客户,产品,数量,单价,金额,物流公司,运单号,重量
        SH20261028-001,2026-10-28,万安达,机箱 M01,2,85,170,德邦,DPK300,9

        运费账单.csv
        单号,日期,物流公司,运单号,计费重量,金额
        FB20261031-001,2026-10-28,德邦,DPK300,9,21.00
        FB20261130-001,2026-10-28,德邦,DPK300,9,21.00
        """,
    mended="""
        出货.csv
        单号,日期,客户,产品,数量,单价,金额,物流公司,运单号,重量
        SH20261028-001,2026-10-28,万安达,机箱 M01,2,85,170,德邦,DPK300,9

        运费账单.csv
        单号,日期,物流公司,运单号,计费重量,金额
        FB20261031-001,2026-10-28,德邦,DPK300,9,21.00
        """,
)


def tracking_number_billed_twice(kept_bills: Audit) -> Iterator[Wrong]:
    """A finding for each line whose number stands on a line before it, of this bill or of another."""
    for each in kept_bills.objections:
        if each.kind in {"twice", "billed_before"} and each.line is not None:
            line, money = each.line, MONEY.format(each.line.amount)
            first = Text(f"第 {each.before} 行", f"in row {each.before}")
            if each.kind == "billed_before":
                first = Text(f"账单 {each.before} ", f"by bill {each.before}")
            yield Wrong(
                "freight_bills",
                Text(
                    f"账单 {line.bill_no}：运单 {line.tracking_no} 又收 {money}，{first.zh}已经收过",
                    f"bill {line.bill_no}: {money} for {line.tracking_no}, which was charged {first.en}",
                ),
                line.bill_no, row=line.row, column="tracking_no", value=line.tracking_no,
            )  # fmt: skip
