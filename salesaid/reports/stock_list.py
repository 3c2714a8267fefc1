"""What lies where: a row a product, or one for each of its warehouses."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.promised import Promised
from salesaid.balances.stock import Stock
from salesaid.core.blanks import PRODUCT
from salesaid.core.kinds import QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text
from salesaid.settings import Settings

FIELDS = (
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("warehouse", Text("仓库", "Warehouse"), TEXT, key=True),
    Field("on_hand", Text("在库", "On hand"), QTY),
    Field("promised", Text("已订未发", "Promised"), QTY),
    Field("available", Text("可用", "Available"), QTY),
)
_Row = tuple[object, ...]
_Places = dict[str, dict[str, Decimal]]


def stock_list(
    stock: Stock, promised: Promised, catalogue: Catalogue, settings: Settings, *, product: str | None = None,
    by_warehouse: bool = False, limit: int | None = None,
) -> Table:  # fmt: skip
    """What is on hand. Promised and available are of all warehouses together: orders wait for goods, not for places."""
    everywhere = stock.everything()
    wanted = [product] if product is not None else _all(catalogue, everywhere)
    if by_warehouse:
        rows = [row for id_ in wanted for row in _by_warehouse(id_, everywhere, catalogue, settings)]
    else:
        open_ = promised.everything()
        ready = {id_: stock.sellable(places) for id_, places in everywhere.items()}
        rows = [_row(id_, everywhere, ready, open_, promised, catalogue) for id_ in wanted]
    return Table(Text("库存", "Stock"), FIELDS, rows[:limit], notes=(*more(len(rows), limit), *_notes(settings)))


def _all(catalogue: Catalogue, everywhere: _Places) -> list[str]:
    """Every product that is stocked, those of the register first."""
    return [id_ for id_ in dict.fromkeys([*catalogue.registered, *everywhere]) if catalogue.product(id_).stocked]


def _row(
    id_: str, everywhere: _Places, ready: dict[str, Decimal], open_: dict[str, Decimal], promised: Promised,
    catalogue: Catalogue,
) -> _Row:  # fmt: skip
    if catalogue.product(id_).components:  # a bundle has no stock of its own: as many as its parts make up
        parts = [(ready.get(part, ZERO) - open_.get(part, ZERO)) / qty for part, qty in catalogue.contents(id_) if qty]
        most = min((part.to_integral_value(ROUND_FLOOR) for part in parts), default=ZERO)
        return id_, None, None, promised.of(id_), most
    hand, wanted = sum(everywhere.get(id_, {}).values(), ZERO), open_.get(id_, ZERO)
    return id_ or None, None, hand, wanted, ready.get(id_, ZERO) - wanted


def _by_warehouse(id_: str, everywhere: _Places, catalogue: Catalogue, settings: Settings) -> Iterator[_Row]:
    if catalogue.is_goods(id_):
        places = everywhere.get(id_) or {settings.main_warehouse: ZERO}
        for place, qty in sorted(places.items(), key=lambda pair: (pair[0] != settings.main_warehouse, pair[0])):
            yield id_ or None, place, qty, None, None


def _notes(settings: Settings) -> tuple[Note, ...]:
    if not settings.not_for_sale:
        return ()
    zh, en = "、".join(settings.not_for_sale), ", ".join(settings.not_for_sale)
    text = Text(f"{zh} 里的计入在库，不算可用", f"goods at {en} are on hand, not available")
    return (Note("not_for_sale", "info", text),)
