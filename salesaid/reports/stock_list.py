"""What lies where: a row a product, or one for each of its warehouses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from salesaid.balances.availability import Availability
from salesaid.balances.catalogue import Catalogue
from salesaid.balances.folded_names import FoldedNames
from salesaid.balances.incoming import Incoming
from salesaid.balances.lent import Lent
from salesaid.balances.stock import Places, Stock
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
    Field("lent", Text("借出", "Lent"), QTY),
    Field("incoming", Text("在途", "Incoming"), QTY),
)
_Row = tuple[object, ...]
_Sums = Mapping[str, Decimal]


def stock_list(
    availability: Availability, stock: Stock, lent: Lent, incoming: Incoming, catalogue: Catalogue,
    folded_names: FoldedNames, settings: Settings, *, product: str | None = None, by_warehouse: bool = False,
    limit: int | None = None,
) -> Table:  # fmt: skip
    """What there is of each product. All but on hand is of all places together: orders wait for goods, not places."""
    out, coming = lent.everything(), incoming.everything()
    wanted = [product] if product is not None else _all(catalogue, availability.products(), out, coming)
    if by_warehouse:
        places = stock.everything()
        rows = [row for id_ in wanted for row in _by_warehouse(id_, places.get(id_), catalogue, settings)]
    else:
        rows = [_row(id_, availability, out, coming, catalogue) for id_ in wanted]
    notes = (*more(len(rows), limit), *folded_names.of_stock(wanted, stock), *_notes(settings))
    return Table(Text("库存", "Stock"), FIELDS, rows[:limit], notes=notes)


def _all(catalogue: Catalogue, *named: Iterable[str]) -> list[str]:
    """Every product that is stocked: those of the register first, then those of which rows move or order some."""
    known = dict.fromkeys([*catalogue.registered, *(id_ for each in named for id_ in each)])
    return [id_ for id_ in known if catalogue.product(id_).stocked]


def _row(
    id_: str, availability: Availability, out: _Sums, coming: _Sums, catalogue: Catalogue
) -> _Row:  # fmt: skip
    elsewhere = (out.get(id_, ZERO), coming.get(id_, ZERO)) if catalogue.is_goods(id_) else (None, None)
    return id_ or None, None, *availability.of(id_), *elsewhere


def _by_warehouse(id_: str, places: Places | None, catalogue: Catalogue, settings: Settings) -> Iterator[_Row]:
    if catalogue.is_goods(id_):
        main = settings.main_warehouse
        at = places or {main: ZERO}
        for place, qty in sorted(at.items(), key=lambda pair: (pair[0] != main, pair[0])):
            yield id_ or None, place, qty, None, None, None, None


def _notes(settings: Settings) -> tuple[Note, ...]:
    if not settings.not_for_sale:
        return ()
    zh, en = "、".join(settings.not_for_sale), ", ".join(settings.not_for_sale)
    text = Text(f"{zh} 里的计入在库，不算可用", f"goods at {en} are on hand, not available")
    return (Note("not_for_sale", "info", text),)
