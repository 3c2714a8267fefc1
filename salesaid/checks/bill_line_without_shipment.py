"""Bill lines of carriers for which nothing was sent."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.freight_audit import Audit
from salesaid.core.kinds import MONEY
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "F01",
    "error",
    Text("账单行查无此货", "bill line without shipment"),
    why=Text(
        "账单上的运单号我们没有发过：多半是别家的货，或运单号没有登记。",
        "Nothing of ours went under this number: it is somebody else's parcel, or the number was never written.",
    ),
    mend=Text(
        "问物流公司；确是我们的货，在出货里补上运单号；不是的，让他们退。",
        "Ask the carrier; where it is ours, write the number at the shipment, else have it taken off the bill.",
    ),
    wrong="""
        出货.csv
        单号,日期,客户,产品,数量,单价,金额,物流公司,运单号,重量
        SH20261102-001,2026-11-02,骏业,电源线,20,7,140,顺丰,SF100,3

        运费账单.csv
        单号,日期,物流公司,运单号,计费重量,金额
        FB20261130-001,2026-11-02,顺丰,SF100,3,16.00
        FB20261130-001,2026-11-03,顺丰,SF999,1,12.00
        """,
    mended="""
        出货.csv
        单号,日期,客户,产品,数量,单价,金额,物流公司,运单号,重量
        SH20261102-001,2026-11-02,骏业,电源线,20,7,140,顺丰,SF100,3

        运费账单.csv
        单号,日期,物流公司,运单号,计费重量,金额
        FB20261130-001,2026-11-02,顺丰,SF100,3,16.00
        """,
)


def bill_line_without_shipment(kept_bills: Audit) -> Iterator[Wrong]:
    """A finding for each line whose number no shipment and no repair has."""
    for each in kept_bills.objections:
        if each.kind == "no_shipment" and each.line is not None:
            line, money = each.line, MONEY.format(each.line.amount)
            number = line.tracking_no or "-"
            zh, en = (f"{line.carrier} ", f"{line.carrier} charges") if line.carrier else ("", "it charges")
            yield Wrong(
                "freight_bills",
                Text(
                    f"账单 {line.bill_no}：{zh}运单 {number} 收 {money}，没有这票货",
                    f"bill {line.bill_no}: {en} {money} for {number}, under which nothing was sent",
                ),
                line.bill_no, row=line.row, column="tracking_no", value=line.tracking_no,
            )  # fmt: skip
