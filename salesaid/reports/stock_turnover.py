"""库存周转：本期销售成本除以平均库存金额，够卖几天。 | Turnover: cost of goods sold over mean stock, and days of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.folded_names import FoldedNames
from salesaid.balances.stock import Stock
from salesaid.balances.stock_costs import no_cost_note
from salesaid.balances.stock_flows import StockFlows
from salesaid.core import money
from salesaid.core.blanks import PRODUCT, Named
from salesaid.core.kinds import DAYS, MONEY, QTY
from salesaid.core.periods import Period
from salesaid.core.rows import ZERO
from salesaid.core.tables import Card, Chart, Field, Note, Table
from salesaid.core.text import Text

_FIGURES = (
    Field("sold", Text("净销数量", "Sold, net"), QTY),
    Field("opening_value", Text("期初金额", "Opening value"), MONEY),
    Field("closing_value", Text("期末金额", "Closing value"), MONEY),
    Field("mean_value", Text("平均库存金额", "Mean value"), MONEY),
    Field("cost_of_sales", Text("销售成本", "Cost of goods sold"), MONEY),
    Field("turnover", Text("周转次数", "Turnover"), QTY),
    Field("days_of_stock", Text("周转天数", "Days of stock"), DAYS),
)
_BY_CATEGORY = (
    Field("category", Text("类别", "Category"), Named(Text("(无类别)", "(no category)")), key=True),
    *_FIGURES[1:],
)
_BY_PRODUCT = (
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("category", Text("类别", "Category"), Named(Text("(无类别)", "(no category)"))),
    *_FIGURES,
)
_NAMES = tuple(field.name for field in _FIGURES[1:])
_PLACES = 2  # of a turnover


class _Turned(NamedTuple):
    """One product over a period, its values at cost; None where the cost is not known."""

    product: Product
    sold: Decimal
    closing: Decimal
    opening_value: Decimal | None
    closing_value: Decimal | None
    cost_of_sales: Decimal | None


def stock_turnover(
    stock_flows: StockFlows, stock: Stock, catalogue: Catalogue, folded_names: FoldedNames, today: date, *,
    period: Period, category: str | None = None,
) -> Card:  # fmt: skip
    """Two tables, by category and by product, what lies longest first.

    The mean stock is that of the first and the last day's value, at the register's cost of today. `turnover` is how
    often it was sold in the period, `days_of_stock` for how many days it is enough at that pace; both are empty where
    nothing was sold, or nothing lay there. A period that goes on counts up to today.
    """
    last = min(period.last, today)
    days = max((last - period.first).days + 1, 0)
    turned = [
        each
        for each in _turned(stock_flows, catalogue, period.first, last)
        if category is None or each.product.category == category.strip()
    ]
    tables = (_by_category(turned, days), _by_product(turned, days))
    unknown = no_cost_note((each.product.id, each.closing) for each in turned if each.product.cost is None)
    folded = folded_names.of_stock([each.product.id for each in turned], stock)
    notes = (*_so_far(period, last), *unknown, *folded)
    return Card(Text("库存周转 · ", "Stock turnover · ") + period.title, tables, notes)


def _turned(flows: StockFlows, catalogue: Catalogue, first: date, last: date) -> Iterable[_Turned]:
    opening: dict[str, Decimal] = {}
    closing: dict[str, Decimal] = {}
    for flow in flows.between(first, last):
        opening[flow.product] = opening.get(flow.product, ZERO) + flow.opening
        closing[flow.product] = closing.get(flow.product, ZERO) + flow.closing
    sold = flows.sold(first, last)
    for id_ in dict.fromkeys([*catalogue.registered, *closing, *sold]):
        if catalogue.is_goods(id_):
            product = catalogue.product(id_)
            qtys = opening.get(id_, ZERO), closing.get(id_, ZERO), sold.get(id_, ZERO)
            values = (None if product.cost is None else money.amount(qty, product.cost) for qty in qtys)
            yield _Turned(product, qtys[2], qtys[1], *values)


def _by_category(turned: Sequence[_Turned], days: int) -> Table:
    groups: dict[str, list[_Turned]] = {}
    for each in turned:
        groups.setdefault(each.product.category, []).append(each)
    rows = [(name or None, *_figures(own, days)) for name, own in groups.items()]
    rows.sort(key=_longest_first)
    totals = dict(zip(_NAMES, _figures(turned, days), strict=True))
    chart = Chart("bars", "category", ("days_of_stock",))
    return Table(Text("库存周转（按类别）", "Stock turnover by category"), _BY_CATEGORY, rows, totals, chart=chart)


def _by_product(turned: Sequence[_Turned], days: int) -> Table:
    rows = [
        (
            each.product.id or None, each.product.category or None, each.sold,
            *(_figures([each], days) if each.product.cost is not None else [None] * len(_NAMES)),
        )
        for each in turned
    ]  # fmt: skip
    rows.sort(key=_longest_first)
    totals = dict(zip(_NAMES, _figures(turned, days), strict=True))
    return Table(Text("库存周转（按产品）", "Stock turnover by product"), _BY_PRODUCT, rows, totals)


def _figures(turned: Sequence[_Turned], days: int) -> tuple[Decimal | None, ...]:
    """The figures of products together, from `opening_value` on."""
    opening = money.total(each.opening_value for each in turned if each.opening_value is not None)
    closing = money.total(each.closing_value for each in turned if each.closing_value is not None)
    cost = money.total(each.cost_of_sales for each in turned if each.cost_of_sales is not None)
    mean = (opening + closing) / 2
    moves = cost > 0 and mean > 0
    turnover = money.rounded(cost / mean, _PLACES) if moves else None
    lasts = money.rounded(mean * days / cost, 0) if moves else None
    return opening, closing, money.rounded(mean, 2), cost, turnover, lasts


def _longest_first(row: tuple[object, ...]) -> tuple[bool, Decimal, Decimal]:
    """What is not sold at all and lies there is first, then by days; what does not lie there is last."""
    *_, mean, _cost, _turnover, lasts = row
    value = mean if isinstance(mean, Decimal) else ZERO
    if isinstance(lasts, Decimal):
        return False, -lasts, -value
    return value <= 0, Decimal("-Infinity"), -value


def _so_far(period: Period, last: date) -> tuple[Note, ...]:
    if last >= period.last:
        return ()
    return (Note("so_far", "info", Text(f"算到 {last}，本期未完", f"up to {last}: the period goes on")),)
