"""Amounts that are not quantity times price."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from salesaid.balances.order_lines import OrderLines
from salesaid.balances.shipments_made import ShipmentsMade
from salesaid.balances.standing_parts import standing_parts
from salesaid.core import money
from salesaid.core.kinds import MONEY, PRICE, QTY
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "O08",
    "warning",
    Text("金额不等于数量×单价", "amount is not quantity times price"),
    why=Text(
        "应收按写下的金额算：写错了，客户就多付或少付；抹零、折扣也这样写，要有人说明。",
        "What is owed is the amount as written: a slip is paid too much or too little. Discounts are written so too, "
        "and want a word.",
    ),
    mend=Text(
        "改正金额、数量或单价；确是折扣或抹零，在备注里说明，并写 ok:O08。",
        "Mend the amount, the quantity or the price; where it is a discount, say so in the note, with ok:O08.",
    ),
    wrong="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,金额,交期,评审人,备注
        SO20261116-001,2026-11-16,下单,骏业,BVM7-720,12,165,1986,2026-11-30,赵,
        """,
    mended="""
        订单.csv
        单号,日期,类型,客户,产品,数量,单价,金额,交期,评审人,备注
        SO20261116-001,2026-11-16,下单,骏业,BVM7-720,12,165,1980,2026-11-30,赵,
        SO20261117-001,2026-11-17,下单,骏业,主板,3,33.333333,100,2026-11-30,赵,
        SO20261117-002,2026-11-17,下单,骏业,电源线,101,6,600,2026-11-30,赵,抹零 ok:O08
        """,
)


def amount_off(order_lines: OrderLines, shipments_made: ShipmentsMade) -> Iterator[Wrong]:
    """A finding for each order row, and each shipment without an order, whose amount is off by more than a cent."""
    for line in order_lines.all:
        for part in standing_parts(line):
            if part.price is not None and _is_off(part.qty, part.price, part.amount):
                yield _wrong("orders", line.order_no, line.product, part.row, (part.qty, part.price, part.amount))
    for made in shipments_made.without_order:
        for sent in made.rows:
            if sent.price is not None and sent.amount is not None and _is_off(sent.qty, sent.price, sent.amount):
                yield _wrong("shipments", made.ship_no, sent.product, None, (sent.qty, sent.price, sent.amount))


def _is_off(qty: Decimal, price: Decimal, amount: Decimal) -> bool:
    worth = qty * price
    return qty > 0 and amount != worth and abs(amount - money.rounded(worth, 2)) > money.CENT


def _wrong(ledger: str, no: str, product: str, row: int | None, figures: tuple[Decimal, Decimal, Decimal]) -> Wrong:
    qty, price, amount = figures
    worth = money.amount(qty, price)
    said, by = MONEY.format(amount), MONEY.format(abs(amount - worth))
    sum_ = f"{QTY.format(qty)}×{PRICE.format(price)} = {MONEY.format(worth)}"
    less = amount < worth
    return Wrong(
        ledger,
        Text(
            f"{no} 的 {product}：{sum_}，金额写的是 {said}，{'少' if less else '多'} {by}",
            f"{product} of {no}: {sum_}, yet the amount is {said}, {by} {'less' if less else 'more'}",
        ),
        no, product, row, "amount", said,
        suggestion=Text(
            "改正金额；确是折扣就在备注里写 ok:O08", "mend the amount; where it is a discount, write ok:O08 in the note"
        ),
    )  # fmt: skip
