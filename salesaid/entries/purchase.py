"""Purchases: ordered from suppliers, promised for another day, closed (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.effects import discontinued_notes
from salesaid.balances.incoming import Incoming
from salesaid.balances.named_order import the_order
from salesaid.balances.named_purchase import NothingToCome, open_products, the_purchase
from salesaid.balances.new_rows import before_document, due_passed, identity, later_date, lines_text
from salesaid.balances.order_lines import OrderLines
from salesaid.balances.parties import Parties
from salesaid.balances.promised import Promised
from salesaid.balances.purchase_lines import PurchaseLines
from salesaid.balances.shelves import warehouse_notes
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item, known_party, understood
from salesaid.balances.warehouses import warehouse_named
from salesaid.core import money
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import MONEY, PRICE, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text
from salesaid.settings import Settings


class NothingBought(Refused):
    """A purchase has no items."""

    def __init__(self) -> None:
        super().__init__(
            Text("没有写货品", "there are no items"), Text("写成 产品×数量[@进价]", "write PRODUCT×QTY[@PRICE]")
        )


def add_for(
    order_lines: OrderLines, catalogue: Catalogue, supplier_names: Parties, stock: Stock, promised: Promised,
    incoming: Incoming, settings: Settings, today: date, *, order: str, **given: Any,
) -> Decision:  # fmt: skip
    """A new purchase for a customer's order. Raises UnknownNumber, AmbiguousNumber, and what `add` raises."""
    number = the_order(order, order_lines, settings, today)
    decision = add(
        catalogue, supplier_names, stock, promised, incoming, settings, today, order_no=number, **given
    )  # fmt: skip
    ordered = {part for line in order_lines.of(number) for part in (line.product, *_parts(line.product, catalogue))}
    bought = {item.product.id for item in understood(given["items"], catalogue, new=True).items}
    notes = [
        Note("not_on_order", "warning", Text(f"{id_} 不在订单 {number} 上", f"{id_} is not on order {number}"))
        for id_ in sorted(bought - ordered)
    ]
    return decision._replace(notes=(*decision.notes, *notes))


def _parts(id_: str, catalogue: Catalogue) -> list[str]:
    return [part for part, _ in catalogue.contents(id_)]


def add(
    catalogue: Catalogue, supplier_names: Parties, stock: Stock, promised: Promised, incoming: Incoming,
    settings: Settings, today: date, *, supplier: str, items: Sequence[str], day: date, due: date, order_no: str = "",
    warehouse: str = "", note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """A new purchase, at the prices that were typed, else at what the products cost. Raises NothingBought."""
    if not items:
        raise NothingBought
    warehouse = warehouse_named(warehouse, stock, settings, new=new)
    who = known_party(supplier, supplier_names, new=new)
    what = understood(items, catalogue, new=new)
    number = NewNumber("purchases", day)
    typed = {"order_no": order_no, "warehouse": warehouse, "note": note}
    head: dict[str, Value] = {
        "purchase_no": number, "date": day, "action": "order", "supplier": who.party.written, "due": due, **typed,
    }  # fmt: skip
    given = {"supplier", "product", "qty", "due"} | {name for name, value in typed.items() if value}
    entries = [*who.entries, *what.entries, *(_bought(head, item, given) for item in what.items)]
    notes = [*who.notes, *what.notes, *_price_notes(what.items), *warehouse_notes([warehouse], stock)]
    notes += [*discontinued_notes(what.items), *later_date(day, today), *due_passed(due, day)]
    return Decision(
        said=_said(who.party.id, what.items, due),
        entries=tuple(entries),
        no=number,
        notes=tuple(notes),
        shown=_what_comes(what.items, stock, promised, incoming, catalogue),
    )


def _price(item: Item) -> Decimal | None:
    return item.price if item.price is not None else item.product.cost


def _bought(head: dict[str, Value], item: Item, given: set[str]) -> Entry:
    row = head | {**identity(item), "qty": item.quantity, "unit": item.unit, "price": _price(item)}
    typed = {name for name, value in (("price", item.price is not None), ("unit", item.own_unit)) if value}
    return Entry("purchases", row, frozenset(given | typed))


def _price_notes(items: Iterable[Item]) -> list[Note]:
    notes = []
    for item in items:
        id_, price = item.product.id, _price(item)
        if price is None:
            text = Text(f"{id_} 没有进价，单价留空", f"{id_} has no price: left blank")
            notes.append(Note("no_price", "warning", text))
        elif item.price is None:
            shown = PRICE.format(price)
            text = Text(f"{id_} 进价 {shown}：取自产品资料的成本", f"{id_} at {shown}: the product's cost")
            notes.append(Note("price_from", "info", text))
    return notes


def _said(supplier: str, items: Sequence[Item], due: date) -> Text:
    sums = [money.amount(item.quantity, price) for item in items if (price := _price(item)) is not None]
    total = MONEY.show(money.total(sums), "zh")
    sum_ = Text(f"{total} 元", total) if sums else Text("无单价", "no price")
    return Text(
        f"已记采购 {{no}} · {supplier} · {len(items)} 行 · {sum_.zh} · 交期 {due}",
        f"purchase {{no}} entered · {supplier} · {lines_text(len(items))} · {sum_.en} · due {due}",
    )


def _what_comes(
    items: Iterable[Item], stock: Stock, promised: Promised, incoming: Incoming, catalogue: Catalogue
) -> Table | None:
    """What there is of each product, and what there will be; None where nothing lies on a shelf."""
    bought: dict[str, Decimal] = {}
    for item in items:
        for id_, qty in catalogue.contents(item.product.id):
            bought[id_] = bought.get(id_, ZERO) + qty * item.quantity
    rows = []
    for id_, qty in bought.items():
        if catalogue.is_goods(id_):
            there = stock.sellable(stock.places(id_)) - promised.of(id_)
            coming = incoming.of(id_) + qty
            rows.append((id_, qty, there, coming, there + coming, catalogue.product(id_).min_stock))
    fields = (
        Field("product", Text("产品", "Product"), TEXT),
        Field("qty", Text("本次采购", "This purchase"), QTY),
        Field("available", Text("可用", "Available"), QTY),
        Field("incoming", Text("在途（含本次）", "Incoming with it"), QTY),
        Field("projected", Text("预计", "Projected"), QTY),
        Field("min_stock", Text("最低库存", "Minimum"), QTY),
    )
    return Table(Text("到货之后", "Once it is in"), fields, rows) if rows else None


def promise(
    purchase_lines: PurchaseLines, catalogue: Catalogue, settings: Settings, today: date, *, typed: str,
    items: Sequence[str] = (), day: date, due: date, note: str = "",
) -> Decision:  # fmt: skip
    """The supplier promises another day, for these products or for the whole purchase; earlier promises are kept.

    Raises NothingToCome.
    """
    number = the_purchase(typed, purchase_lines, settings, today)
    lines = {line.product: line for line in purchase_lines.ahead.of(number)}
    named = open_products(items, catalogue, lines, number)
    meant = [lines[item.product.id] for item in named] or [line for line in lines.values() if line.open > 0]
    if not meant:
        raise NothingToCome(number)
    head: dict[str, Value] = {
        "purchase_no": number, "date": day, "action": "promise", "supplier": meant[0].supplier, "qty": ZERO,
        "due": due, "note": note,
    }  # fmt: skip
    given = frozenset({"purchase_no", "due", *({"note"} if note else ())})
    rows = [Entry("purchases", head | identity(item), given) for item in named] or [Entry("purchases", head, given)]
    before = sorted({line.due for line in meant if line.due})
    was = (f"（原 {'、'.join(map(str, before))}）", f" (was {', '.join(map(str, before))})") if before else ("", "")
    said = Text(f"采购 {number} 新交期 {due}{was[0]}", f"purchase {number} is now due {due}{was[1]}")
    notes = (*before_document(number, meant[0].day, day), *due_passed(due, day))
    return Decision(said, tuple(rows), no=number, notes=notes)


def close(
    purchase_lines: PurchaseLines, catalogue: Catalogue, settings: Settings, today: date, *, typed: str,
    items: Sequence[str] = (), day: date, why: str,
) -> Decision:  # fmt: skip
    """What is open of a purchase, or of these products, will not come any more. Raises NothingToCome."""
    number = the_purchase(typed, purchase_lines, settings, today)
    lines = {line.product: line for line in purchase_lines.ahead.of(number)}
    named = open_products(items, catalogue, lines, number)
    open_ = [lines[item.product.id] for item in named] or [line for line in lines.values() if line.open > 0]
    if not open_:
        raise NothingToCome(number)
    rows = [
        Entry(
            "purchases",
            {
                "purchase_no": number, "date": day, "action": "close", "supplier": line.supplier,
                "product": catalogue.product(line.product).name, "model": line.model, "qty": -line.open,
                "unit": line.unit, "note": why,
            },
            frozenset({"purchase_no"}),
        )
        for line in open_
    ]  # fmt: skip
    said = Text(f"采购 {number} 已关闭 {len(rows)} 行", f"{lines_text(len(rows))} of purchase {number} closed")
    return Decision(said, tuple(rows), no=number, notes=tuple(before_document(number, open_[0].day, day)))
