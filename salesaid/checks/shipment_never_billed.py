"""Shipments that are on no bill of their carrier."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.freight_audit import Audit
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text

_BOOK = """
    出货.csv
    单号,日期,客户,产品,数量,单价,金额,物流公司,运单号,重量
    SH20261105-001,2026-11-05,佐客,内存 8G,5,135,675,中通,ZT501,1
    SH20261106-001,2026-11-06,誉丰,数据线,30,8,240,中通,ZT502,2
    SH20261107-001,2026-11-07,佳瑞,风扇 8025,10,12,120,中通,ZT503,1

    运费账单.csv
    单号,日期,物流公司,运单号,计费重量,金额
    FB20261130-001,2026-11-05,中通,ZT501,1,8.00
    FB20261130-001,2026-11-07,中通,ZT503,1,8.00
    """
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
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "FB20261130-001,2026-11-06,中通,ZT502,2,10.00",
        after="FB20261130-001,2026-11-05,中通,ZT501,1,8.00",
    ),
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
