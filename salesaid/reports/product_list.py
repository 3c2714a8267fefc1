"""Products: what each costs on the day, what is on hand, and what of it is available."""

from __future__ import annotations

from datetime import date

from salesaid.balances.availability import Availability
from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.folded_names import FoldedNames
from salesaid.balances.last_prices import LastPrices
from salesaid.balances.parties import Parties
from salesaid.balances.stock import Stock
from salesaid.core.kinds import FLAG, PRICE, QTY, TEXT
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text
from salesaid.core.words import understood_note, word_meant
from salesaid.ledgers import load

_CATEGORY = Text("类别", "category")
STATUS = load("products").column("status").kind
FIELDS = (
    Field("product", Text("产品", "Product"), TEXT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("spec", Text("规格", "Spec"), TEXT),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("category", Text("类别", "Category"), TEXT),
    Field("price", Text("单价", "Price"), PRICE),
    Field("on_hand", Text("在库", "On hand"), QTY),
    Field("promised", Text("已订未发", "Promised"), QTY),
    Field("available", Text("可用", "Available"), QTY),
    Field("min_stock", Text("最低库存", "Minimum"), QTY),
    Field("supplier", Text("供应商", "Supplier"), TEXT),
    Field("status", Text("状态", "Status"), STATUS),
    Field("registered", Text("在册", "Registered"), FLAG),
)


def product_list(
    catalogue: Catalogue, supplier_names: Parties, availability: Availability, stock: Stock, last_prices: LastPrices,
    folded_names: FoldedNames, today: date, *, category: str | None = None, supplier: str | None = None,
    only_low: bool = False, with_discontinued: bool = False, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """The products that fit, those of the register first and in its order, then those known from rows only."""
    every = catalogue.all()
    of = None if category is None else word_meant(category, (product.category for product in every), _CATEGORY)
    found = [
        product
        for product in every
        if (with_discontinued or product.status != "discontinued")
        and (of is None or product.category == of)
        and (supplier is None or supplier_names.identify(product.supplier) == supplier)
        and (not only_low or availability.is_low(product.id))
    ]
    rows = [_row(product, availability, last_prices, today) for product in found[:limit]]
    hidden = 0 if with_discontinued else sum(product.status == "discontinued" for product in every)
    folded = folded_names.of_stock([product.id for product in found], stock)
    notes = (*understood_note(category, of), *more(len(found), limit), *folded, *_notes(hidden))
    return Table(Text("产品", "Products"), FIELDS, rows, notes=notes, newest=newest)


def _row(product: Product, availability: Availability, prices: LastPrices, today: date) -> tuple[object, ...]:
    offer = prices.on(product.id, today)
    return (
        product.id, product.model or None, product.spec or None, product.unit or None, product.category or None,
        offer.price if offer else None, *availability.of(product.id), product.min_stock, product.supplier or None,
        product.status, product.row is not None,
    )  # fmt: skip


def _notes(hidden: int) -> tuple[Note, ...]:
    if not hidden:
        return ()
    text = Text(f"停售的 {hidden} 个未列出，--all 可看", f"{hidden} discontinued left out, --all shows them")
    return (Note("discontinued", "info", text),)
