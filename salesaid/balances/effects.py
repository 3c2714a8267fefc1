"""What goods promised or sent do to the stock: shown when an order is taken, warned of when it runs short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.incoming import Incoming, Lot
from salesaid.balances.promised import Promised
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item
from salesaid.core.kinds import QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text

NOT_FOR_SALE = Text(
    "在库含不可售的仓库；可用＝可售仓库的在库－已订未发",
    "on hand counts all warehouses; available = on hand for sale − promised",
)


class Effect(NamedTuple):
    """What is available of one product before and after an order; `on_hand` counts all warehouses.

    `lots` are under way from suppliers, the next to come first.
    """

    product: str
    unit: str
    qty: Decimal
    on_hand: Decimal
    promised: Decimal
    before: Decimal
    after: Decimal
    min_stock: Decimal | None  # None, too, where no more of it is bought
    lots: Sequence[Lot] = ()

    @property
    def incoming(self) -> Decimal:
        """What is under way."""
        return sum((lot.qty for lot in self.lots), ZERO)

    @property
    def projected(self) -> Decimal:
        """What is available after the order, with what is under way."""
        return self.after + self.incoming


def available(id_: str, stock: Stock, promised: Promised) -> Decimal:
    """On hand for sale, less what is promised."""
    return stock.sellable(stock.places(id_)) - promised.of(id_)


def effects(
    items: Iterable[Item], stock: Stock, promised: Promised, incoming: Incoming, catalogue: Catalogue
) -> list[Effect]:
    """Of every product that lies on a shelf, bundles taken apart."""
    wanted: dict[str, Decimal] = {}
    for item in items:
        if item.product.stocked:
            for id_, qty in catalogue.contents(item.product.id):
                wanted[id_] = wanted.get(id_, ZERO) + qty * item.quantity
    found = []
    for id_, qty in wanted.items():
        product = catalogue.product(id_)
        if product.stocked:
            places = stock.places(id_)
            hand, open_ = sum(places.values(), ZERO), promised.of(id_)
            before = stock.sellable(places) - open_
            least = product.min_stock if product.status == "active" else None
            lots = incoming.lots(id_)
            found.append(Effect(id_, product.unit, qty, hand, open_, before, before - qty, least, lots))
    return found


def effect_table(effects: Sequence[Effect]) -> Table | None:
    """The effects as a table; None where nothing lies on a shelf."""
    if not effects:
        return None
    coming = (Field("incoming", Text("在途", "Incoming"), QTY), Field("projected", Text("预计", "Projected"), QTY))
    is_coming = any(e.lots for e in effects)
    fields = (
        Field("product", Text("产品", "Product"), TEXT),
        Field("qty", Text("本单", "This order"), QTY),
        Field("on_hand", Text("在库", "On hand"), QTY),
        Field("promised", Text("已订未发", "Promised"), QTY),
        Field("available", Text("可用", "Available"), QTY),
        Field("available_after", Text("下单后可用", "Then"), QTY),
        *(coming if is_coming else ()),
        Field("min_stock", Text("最低库存", "Minimum"), QTY),
    )
    rows = [
        (
            e.product, e.qty, e.on_hand, e.promised, e.before, e.after,
            *((e.incoming, e.projected) if is_coming else ()), e.min_stock,
        )
        for e in effects
    ]  # fmt: skip
    apart = any(e.on_hand - e.promised != e.before for e in effects)
    notes = (Note("not_for_sale", "info", NOT_FOR_SALE),) if apart else ()
    return Table(Text("对库存的影响", "What it does to the stock"), fields, rows, notes=notes)


def discontinued_notes(items: Iterable[Item]) -> list[Note]:
    """Warnings where no more of a product is bought."""
    ids = dict.fromkeys(item.product.id for item in items if item.product.status == "discontinued")
    return [Note("discontinued", "warning", Text(f"{id_} 已停售", f"{id_} is discontinued")) for id_ in ids]


def short_notes(effects: Iterable[Effect], today: date) -> list[Note]:
    """Warnings where goods run short, with the next lot that comes, or where what is projected is at the minimum."""
    notes = []
    for e in effects:
        after = QTY.format(e.after)
        if e.after < 0:
            text = Text(
                f"{e.product} 不够：下单后可用 {after}，缺 {QTY.format(-e.after)}{e.unit}",
                f"short of {e.product}: {after} available then, {QTY.format(-e.after)} missing",
            )
            notes.append(Note("short", "warning", text + _to_come(e, today)))
        elif e.min_stock is not None and e.projected <= e.min_stock:
            text = Text(
                f"{e.product} 下单后可用 {after}，到了最低库存 {QTY.format(e.min_stock)}",
                f"{e.product}: {after} available then, at or below the minimum of {QTY.format(e.min_stock)}",
            )
            notes.append(Note("below_minimum", "warning", text + _to_come(e, today)))
    return notes


def _to_come(effect: Effect, today: date) -> Text:
    """What is under way of a product, as the end of a sentence about it."""
    if not effect.lots:
        return Text("", "")
    from salesaid.balances.next_lot import next_lot

    coming = QTY.format(effect.incoming)
    said = Text(f"；在途 {coming}，", f"; {coming} incoming, ") + next_lot(effect.lots, today)
    rest = effect.projected
    if rest < 0:
        said += Text(f"，到齐后仍缺 {QTY.format(-rest)}", f", {QTY.format(-rest)} missing even then")
    return said
