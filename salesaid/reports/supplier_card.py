"""One supplier: whom to reach, and the products that come from it."""

from __future__ import annotations

from salesaid.balances.availability import Availability
from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.parties import Parties
from salesaid.balances.party_data import data_table, unregistered
from salesaid.balances.spellings import spelling_table
from salesaid.balances.typed import echo
from salesaid.core.kinds import DAYS, PRICE, QTY, TEXT
from salesaid.core.rows import Rows
from salesaid.core.tables import Card, Field, Table
from salesaid.core.text import Text

_PRODUCTS = (
    Field("product", Text("产品", "Product"), TEXT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("cost", Text("成本", "Cost"), PRICE),
    Field("lead_days", Text("采购周期", "Lead days"), DAYS),
    Field("available", Text("可用", "Available"), QTY),
    Field("min_stock", Text("最低库存", "Minimum"), QTY),
    Field("reorder_qty", Text("补货量", "Reorder"), QTY),
    Field("pack", Text("装箱数", "Pack"), QTY),
)


def supplier_card(
    supplier_names: Parties, suppliers: Rows, catalogue: Catalogue, availability: Availability, *, typed: str
) -> Card:
    """Everything of the one supplier that was meant. Raises UnknownName, AmbiguousName."""
    match = supplier_names.match(typed)
    party = supplier_names.party(match.name)
    own = [p for p in catalogue.registered.values() if p.supplier and supplier_names.identify(p.supplier) == party.id]
    rows = [_row(product, availability) for product in own]
    tables = (
        data_table(party, suppliers.ledger),
        Table(Text("供应的产品", "Products"), _PRODUCTS, rows),
        spelling_table(party.id, supplier_names),
    )
    filled = tuple(table for table in tables if table.rows)
    notes = (*echo(typed, match), *unregistered(party, suppliers.ledger))
    return Card(Text(f"供应商 {party.id}", f"Supplier {party.id}"), filled, notes)


def _row(product: Product, availability: Availability) -> tuple[object, ...]:
    return (
        product.id, product.model or None, product.cost, product.lead_days, availability.of(product.id).available,
        product.min_stock, product.reorder_qty, product.pack,
    )  # fmt: skip
