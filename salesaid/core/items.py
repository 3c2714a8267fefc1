"""Items as they are typed: PRODUCT*QTY[UNIT][@PRICE], read from the right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple
from unicodedata import category

from salesaid.core.kinds import QTY, Unreadable
from salesaid.core.money import parse_decimal
from salesaid.core.text import Text
from salesaid.core.width import narrow


class ItemText(NamedTuple):
    """One item taken apart. The product is as typed; quantity, unit and price are None where none is written."""

    product: str
    qty: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None


ITEM_ACCEPTED = Text("货品×数量@单价，如 BVM7-710×10@120", "PRODUCT×QTY@PRICE, such as BVM7-710×10@120")
QTY_ACCEPTED = Text("大于零的数量，如 BVM7-710×10", "a quantity above zero, such as BVM7-710×10")
PRICE_ACCEPTED = Text("单价写在 @ 之后，不小于零，如 @120", "a price after @ that is not below zero, such as @120")
UNIT_NEEDED = Text(
    "新货品有两个 ×，要在数量后写出单位才知道哪个是数量，如 H65 0.3×50×2张",
    "a new product with two × needs the unit after its quantity to tell them apart, such as H65 0.3×50×2pcs",
)
COMPONENTS_ACCEPTED = Text(
    "组件和数量，以分号隔开，如 主板×1；电源线×2", "parts with quantities, such as board×1; cable×2"
)

_QTY = r"\s*(-?[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*[万亿])?)\s*([^\d\s*@.,;+-][^\d*@;]*)?"
_LONGEST_QTY = 64


def _never(text: str) -> bool:
    del text
    return False


def parse_item(text: str, known: Callable[[str], bool] = _never, *, new: bool = False) -> ItemText:
    """The parts of an item. Raises Unreadable.

    `known` tells product names: a text that is one holds no quantity or price (`H65 0.3*50` is a strip). With `new`,
    where an unknown name is about to be a product, a text with two `*` needs a unit after its quantity.
    """
    plain = _signs(text)
    if not plain.strip():
        raise Unreadable(text, ITEM_ACCEPTED)
    if known(text.strip()):
        return ItemText(text.strip())
    end, price = _price(text, plain)
    item = _without_price(text, text[:end], plain[:end], known, new=new)
    return item._replace(price=price)


def before_sign(product: str) -> tuple[str, str]:
    """What stands before and behind the last × of a text; nothing before it where it has none."""
    star = _signs(product).rfind("*")
    return (product[:star].strip(), product[star + 1 :].strip()) if star > 0 else ("", product)


def is_misread(text: str, unit: str) -> bool:
    """Whether what was read as a unit is rather part of a mistyped quantity: `1O`, `2l`, `1€`."""
    if not unit:
        return False
    typo = unit[0] in "OolI" and re.search(rf"[0-9]{re.escape(narrow(unit))}\s*(?:@|$)", narrow(text)) is not None
    return typo or category(unit[0]) == "Sc"


def _signs(text: str) -> str:
    """The text, as long as before, with × and full-width characters in plain form."""
    return narrow(text).replace("×", "*")


def _price(text: str, plain: str) -> tuple[int, Decimal | None]:
    """Where the text before the price ends, and the price. An @ before the last * belongs to the name."""
    at = plain.rfind("@")
    if at < 0 or plain.rfind("*") > at:
        return len(plain), None
    try:
        price = parse_decimal(plain[at + 1 :])
    except Unreadable:
        price = None
    if price is None or price < 0:
        raise Unreadable(text, PRICE_ACCEPTED)
    return at, price


def _without_price(text: str, rest: str, plain: str, known: Callable[[str], bool], *, new: bool) -> ItemText:
    """The item that `rest` says, `plain` being its plain form."""
    star = plain.rfind("*")
    found = re.compile(_QTY).fullmatch(plain, star + 1) if star >= 0 and len(plain) - star <= _LONGEST_QTY else None
    if found is None or known(rest.strip()):
        return _named(text, rest)
    unit = rest[found.start(2) : found.end(2)].strip() if found[2] else None
    if new and unit is None and plain.count("*") > 1 and not known(rest[:star].strip()):
        raise Unreadable(text, UNIT_NEEDED)
    return _named(text, rest[:star])._replace(qty=_quantity(text, found[1]), unit=unit)


def _named(text: str, product: str) -> ItemText:
    if not product.strip():
        raise Unreadable(text, ITEM_ACCEPTED)
    return ItemText(product.strip())


def _quantity(text: str, written: str) -> Decimal:
    try:
        qty = parse_decimal(written, money=False)
    except Unreadable:
        qty = None
    if qty is None or qty <= 0:
        raise Unreadable(text, QTY_ACCEPTED)
    return qty


def parse_components(text: str) -> list[ItemText]:
    """The components of a bundle, `BVM7-710*1; 电源线*2`. Raises Unreadable unless each has a quantity and no price."""
    items = [parse_item(part) for part in re.split("[;；]", text) if part.strip()]
    if any(item.qty is None or item.price is not None for item in items):
        raise Unreadable(text, COMPONENTS_ACCEPTED)
    return items


def components_of(text: str) -> tuple[tuple[str, Decimal], ...]:
    """The parts of a bundle as written with their quantities; none where the cell is blank or cannot be read."""
    if not text.strip():
        return ()
    try:
        items = parse_components(text)
    except Unreadable:
        return ()
    return tuple((item.product, item.qty) for item in items if item.qty is not None)


def write_components(items: Iterable[tuple[str, Decimal]]) -> str:
    """The components cell for products and their quantities. Raises Unreadable if it could not be read back."""
    wanted = list(items)
    text = "; ".join(f"{product}*{QTY.format(qty)}" for product, qty in wanted)
    if [item[:2] for item in parse_components(text)] != wanted:
        raise Unreadable(text, COMPONENTS_ACCEPTED)
    return text
