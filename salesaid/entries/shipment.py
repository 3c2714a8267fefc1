"""Shipments: goods leave for an order and are signed for (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.last_prices import LastPrices
from salesaid.balances.line_items import gathered, ordered_at, other_price, totals
from salesaid.balances.named_order import (
    AtOnceBook,
    MoreThanOpen,
    NothingOpen,
    all_open,
    lines_ahead,
    nothing_open,
    the_order,
    unreviewed,
)
from salesaid.balances.new_rows import before_document, lines_text
from salesaid.balances.order_lines import OrderLine, OrderLines, shares
from salesaid.balances.other_units import in_lines_unit, moved_notes
from salesaid.balances.owed import Owed, over_by_shipping
from salesaid.balances.parties import Parties
from salesaid.balances.paying import Paying
from salesaid.balances.sending import Sending, shipment_head, shipment_row
from salesaid.balances.shelves import beyond_notes, goods_of, warehouse_notes
from salesaid.balances.shipments_made import ShipmentsMade
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item, UnknownNumber, understood
from salesaid.balances.warehouses import warehouse_named
from salesaid.core import money
from salesaid.core.blanks import CUSTOMER
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text
from salesaid.settings import Settings


class WrongModel(Refused):
    """What is to be shipped is not on the order: another model, not another spelling."""

    def __init__(self, product: str, number: str, ordered: Sequence[str]) -> None:
        listed = "、".join(ordered), ", ".join(ordered)
        super().__init__(
            Text(f"订单 {number} 上没有 {product}", f"{product} is not on order {number}"),
            Text(
                f"订单上是：{listed[0]}。确要发另一型号，请加 --force",
                f"on the order: {listed[1]}. To ship another model all the same, add --force",
            ),
        )


class NothingShipped(Refused):
    """Nothing of the order has left yet: there is nothing to sign for."""

    def __init__(self, number: str) -> None:
        super().__init__(
            Text(f"订单 {number} 还没有发货，没有可签收的", f"nothing of order {number} has been shipped yet"),
            Text(f"先发货：salesaid order ship {number}", f"ship it first: salesaid order ship {number}"),
        )


def ship(
    order_lines: OrderLines, catalogue: Catalogue, stock: Stock, last_prices: LastPrices, paying: Paying,
    owed: Owed, customer_names: Parties, settings: Settings, today: date, *, typed: str, items: Sequence[str] = (),
    day: date, sending: Sending, note: str = "", force: bool = False, low_price_meant: bool = False, new: bool = False,
) -> Decision:  # fmt: skip
    """Goods leave for an order: all that is open, or these items, held against the order line by line.

    Raises AtOnceBook.
    """
    if settings.at_once:
        raise AtOnceBook(Text("发货", "shipping"))
    number, lines = lines_ahead(typed, order_lines, settings, today)
    what = understood(items, catalogue)
    named = [_with_quantity(item, lines.get(item.product.id)) for item in what.items]
    wanted = gathered(named) or [all_open(line, catalogue) for line in lines.values() if line.open > 0]
    if not wanted:
        raise nothing_open(number, order_lines)
    first = next(iter(lines.values()))
    customer = first.customer
    if not low_price_meant:
        _require_floor(wanted, lines, last_prices, day, customer)
    notes = [*what.notes, *before_document(number, first.day, day)]
    notes += moved_notes(lines[item.product.id] for item in wanted if item.product.id in lines)
    for product, asked in totals(wanted).items():
        notes += _compared(product, asked, lines.get(product), number, lines, force=force)
    no = NewNumber("shipments", day)
    sending = sending._replace(warehouse=warehouse_named(sending.warehouse, stock, settings, new=new))
    notes += warehouse_notes([sending.warehouse], stock)
    rows, of_prices = _rows(wanted, lines, shipment_head(no, day, number, customer, sending, note), sending)
    notes += of_prices
    place = sending.warehouse or settings.warehouse_of("shipments")
    notes += beyond_notes(goods_of(wanted, catalogue), place, stock) + unreviewed(
        line.reviewed_by for line in lines.values()
    )
    notes += paying.in_advance_notes(list(lines.values()))
    notes += over_by_shipping(owed, customer_names.party(customer), _worth(rows))
    text = Text(
        f"已发货 {{no}} · 订单 {number} · {CUSTOMER.show(customer, 'zh')} · {len(rows)} 行",
        f"shipment {{no}} of order {number} · {CUSTOMER.show(customer, 'en')} · {lines_text(len(rows))}",
    )
    return Decision(text, tuple(rows), no=no, notes=tuple(notes), shown=_left_open(lines, wanted))


def _with_quantity(item: Item, line: OrderLine | None) -> Item:
    """A product that was named alone is all that is open of it; in the unit in which it was ordered."""
    item = in_lines_unit(item, line)
    if item.qty is not None or line is None:
        return item
    if line.open <= 0:
        raise NothingOpen(line.order_no, item.product.id)
    return item._replace(qty=line.open)


def _require_floor(
    items: Iterable[Item], lines: Mapping[str, OrderLine], prices: LastPrices, day: date, customer: str
) -> None:
    """A price that the order does not have is held against the lowest one; a typed 0 is free of charge."""
    for item in items:
        if item.price and item.price not in ordered_at(lines.get(item.product.id)):
            prices.require_floor(item.product.id, item.price, day, customer)


def _rows(
    items: Iterable[Item], lines: Mapping[str, OrderLine], head: dict[str, Value], sending: Sending
) -> tuple[list[Entry], list[Note]]:
    """A row for each price that an item is owed at, and what is to be said of the prices."""
    rows: list[Entry] = []
    notes: list[Note] = []
    sent: dict[str, Decimal] = {}
    for item in items:
        line = lines.get(item.product.id)
        notes += other_price(item, line)
        for qty, price, amount in _debts(item, line, sent.get(item.product.id, ZERO)):
            rows.append(shipment_row(head, item, qty, price, amount, sending, len(rows)))
            notes += _unpriced(item.product.id, price, amount)
        sent[item.product.id] = sent.get(item.product.id, ZERO) + item.quantity
    return rows, notes


def _worth(rows: Iterable[Entry]) -> Decimal:
    """What the rows of a shipment come to."""
    return money.total(amount for row in rows if isinstance(amount := row.row.get("amount"), Decimal))


def _unpriced(product: str, price: Decimal | None, amount: Decimal | None) -> list[Note]:
    if price is not None or amount is not None:
        return []
    text = Text(f"{product} 没有单价，金额留空", f"{product} has no price: amount left blank")
    return [Note("no_price", "warning", text)]


def _debts(
    item: Item, line: OrderLine | None, sent: Decimal
) -> Iterable[tuple[Decimal, Decimal | None, Decimal | None]]:
    """What is owed for an item as (quantity, price, amount): at a price that was typed, else as the order says.

    `sent` is what this shipment has of the line already.
    """
    if item.price is not None:
        return [(item.quantity, item.price, money.amount(item.quantity, item.price))]
    if line is None:
        return [(item.quantity, None, None)]
    return shares(line._replace(shipped=line.shipped + sent), item.quantity)


def _compared(
    product: str, asked: Decimal, line: OrderLine | None, number: str, lines: Iterable[str], *, force: bool
) -> list[Note]:
    if line is None:
        if not force:
            raise WrongModel(product, number, list(lines))
        text = Text(
            f"{product} 不在订单 {number} 上，照发了", f"{product} is not on order {number}: shipped all the same"
        )
        return [Note("wrong_model", "warning", text)]
    if asked > max(line.open, ZERO):
        if not force:
            hint = Text("确要多发，请加 --force", "to ship more all the same, add --force")
            raise MoreThanOpen(product, asked, max(line.open, ZERO), Text("发", "ship"), hint)
        text = Text(f"{product} 比订单多发了", f"more of {product} is shipped than ordered")
        return [Note("more_than_open", "warning", text)]
    return []


def _left_open(lines: dict[str, OrderLine], shipped: Iterable[Item]) -> Table:
    sent = totals(shipped)
    fields = (
        Field("product", Text("产品", "Product"), TEXT),
        Field("ordered", Text("订购", "Ordered"), QTY),
        Field("shipping_now", Text("本次发货", "Now"), QTY),
        Field("open", Text("尚未发", "Still open"), QTY),
    )
    rows = []
    for id_ in dict.fromkeys([*lines, *sent]):
        line = lines.get(id_)
        qty = sent.get(id_, ZERO)
        rows.append((id_, line.ordered if line else ZERO, qty, (line.open if line else ZERO) - qty))
    return Table(Text("发货与订单对照", "Shipment against order"), fields, rows)


def sign(
    shipments_made: ShipmentsMade, order_lines: OrderLines, settings: Settings, today: date, *, typed: str, day: date,
    note: str = "",
) -> Decision:  # fmt: skip
    """The customer has signed for a shipment. Raises AtOnceBook, NothingShipped."""
    if settings.at_once:
        raise AtOnceBook(Text("签收", "signing"))
    own, orders = settings.prefix("shipments", "SH"), settings.prefix("orders", "SO")
    try:
        made = shipments_made.ahead.under_way(typed, own, orders, today)
    except UnknownNumber as unknown:
        with suppress(UnknownNumber):
            raise NothingShipped(the_order(typed, order_lines, settings, today)) from unknown
        raise
    number = made.ship_no
    row: dict[str, Value] = {
        "ship_no": number, "date": day, "action": "sign", "order_no": made.order_no, "customer": made.customer,
        "qty": ZERO, "note": note,
    }  # fmt: skip
    text = Text(f"已签收 {number} · {made.customer}", f"{number} signed for · {made.customer}")
    given = frozenset({"ship_no", *({"note"} if note else ())})
    notes = tuple(before_document(number, made.day, day))
    return Decision(text, (Entry("shipments", row, given),), no=number, notes=notes)
