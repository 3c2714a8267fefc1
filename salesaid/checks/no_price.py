"""Goods that were sold without saying for how much."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from salesaid.balances.order_lines import OrderLines
from salesaid.balances.shipments_made import ShipmentsMade
from salesaid.balances.standing_parts import standing_parts
from salesaid.core.kinds import QTY
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "O05",
    "warning",
    Text("没有价格", "no price"),
    why=Text(
        "没有单价也没有金额的货按 0 元算，应收和销售额都少了。",
        "Goods without a price and an amount count as nothing: what is owed and what was sold are too low.",
    ),
    mend=Text("在这一行补上单价；白送的写 0。", "Write the price in its row; what is free has the price 0."),
    wrong="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,金额,交期,评审人
        SO20261116-001,2026-11-16,下单,骏业,转接线 DC5.5,30,,,2026-11-30,赵
        """,
    mended="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,金额,交期,评审人
        SO20261116-001,2026-11-16,下单,骏业,转接线 DC5.5,30,3.5,105,2026-11-30,赵
        SO20261117-001,2026-11-17,下单,骏业,数据线,2,0,,2026-11-30,赵
        """,
)


def no_price(order_lines: OrderLines, shipments_made: ShipmentsMade, orders: Rows) -> Iterator[Wrong]:
    """A finding for each order row, and each shipment without an order, that has neither price nor amount."""
    found = [
        (part.row, line.order_no, line.product, line.customer, part.qty)
        for line in order_lines.all
        for part in standing_parts(line)
        if part.price is None and not part.amount
    ]
    free = {row for row, amount in orders.pick("row", "amount") if amount is not None} if found else set()
    for row, no, product, customer, qty in found:
        if row not in free:
            yield _wrong("orders", no, product, customer, qty, row)
    for made in shipments_made.without_order:
        for sent in made.rows:
            if sent.qty > 0 and sent.price is None and sent.amount is None:
                yield _wrong("shipments", made.ship_no, sent.product, made.customer, sent.qty)


def _wrong(ledger: str, no: str, product: str, customer: str, qty: Decimal, row: int | None = None) -> Wrong:
    what = QTY.format(qty)
    return Wrong(
        ledger,
        Text(
            f"{no} 的 {product}×{what}（{customer}）没有单价和金额，按 0 元算",
            f"{product}×{what} of {no} ({customer}) has neither price nor amount and counts as nothing",
        ),
        no, product, row, "price",
        suggestion=Text("在这一行补上单价；白送的写 0", "write the price in its row; 0 where it is free"),
    )  # fmt: skip
