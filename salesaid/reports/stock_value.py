"""库存金额：在库数量乘成本，按类别和产品。 | What the stock is worth at cost, by category and product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.folded_names import FoldedNames
from salesaid.balances.stock import Stock
from salesaid.balances.stock_costs import no_cost_note
from salesaid.core import money
from salesaid.core.blanks import PRODUCT, Named
from salesaid.core.kinds import MONEY, PRICE, QTY, RATE, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Card, Chart, Field, Table
from salesaid.core.text import Text

_NO_CATEGORY = Named(Text("(无类别)", "(no category)"))
_SHARE = Field("share", Text("占比", "Share"), RATE)
_BY_CATEGORY = (
    Field("category", Text("类别", "Category"), _NO_CATEGORY, key=True),
    Field("products", Text("产品数", "Products"), QTY),
    Field("value", Text("金额", "Value"), MONEY),
    _SHARE,
)
_BY_PRODUCT = (
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("category", Text("类别", "Category"), _NO_CATEGORY),
    Field("on_hand", Text("在库", "On hand"), QTY),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("cost", Text("成本", "Cost"), PRICE),
    Field("value", Text("金额", "Value"), MONEY),
    _SHARE,
)
_PLACES = 4  # of a share


class _Held(NamedTuple):
    """How much of a product is on hand, and what that is worth; None where its cost is not known."""

    product: Product
    on_hand: Decimal
    value: Decimal | None


def stock_value(
    stock: Stock, catalogue: Catalogue, folded_names: FoldedNames, today: date, *, category: str | None = None
) -> Card:
    """Two tables, by category and by product, the most valuable first; products of the register without stock as well.

    What lies outside, lent or at customers, is not on hand. Goods below zero by the book count below zero.
    """
    held = [each for each in _held(stock, catalogue) if category is None or each.product.category == category.strip()]
    held.sort(key=lambda each: (-(each.value or ZERO), each.value is None))
    total = money.total(each.value for each in held if each.value is not None)
    tables = (_by_category(held, total), _by_product(held, total))
    notes = no_cost_note((each.product.id, each.on_hand) for each in held if each.value is None)
    notes += folded_names.of_stock([each.product.id for each in held], stock)
    return Card(Text(f"库存金额 · {today}", f"Stock value on {today}"), tables, notes)


def _held(stock: Stock, catalogue: Catalogue) -> Iterable[_Held]:
    places = stock.everything()
    for id_ in dict.fromkeys([*catalogue.registered, *places]):
        if catalogue.is_goods(id_):
            product, on_hand = catalogue.product(id_), sum(places.get(id_, {}).values(), ZERO)
            yield _Held(product, on_hand, None if product.cost is None else money.amount(on_hand, product.cost))


def _by_category(held: Sequence[_Held], total: Decimal) -> Table:
    values: dict[str, list[Decimal]] = {}
    for each in held:
        values.setdefault(each.product.category, []).append(each.value or ZERO)
    sums: Mapping[str, Decimal] = {name: money.total(own) for name, own in values.items()}
    names = sorted(sums, key=lambda name: (-sums[name], name))
    rows = [(name or None, Decimal(len(values[name])), sums[name], _share(sums[name], total)) for name in names]
    title = Text("库存金额（按类别）", "Stock value by category")
    totals = {"products": Decimal(len(held)), "value": total}
    return Table(title, _BY_CATEGORY, rows, totals, chart=Chart("bars", "category", ("value",)))


def _by_product(held: Sequence[_Held], total: Decimal) -> Table:
    rows = [
        (
            each.product.id or None, each.product.category or None, each.on_hand, each.product.unit or None,
            each.product.cost, each.value, None if each.value is None else _share(each.value, total),
        )
        for each in held
    ]  # fmt: skip
    return Table(Text("库存金额（按产品）", "Stock value by product"), _BY_PRODUCT, rows, {"value": total})


def _share(value: Decimal, total: Decimal) -> Decimal | None:
    return money.rounded(value / total, _PLACES) if total > 0 else None
