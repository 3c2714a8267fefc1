"""What a person typed, understood against the book: items, parties, document numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from salesaid.balances.catalogue import Catalogue, Product, counts_in
from salesaid.balances.parties import Parties, Party
from salesaid.core.entries import Entry
from salesaid.core.errors import Refused
from salesaid.core.heading_words import is_unit
from salesaid.core.items import QTY_ACCEPTED, ItemText, before_sign, is_misread, parse_item
from salesaid.core.keys import segmented_key
from salesaid.core.names import AmbiguousName, Match, UnknownName
from salesaid.core.numbers import is_serial, matches
from salesaid.core.reading import Unreadable
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined, same

_SHOWN = 8


class BadItem(Refused):
    """An item is not of the form PRODUCT×QTY[UNIT][@PRICE]."""

    def __init__(self, text: str, accepted: Text) -> None:
        super().__init__(
            Text(f"货品“{text}”看不懂", f"the item “{text}” cannot be read"),
            Text(f"要写成：{accepted.zh}", f"accepted: {accepted.en}"),
        )


class BadQuantity(Refused):
    """What stands behind the × of a product that is known is no quantity."""

    def __init__(self, text: str, written: str) -> None:
        super().__init__(
            Text(f"货品“{text}”的数量“{written}”看不懂", f"the quantity “{written}” of “{text}” cannot be read"),
            Text(f"要写成：{QTY_ACCEPTED.zh}", f"accepted: {QTY_ACCEPTED.en}"),
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
        todays = Text(
            "只写序号是指今天的那一张；别的日子请写 月日-序号，如 1122-3",
            "a serial alone means today's; of another day write its month and day, too, such as 1122-3",
        )
        super().__init__(
            Text(f"没有编号为 {typed} 的{what.zh}", f"there is no {what.en} with the number {typed}"),
            todays if is_serial(typed) else None,
        )


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
    own_unit: str = ""  # the unit that was typed, where the product itself has none

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
    reading = _Reading(catalogue, new=new)
    return Understood([reading.item(text) for text in typed], reading.notes, reading.entries)


class _Reading:
    """The items of one command; a product that is new is new once, however often it is named."""

    def __init__(self, catalogue: Catalogue, *, new: bool) -> None:
        self.notes: list[Note] = []
        self.entries: list[Entry] = []
        self._catalogue = catalogue
        self._new = new
        self._made: dict[str, Product] = {}  # by key

    def item(self, text: str) -> Item:
        """One item."""
        try:
            parts = parse_item(text, self._knows, new=self._new)
        except Unreadable as trouble:
            raise BadItem(text, trouble.accepted) from trouble
        product, is_new = self._product(text, parts)
        unit = parts.unit or ""
        if not counts_in(product, unit):
            raise OtherUnit(product, unit)
        own_unit = unit if unit != product.unit else ""
        if own_unit or is_new:
            self._look_at_unit(text, product, unit)
        return Item(product, parts.qty, unit or product.unit, parts.price, is_new, own_unit)

    def _knows(self, text: str) -> bool:
        return segmented_key(text) in self._made or self._catalogue.knows(text)

    def _product(self, text: str, parts: ItemText) -> tuple[Product, bool]:
        try:
            match = self._catalogue.match(parts.product)
        except (UnknownName, AmbiguousName) as open_:
            _require_quantity(text, parts, self._catalogue)
            if not self._new:
                raise
            made = self._made.get(segmented_key(parts.product))
            return made or self._create(parts, open_), True
        self.notes += echo(parts.product, match)
        return self._catalogue.product(match.name), False

    def _create(self, parts: ItemText, open_: UnknownName | AmbiguousName) -> Product:
        name = parts.product
        registers = self._catalogue.has_register or not self._catalogue.all()
        unit = parts.unit or ""
        if registers:
            self.entries.append(Entry("products", {"product": name, "unit": unit or None}))
        product = self._made[segmented_key(name)] = Product(name, name, unit=unit if registers else "")
        self.notes += _created(Text("产品", "product"), name, open_)
        return product

    def _look_at_unit(self, text: str, product: Product, unit: str) -> None:
        if is_misread(text, unit):
            raise BadItem(text, QTY_ACCEPTED)
        if unit and not is_unit(unit):
            self.notes.append(_odd_unit(product, unit))


def _require_quantity(text: str, parts: ItemText, catalogue: Catalogue) -> None:
    """Refuse `P×abc` as a bad quantity where P is known. Raises BadQuantity."""
    name, written = before_sign(parts.product)
    if parts.qty is None and name:
        with suppress(UnknownName, AmbiguousName):
            catalogue.match(name)
            raise BadQuantity(text, written)


def _odd_unit(product: Product, unit: str) -> Note:
    text = Text(
        f"{product.id} 的单位记作“{unit}”，是数量写错了吗？",
        f"the unit of {product.id} is taken to be “{unit}”: is the quantity mistyped?",
    )
    return Note("odd_unit", "warning", text)


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
    except (UnknownName, AmbiguousName) as open_:
        if not new:
            raise
        name = typed.strip()
        what = Text("客户", "customer") if parties.kind == "customer" else Text("供应商", "supplier")
        registers = parties.has_register or not parties.all()
        entries = [Entry(f"{parties.kind}s", {parties.kind: name})] if registers else []
        return Known(Party(name, parties.as_written(name), {}), _created(what, name, open_), entries)
    return Known(parties.party(match.name), echo(typed, match), [])


def _created(what: Text, name: str, open_: UnknownName | AmbiguousName) -> list[Note]:
    """What is said of a new name, and which known ones it might have meant."""
    created = Note("new_name", "info", Text(f"新{what.zh}：{name}", f"new {what.en}: {name}"))
    if isinstance(open_, UnknownName):
        return [created]
    near = joined([same(candidate) for candidate in open_.candidates[:_SHOWN]])
    text = Text(f"已有相近的{what.zh}：{near.zh}", f"similar {what.en}s are there: {near.en}")
    return [created, Note("similar_name", "warning", text)]


class Dated(Protocol):
    """Documents of one kind."""

    @property
    def numbers(self) -> Sequence[str]:
        """The numbers of those that are counted."""
        ...

    def dated_later(self) -> Mapping[str, date]:
        """The numbers of those dated after today, with their days."""
        ...


class DatedLater(Refused):
    """The document that is meant is dated after today, and is not counted yet."""

    def __init__(self, number: str, day: date, today: date, what: Text) -> None:
        super().__init__(
            Text(
                f"{what.zh} {number} 的日期是 {day}，今天（{today}）还没有计入",
                f"{what.en} {number} is dated {day}, after {today}",
            ),
            Text(f"要看那天的情况，请加 --today {day}", f"to see it as of that day, add --today {day}"),
        )


def the_document(typed: str, lines: Dated, today: date, prefix: str, what: Text) -> str:
    """The number of the one document that was meant. Raises UnknownNumber, AmbiguousNumber, DatedLater."""
    try:
        return the_number(typed, lines.numbers, today, prefix, what)
    except UnknownNumber:
        later = lines.dated_later()
        for number in matches(typed, later, today, prefix):
            raise DatedLater(number, later[number], today, what) from None
        raise


def the_number(typed: str, numbers: Iterable[str], today: date, prefix: str, what: Text) -> str:
    """The one document number that was meant. Raises UnknownNumber, AmbiguousNumber."""
    found = matches(typed, numbers, today, prefix)
    if not found:
        raise UnknownNumber(typed, what)
    if len(found) > 1:
        raise AmbiguousNumber(typed, what, found)
    return found[0]
