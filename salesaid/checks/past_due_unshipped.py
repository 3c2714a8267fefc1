"""Orders whose date has passed while goods are still to be shipped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.order_lines import OrderLines
from salesaid.balances.wrong_models import WrongModels, lacking
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same

RULE = Rule(
    "O03",
    "warning",
    Text("过了交期还没发完", "past due and not shipped"),
    why=Text("客户在等，却没有人知道。", "A customer waits and nobody knows."),
    mend=Text(
        "发货，或与客户约新的交期，或关闭剩下的。",
        "Ship it, agree on another date with the customer, or close what is left.",
    ),
    wrong="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261101-001,2026-11-01,下单,骏业,电源线,10,6,2026-11-10,赵
        """,
    mended="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,交期,评审人
        SO20261101-001,2026-11-01,下单,骏业,电源线,10,6,2026-11-30,赵
        """,
)


def past_due_unshipped(order_lines: OrderLines, wrong_models: WrongModels, today: date) -> Iterator[Wrong]:
    """A finding for each order line that is open after its date; what a wrong model went for is told with that case."""
    told = lacking(wrong_models.open, "orders")
    for line in order_lines.all:
        days = line.days_late(today)
        if days is not None and line.due is not None and line.open > told.get((line.order_no, line.product), ZERO):
            left = QTY.format(line.open)
            yield Wrong(
                "orders",
                Text(
                    f"订单 {line.order_no} 的 {line.product} 过期 {days} 天，还有 {left} 没发",
                    f"{line.product} of order {line.order_no} is {in_days(days)} late: {left} not shipped",
                ),
                line.order_no, line.product, column="due", value=line.due.isoformat(),
                suggestion=same(command("order", "ship", line.order_no)),
            )  # fmt: skip
