"""Goods that customers send back of an order: at what they were charged, with what a bundle held (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.charged import Charged, net, newest, still_charged
from salesaid.balances.line_items import gathered, other_price, totals
from salesaid.balances.named_order import MoreThanOpen, NotOnOrder, lines_ahead
from salesaid.balances.new_rows import before_document, identity, lines_text
from salesaid.balances.order_drafts import Part
from salesaid.balances.order_lines import OrderLine, OrderLines
from salesaid.balances.other_units import in_lines_unit, moved_notes
from salesaid.balances.shelves import warehouse_notes
from salesaid.balances.shipments_made import ShipmentsMade
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item, understood
from salesaid.balances.warehouses import warehouse_named
from salesaid.core import money
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.items import write_components
from salesaid.core.rows import ZERO
from salesaid.core.text import Text
from salesaid.settings import Settings


def take_back(
    order_lines: OrderLines, shipments_made: ShipmentsMade, catalogue: Catalogue, stock: Stock, settings: Settings,
    today: date, *, typed: str, items: Sequence[str], day: date, why: str, warehouse: str = "", note: str = "",
    new: bool = False,
) -> Decision:  # fmt: skip
    """Goods that were shipped come back to the warehouse."""
    number, lines = lines_ahead(typed, order_lines, settings, today)
    what = understood(items, catalogue)
    wanted = [in_lines_unit(item, lines.get(item.product.id)) for item in gathered(what.items)]
    for product, asked in totals(wanted).items():
        _require_shipped(product, asked, lines.get(product), number)
    place = warehouse_named(warehouse, stock, settings, new=new)
    back = _Back(settings.at_once, number, day, why if not note else f"{why}；{note}", place, bool(note))
    notes = [*what.notes, *before_document(number, next(iter(lines.values())).day, day)]
    notes += warehouse_notes([place], stock)
    notes += moved_notes(lines[item.product.id] for item in wanted)
    rows: list[Entry] = []
    charged: dict[str, list[Charged]] = {}
    for item in wanted:
        line = lines[item.product.id]
        left = charged.get(line.product)
        left = _charged(line, shipments_made, catalogue, settings) if left is None else left
        taken, charged[line.product] = newest(left, item.quantity, item.price)
        notes += other_price(item, line)
        rows += [_returned(item, line, credit, back) for credit in _credits(item, taken, line)]
    text = Text(
        f"已退回 {{no}} · 订单 {number} · {len(rows)} 行",
        f"{{no}}: {lines_text(len(rows))} of order {number} taken back",
    )
    return Decision(text, tuple(rows), no=back.number, notes=tuple(notes))


def _require_shipped(product: str, asked: Decimal, line: OrderLine | None, number: str) -> None:
    if line is None:
        raise NotOnOrder(product, number)
    if asked > line.shipped:
        raise MoreThanOpen(product, asked, line.shipped, Text("退回", "take back"))


class _Back(NamedTuple):
    """What all rows of a return have in common."""

    at_once: bool
    order_no: str
    day: date
    why: str
    warehouse: str
    has_note: bool  # beside the reason, which also stands in the journal of posts

    @property
    def number(self) -> NewNumber | str:
        """The return's own number; where each row is a sale, the order's."""
        return self.order_no if self.at_once else NewNumber("shipments", self.day)


def _charged(line: OrderLine, made: ShipmentsMade, catalogue: Catalogue, settings: Settings) -> list[Charged]:
    """What the customer was charged for what they have of a line."""
    if settings.at_once:
        rows = (Charged(part.qty, part.price, part.amount if _is_priced(part) else None) for part in line.parts)
        return net(rows)
    product = catalogue.product(line.product)
    return still_charged(made.ahead.of_order(line.order_no), product)


def _is_priced(part: Part) -> bool:
    return part.price is not None or bool(part.amount)


def _credits(item: Item, taken: Sequence[Charged], line: OrderLine) -> list[Charged]:
    """What is given back for an item: at a price that was typed, else what was charged, row by row."""
    rest = item.quantity - sum((credit.qty for credit in taken), ZERO)
    parts = write_components(item.product.components) if item.product.components else ""
    if rest > 0:  # shipped otherwise than by rows of this order: at the line's price
        taken = [*taken, Charged(rest, line.price, _share_of_line(line, rest), parts)]
    taken = [_of_line(credit, line) for credit in _joined(taken)]
    if item.price is None:
        return taken
    return [credit._replace(price=item.price, amount=money.amount(credit.qty, item.price)) for credit in taken]


def _joined(taken: Iterable[Charged]) -> list[Charged]:
    """One row for what came back at one price and with one content."""
    found: dict[tuple[Decimal | None, str, bool], Charged] = {}
    for credit in taken:
        key = (credit.price, credit.components, credit.amount is None)
        before = found.get(key)
        found[key] = credit if before is None else _both(before, credit)
    return list(found.values())


def _both(one: Charged, other: Charged) -> Charged:
    amount = None if one.amount is None or other.amount is None else one.amount + other.amount
    return one._replace(qty=one.qty + other.qty, amount=amount)


def _of_line(credit: Charged, line: OrderLine) -> Charged:
    """A shipment without price and amount was charged as the order says."""
    if credit.price is not None or credit.amount is not None:
        return credit
    return credit._replace(price=line.price, amount=_share_of_line(line, credit.qty))


def _share_of_line(line: OrderLine, qty: Decimal) -> Decimal | None:
    return money.rounded(line.amount * qty / line.ordered, 2) if line.ordered and line.price is not None else None


def _returned(item: Item, line: OrderLine, credit: Charged, back: _Back) -> Entry:
    row: dict[str, Value] = {
        "date": back.day, "customer": line.customer, **identity(item), "qty": credit.qty, "unit": item.unit,
        "price": credit.price, "amount": credit.amount, "warehouse": back.warehouse, "note": back.why,
    }  # fmt: skip
    given = frozenset({"order_no", *({"warehouse"} if back.warehouse else ()), *({"note"} if back.has_note else ())})
    if back.at_once:
        minus = None if credit.amount is None else -credit.amount
        own: dict[str, Value] = {"order_no": back.number, "action": "order", "qty": -credit.qty, "amount": minus}
        return Entry("orders", row | own, given)
    own = {"ship_no": back.number, "action": "return", "order_no": line.order_no, "components": credit.components}
    return Entry("shipments", row | own, given)
