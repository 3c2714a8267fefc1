"""The purchase that a person means, and what is said where it does not hold what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.purchase_lines import PurchaseLine, PurchaseLines
from salesaid.balances.typed import Item, the_document, understood
from salesaid.core.errors import Refused
from salesaid.core.text import Text, joined, same
from salesaid.settings import Settings

PURCHASE = Text("采购", "purchase")


class NothingToCome(Refused):
    """All of a purchase, or of one of its products, has come in or is closed."""

    def __init__(self, number: str, product: str = "") -> None:
        zh, en = (f"的 {product} ", f"{product} of ") if product else ("", "")
        super().__init__(
            Text(f"采购 {number} {zh}没有未到的货", f"nothing of {en}purchase {number} is open"),
            Text(f"看这张采购：salesaid purchase show {number}", f"what it holds: salesaid purchase show {number}"),
        )


class NotOnPurchase(Refused):
    """An item is named that the purchase does not have."""

    def __init__(self, product: str, number: str, products: Iterable[str]) -> None:
        listed = joined([same(each) for each in products])
        super().__init__(
            Text(f"采购 {number} 上没有 {product}", f"{product} is not on purchase {number}"),
            Text(f"采购上是：{listed.zh}", f"on the purchase: {listed.en}"),
        )


class OnlyTheProduct(Refused):
    """A quantity was given where only a product is wanted."""

    def __init__(self, product: str, number: str) -> None:
        super().__init__(
            Text(f"这里只写产品，不写数量：{product}", f"only the product is wanted here, no quantity: {product}"),
            Text(
                f"说的是 {number} 上这个产品未到的全部；只说一部分，请关闭后另下一单采购",
                f"it is about all that is open of it on {number}; for a part, close it and order that part anew",
            ),
        )


class NotYetThere(Refused):
    """Goods are to come in before they were ordered, or to go back before they came."""

    def __init__(self, product: str, day: date, since: date, what: Text) -> None:
        super().__init__(
            Text(
                f"{product} 是 {since} 才{what.zh}的，{day} 还没有",
                f"{product} was {what.en} on {since} only, not by {day}",
            ),
            Text("请核对 --date", "check --date"),
        )


def the_purchase(typed: str, lines: PurchaseLines, settings: Settings, today: date) -> str:
    """The one purchase that was meant. Raises UnknownNumber, AmbiguousNumber, DatedLater."""
    return the_document(typed, lines, today, settings.prefix("purchases", "PO"), PURCHASE)


def open_products(
    items: Sequence[str], catalogue: Catalogue, lines: Mapping[str, PurchaseLine], number: str
) -> list[Item]:
    """The products that were named without quantities, all of them open on the purchase.

    Raises OnlyTheProduct, NotOnPurchase, NothingToCome.
    """
    found = understood(items, catalogue).items
    for item in found:
        line = lines.get(item.product.id)
        if item.qty is not None:
            raise OnlyTheProduct(item.product.id, number)
        if line is None:
            raise NotOnPurchase(item.product.id, number, lines)
        if line.open <= 0:
            raise NothingToCome(number, item.product.id)
    return found
