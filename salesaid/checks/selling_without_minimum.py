"""Products that sell and have no minimum stock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.shelf_days import ShelfDays
from salesaid.core import money
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import ZERO
from salesaid.core.rules import Rule, Wrong, with_row
from salesaid.core.text import Text, same
from salesaid.settings import Settings

_BOOK = """
    产品.csv
    产品,单位,最低库存
    电源线,条,
    主板,块,0

    客户.csv
    客户,付款条件
    骏业,月结30

    库存变动.csv
    单号,日期,类型,产品,数量,单位
    ST20261101-001,2026-11-01,期初,电源线,80,条
    ST20261101-001,2026-11-01,期初,主板,5,块

    订单.csv
    单号,日期,类型,客户,产品,数量,单位,单价,交期,评审人
    SO20261110-001,2026-11-10,下单,骏业,电源线,10,条,6,2026-11-20,赵

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单位,单价
    SH20261118-001,2026-11-18,发货,SO20261110-001,骏业,电源线,10,条,6
    """
RULE = Rule(
    "K04",
    "note",
    Text("在卖却没设最低库存", "selling without a minimum"),
    why=Text(
        "没有最低库存的产品从不预警，卖空了才知道。",
        "What has no minimum is never said to be low: it is missed when it is gone.",
    ),
    mend=Text("设最低库存；按单采购、不备货的设 0。", "Set a minimum; 0 for what is only bought to order."),
    wrong=_BOOK,
    mended=with_row(
        _BOOK,
        "电源线,条,20",
        instead_of="电源线,条,",
    ),
)


def selling_without_minimum(
    shelf_days: ShelfDays, catalogue: Catalogue, settings: Settings, today: date
) -> Iterator[Wrong]:  # fmt: skip
    """A finding for each product of the register, where any has a minimum; what is discontinued needs none."""
    products = list(catalogue.registered.values())
    if all(product.min_stock is None for product in products):
        return
    days = settings.limit("use_days")
    left = shelf_days.sold_since(today - timedelta(days))
    for product in products:
        sold = money.rounded(left.get(product.id, ZERO), 6)
        if sold > 0 and product.min_stock is None and product.status == "active" and catalogue.is_goods(product.id):
            qty = QTY.format(sold)
            yield Wrong(
                "products",
                Text(
                    f"{product.id} 近 {days} 天发出 {qty}，没有设最低库存",
                    f"{product.id}: {qty} left in {days} days, and it has no minimum stock",
                ),
                product.id, product.id, product.row, "min_stock",
                suggestion=same(command("product", "set", product.id, "--min", "…")),
            )  # fmt: skip
