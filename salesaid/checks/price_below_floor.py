"""Order rows whose price is below the product's lowest one of that day."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.last_prices import LastPrices, set_prices
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.parties import Parties
from salesaid.balances.standing_parts import standing_parts
from salesaid.core.kinds import PRICE
from salesaid.core.rows import Rows
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text

RULE = Rule(
    "O06",
    "warning",
    Text("低于最低价", "price below the floor"),
    why=Text(
        "低于最低价卖，要有人点头，不然就是亏着卖。", "Below the lowest price somebody has to agree, or money is lost."
    ),
    mend=Text(
        "改成约定的价；确有人同意，在备注里写明是谁，并写 ok:O06。",
        "Write the price that was agreed; where somebody allowed it, say who in the note, with ok:O06.",
    ),
    wrong="""
        产品.csv
        产品,单位,最低价
        BVM7-710,块,105

        订单.csv
        单号,日期,类型,客户,产品,数量,单位,单价,交期,评审人
        SO20261116-001,2026-11-16,下单,骏业,BVM7-710,10,块,98,2026-11-30,赵
        """,
    mended="""
        产品.csv
        产品,单位,最低价
        BVM7-710,块,105

        订单.csv
        单号,日期,类型,客户,产品,数量,单位,单价,交期,评审人
        SO20261116-001,2026-11-16,下单,骏业,BVM7-710,10,块,108,2026-11-30,赵
        """,
)


def price_below_floor(
    order_lines: OrderLines, last_prices: LastPrices, prices: Rows, catalogue: Catalogue, customer_names: Parties
) -> Iterator[Wrong]:
    """A finding for each row below its floor; only products that have one are looked at."""
    floored = {set_.product for set_ in set_prices(prices, catalogue, customer_names) if set_.floor_price is not None}
    floored |= {product.id for product in catalogue.registered.values() if product.floor_price is not None}
    for line in order_lines.all if floored else ():
        if line.product not in floored:
            continue
        for part in standing_parts(line):
            floor = last_prices.floor(line.product, line.day, line.customer)
            if part.price is not None and floor is not None and part.price < floor:
                price, low = PRICE.format(part.price), PRICE.format(floor)
                yield Wrong(
                    "orders",
                    Text(
                        f"订单 {line.order_no} 的 {line.product} 卖 {price}，低于最低价 {low}（{line.customer}）",
                        f"{line.product} of order {line.order_no} ({line.customer}) at {price}, below the floor {low}",
                    ),
                    line.order_no, line.product, part.row, "price", price,
                    suggestion=Text(
                        "核对是谁同意的；同意了就在备注里写 ok:O06", "ask who allowed it, then write ok:O06 in the note"
                    ),
                )  # fmt: skip
