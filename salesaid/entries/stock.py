"""Stock: goods come, go, change their warehouse, are scrapped, and are counted (DOMAIN.md 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.balances.catalogue import Catalogue, Product, counts_in
from salesaid.balances.moves import Moves
from salesaid.balances.new_rows import identity, lines_text
from salesaid.balances.promised import Promised
from salesaid.balances.shelves import Shelf, low_notes, shelf_notes, shelf_table, warehouse_notes
from salesaid.balances.stock import Stock
from salesaid.balances.stock_items import opened_notes, taken_apart
from salesaid.balances.typed import BadItem, Item, OtherUnit, Understood, understood
from salesaid.balances.warehouses import warehouse_named
from salesaid.core.counted import ACCEPTED, Counted, parse_counted
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY, TEXT, Unreadable
from salesaid.core.rows import Rows
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text
from salesaid.settings import Settings

Action = Literal["opening", "in", "out", "transfer", "scrap"]

_SAID = {
    "opening": Text("已记期初", "opening"),
    "in": Text("已入库", "in"),
    "out": Text("已出库", "out"),
    "transfer": Text("已调拨", "moved"),
    "scrap": Text("已报废", "scrapped"),
}


class NothingNamed(Refused):
    """No items were given."""

    def __init__(self, accepted: Text) -> None:
        super().__init__(Text("没有写货品", "there are no items"), Text(f"写成 {accepted.zh}", f"write {accepted.en}"))


class NoPriceHere(Refused):
    """An item of a stock move has a price."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(f"库存变动只记数量，不记单价：{product}", f"a stock move has quantities, no prices: {product}"),
            Text("去掉 @ 和后面的单价", "leave out @ and the price"),
        )


class NotOnShelf(Refused):
    """A service lies on no shelf."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(
                f"{product} 不管库存（运费、维修费之类）", f"{product} is not kept in stock: postage, a fee or the like"
            )
        )


class BundleCounted(Refused):
    """A bundle has no stock of its own to be counted."""

    def __init__(self, product: Product) -> None:
        parts = [name for name, _ in product.components]
        super().__init__(
            Text(f"{product.id} 是套装，没有自己的库存", f"{product.id} is a bundle and has no stock of its own"),
            Text(f"请盘点它的组件：{'、'.join(parts)}", f"count its parts: {', '.join(parts)}"),
        )


class CountedTwice(Refused):
    """One product is counted twice in one go."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(f"{product} 盘了两次", f"{product} is counted twice"),
            Text("放在几处的，加起来写一次", "of goods in several places write the sum once"),
        )


class SamePlace(Refused):
    """Goods are to be moved to where they are."""

    def __init__(self, warehouse: str) -> None:
        super().__init__(
            Text(f"调出和调入都是“{warehouse}”", f"from and to are both “{warehouse}”"),
            Text("用 --from 和 --to 写两个不同的仓库", "name two warehouses with --from and --to"),
        )


class Asked(NamedTuple):
    """What was typed of a stock move or a count."""

    items: Sequence[str]
    day: date
    warehouse: str = ""
    to_warehouse: str = ""
    why: str = ""
    handler: str = ""
    note: str = ""
    new: bool = False

    def at_known_places(self, stock: Stock, settings: Settings) -> Asked:
        """The same with its warehouses written as they are known. Raises UnknownWarehouse."""
        typed = (self.warehouse, self.to_warehouse)
        own, other = (warehouse_named(name, stock, settings, new=self.new) for name in typed)
        return self._replace(warehouse=own, to_warehouse=other)

    @property
    def cells(self) -> dict[str, Value]:
        """What all rows of it have in common."""
        return {
            "date": self.day, "warehouse": self.warehouse, "reason": self.why, "handler": self.handler,
            "note": self.note,
        }  # fmt: skip

    def row(self, ledger: str, head: dict[str, Value], item: Item, own: dict[str, Value]) -> Entry:
        """One row for one item."""
        row = head | self.cells | identity(item) | own | {"unit": item.unit}
        # A reason also stands in the log: no file is refused for want of a column for it.
        given = {id_ for id_ in ("warehouse", "to_warehouse", "handler", "note") if row.get(id_)}
        return Entry(ledger, row, frozenset(given | {"product", *own} | ({"unit"} if item.own_unit else set())))


def move(
    catalogue: Catalogue, stock: Stock, promised: Promised, stock_moves: Rows, settings: Settings, today: date, *,
    action: Action, asked: Asked,
) -> Decision:  # fmt: skip
    """Goods come, go, change their warehouse or are scrapped; more than is on hand is done, and said."""
    asked = asked.at_known_places(stock, settings)
    places = _places(action, asked, settings)
    what = understood(asked.items, catalogue, new=asked.new)
    goods, notes = _goods(what, catalogue)
    number = NewNumber("stock_moves", asked.day)
    own_word = action in {"in", "out"} and bool(stock_moves.columns) and not stock_moves.has("action")
    head: dict[str, Value] = {"move_no": number, "action": None if own_word else action}
    if action == "transfer":
        head["to_warehouse"] = asked.to_warehouse
    # A file without a column for actions says by the sign which way goods went.
    sign = -1 if own_word and action == "out" else 1
    rows = [asked.row("stock_moves", head, item, {"qty": item.quantity * sign}) for item in goods]
    changes = _changes(goods, action, places)
    shelves = [Shelf.of(id_, place, qty, stock, asked.day, today) for (id_, place), qty in changes.items()]
    notes += warehouse_notes((asked.warehouse, asked.to_warehouse), stock) + shelf_notes(shelves, asked.day, today)
    notes += low_notes(shelves, stock, promised, catalogue)
    if action == "opening":
        notes += opened_notes({item.product.id for item in goods}, places[0], stock_moves, catalogue)
    said = _SAID[action]
    text = Text(f"{said.zh} {{no}} · {len(rows)} 行", f"{said.en}: {{no}} · {lines_text(len(rows))}")
    return Decision(text, (*what.entries, *rows), no=number, notes=tuple(notes), shown=shelf_table(shelves))


def _places(action: Action, asked: Asked, settings: Settings) -> list[str]:
    """The warehouse where goods come or go; of a transfer the one that they leave, then the other. Raises SamePlace."""
    place = asked.warehouse or settings.warehouse_of("stock_moves")
    if action != "transfer":
        return [place]
    fixed = settings.ledger("stock_moves").fixed.get("to_warehouse", "").strip()
    to_place = asked.to_warehouse or fixed or settings.main_warehouse
    if place == to_place:
        raise SamePlace(place)
    return [place, to_place]


def _goods(what: Understood, catalogue: Catalogue) -> tuple[list[Item], list[Note]]:
    """The items with bundles taken apart, and what is to be said of it."""
    if not what.items:
        raise NothingNamed(Text("产品×数量", "PRODUCT×QTY"))
    goods, notes = [], list(what.notes)
    for item in what.items:
        if item.price is not None:
            raise NoPriceHere(item.product.id)
        if not item.product.stocked:
            raise NotOnShelf(item.product.id)
        parts = [item._replace(qty=item.quantity)] if not item.product.components else _parts(item, catalogue)
        goods += parts
        if item.product.components:
            notes.append(taken_apart(item, parts))
    return goods, notes


def _parts(bundle: Item, catalogue: Catalogue) -> list[Item]:
    parts = [
        Item(catalogue.product(id_), qty * bundle.quantity, catalogue.product(id_).unit, None)
        for id_, qty in catalogue.contents(bundle.product.id)
        if catalogue.is_goods(id_)
    ]
    if not parts:
        raise NotOnShelf(bundle.product.id)
    return parts


def _changes(goods: Iterable[Item], action: Action, places: Sequence[str]) -> dict[tuple[str, str], Decimal]:
    """What each shelf gains or loses."""
    signs = {place: 1 if action in {"opening", "in"} or at else -1 for at, place in enumerate(places)}
    changes: dict[tuple[str, str], Decimal] = {}
    for item in goods:
        for place, sign in signs.items():
            key = (item.product.id, place)
            changes[key] = changes.get(key, Decimal(0)) + item.quantity * sign
    return changes


class _Shelf(NamedTuple):
    """A shelf that was counted: the item, what was counted, and what the book had."""

    item: Item
    counted: Decimal
    booked: Decimal
    moved: Decimal


def count(
    catalogue: Catalogue, stock: Stock, moves: Moves, stock_counts: Rows, settings: Settings, *, asked: Asked
) -> Decision:
    """What was counted beside what the book had that day, even if both agree. Raises NothingNamed, CountedTwice."""
    if not asked.items:
        raise NothingNamed(ACCEPTED)
    asked = asked.at_known_places(stock, settings)
    place = asked.warehouse or settings.warehouse_of("stock_counts")
    notes: list[Note] = warehouse_notes((asked.warehouse,), stock)
    number = NewNumber("stock_counts", asked.day)
    new, shelves = list[Entry](), list[_Shelf]()
    for text in asked.items:
        figure, what = counted(catalogue, text=text, new=asked.new)
        item = _countable(figure, what.items[0])
        if item.product.id in {shelf.item.product.id for shelf in shelves}:
            raise CountedTwice(item.product.id)
        id_ = item.product.id
        booked, moved = moves.on_hand(id_, place, asked.day), moves.net(id_, place, asked.day)
        shelves.append(_Shelf(item, figure.qty, booked, moved))
        new += what.entries
        notes += what.notes
    rows = [
        asked.row("stock_counts", {"count_no": number, "moved": shelf.moved}, shelf.item, {"counted": shelf.counted})
        for shelf in shelves
    ]
    notes += _closing_note(shelves, stock_counts)
    off = sum(shelf.counted != shelf.booked for shelf in shelves)
    text_ = Text(
        f"已记盘点 {{no}} · {len(rows)} 行，{off} 行与账面不符",
        f"count {{no}} · {lines_text(len(rows))}, {off} not as booked",
    )
    shown = _difference_table(shelves, place)
    return Decision(text_, (*new, *rows), no=number, notes=tuple(notes), shown=shown)


def counted(catalogue: Catalogue, *, text: str, new: bool) -> tuple[Counted, Understood]:
    """A count as typed. Raises BadItem, UnknownName, AmbiguousName."""
    try:
        figure = parse_counted(text)
    except Unreadable as trouble:
        raise BadItem(text, trouble.accepted) from trouble
    what = understood([figure.product], catalogue, new=new)
    if what.items[0].qty is not None or what.items[0].price is not None:
        raise BadItem(text, ACCEPTED)
    return figure, what


def _countable(counted: Counted, item: Item) -> Item:
    product = item.product
    if product.components:
        raise BundleCounted(product)
    if not product.stocked:
        raise NotOnShelf(product.id)
    if not counts_in(product, counted.unit):
        raise OtherUnit(product, counted.unit)
    return item._replace(unit=counted.unit or item.unit)


def _closing_note(shelves: Iterable[_Shelf], stock_counts: Rows) -> list[Note]:
    """A file without a column for what was written before the count takes every count as one at closing."""
    if not stock_counts.columns or stock_counts.has("moved") or not any(shelf.moved for shelf in shelves):
        return []
    text = Text(
        "盘点表没有“盘点前变动”列：按收工时盘点算，当天后来的出入库不再计入",
        "the file has no column “Moved”: taken as a count at closing, what is written of that day later does not count",
    )
    return [Note("closing_count", "warning", text)]


def _difference_table(shelves: Iterable[_Shelf], place: str) -> Table:
    fields = (
        Field("product", Text("产品", "Product"), TEXT),
        Field("warehouse", Text("仓库", "Warehouse"), TEXT),
        Field("booked", Text("账面", "Booked"), QTY),
        Field("counted", Text("实盘", "Counted"), QTY),
        Field("difference", Text("差异", "Difference"), QTY),
    )
    rows = [(s.item.product.id, place, s.booked, s.counted, s.counted - s.booked) for s in shelves]
    return Table(Text("账面与实盘", "Book and shelf"), fields, rows)
