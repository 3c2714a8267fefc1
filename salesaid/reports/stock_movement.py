"""进销存：上期结存、入库、出库、本期结存，分用途。 | Stock: opening, in, out and closing, by what it was for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.folded_names import FoldedNames
from salesaid.balances.stock import Stock
from salesaid.balances.stock_flows import INTO, OUT_OF, Flow, Kind, StockFlows
from salesaid.balances.warehouses import warehouse_named
from salesaid.core.blanks import PRODUCT
from salesaid.core.kinds import QTY, TEXT
from salesaid.core.periods import Period
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text
from salesaid.settings import Settings

_WORDS: Mapping[Kind, Text] = {
    "opened": Text("期初建账", "Opened with"),
    "purchased": Text("采购入", "Purchased"),
    "returned": Text("客退入", "Returned"),
    "loans_back": Text("借用归还", "Loans back"),
    "counted_more": Text("盘盈", "Counted more"),
    "other_in": Text("其他入", "Other in"),
    "transferred_in": Text("调入", "Transferred in"),
    "sold": Text("销售出", "Sold"),
    "replaced": Text("换新出", "Replaced"),
    "lent": Text("借出", "Lent"),
    "sent_back": Text("退供出", "Sent back"),
    "scrapped": Text("报废", "Scrapped"),
    "counted_less": Text("盘亏", "Counted less"),
    "other_out": Text("其他出", "Other out"),
    "transferred_out": Text("调出", "Transferred out"),
}
_HEAD = (
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("category", Text("类别", "Category"), TEXT),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("opening", Text("上期结存", "Opening"), QTY),
)
_IN = Field("in_qty", Text("入库合计", "In"), QTY)
_OUT = Field("out_qty", Text("出库合计", "Out"), QTY)
_CLOSING = Field("closing", Text("本期结存", "Closing"), QTY)
_MOVED_WITHIN: frozenset[Kind] = frozenset(("transferred_in", "transferred_out"))


def stock_movement(
    stock_flows: StockFlows, stock: Stock, catalogue: Catalogue, folded_names: FoldedNames, settings: Settings,
    today: date, *, period: Period, product: str | None = None, category: str | None = None,
    warehouse: str | None = None,
) -> Table:  # fmt: skip
    """A row a product, products of the register without any move as well: opening + in − out = closing.

    Of one warehouse, transfers from and to others are a part of in and out; over all of them, they move nothing.
    Raises UnknownWarehouse.
    """
    place = None if warehouse is None else warehouse_named(warehouse, stock, settings) or settings.main_warehouse
    kinds = [kind for kind in (*INTO, *OUT_OF) if place is not None or kind not in _MOVED_WITHIN]
    flows: dict[str, list[Flow]] = {id_: [] for id_ in catalogue.registered if catalogue.is_goods(id_)}
    for flow in stock_flows.between(period.first, min(period.last, today)):
        if place in {None, flow.place}:
            flows.setdefault(flow.product, []).append(flow)
    wanted = [
        id_
        for id_ in flows
        if product in {None, id_} and (category is None or catalogue.product(id_).category == category.strip())
    ]
    rows = [_row(id_, flows[id_], kinds, catalogue) for id_ in wanted]
    fields = _fields(kinds)
    sums = {field.name: _sum(row[at] for row in rows) for at, field in enumerate(fields) if at >= len(_HEAD) - 1}
    where = "" if place is None else f" · {place}"
    title = Text("进销存", "Stock movement") + Text(" · ", " · ") + period.title + Text(where, where)
    return Table(title, fields, rows, sums, folded_names.of_stock(wanted, stock))


def _fields(kinds: Sequence[Kind]) -> tuple[Field, ...]:
    into = [Field(kind, _WORDS[kind], QTY) for kind in kinds if kind in INTO]
    out_of = [Field(kind, _WORDS[kind], QTY) for kind in kinds if kind in OUT_OF]
    return (*_HEAD, *into, _IN, *out_of, _OUT, _CLOSING)


def _row(id_: str, flows: Sequence[Flow], kinds: Sequence[Kind], catalogue: Catalogue) -> tuple[object, ...]:
    moved = {kind: sum((flow.moved.get(kind, ZERO) for flow in flows), ZERO) for kind in kinds}
    opening = sum((flow.opening for flow in flows), ZERO)
    into = [moved[kind] for kind in kinds if kind in INTO]
    out_of = [moved[kind] for kind in kinds if kind in OUT_OF]
    came, went = sum(into, ZERO), sum(out_of, ZERO)
    known = catalogue.product(id_)
    head = (id_ or None, known.category or None, known.unit or None, opening)
    return (*head, *into, came, *out_of, went, opening + came - went)


def _sum(values: Iterable[object]) -> Decimal:
    return sum((value for value in values if isinstance(value, Decimal)), ZERO)
