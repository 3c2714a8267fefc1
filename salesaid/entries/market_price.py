"""Market prices: what a material costs on the market on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.market_quotes import MarketQuotes, Quote
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.errors import Refused
from salesaid.core.keys import segmented_key
from salesaid.core.kinds import PRICE
from salesaid.core.names import Ambiguous, Unknown
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.core.words import near_or_known, understood_note

_FAR = 10  # per cent by which a material seldom moves from one price to the next


class UnknownItem(Refused):
    """No row has the item, or several may be meant."""

    def __init__(self, typed: str, near: Sequence[str], known: Sequence[str]) -> None:
        new = Text("确是新的品种，请加 --new", "if it is a new item, add --new")
        super().__init__(
            Text(f"行情里没有“{typed}”", f"there are no market prices of “{typed}”"),
            near_or_known(near, known, Text("已有：", "there are: "), new),
        )


class NoItem(Refused):
    """The item is blank."""

    def __init__(self) -> None:
        super().__init__(
            Text("没有写是什么的价格", "it is not said what it is the price of"),
            Text("写成 salesaid price add 品名 价格", "write salesaid price add ITEM PRICE"),
        )


class PriceNotAboveZero(Refused):
    """A market price of nothing, or of less."""

    def __init__(self, price: Decimal) -> None:
        shown = PRICE.show(price, "zh")
        super().__init__(
            Text(f"价格要大于零，不能是 {shown}", f"a price is above zero, not {shown}"),
            Text("记错的价格用 salesaid void 冲销", "to take back a price use salesaid void"),
        )


class PriceToCome(Refused):
    """A market price is dated after today: nobody knows it yet."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__(
            Text(
                f"{day} 还没有到（今天是 {today}），不会有那天的行情",
                f"{day} has not come yet (today is {today}): there is no market price of it",
            ),
            Text("请核对日期", "check the date"),
        )


class PricedAlready(Refused):
    """The very price is there already."""

    def __init__(self, quote: Quote) -> None:
        shown = PRICE.show(quote.price, "zh")
        super().__init__(
            Text(
                f"{quote.day} {quote.item} {shown} 已经记过：{quote.price_no}",
                f"{quote.item} at {shown} on {quote.day} is there already: {quote.price_no}",
            ),
            Text("不用再记", "it need not be entered again"),
        )


def add(
    market_quotes: MarketQuotes, today: date, *, item: str, price: Decimal, day: date,
    unit: str = "", source: str = "", note: str = "", new: bool = False,
) -> Decision:  # fmt: skip
    """The price of a day; unit and source are the item's last ones where they are not given.

    Raises NoItem, UnknownItem, PriceNotAboveZero, PriceToCome, PricedAlready.
    """
    if price <= 0:
        raise PriceNotAboveZero(price)
    if day > today:
        raise PriceToCome(day, today)
    quotes = market_quotes.ahead
    name = _item(item, quotes, new=new)
    last = quotes.last(name)
    quote = Quote(
        0, "", day, name, price, unit.strip() or (last.unit if last else ""),
        source.strip() or (last.source if last else ""), note,
    )  # fmt: skip
    earlier = _of_the_day(quotes, quote)
    if earlier is not None and earlier.price == price:
        raise PricedAlready(earlier)
    row: dict[str, Value] = {
        "price_no": NewNumber("market_prices", day), "date": day, "item": name, "price": price, "unit": quote.unit,
        "source": quote.source, "note": note,
    }  # fmt: skip
    typed = {"unit": unit, "source": source, "note": note}
    given = {"item", "price", *(column for column, value in typed.items() if value.strip())}
    return Decision(
        _said(quote),
        (Entry("market_prices", row, frozenset(given)),),
        no=NewNumber("market_prices", day),
        notes=(*understood_note(item, name), *_replaced(earlier), *_moved(quotes, quote)),
    )


def _item(typed: str, quotes: MarketQuotes, *, new: bool) -> str:
    """The item that was meant: as the book calls it, or a new one; the first of a book needs no asking."""
    if not typed.strip():
        raise NoItem
    found = quotes.names.match(typed)
    if not isinstance(found, (Ambiguous, Unknown)):
        return found.name
    if new or not quotes.items:
        return typed.strip()
    near = list(found.candidates) if isinstance(found, Ambiguous) else found.suggestions
    raise UnknownItem(typed.strip(), near, quotes.items)


def _of_the_day(quotes: MarketQuotes, quote: Quote) -> Quote | None:
    """The price that the item has on the day from the same source, in the same unit."""
    own = [
        each
        for each in quotes.all
        if each.day == quote.day
        and segmented_key(each.item) == segmented_key(quote.item)
        and folded(each.source) == folded(quote.source)
        and folded(each.unit) == folded(quote.unit)
    ]
    return own[-1] if own else None


def _said(quote: Quote) -> Text:
    unit, source = f" {quote.unit}" if quote.unit else "", f"（{quote.source}）" if quote.source else ""
    shown = PRICE.show(quote.price, "zh") + unit
    of = f" ({quote.source})" if source else ""
    return Text(
        f"已记行情 {quote.day} {quote.item} {shown}{source}", f"{quote.item} {shown} on {quote.day}{of} recorded"
    )


def _replaced(earlier: Quote | None) -> list[Note]:
    if earlier is None:
        return []
    shown = PRICE.show(earlier.price, "zh")
    text = Text(
        f"这一天记过 {shown}（{earlier.price_no}），以这次的为准",
        f"the day had {shown} ({earlier.price_no}): from now on this one holds",
    )
    return [Note("replaces", "info", text)]


def _moved(quotes: MarketQuotes, quote: Quote) -> list[Note]:
    """How the price moved since the one before; far more than usual is likely to be mistyped."""
    own = [day.quote for day in quotes.of(quote.item) if day.quote.day < quote.day]
    before = [
        each for each in own if (folded(each.source), folded(each.unit)) == (folded(quote.source), folded(quote.unit))
    ]
    if not before:
        return []
    change = quote.price - before[-1].price
    if abs(change) * 100 <= before[-1].price * _FAR:
        sign = "+" if change > 0 else ""
        text = Text(
            f"比 {before[-1].day} {_direction(change).zh}：{sign}{PRICE.show(change, 'zh')}",
            f"{_direction(change).en} since {before[-1].day}: {sign}{PRICE.show(change, 'en')}",
        )
        return [Note("change", "info", text)]
    shown = PRICE.show(before[-1].price, "zh")
    text = Text(
        f"与 {before[-1].day} 的 {shown} 相差超过 {_FAR}%，请核对",
        f"more than {_FAR}% off the {shown} of {before[-1].day}: please check",
    )
    return [Note("far_from_last", "warning", text)]


def _direction(change: Decimal) -> Text:
    if not change:
        return Text("持平", "unchanged")
    return Text("涨", "up") if change > 0 else Text("跌", "down")
