"""One supplier: whom to reach, what is still to come and how late it mostly is, and the products that come from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesaid.balances.availability import Availability
from salesaid.balances.catalogue import Catalogue, Product
from salesaid.balances.incoming import Incoming
from salesaid.balances.lateness import Lateness, against_first, against_last
from salesaid.balances.next_lot import usual_days
from salesaid.balances.parties import Parties
from salesaid.balances.party_data import data_table, unregistered
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.balances.spellings import spelling_table
from salesaid.balances.typed import echo
from salesaid.core.blanks import PRODUCT
from salesaid.core.kinds import DATE, DAYS, NUMBER_NO, PRICE, QTY, TEXT, Choice
from salesaid.core.rows import Rows
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Text

_PRODUCTS = (
    Field("product", Text("产品", "Product"), TEXT),
    Field("model", Text("型号", "Model"), TEXT),
    Field("cost", Text("成本", "Cost"), PRICE),
    Field("lead_days", Text("采购周期", "Lead days"), DAYS),
    Field("available", Text("可用", "Available"), QTY),
    Field("projected", Text("预计", "Projected"), QTY),
    Field("min_stock", Text("最低库存", "Minimum"), QTY),
    Field("reorder_qty", Text("补货量", "Reorder"), QTY),
    Field("pack", Text("装箱数", "Pack"), QTY),
)
_OPEN = (
    Field("purchase_no", Text("采购单号", "Purchase"), NUMBER_NO),
    Field("date", Text("日期", "Date"), DATE),
    Field("product", Text("产品", "Product"), PRODUCT),
    Field("ordered", Text("采购", "Ordered"), QTY),
    Field("received", Text("已到", "Received"), QTY),
    Field("open", Text("未到", "Open"), QTY),
    Field("first_due", Text("最初交期", "First due"), DATE),
    Field("due", Text("交期", "Due"), DATE),
    Field("days_late", Text("逾期天数", "Days late"), DAYS),
)
_LATENESS = (
    Field(
        "promise",
        Text("按哪个交期", "Held against"),
        Choice({"first": Text("最初交期", "the first promise"), "last": Text("最后交期", "the last promise")}),
    ),
    Field("lines", Text("行数", "Lines"), QTY),
    Field("late", Text("晚到", "Late"), QTY),
    Field("median_days", Text("晚几天（中位）", "Days, median"), DAYS),
    Field("worst_days", Text("最久", "Worst"), DAYS),
)


def supplier_card(
    supplier_names: Parties, suppliers: Rows, catalogue: Catalogue, availability: Availability,
    purchase_lines: PurchaseLines, incoming: Incoming, today: date, *, typed: str,
) -> Card:  # fmt: skip
    """Everything of the one supplier that was meant. Raises UnknownName, AmbiguousName."""
    match = supplier_names.match(typed)
    party = supplier_names.party(match.name)
    own = [p for p in catalogue.registered.values() if p.supplier and supplier_names.identify(p.supplier) == party.id]
    rows = [_row(product, availability) for product in own]
    lines = purchase_lines.of_supplier(party.id)
    tables = (
        data_table(party, suppliers.ledger),
        _open(lines, today),
        _lateness(lines, today),
        Table(Text("供应的产品", "Products"), _PRODUCTS, rows),
        spelling_table(party.id, supplier_names),
    )
    filled = tuple(table for table in tables if table.rows)
    notes = (*echo(typed, match), *unregistered(party, suppliers.ledger), *_usual(party.id, incoming))
    return Card(Text(f"供应商 {party.id}", f"Supplier {party.id}"), filled, notes)


def _row(product: Product, availability: Availability) -> tuple[object, ...]:
    return (
        product.id, product.model or None, product.cost, product.lead_days, availability.of(product.id).available,
        availability.projected(product.id), product.min_stock, product.reorder_qty, product.pack,
    )  # fmt: skip


def _usual(supplier: str, incoming: Incoming) -> list[Note]:
    """How long its purchases usually take until all has come in."""
    usual = usual_days(incoming.days_taken(), supplier)
    if usual is None:
        return []
    text = Text(
        f"下单后通常 {usual.days} 天到齐（{usual.times} 次采购的中位数）",
        f"usually all is in {usual.days} days after the order (median of {usual.times})",
    )
    return [Note("usual_days", "info", text)]


def _open(lines: Sequence[PurchaseLine], today: date) -> Table:
    """What is still to come, the next on top."""
    rows = [
        (
            line.purchase_no, line.day, line.product or None, line.ordered, line.received, line.open, line.first_due,
            line.due, line.days_late(today),
        )
        for line in sorted(lines, key=lambda line: (line.due or date.max, line.day))
        if line.open > 0
    ]  # fmt: skip
    return Table(Text("未到的采购", "Purchases under way"), _OPEN, rows)


def _lateness(lines: Sequence[PurchaseLine], today: date) -> Table:
    """How late its goods came, or are, by the first and by the last promise; what is not due yet is left out."""
    held = {"first": against_first(lines, today), "last": against_last(lines, today)}
    rows = [_judged(name, found) for name, found in held.items() if found is not None]
    return Table(Text("准时情况", "On time?"), _LATENESS, rows)


def _judged(promise: str, found: Lateness) -> tuple[object, ...]:
    return promise, found.lines, found.late, found.median, found.worst
