"""Shipments that are on no bill of their carrier."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.freight_audit import Audit
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "F04",
    "note",
    Text("已发货未收运费", "shipment never billed"),
    why=Text(
        "账单以后会补收，或者这票货没有真的寄出。",
        "The carrier will bill it later, or it never went.",
    ),
    mend=Text(
        "核对运单号有没有写错；没有错就等下一份账单。",
        "Look whether the tracking number is right; if it is, wait for the next bill.",
    ),
    wrong="""
        出货.csv
        单号,日期,客户,产品,数量,单价,金额,物流公司,运单号,重量
        SH20261102-001,2026-11-02,,,0,,0.00,顺丰,SF100,3
        SH20261103-001,2026-11-03,,,0,,0.00,顺丰,SF200,2
        SH20261101-001,2026-11-01,,,0,,0.00,顺丰,SF050,1

        运价.csv
        物流公司,目的地,起重,价格,每公斤
        顺丰,,0,12,
        顺丰,,1,12,2

        运费账单.csv
        单号,日期,物流公司,运单号,计费重量,金额
        FB20261130-001,2026-11-01,顺丰,SF050,1,12.00
        FB20261130-001,2026-11-03,顺丰,SF200,2,14.00
        """,
    mended="""
        出货.csv
        单号,日期,客户,产品,数量,单价,金额,物流公司,运单号,重量
        SH20261102-001,2026-11-02,,,0,,0.00,顺丰,SF100,3
        SH20261103-001,2026-11-03,,,0,,0.00,顺丰,SF200,2
        SH20261101-001,2026-11-01,,,0,,0.00,顺丰,SF050,1

        运价.csv
        物流公司,目的地,起重,价格,每公斤
        顺丰,,0,12,
        顺丰,,1,12,2

        运费账单.csv
        单号,日期,物流公司,运单号,计费重量,金额
        FB20261130-001,2026-11-01,顺丰,SF050,1,12.00
        FB20261130-001,2026-11-02,顺丰,SF100,3,16.00
        FB20261130-001,2026-11-03,顺丰,SF200,2,14.00
        """,
)


def shipment_never_billed(kept_bills: Audit) -> Iterator[Wrong]:
    """A finding for each shipment of a carrier within the days of a bill of theirs that no line is for."""
    for each in kept_bills.never_billed:
        parcel = each.parcel
        if parcel is not None:
            number = parcel.tracking_no or "-"
            yield Wrong(
                "shipments",
                Text(
                    f"{parcel.number}（{parcel.day}，{parcel.carrier} {number}）没有收运费",
                    f"no bill has {parcel.number} ({parcel.day}, {parcel.carrier} {number})",
                ),
                parcel.number, row=parcel.row, column="tracking_no", value=parcel.tracking_no,
            )  # fmt: skip
