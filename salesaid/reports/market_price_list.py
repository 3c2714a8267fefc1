"""Market prices: a row a day, newest first, with its change and the average of its month; one item is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from salesaid.balances.market_quotes import MarketDay, MarketQuotes, is_one_series
from salesaid.core import money
from salesaid.core.kinds import DATE, NUMBER_NO, PRICE, RATE, TEXT
from salesaid.core.names import Match
from salesaid.core.tables import Chart, Field, Note, Table, more
from salesaid.core.text import Text
from salesaid.core.width import folded
from salesaid.core.words import understood_note, word_meant

FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("item", Text("品名", "Item"), TEXT, key=True),
    Field("price", Text("价格", "Price"), PRICE),
    Field("change", Text("涨跌", "Change"), PRICE),
    Field("change_rate", Text("涨跌幅", "Change, %"), RATE),
    Field("month_average", Text("月均价", "Month's average"), PRICE),
    Field("unit", Text("单位", "Unit"), TEXT),
    Field("source", Text("来源", "Source"), TEXT),
    Field("price_no", Text("行情号", "Number"), NUMBER_NO),
    Field("note", Text("备注", "Note"), TEXT, folds=True),
)
ITEM, SOURCE = Text("行情品种", "market item"), Text("来源", "source")
_PLACES = 4  # of a rate


def market_price_list(
    market_quotes: MarketQuotes, *, item: str | None = None, source: str | None = None, since: date | None = None,
    until: date | None = None, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """The days of an item, of all where none is named; changes and averages look beyond the days that are shown.

    Raises UnknownWord, AmbiguousWord.
    """
    name = None if item is None else _item(item, market_quotes)
    found = market_quotes.days if name is None else market_quotes.of(name)
    if source is not None:
        source = word_meant(source, (day.quote.source for day in found), SOURCE)
        found = [day for day in found if folded(day.quote.source) == folded(source)]
    shown = [
        day
        for day in reversed(found)
        if (since is None or day.quote.day >= since) and (until is None or day.quote.day <= until)
    ]
    title = Text("行情", "Market prices") + (Text(f" · {name}", f" · {name}") if name else Text("", ""))
    chart = Chart("line", "date", ("price",)) if is_one_series(shown) else None
    notes = (*more(len(shown), limit), *understood_note(item, name), *_replaced(shown), *_range(shown))
    return Table(title, FIELDS, [_row(day) for day in shown[:limit]], notes=notes, newest=newest, chart=chart)


def _item(typed: str, quotes: MarketQuotes) -> str:
    """The item that was meant, however its name is spelt, else the only one that holds what was typed."""
    found = quotes.names.match(typed)
    return found.name if isinstance(found, Match) else word_meant(typed, quotes.items, ITEM)


def _row(day: MarketDay) -> tuple[object, ...]:
    quote, before = day.quote, day.before
    change = None if before is None else quote.price - before.price
    rate = None if change is None or before is None or not before.price else _rate(change, before.price)
    return (
        quote.day, quote.item, quote.price, change, rate, day.month_average, quote.unit or None, quote.source or None,
        quote.price_no, quote.note or None,
    )  # fmt: skip


def _rate(change: Decimal, before: Decimal) -> Decimal:
    return money.rounded(change / before, _PLACES)


def _replaced(days: Sequence[MarketDay]) -> list[Note]:
    """How many earlier prices of a day are not shown."""
    count = sum(day.again for day in days)
    if not count:
        return []
    text = Text(
        f"同一天记了几次的，以最后一次为准：另有 {count} 行没有列出",
        f"of a day that was entered several times the last row holds: {count} not shown",
    )
    return [Note("entered_again", "info", text)]


def _range(days: Sequence[MarketDay]) -> list[Note]:
    """The lowest and the highest of one series."""
    if len(days) == 1 or not is_one_series(days):
        return []
    low, high = (each([day.quote for day in days], key=lambda quote: quote.price) for each in (min, max))
    low_, high_ = PRICE.show(low.price, "zh"), PRICE.show(high.price, "zh")
    text = Text(
        f"最低 {low_}（{low.day}），最高 {high_}（{high.day}）",
        f"lowest {low_} ({low.day}), highest {high_} ({high.day})",
    )
    return [Note("range", "info", text)]
