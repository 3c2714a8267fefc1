"""Bill lines whose weight or price is not what was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.freight_audit import Audit
from salesaid.core.kinds import MONEY, QTY
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text

_BOOK = """
    出货.csv
    单号,日期,客户,产品,数量,单价,金额,物流公司,运单号,重量
    SH20261102-001,2026-11-02,,,0,,0.00,顺丰,SF100,3
    SH20261103-001,2026-11-03,,,0,,0.00,顺丰,SF200,2

    运价.csv
    物流公司,目的地,起重,价格,每公斤
    顺丰,,0,12,
    顺丰,,1,12,2

    运费账单.csv
    单号,日期,物流公司,运单号,计费重量,金额
    FB20261130-001,2026-11-02,顺丰,SF100,3,16.00
    FB20261130-001,2026-11-03,顺丰,SF200,4,18.00
    """
RULE = Rule(
    "F03",
    "warning",
    Text("运费重量或价格不符", "weight or price off"),
    why=Text(
        "计费重量比我们称的重，或运价不是约定的：每票差一点，一年差很多。",
        "Heavier than we weighed it, or dearer than agreed: little on each parcel, much in a year.",
    ),
    mend=Text(
        "和物流公司核对；约定变了，用 salesaid freight rate add 登记新运价。",
        "Take it up with the carrier; where something else was agreed, enter it with salesaid freight rate add.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "FB20261130-001,2026-11-03,顺丰,SF200,2,14.00",
        instead_of="FB20261130-001,2026-11-03,顺丰,SF200,4,18.00",
    ),
)


def freight_off(kept_bills: Audit) -> Iterator[Wrong]:
    """A finding for each line that is too heavy, and for each that costs other than agreed."""
    for each in kept_bills.objections:
        line, parcel = each.line, each.parcel
        if each.kind not in {"weight", "price"} or line is None or parcel is None or each.over is None:
            continue
        what = Text(f"运单 {line.tracking_no} ", f"{line.tracking_no} of bill {line.bill_no}")
        more = Text("多" if each.over >= 0 else "少", "more" if each.over >= 0 else "less")
        by = MONEY.format(abs(each.over))
        message = what + Text(f"的运费比约定{more.zh} {by}", f" costs {by} {more.en} than agreed")
        column, value = "amount", MONEY.format(line.amount)
        if each.kind == "weight":
            billed, ours = QTY.format(line.weight), QTY.format(parcel.weight)
            message = what + Text(
                f"计费 {billed} 公斤，我们称 {ours} 公斤，多收 {by}",
                f": {billed} kg charged, {ours} kg by us, {by} more",
            )
            column, value = "weight", billed
        yield Wrong(
            "freight_bills", message, line.bill_no, row=line.row, column=column, value=value, about=line.tracking_no
        )
