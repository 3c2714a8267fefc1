"""What a stock move does to the shelves it touches: shown when it is written, warned of where it runs them short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.promised import Promised
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item
from salesaid.core.kinds import QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text


class Shelf(NamedTuple):
    """One product at one place: what a move adds there, and what lies there before and after."""

    product: str
    place: str
    qty: Decimal
    before: Decimal
    after: Decimal

    @classmethod
    def of(cls, id_: str, place: str, qty: Decimal, stock: Stock, day: date, today: date) -> Shelf:
        """A shelf today; a row dated before its last count, or after today, changes nothing there now."""
        before = stock.places(id_).get(place, ZERO)
        holds = stock.open_since(id_, place) <= day <= today
        return cls(id_, place, qty, before, before + qty if holds else before)


def shelf_table(shelves: Sequence[Shelf]) -> Table:
    """The shelves as a table."""
    fields = (
        Field("product", Text("产品", "Product"), TEXT),
        Field("warehouse", Text("仓库", "Warehouse"), TEXT),
        Field("qty", Text("变动", "Change"), QTY),
        Field("before", Text("原有", "Before"), QTY),
        Field("after", Text("现有", "Now"), QTY),
    )
    rows = [tuple(shelf) for shelf in shelves]
    return Table(Text("对库存的影响", "What it does to the stock"), fields, rows)


def shelf_notes(shelves: Iterable[Shelf], day: date, today: date) -> list[Note]:
    """Warnings of shelves that have less than was taken, and of rows that change nothing now."""
    notes: list[Note] = []
    if day > today:  # whoever posts it says so
        return notes
    for shelf in shelves:
        if shelf.before == shelf.after:
            notes.append(Note("before_count", "warning", _before_count(shelf, day)))
        elif shelf.qty < 0 and shelf.after < 0:
            notes.append(Note("beyond_on_hand", "warning", _beyond(shelf)))
    return notes


def _before_count(shelf: Shelf, day: date) -> Text:
    return Text(
        f"{shelf.product} 在{shelf.place}后来盘点过，{day} 的这一笔不再改变现有库存",
        f"{shelf.product} was counted at {shelf.place} since: a row of {day} no longer changes what lies there",
    )


def _beyond(shelf: Shelf) -> Text:
    had, took = QTY.format(shelf.before), QTY.format(-shelf.qty)
    return Text(
        f"{shelf.product} 在{shelf.place}账面只有 {had}，出了 {took}",
        f"{took} of {shelf.product} taken from {shelf.place}, where the book has {had}",
    )


def goods_of(items: Iterable[Item], catalogue: Catalogue) -> dict[str, Decimal]:
    """How much of what lies on shelves is in these items, bundles taken apart."""
    found: dict[str, Decimal] = {}
    for item in items:
        for id_, qty in catalogue.contents(item.product.id) if counts_in(item.product, item.unit) else ():
            if catalogue.is_goods(id_):
                found[id_] = found.get(id_, ZERO) + qty * item.quantity
    return found


def beyond_notes(leaving: Mapping[str, Decimal], place: str, stock: Stock) -> list[Note]:
    """Books lag shelves: that more leaves a place than the book has there is done, and said."""
    notes = []
    for id_, qty in leaving.items():
        had = stock.places(id_).get(place, ZERO)
        if qty > had:
            notes.append(Note("beyond_on_hand", "warning", _beyond(Shelf(id_, place, -qty, had, had - qty))))
    return notes


def low_notes(shelves: Iterable[Shelf], stock: Stock, promised: Promised, catalogue: Catalogue) -> list[Note]:
    """Warnings of products that a move brings to their minimum or below it."""
    notes = []
    changed: dict[str, list[Shelf]] = {}
    for shelf in shelves:
        changed.setdefault(shelf.product, []).append(shelf)
    for id_, own in changed.items():
        least, places = catalogue.product(id_).min_stock, stock.places(id_)
        after = stock.sellable(places | {shelf.place: shelf.after for shelf in own}) - promised.of(id_)
        if least is not None and after <= least and after < stock.sellable(places) - promised.of(id_):
            text = Text(
                f"{id_} 可用只剩 {QTY.format(after)}，到了最低库存 {QTY.format(least)}",
                f"{id_}: {QTY.format(after)} available, at or below the minimum of {QTY.format(least)}",
            )
            notes.append(Note("below_minimum", "warning", text))
    return notes


def warehouse_notes(typed: Iterable[str], stock: Stock) -> list[Note]:
    """A warehouse that no row names yet: with --new, what was written wrong is new, too."""
    notes = []
    for name in filter(None, (text.strip() for text in typed)):
        known = stock.warehouses()
        if name not in known:
            listed = sorted(known)
            text = Text(
                f"“{name}”是新仓库；已有：{'、'.join(listed)}",
                f"“{name}” is a new warehouse; there are: {', '.join(listed)}",
            )
            notes.append(Note("new_warehouse", "info", text))
    return notes
