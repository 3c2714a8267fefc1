"""Products that are at their minimum or below it, goods under way counted."""

from __future__ import annotations

from collections.abc import Iterator

from salesaid.balances.stock_levels import Level, StockLevels
from salesaid.core.kinds import QTY
from salesaid.core.pasted import about_names, command
from salesaid.core.rows import ZERO
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, same

RULE = Rule(
    "K01",
    "warning",
    Text("库存不足", "low stock"),
    why=Text(
        "等用完了再买，客户就要等一个采购周期。",
        "Bought when it is gone, it keeps customers waiting for as long as it takes to come.",
    ),
    mend=Text(
        "采购；最低库存定得不对，就改最低库存。", "Buy it; where the minimum is not what it should be, set another."
    ),
    wrong="""
        产品.csv
        产品,单位,最低库存,供应商
        电源线,条,30,恒通线缆

        库存变动.csv
        单号,日期,类型,产品,数量,单位
        ST20261101-001,2026-11-01,期初,电源线,20,条
        """,
    mended="""
        产品.csv
        产品,单位,最低库存,供应商
        电源线,条,30,恒通线缆

        库存变动.csv
        单号,日期,类型,产品,数量,单位
        ST20261101-001,2026-11-01,期初,电源线,20,条

        采购.csv
        采购单号,日期,类型,供应商,产品,数量,单位,单价,交期
        PO20261120-001,2026-11-20,采购,恒通线缆,电源线,50,条,2.5,2026-11-30
        """,
)


def low_stock(levels_by_lines: StockLevels) -> Iterator[Wrong]:
    """A finding for each product that is low; of what is below zero by the book, the rule about that tells first."""
    for level in levels_by_lines.low:
        if (level.on_hand or ZERO) >= 0:
            yield _wrong(level)


def _wrong(level: Level) -> Wrong:
    product, least = level.product, QTY.format(level.product.min_stock)
    there, coming, projected = (QTY.format(qty) for qty in (level.available, level.incoming or ZERO, level.projected))
    return Wrong(
        "products",
        Text(
            f"{product.id} 可用 {there}，在途 {coming}，预计 {projected}，不高于最低库存 {least}",
            f"{product.id}: {there} available, {coming} incoming, {projected} projected, the minimum is {least}",
        ),
        product.id, product.id, product.row, "min_stock", least, suggestion=_buy(level),
    )  # fmt: skip


def _buy(level: Level) -> Text:
    """What to order: of a bundle, to look at its parts."""
    if not level.suggested:
        return same(command("stock", "check"))
    item = f"{level.product.id}×{QTY.format(level.suggested)}"
    days = level.product.lead_days
    due = f"+{days}" if days else "…"
    return same(about_names("purchase add", (level.product.supplier or "…", item), "--due", due))
