"""Goods that customers send in for repair or to be taken back, and what the book knows of them (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.contents import contents_text
from salesaid.balances.goods_sold import GoodsSold, Sold
from salesaid.balances.named_order import the_order
from salesaid.balances.new_rows import identity, later_date, lines_text
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.parties import Parties
from salesaid.balances.repair_lines import RepairLines
from salesaid.balances.typed import Item, Known, known_party, understood
from salesaid.balances.warranties import Warranty, warranty_of
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY
from salesaid.core.serial_numbers import serial_key
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.settings import Settings


class NothingReceived(Refused):
    """No goods are named, and no serial number by which the book knows them."""

    def __init__(self, serials: Sequence[str]) -> None:
        zh, en = "、".join(serials), ", ".join(serials)
        unknown = Text(
            f"出货里没有序列号 {zh}，不知道是什么货", f"no shipment has {en}: what goods they are is not known"
        )
        super().__init__(
            unknown if serials else Text("没有写收到了什么货", "what goods were received is not said"),
            Text("写成 -i 产品×数量", "write -i PRODUCT×QTY"),
        )


class WhoSentIt(Refused):
    """No customer is named, and neither the order nor the serial number tells it."""

    def __init__(self, serials: Sequence[str]) -> None:
        zh, en = "、".join(serials), ", ".join(serials)
        why = Text(f"出货里没有序列号 {zh}，", f"no shipment has {en}: ") if serials else Text("", "")
        super().__init__(
            why + Text("不知道是哪个客户的货", "whose goods they are is not known"),
            Text("写成 -c 名称", "write -c NAME"),
        )


class NoPriceOfRepair(Refused):
    """An item of a return has a price."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(f"收到返修货不记单价：{product}", f"goods that come in for repair have no price: {product}"),
            Text(
                "去掉 @ 和后面的单价；退款用 salesaid return refund",
                "leave out @ and the price; money is given back with salesaid return refund",
            ),
        )


class SerialsDiffer(Refused):
    """There are not as many serial numbers as pieces."""

    def __init__(self, count: int, pieces: Decimal | None) -> None:
        many = Text("有几种", "several products")
        if pieces is not None:
            many = Text(f"是 {QTY.format(pieces)} 件", f"{QTY.format(pieces)} pieces")
        super().__init__(
            Text(f"序列号写了 {count} 个，货{many.zh}", f"{count} serial numbers for {many.en}"),
            Text(
                "一个序列号对一件货；几种货请分开记",
                "one serial number for each piece; receive several products one by one",
            ),
        )


class Asked(NamedTuple):
    """What was typed of goods that came in; a blank customer is the order's or that of the serial number."""

    customer: str
    items: Sequence[str]
    day: date
    serials: Sequence[str] = ()
    fault: str = ""
    warranty: str | None = None
    order: str = ""
    handler: str = ""
    note: str = ""
    new: bool = False


def receive(
    catalogue: Catalogue, customer_names: Parties, goods_sold: GoodsSold, repair_lines: RepairLines,
    order_lines: OrderLines, settings: Settings, today: date, *, asked: Asked,
) -> Decision:  # fmt: skip
    """A customer's goods come in; whether they are in warranty is told by when they last went there."""
    order_no = the_order(asked.order, order_lines, settings, today) if asked.order else ""
    sold = goods_sold.with_serials(asked.serials, asked.day)
    who = _sender(asked, order_no, order_lines, sold, customer_names)
    what = understood(_typed(asked, sold), catalogue, new=asked.new)
    pieces = _pieces(what.items, asked.serials)
    notes = [*who.notes, *what.notes, *later_date(asked.day, today), *_in_repair(asked, repair_lines)]
    if order_no:
        notes += _on_order(pieces, order_no, order_lines)
    number = NewNumber("returns", asked.day)
    rows: list[Entry] = []
    for piece in pieces:
        known = sold.get(piece.serial)
        notes += _other_sale(piece, known, who.party.id)
        last = known or goods_sold.last(who.party.id, piece.item.product.id, asked.day)
        warranty = warranty_of(piece.item.product, last, asked.day, asked.warranty)
        notes += [note for note in warranty.notes if note not in notes]
        own_order = order_no or (known.order_no if known else "")
        went = goods_sold.of_order(order_no, piece.item.product.id, asked.day) if order_no else None
        held = _held(piece.item, went or last)
        rows.append(_row(asked, number, who.party.written, piece, warranty, own_order, held))
    text = Text(
        f"已收到 {{no}} · {who.party.id} · {len(rows)} 行",
        f"{{no}} received from {who.party.id}: {lines_text(len(rows))}",
    )
    return Decision(text, (*who.entries, *what.entries, *rows), no=number, notes=tuple(notes))


class _Piece(NamedTuple):
    """What one row is about."""

    item: Item
    qty: Decimal
    serial: str = ""


def _sender(
    asked: Asked, order_no: str, order_lines: OrderLines, sold: dict[str, Sold | None], customers: Parties
) -> Known:
    """The customer that was typed, else that of the order, else the one whose piece it is by the book."""
    of_order = order_lines.of(order_no)[0].customer if order_no else ""
    if not asked.customer:
        name = of_order or next((each.customer for each in sold.values() if each), "")
        if not name:
            raise WhoSentIt(asked.serials)
        said = Text(f"客户：{name}", f"customer: {name}")
        return Known(customers.party(name), [Note("customer_from", "info", said)], [])
    who = known_party(asked.customer, customers, new=asked.new)
    if order_no and of_order != who.party.id:
        text = Text(f"订单 {order_no} 是 {of_order} 的", f"order {order_no} is {of_order}'s")
        return who._replace(notes=[*who.notes, Note("other_customer", "warning", text)])
    return who


def _typed(asked: Asked, sold: dict[str, Sold | None]) -> list[str]:
    """The items that were typed, else what the serial numbers stand for."""
    if asked.items:
        return list(asked.items)
    products = {each.product for each in sold.values() if each}
    if len(products) != 1:
        raise NothingReceived(asked.serials)
    return [products.pop()]


def _pieces(items: Sequence[Item], serials: Sequence[str]) -> list[_Piece]:
    """A row for each item, or one for each serial number. Raises SerialsDiffer, NoPriceOfRepair, NoQuantity."""
    for item in items:
        if item.price is not None:
            raise NoPriceOfRepair(item.product.id)
    if not serials:
        return [_Piece(item, item.quantity) for item in items]
    if len(items) != 1:
        raise SerialsDiffer(len(serials), None)
    [item] = items
    if item.qty is not None and item.qty != len(serials):
        raise SerialsDiffer(len(serials), item.qty)
    return [_Piece(item, Decimal(1), serial) for serial in serials]


def _in_repair(asked: Asked, lines: RepairLines) -> list[Note]:
    """A warning where a piece is in repair already."""
    wanted = {serial_key(serial) for serial in asked.serials}
    notes = []
    for line in lines.open if wanted else ():
        for serial in line.serials:
            if serial_key(serial) in wanted:
                text = Text(
                    f"{serial} 已经在返修单 {line.return_no} 里，还没有了结",
                    f"{serial} is on return {line.return_no} already, which is still open",
                )
                notes.append(Note("in_repair", "warning", text))
    return notes


def _on_order(pieces: Sequence[_Piece], order_no: str, order_lines: OrderLines) -> list[Note]:
    ordered = {line.product for line in order_lines.of(order_no)}
    lacking = dict.fromkeys(piece.item.product.id for piece in pieces if piece.item.product.id not in ordered)
    return [
        Note("not_on_order", "warning", Text(f"订单 {order_no} 上没有 {id_}", f"{id_} is not on order {order_no}"))
        for id_ in lacking
    ]


def _other_sale(piece: _Piece, sold: Sold | None, customer: str) -> list[Note]:
    """Warnings where a serial number went to another customer, or is another product's."""
    notes = []
    if sold is not None and sold.customer != customer:
        text = Text(
            f"{piece.serial} 在 {sold.day} 发给的是 {sold.customer}",
            f"{piece.serial} went to {sold.customer} on {sold.day}",
        )
        notes.append(Note("sold_to_other", "warning", text))
    if sold is not None and sold.product != piece.item.product.id:
        text = Text(f"{piece.serial} 发货时是 {sold.product}", f"{piece.serial} was shipped as {sold.product}")
        notes.append(Note("other_product", "warning", text))
    return notes


def _held(item: Item, sold: Sold | None) -> str:
    """What a bundle held when it went to the customer, as far as a row says so; else what it holds now."""
    if sold is not None and sold.product == item.product.id and sold.components:
        return sold.components
    return contents_text(item.product, item.unit)


def _row(
    asked: Asked, number: NewNumber, customer: str, piece: _Piece, warranty: Warranty, order_no: str, held: str
) -> Entry:  # fmt: skip
    row: dict[str, Value] = {
        "return_no": number, "date": asked.day, "action": "receive", "customer": customer,
        **identity(piece.item), "qty": piece.qty, "unit": piece.item.unit, "components": held,
        "serial": piece.serial,
        "fault": asked.fault, "warranty": warranty.verdict, "order_no": order_no, "handler": asked.handler,
        "note": asked.note,
    }  # fmt: skip
    typed = {
        "serial": asked.serials, "fault": asked.fault, "warranty": asked.warranty, "order_no": asked.order,
        "handler": asked.handler, "note": asked.note, "unit": piece.item.own_unit,
    }  # fmt: skip
    return Entry(
        "returns", row, frozenset({"customer", "product", "qty", *(name for name, value in typed.items() if value)})
    )
