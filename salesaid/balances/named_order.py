"""The order that a person means, and what is said where it does not hold what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.typed import DatedLater, Item, the_document, the_number, understood
from salesaid.core.errors import Refused
from salesaid.core.kinds import QTY
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.settings import Settings

if TYPE_CHECKING:
    from salesaid.balances.order_lines import OrderLine, OrderLines

ORDER = Text("订单", "order")


class AtOnceBook(Refused):
    """In a book of sales each row is the sale itself: there is nothing to ship, sign or close."""

    def __init__(self, what: Text) -> None:
        super().__init__(
            Text(
                f"这本账的每一行就是一笔销售（ships = at_once），记下时已出货，不能再{what.zh}",
                f"each row of this book is a sale (ships = at_once) and shipped when written: no {what.en}",
            ),
            Text("退货请用 salesaid order return", "for goods that come back use salesaid order return"),
        )


class NothingOpen(Refused):
    """All of an order, or of one of its products, is shipped or closed."""

    def __init__(self, number: str, product: str = "", *, is_open_today: bool = False) -> None:
        zh, en = (f"的 {product} ", f"{product} of ") if product else ("", "")
        later = Text(
            "日期在今天之后的行已经发走或关闭了它；记错了请用 salesaid void 冲销那一张",
            "rows dated after today have shipped or closed it; if they are wrong, salesaid void takes them back",
        )
        super().__init__(
            Text(f"订单 {number} {zh}没有未发的货", f"nothing of {en}order {number} is open"),
            later if is_open_today else None,
        )


def nothing_open(number: str, lines: OrderLines) -> NothingOpen:
    """Why nothing of an order is open: rows dated after today may have taken it."""
    return NothingOpen(number, is_open_today=any(line.open > 0 for line in lines.of(number)))


class MoreThanOpen(Refused):
    """More is to be shipped, closed or taken back than there is."""

    def __init__(self, product: str, asked: Decimal, there: Decimal, what: Text, hint: Text | None = None) -> None:
        super().__init__(
            Text(
                f"{product} 要{what.zh} {QTY.format(asked)}，只有 {QTY.format(there)}",
                f"{QTY.format(asked)} of {product} to {what.en}, there are {QTY.format(there)}",
            ),
            hint,
        )


class NotOnOrder(Refused):
    """An item is named that the order does not have."""

    def __init__(self, product: str, number: str) -> None:
        super().__init__(Text(f"订单 {number} 上没有 {product}", f"{product} is not on order {number}"))


class OrderVoid(Refused):
    """Red letters have taken the whole order back: there is nothing left to be changed."""

    def __init__(self, number: str) -> None:
        super().__init__(
            Text(f"订单 {number} 已冲销", f"order {number} is void"),
            Text("请重新下单：salesaid order add", "take the order again: salesaid order add"),
        )


class NoQuantityHere(Refused):
    """A quantity was given where only a product is wanted."""

    def __init__(self, product: str, hint: Text | None = None) -> None:
        super().__init__(
            Text(f"这里只写产品，不写数量：{product}", f"only the product is wanted here, no quantity: {product}"),
            hint
            or Text(
                "加量请再下一单，减量请用 salesaid order close",
                "for more, take another order; for less, use salesaid order close",
            ),
        )


def the_order(typed: str, lines: OrderLines, settings: Settings, today: date) -> str:
    """The one order that was meant. Raises UnknownNumber, AmbiguousNumber, DatedLater."""
    return the_document(typed, lines, today, settings.prefix("orders", "SO"), ORDER)


def lines_ahead(typed: str, lines: OrderLines, settings: Settings, today: date) -> tuple[str, dict[str, OrderLine]]:
    """The order that is to be written about, and its lines by product with rows dated after today counted as well.

    Raises UnknownNumber, AmbiguousNumber, DatedLater.
    """
    every = lines.ahead
    number = the_number(typed, every.numbers, today, settings.prefix("orders", "SO"), ORDER)
    found = {line.product: line for line in every.of(number)}
    own = min(line.day for line in found.values())
    if own > today:
        raise DatedLater(number, own, today, ORDER)
    return number, found


def standing_ahead(typed: str, lines: OrderLines, settings: Settings, today: date) -> tuple[str, dict[str, OrderLine]]:
    """The same of an order that is not void, without lines that are. Raises OrderVoid."""
    number, found = lines_ahead(typed, lines, settings, today)
    standing = {id_: line for id_, line in found.items() if not line.is_void}
    if not standing:
        raise OrderVoid(number)
    return number, standing


def all_open(line: OrderLine, catalogue: Catalogue) -> Item:
    """What is open of a line, as an item."""
    return Item(catalogue.product(line.product), line.open, line.unit, None)


def named(
    items: Sequence[str], catalogue: Catalogue, lines: Iterable[str], number: str, hint: Text | None = None
) -> list[Item]:
    """Products that are named without quantities, all of them on the order. Raises NoQuantityHere, NotOnOrder."""
    found = understood(items, catalogue).items
    for item in found:
        if item.qty is not None:
            raise NoQuantityHere(item.product.id, hint)
        if item.product.id not in lines:
            raise NotOnOrder(item.product.id, number)
    return found


def unreviewed(by: Iterable[str]) -> list[Note]:
    """A warning where an order is shipped that nobody reviewed; `by` are who reviewed its lines, blank for nobody."""
    if all(by):
        return []
    return [Note("unreviewed", "warning", Text("这张订单还没有评审", "this order has not been reviewed"))]
