"""What a person typed, understood against the book: items, parties, document numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue, Product, counts_in
from salesaid.balances.parties import Parties, Party
from salesaid.core.entries import Entry
from salesaid.core.errors import Refused
from salesaid.core.items import parse_item
from salesaid.core.names import Match, UnknownName
from salesaid.core.numbers import matches
from salesaid.core.reading import Unreadable
from salesaid.core.tables import Note
from salesaid.core.text import Text, same

_SHOWN = 8


class BadItem(Refused):
    """An item is not of the form PRODUCT×QTY[UNIT][@PRICE]."""

    def __init__(self, text: str, accepted: Text) -> None:
        super().__init__(
            Text(f"货品“{text}”看不懂", f"the item “{text}” cannot be read"),
            Text(f"要写成：{accepted.zh}", f"accepted: {accepted.en}"),
        )


class NoQuantity(Refused):
    """An item has no quantity."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(f"“{product}”没有写数量", f"“{product}” has no quantity"),
            Text(f"写成 {product}×数量", f"write {product}×QTY"),
        )


class OtherUnit(Refused):
    """An item's unit is not the product's."""

    def __init__(self, product: Product, unit: str) -> None:
        super().__init__(
            Text(
                f"{product.id} 的单位是“{product.unit}”，不是“{unit}”",
                f"the unit of {product.id} is “{product.unit}”, not “{unit}”",
            ),
            Text("换算后再写数量", "write the quantity in the product's own unit"),
        )


class UnknownNumber(Refused):
    """No document has the number that was typed."""

    def __init__(self, typed: str, what: Text) -> None:
        super().__init__(Text(f"没有编号为 {typed} 的{what.zh}", f"there is no {what.en} with the number {typed}"))


class AmbiguousNumber(Refused):
    """Several documents have a number that fits what was typed."""

    def __init__(self, typed: str, what: Text, numbers: Sequence[str]) -> None:
        listed = ", ".join(numbers[:_SHOWN])
        more = f" … (+{len(numbers) - _SHOWN})" if len(numbers) > _SHOWN else ""
        super().__init__(
            Text(f"{typed} 对得上好几个{what.zh}", f"{typed} fits several numbers of {what.en}"),
            Text(f"请写全：{listed}{more}", f"write one of them in full: {listed}{more}"),
        )


class Item(NamedTuple):
    """A product with what was typed of it; quantity and price are None where nothing was."""

    product: Product
    qty: Decimal | None
    unit: str
    price: Decimal | None
    is_new: bool = False

    @property
    def quantity(self) -> Decimal:
        """The quantity. Raises NoQuantity."""
        if self.qty is None:
            raise NoQuantity(self.product.id)
        return self.qty


class Understood(NamedTuple):
    """Items as understood, what is to be said of it, and rows for products that are new."""

    items: list[Item]
    notes: list[Note]
    entries: list[Entry]


def understood(typed: Iterable[str], catalogue: Catalogue, *, new: bool = False) -> Understood:
    """Items as typed, their products found. Raises BadItem, OtherUnit, UnknownName, AmbiguousName."""
    items, notes, entries = [], [], []
    for text in typed:
        item, match = _item(text, catalogue, new=new)
        items.append(item)
        if match is not None:
            notes += echo(_name_in(text, item), match)
        elif catalogue.has_register or not catalogue.all():
            entries.append(Entry("products", {"product": item.product.id, "unit": item.unit or None}))
            notes.append(_created(Text("产品", "product"), item.product.id))
    return Understood(items, notes, entries)


def _item(text: str, catalogue: Catalogue, *, new: bool) -> tuple[Item, Match | None]:
    try:
        parts = parse_item(text, catalogue.knows, new=new)
    except Unreadable as trouble:
        raise BadItem(text, trouble.accepted) from trouble
    try:
        match = catalogue.match(parts.product)
    except UnknownName:
        if not new:
            raise
        product = Product(parts.product, parts.product, unit=parts.unit or "")
        return Item(product, parts.qty, parts.unit or "", parts.price, is_new=True), None
    product = catalogue.product(match.name)
    unit = parts.unit or ""
    if not counts_in(product, unit):
        raise OtherUnit(product, unit)
    return Item(product, parts.qty, unit or product.unit, parts.price), match


def _name_in(text: str, item: Item) -> str:
    if item.qty is None and item.price is None:
        return text.strip()
    for sign in ("×", "*", "＊", "@", "＠"):
        text = text.rpartition(sign)[0] or text if sign in text[1:] else text
    return text.strip()


def echo(typed: str, match: Match) -> list[Note]:
    """What was understood, where it was not written letter for letter."""
    if match.how == "exact" and typed.strip() == match.name:
        return []
    return [Note("understood", "info", same(f"{typed.strip()} → {match.name}"))]


class Known(NamedTuple):
    """A customer or supplier as understood, what is to be said of it, and rows where it is new."""

    party: Party
    notes: list[Note]
    entries: list[Entry]


def known_party(typed: str, parties: Parties, *, new: bool = False) -> Known:
    """A customer or supplier as typed. Raises UnknownName, AmbiguousName."""
    try:
        match = parties.match(typed)
    except UnknownName:
        if not new:
            raise
        name = typed.strip()
        what = Text("客户", "customer") if parties.kind == "customer" else Text("供应商", "supplier")
        registers = parties.has_register or not parties.all()
        entries = [Entry(f"{parties.kind}s", {parties.kind: name})] if registers else []
        return Known(Party(name, name, {}), [_created(what, name)], entries)
    return Known(parties.party(match.name), echo(typed, match), [])


def _created(what: Text, name: str) -> Note:
    return Note("new_name", "info", Text(f"新{what.zh}：{name}", f"new {what.en}: {name}"))


def the_number(typed: str, numbers: Iterable[str], today: date, prefix: str, what: Text) -> str:
    """The one document number that was meant. Raises UnknownNumber, AmbiguousNumber."""
    found = matches(typed, numbers, today, prefix)
    if not found:
        raise UnknownNumber(typed, what)
    if len(found) > 1:
        raise AmbiguousNumber(typed, what, found)
    return found[0]
