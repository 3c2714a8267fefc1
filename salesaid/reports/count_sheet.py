"""A blind count sheet: what may lie on the shelves of one warehouse, without what the book thinks."""

from __future__ import annotations

from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.stock import Stock
from salesaid.balances.warehouses import warehouse_named
from salesaid.core.blanks import PRODUCT
from salesaid.core.kinds import QTY, TEXT
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text
from salesaid.settings import Settings

FIELDS = (
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("spec", Text("规格", "Spec"), TEXT),
    Field("location", Text("货位", "Location"), TEXT),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("warehouse", Text("仓库", "Warehouse"), TEXT),
    Field("counted", Text("实盘数量", "Counted"), QTY),
)


def count_sheet(stock: Stock, catalogue: Catalogue, settings: Settings, *, warehouse: str | None = None) -> Table:
    """What to count in a warehouse, by default the book's, shelf by shelf; the last column is for the pencil."""
    place = warehouse_named(warehouse or "", stock, settings) or settings.warehouse_of("stock_counts")
    rows = [
        (p.id or None, p.model or None, p.spec or None, p.location or None, p.unit or None, place, None)
        for p in sorted(_there(stock, catalogue, place, settings), key=lambda product: product.location or "\uffff")
    ]
    how = Text(
        f"盘完这样记：salesaid stock count 产品=数量 … --warehouse {place}",
        f"write it down: salesaid stock count PRODUCT=COUNTED … --warehouse {place}",
    )
    return Table(Text(f"盘点表 · {place}", f"Count sheet · {place}"), FIELDS, rows, notes=(Note("how", "info", how),))


def _there(stock: Stock, catalogue: Catalogue, place: str, settings: Settings) -> list[Product]:
    """What was ever there; in the main warehouse also every active product of the register."""
    everywhere = stock.everything()
    found = [
        product
        for product in catalogue.registered.values()
        if place in everywhere.get(product.id, {})
        or (place == settings.main_warehouse and product.status == "active" and catalogue.is_goods(product.id))
    ]
    listed = {product.id for product in found}
    return found + [
        catalogue.product(id_) for id_, places in everywhere.items() if place in places and id_ not in listed
    ]
