"""The register of products: each product as it is listed there, under a name that no other one has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.core.items import components_of
from salesaid.core.listed import Listed
from salesaid.core.rows import Rows


class Product(NamedTuple):
    """One product. `id` is its canonical name, unlike every other's; `name` and `model` are what a post writes."""

    id: str
    name: str
    model: str = ""
    spec: str = ""
    unit: str = ""
    category: str = ""
    price: Decimal | None = None
    floor_price: Decimal | None = None
    cost: Decimal | None = None
    min_stock: Decimal | None = None
    reorder_qty: Decimal | None = None
    pack: Decimal | None = None
    supplier: str = ""
    lead_days: int | None = None
    location: str = ""
    components: tuple[tuple[str, Decimal], ...] = ()
    stocked: bool = True
    warranty_months: int | None = None
    status: str = "active"
    note: str = ""
    row: int | None = None  # in the register; None: known from rows only


_COLUMNS = tuple(name for name in Product._fields if name not in {"id", "name"})  # the model comes first
COMPONENTS = 1 + _COLUMNS.index("components")  # its place in a row of `registered`


def registered(products: Rows) -> Listed[Product]:
    """The products of the register; where names repeat and models do not, the model is the canonical name."""
    rows = [*products.pick("product", *_COLUMNS)]
    names = [row[0].strip() for row in rows]
    repeated = {"", *_with_several_models(names, rows)}
    ids = (row[1].strip() or name if name in repeated else name for name, row in zip(names, rows, strict=True))
    return Listed(dict(zip(ids, rows, strict=True)), _registered)


def _with_several_models(names: list[str], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """The names that several products have; a row that is written twice is one product."""
    twice = {name for name, count in Counter(names).items() if count > 1}
    pairs = {(name, row[1].strip()) for name, row in zip(names, rows, strict=True) if name in twice}
    return (name for name, count in Counter(name for name, _ in pairs).items() if count > 1)


def _registered(id_: str, values: tuple[Any, ...]) -> Product:
    name, model, spec, unit, category, *figures = values
    price, floor_price, cost, min_stock, reorder_qty, pack, supplier, lead_days, location, *others = figures
    components, stocked, warranty_months, status, note, row = others
    return Product(
        id_, name.strip(), model.strip(), spec.strip(), unit.strip(), category.strip(), price, floor_price, cost,
        min_stock, reorder_qty, pack, supplier.strip(), lead_days, location.strip(), components_of(components),
        stocked is not False, warranty_months, status or "active", note.strip(), row,
    )  # fmt: skip


def counts_in(product: Product, unit: str) -> bool:
    """Whether a row's unit is the product's: another one stays out of quantity sums (DOMAIN.md 1)."""
    return not unit or not product.unit or unit == product.unit
