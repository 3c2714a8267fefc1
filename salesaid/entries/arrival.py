"""Goods that come in on a purchase, held against it line by line, and goods that go back (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.contents import contents_of, contents_text
from salesaid.balances.line_items import gathered, totals
from salesaid.balances.named_order import MoreThanOpen
from salesaid.balances.named_purchase import NothingToCome, NotOnPurchase, NotYetThere, the_purchase
from salesaid.balances.new_rows import identity, lines_text
from salesaid.balances.promised import Promised
from salesaid.balances.purchase_drafts import Event
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.balances.shelves import Shelf, shelf_notes, warehouse_notes
from salesaid.balances.shortage import short_lines
from salesaid.balances.stock import Stock
from salesaid.balances.typed import Item, NoQuantity, understood
from salesaid.balances.warehouses import warehouse_named
from salesaid.core.blanks import SUPPLIER
from salesaid.core.entries import Decision, Entry, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import PRICE, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text, joined, same
from salesaid.settings import Settings

_NAMED = 5  # orders that a note names


class OtherModelIn(Refused):
    """What came in is not on the purchase: another model, not another spelling."""

    def __init__(self, product: str, number: str, ordered: Sequence[str]) -> None:
        listed = "、".join(ordered), ", ".join(ordered)
        super().__init__(
            Text(f"采购 {number} 上没有 {product}", f"{product} is not on purchase {number}"),
            Text(
                f"采购上是：{listed[0]}。确实到了另一型号、先收下，请加 --force",
                f"on the purchase: {listed[1]}. To take in another model all the same, add --force",
            ),
        )


def receive(
    purchase_lines: PurchaseLines, catalogue: Catalogue, stock: Stock, promised: Promised, settings: Settings,
    today: date, *, typed: str, items: Sequence[str] = (), day: date, warehouse: str = "", note: str = "",
    force: bool = False, new: bool = False,
) -> Decision:  # fmt: skip
    """Goods come in on a purchase: all that is open, or these items. Raises NothingToCome."""
    number = the_purchase(typed, purchase_lines, settings, today)
    lines = {line.product: line for line in purchase_lines.ahead.of(number)}
    what = understood(items, catalogue)
    if not force:
        _require_on(what.items, lines, number)
    wanted = gathered(_with_quantity(item, lines, number) for item in what.items) or _all_open(lines, catalogue)
    if not wanted:
        raise NothingToCome(number)
    first, asked = next(iter(lines.values())), totals(wanted)
    for product in asked:
        _require_ordered_by(day, product, lines)
    place = warehouse_named(warehouse, stock, settings, new=new)
    notes = [*what.notes, *warehouse_notes([place], stock)]
    for product, qty in asked.items():
        notes += _compared(product, qty, lines, number, force=force)
    # What is not on the purchase stands last: it came in place of what the rows above it left open.
    wanted.sort(key=lambda item: not _is_on(item, lines))
    rows = [_received(item, lines.get(item.product.id), number, day, place, note, first.supplier) for item in wanted]
    notes += [note for item in wanted for note in _other_price(item, lines.get(item.product.id))]
    notes += shelf_notes(_shelves(rows, wanted, 1, stock, catalogue, settings, day, today), day, today)
    notes += _waiting(asked, stock, promised, catalogue)
    text = Text(
        f"已到货 · 采购 {number} · {SUPPLIER.show(first.supplier, 'zh')} · {len(rows)} 行",
        f"goods of purchase {number} are in · {SUPPLIER.show(first.supplier, 'en')} · {lines_text(len(rows))}",
    )
    return Decision(text, tuple(rows), no=number, notes=tuple(notes), shown=_left_open(lines, asked, 1))


def _all_open(lines: Mapping[str, PurchaseLine], catalogue: Catalogue) -> list[Item]:
    open_ = (line for line in lines.values() if line.open > 0)
    return [Item(catalogue.product(line.product), line.open, line.unit, None) for line in open_]


def _with_quantity(item: Item, lines: Mapping[str, PurchaseLine], number: str) -> Item:
    """A product that was named alone is all that is open of it; in the unit in which it was ordered."""
    line = lines.get(item.product.id)
    item = item._replace(unit=line.unit) if line is not None and line.is_apart else item
    if item.qty is not None or not _is_on(item, lines):
        return item
    open_ = lines[item.product.id].open
    if open_ <= 0:
        raise NothingToCome(number, item.product.id)
    return item._replace(qty=open_)


def _is_on(item: Item, lines: Mapping[str, PurchaseLine]) -> bool:
    line = lines.get(item.product.id)
    return line is not None and line.is_ordered


def _require_on(items: Iterable[Item], lines: Mapping[str, PurchaseLine], number: str) -> None:
    """Raises OtherModelIn for what is not on the purchase."""
    for item in items:
        if not _is_on(item, lines):
            raise OtherModelIn(item.product.id, number, [each.product for each in lines.values() if each.is_ordered])


def _require_ordered_by(day: date, product: str, lines: Mapping[str, PurchaseLine]) -> None:
    """Raises NotYetThere; what is not on the purchase came in place of its first line."""
    line = lines.get(product)
    ordered = line if line is not None and line.is_ordered else next(iter(lines.values()))
    if day < ordered.day:
        raise NotYetThere(ordered.product, day, ordered.day, Text("采购", "ordered"))


def _require_received_by(day: date, product: str, asked: Decimal, events: Iterable[Event]) -> None:
    """Raises NotYetThere where what is to go back had not come in by then."""
    moved = [each for each in events if each.product == product and each.action in {"receive", "reject"}]
    there = sum((each.qty if each.action == "receive" else -each.qty for each in moved if each.day <= day), ZERO)
    later = [each.day for each in moved if each.action == "receive" and each.day > day]
    if asked > there and later:
        raise NotYetThere(product, day, min(later), Text("到货", "received"))


def _compared(
    product: str, asked: Decimal, lines: Mapping[str, PurchaseLine], number: str, *, force: bool
) -> list[Note]:
    line = lines.get(product)
    if line is None or not line.is_ordered:
        qty = QTY.format(asked)
        text = Text(
            f"{product} 不在采购 {number} 上，先收下了；还差两步：退回它"
            f"（salesaid purchase reject {number} --item '{product}×{qty}' --why 型号不符），收到正确的型号",
            f"{product} is not on purchase {number}: taken in all the same. Two steps are left: send it back "
            f"(salesaid purchase reject {number} --item '{product}×{qty}' --why ...), take in the right model",
        )
        return [Note("wrong_model", "warning", text)]
    open_ = max(line.open, ZERO)
    if asked > open_:
        if not force:
            hint = Text("确实多到了、要收下，请加 --force", "to take in more all the same, add --force")
            raise MoreThanOpen(product, asked, open_, Text("收", "take in"), hint)
        over = QTY.format(asked - open_)
        text = Text(f"{product} 比采购多到了 {over}", f"{over} more of {product} came in than was ordered")
        return [Note("more_than_open", "warning", text)]
    return []


def _received(
    item: Item, line: PurchaseLine | None, number: str, day: date, warehouse: str, note: str, supplier: str
) -> Entry:
    price = item.price if item.price is not None else line.price if line is not None else None
    row: dict[str, Value] = {
        "purchase_no": number, "date": day, "action": "receive", "supplier": supplier, **identity(item),
        "qty": item.quantity, "unit": item.unit, "components": contents_text(item.product, item.unit), "price": price,
        "warehouse": warehouse or (line.warehouse if line is not None else ""), "note": note,
    }  # fmt: skip
    typed = {"warehouse": warehouse, "note": note, "price": item.price is not None}
    return Entry("purchases", row, frozenset({"purchase_no", "qty", *(name for name, value in typed.items() if value)}))


def _other_price(item: Item, line: PurchaseLine | None) -> list[Note]:
    if item.price is None or line is None or line.price is None or item.price == line.price:
        return []
    own, ordered = PRICE.format(item.price), PRICE.format(line.price)
    text = Text(
        f"{item.product.id} 单价 {own}，采购上是 {ordered}",
        f"{item.product.id} at {own}, on the purchase at {ordered}",
    )
    return [Note("other_price", "warning", text)]


def _shelves(
    rows: Iterable[Entry], items: Iterable[Item], sign: int, stock: Stock, catalogue: Catalogue, settings: Settings,
    day: date, today: date,
) -> list[Shelf]:  # fmt: skip
    """The shelves that rows touch, each product at its place once."""
    changed: dict[tuple[str, str], Decimal] = {}
    for entry, item in zip(rows, items, strict=True):
        place = str(entry.row["warehouse"] or settings.main_warehouse)
        for id_, qty in contents_of(item.product.id, str(entry.row["components"] or ""), catalogue):
            if catalogue.is_goods(id_):
                changed[id_, place] = changed.get((id_, place), ZERO) + sign * qty * item.quantity
    return [Shelf.of(id_, place, qty, stock, day, today) for (id_, place), qty in changed.items()]


def _waiting(asked: Iterable[str], stock: Stock, promised: Promised, catalogue: Catalogue) -> list[Note]:
    """Which orders have been waiting for the goods."""
    notes = []
    for id_ in dict.fromkeys(part for product in asked for part, _ in catalogue.contents(product)):
        short = short_lines(stock.sellable(stock.places(id_)), promised.open_lines(id_))
        if short:
            listed = joined(
                [same(f"{each.order_no} {each.customer}×{QTY.format(each.lacking)}") for each in short[:_NAMED]]
            )
            more = len(short) - _NAMED
            rest = Text(f" 等 {len(short)} 行", f" and {more} more") if more > 0 else Text("", "")
            text = Text(f"在等 {id_} 的订单：{listed.zh}", f"orders that wait for {id_}: {listed.en}") + rest
            notes.append(Note("waiting", "info", text))
    return notes


def _left_open(lines: Mapping[str, PurchaseLine], asked: Mapping[str, Decimal], sign: int) -> Table:
    """What is on the purchase beside what comes in now, or with a `sign` below zero goes back."""
    now = Text("本次到货", "In now") if sign > 0 else Text("本次退供", "Back now")
    fields = (
        Field("product", Text("产品", "Product"), TEXT),
        Field("ordered", Text("采购", "Ordered"), QTY),
        Field("now", now, QTY),
        Field("open", Text("尚未到", "Still open"), QTY),
    )
    rows = []
    for id_ in dict.fromkeys([*lines, *asked]):
        line, qty = lines.get(id_), asked.get(id_, ZERO)
        ordered, open_ = (
            (line.ordered, line.open - sign * qty) if line is not None and line.is_ordered else (ZERO, None)
        )
        rows.append((id_, ordered, qty, open_))
    return Table(Text("到货与采购对照", "Goods against purchase"), fields, rows)


def reject(
    purchase_lines: PurchaseLines, catalogue: Catalogue, stock: Stock, settings: Settings, today: date, *, typed: str,
    items: Sequence[str], day: date, why: str, warehouse: str = "", note: str = "",
) -> Decision:  # fmt: skip
    """Goods that came in go back to the supplier; what was ordered of them is open again.

    Raises NotOnPurchase, NoQuantity, MoreThanOpen.
    """
    number = the_purchase(typed, purchase_lines, settings, today)
    lines = {line.product: line for line in purchase_lines.ahead.of(number)}
    what = understood(items, catalogue)
    for item in what.items:
        if item.product.id not in lines:
            raise NotOnPurchase(item.product.id, number, lines)
        if item.qty is None:
            raise NoQuantity(item.product.id)
    wanted = gathered(item._replace(price=None) for item in what.items)
    for product, asked in totals(wanted).items():
        received = max(lines[product].received, ZERO)
        if asked > received:
            raise MoreThanOpen(product, asked, received, Text("退供", "send back"))
        _require_received_by(day, product, asked, purchase_lines.ahead.events(number))
    first, reason = next(iter(lines.values())), why if not note else f"{why}；{note}"
    place = warehouse_named(warehouse, stock, settings)
    rows = [_sent_back(item, lines[item.product.id], number, day, place, reason) for item in wanted]
    if note:
        rows = [row._replace(given=row.given | {"note"}) for row in rows]
    notes = list(what.notes)
    notes += shelf_notes(_shelves(rows, wanted, -1, stock, catalogue, settings, day, today), day, today)
    text = Text(
        f"已退供 · 采购 {number} · {SUPPLIER.show(first.supplier, 'zh')} · {len(rows)} 行",
        f"sent back to {SUPPLIER.show(first.supplier, 'en')} · purchase {number} · {lines_text(len(rows))}",
    )
    return Decision(text, tuple(rows), no=number, notes=tuple(notes), shown=_left_open(lines, totals(wanted), -1))


def _sent_back(item: Item, line: PurchaseLine, number: str, day: date, warehouse: str, why: str) -> Entry:
    row: dict[str, Value] = {
        "purchase_no": number, "date": day, "action": "reject", "supplier": line.supplier, **identity(item),
        "qty": item.quantity, "unit": line.unit if line.is_apart else item.unit, "components": line.components,
        "price": line.price, "warehouse": warehouse or line.warehouse, "note": why,
    }  # fmt: skip
    given = {"purchase_no", "qty", *({"warehouse"} if warehouse else ())}
    return Entry("purchases", row, frozenset(given))
