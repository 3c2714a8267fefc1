"""Order lines of which more was shipped than was ordered."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.order_lines import OrderLines
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text

_BOOK = """
    客户.csv
    客户,付款条件
    骏业,月结30

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,评审人
    SO20261110-001,2026-11-10,下单,骏业,电源线,10,6,2026-11-20,赵

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    SH20261118-001,2026-11-18,发货,SO20261110-001,骏业,电源线,12,6
    """
RULE = Rule(
    "O01",
    "error",
    Text("发的比订的多", "shipped more than ordered"),
    why=Text(
        "多发的货没有订单，客户可能不认账，库存也白白少了。",
        "Nobody ordered the rest: the customer may not pay for it, and the shelf lacks it.",
    ),
    mend=Text(
        "收回多发的；客户愿意留下，就请他补一张订单，在订单里加上。",
        "Take the rest back; where the customer keeps it, add it to the order.",
    ),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "SH20261119-001,2026-11-19,退回,SO20261110-001,骏业,电源线,2,6",
        after="SH20261118-001,2026-11-18,发货,SO20261110-001,骏业,电源线,12,6",
    ),
)


def shipped_more_than_ordered(order_lines: OrderLines) -> Iterator[Wrong]:
    """A finding for each line shipped over; what is not on the order at all is a wrong model, and no concern here."""
    for line in order_lines.all:
        if line.open < 0 and line.parts:
            no, product = line.order_no, line.product
            ordered, shipped, over = (QTY.format(qty) for qty in (line.ordered - line.closed, line.shipped, -line.open))
            take_back = command("order", "return", no, "-i", f"{product}×{over}", "--why")
            yield Wrong(
                "orders",
                Text(
                    f"订单 {no} 的 {product} 订 {ordered}，发了 {shipped}，多发 {over}（{line.customer}）",
                    f"{product} of order {no} ({line.customer}): {ordered} ordered, {shipped} shipped, {over} too many",
                ),
                no, product, column="qty", value=shipped,
                suggestion=Text(
                    f"收回多发的：{take_back} 多发", f"take the rest back: {take_back} surplus"
                ),
            )  # fmt: skip
