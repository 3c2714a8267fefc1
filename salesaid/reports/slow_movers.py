"""呆滞库存：有货而多日没有卖出的产品。 | Goods on hand of which nothing was sold for long."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.folded_names import FoldedNames
from salesaid.balances.stock import Stock
from salesaid.balances.stock_costs import no_cost_note
from salesaid.balances.stock_flows import StockFlows
from salesaid.core import money
from salesaid.core.blanks import PRODUCT
from salesaid.core.kinds import DATE, DAYS, MONEY, PRICE, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Chart, Field, Table
from salesaid.core.text import Text

DAYS_IDLE = 90

FIELDS = (
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("category", Text("类别", "Category"), TEXT),
    Field("on_hand", Text("在库", "On hand"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("cost", Text("成本", "Cost"), PRICE),
    Field("value", Text("金额", "Value"), MONEY),
    Field("first_in", Text("最早入库", "First in"), DATE),
    Field("last_sold", Text("最后卖出", "Last sold"), DATE),
    Field("days_idle", Text("未动天数", "Days idle"), DAYS),
)


def slow_movers(
    stock_flows: StockFlows, stock: Stock, catalogue: Catalogue, folded_names: FoldedNames, today: date, *,
    days: int | None = None, category: str | None = None,
) -> Table:  # fmt: skip
    """Products on hand that were not sold for so many days (90), what binds the most money first.

    What was never sold is idle since it first came in, so that what has only just come is not slow. Goods that are
    lent, scrapped or moved are not sold by that.
    """
    least = DAYS_IDLE if days is None else days
    sold, came = stock_flows.last_sold(today), stock_flows.first_in(today)
    rows = []
    for id_, on_hand in stock_flows.on_hand(today).items():
        product = catalogue.product(id_)
        since = sold.get(id_) or came.get(id_)
        idle = None if since is None else (today - since).days
        is_wanted = category is None or product.category == category.strip()
        if is_wanted and on_hand > 0 and (idle is None or idle >= least):
            value = None if product.cost is None else money.amount(on_hand, product.cost)
            rows.append(
                (
                    id_ or None, product.category or None, on_hand, product.unit or None, product.cost, value,
                    came.get(id_), sold.get(id_), None if idle is None else Decimal(idle),
                )
            )  # fmt: skip
    rows.sort(key=lambda row: (-(row[5] or ZERO), -(row[8] or ZERO), row[0] or ""))
    notes = no_cost_note((row[0] or "", row[2]) for row in rows if row[4] is None)
    notes += folded_names.of_stock([row[0] or "" for row in rows], stock)
    total = money.total(row[5] for row in rows if row[5] is not None)
    title = Text(f"呆滞库存（{least} 天以上没有卖出）", f"Slow movers (not sold for {least} days or more)")
    return Table(title, FIELDS, rows, {"value": total}, notes, chart=Chart("bars", "product", ("value",), top=10))
