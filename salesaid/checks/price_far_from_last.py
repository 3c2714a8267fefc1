"""Prices far from what the same customer paid for the same product before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from salesaid.balances.order_lines import OrderLine
from salesaid.balances.standing_parts import standing_parts
from salesaid.core.kinds import PRICE
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text
from salesaid.settings import Settings

RULE = Rule(
    "O07",
    "note",
    Text("单价与上次相差太大", "price far from the last one"),
    why=Text(
        "差得多的单价常常是打错了一位、看错了型号。",
        "A price that is far off is often a slip of the finger, or another model's.",
    ),
    mend=Text(
        "与业务员核对；确实是这个价，在备注里写 ok:O07。",
        "Ask the salesperson; where it is meant, write ok:O07 in the note.",
    ),
    wrong="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261102-001,2026-11-02,下单,骏业,电源线,10,6,2026-11-30,赵
        SO20261116-001,2026-11-16,下单,骏业,电源线,20,60,2026-11-30,赵
        """,
    mended="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261102-001,2026-11-02,下单,骏业,电源线,10,6,2026-11-30,赵
        SO20261116-001,2026-11-16,下单,骏业,电源线,20,6,2026-11-30,赵
        """,
)


def price_far_from_last(bought_again: list[list[OrderLine]], settings: Settings) -> Iterator[Wrong]:
    """A finding for each line whose price differs too much from that of the one before; free goods have none."""
    percent = settings.limit("price_change_percent")
    for lines in bought_again:
        priced = [line for line in lines if line.price and line.ordered > 0]
        if len({line.price for line in priced}) > 1:
            standing = [line for line in priced if any(standing_parts(line))]
            for before, line in pairwise(standing):
                if _is_far(before.price, line.price, percent):
                    yield _wrong(before, line)


def _is_far(before: Decimal | None, price: Decimal | None, percent: int) -> bool:
    return before is not None and price is not None and abs(price - before) * 100 > before * percent


def _wrong(before: OrderLine, line: OrderLine) -> Wrong:
    price, last = PRICE.show(line.price, "zh"), PRICE.show(before.price, "zh")
    return Wrong(
        "orders",
        Text(
            f"订单 {line.order_no} 的 {line.product} 单价 {price}，{line.customer} 上次"
            f"（{before.order_no}，{before.day}）是 {last}",
            f"{line.product} of order {line.order_no} at {price}: {line.customer} paid {last} last time "
            f"({before.order_no}, {before.day})",
        ),
        line.order_no, line.product, column="price", value=PRICE.format(line.price),
        suggestion=Text("核对单价；没错就在备注里写 ok:O07", "check the price; if right, write ok:O07 in the note"),
    )  # fmt: skip
