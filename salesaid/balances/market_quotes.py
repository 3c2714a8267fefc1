"""What the market paid for materials, day by day: the price of each day, its change, the average of its month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from salesaid.balances.red_letters import is_void
from salesaid.balances.row_numbers import number_of
from salesaid.core import money
from salesaid.core.keys import segmented_key
from salesaid.core.names import Names
from salesaid.core.rows import Rows
from salesaid.core.width import folded

_FEWEST, _MOST = 2, 6  # decimals of an average


class Quote(NamedTuple):
    """One row: the price of an item on a day. Unit and source are as its series has them."""

    row: int
    price_no: str
    day: date
    item: str
    price: Decimal
    unit: str
    source: str
    note: str


class MarketDay(NamedTuple):
    """The price of one day in its series, the one of the day before that has any, and the average of its month.

    The average is over the days of the month that have a price, up to today; `again` is how many earlier prices of
    that day it replaces.
    """

    quote: Quote
    before: Quote | None
    month_average: Decimal
    again: int


def market_quotes(market_prices: Rows) -> MarketQuotes:
    """All market prices of the book."""
    return MarketQuotes(market_prices)


class MarketQuotes:
    """The market prices, read when first asked for. An item is called as its last row does.

    A series is of one item, one source and one unit. Where all other rows of an item agree on one source or unit,
    its rows without any belong to that.
    """

    def __init__(self, market_prices: Rows) -> None:
        self._rows = market_prices

    @property
    def ahead(self) -> MarketQuotes:
        """The same with rows dated after today counted as well: what is written now leans on them."""
        _ = self.all  # only once all is read it is known whether any row is dated later
        return MarketQuotes(self._rows.until(None)) if self._rows.later else self

    @cached_property
    def all(self) -> list[Quote]:
        """Every price that is not void, in file order."""
        every = [
            Quote(row, number_of(self._rows, row, no), day, item.strip(), price, *map(str.strip, texts))
            for row, no, day, item, price, texts in self._rows.pick(
                "row", "price_no", "date", "item", "price", ("unit", "source", "note")
            )
        ]
        void = {quote.price_no for quote in every if is_void(quote.note)}
        return _in_series([quote for quote in every if quote.price_no not in void])

    @cached_property
    def items(self) -> list[str]:
        """The items by name, those of the newest rows last."""
        return list({segmented_key(quote.item): quote.item for quote in self.all}.values())

    @cached_property
    def names(self) -> Names:
        """The items as a person may type them."""
        return Names("product", dict.fromkeys(self.items, ()))

    def last(self, item: str) -> Quote | None:
        """The newest price of an item, the last row of its day; None where it has none."""
        key = segmented_key(item)
        own = [quote for quote in self.all if segmented_key(quote.item) == key]
        return max(enumerate(own), key=lambda each: (each[1].day, each[0]))[1] if own else None

    @cached_property
    def days(self) -> list[MarketDay]:
        """A day a series, by day, those of one day in file order."""
        series: dict[tuple[str, str, str], dict[date, list[Quote]]] = {}
        for quote in self.all:
            series.setdefault(_series_of(quote), {}).setdefault(quote.day, []).append(quote)
        found = [day for by_day in series.values() for day in _days(by_day)]
        return sorted(found, key=lambda day: (day.quote.day, day.quote.row))

    def of(self, item: str) -> list[MarketDay]:
        """The days of one item."""
        key = segmented_key(item)
        return [day for day in self.days if segmented_key(day.quote.item) == key]


def _series_of(quote: Quote) -> tuple[str, str, str]:
    return segmented_key(quote.item), _plain(quote.source), _plain(quote.unit)


@lru_cache(maxsize=1024)  # years of rows name few sources and units
def _plain(text: str) -> str:
    return folded(text)


def is_one_series(days: Iterable[MarketDay]) -> bool:
    """Whether days are of one item, from one source, in one unit."""
    written = {(day.quote.item, day.quote.source, day.quote.unit) for day in days}
    return len({(segmented_key(item), _plain(source), _plain(unit)) for item, source, unit in written}) == 1


def _in_series(quotes: Sequence[Quote]) -> list[Quote]:
    """The same with the one unit and the one source of an item where a row has none."""
    units = _sole((segmented_key(quote.item), quote.unit) for quote in quotes)
    sources = _sole((segmented_key(quote.item), quote.source) for quote in quotes)
    return [
        quote
        if quote.unit and quote.source
        else quote._replace(
            unit=quote.unit or units.get(segmented_key(quote.item), ""),
            source=quote.source or sources.get(segmented_key(quote.item), ""),
        )
        for quote in quotes
    ]


def _sole(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The one text of each item, as it is written last; blank where it has several."""
    found: dict[str, dict[str, str]] = {}
    for item, text in pairs:
        if text:
            found.setdefault(item, {})[_plain(text)] = text
    return {item: next(iter(texts.values())) if len(texts) == 1 else "" for item, texts in found.items()}


def _days(by_day: dict[date, list[Quote]]) -> Iterable[MarketDay]:
    """The days of one series; the last row of a day holds."""
    held = {day: by_day[day][-1] for day in sorted(by_day)}
    averages = _averages([*held.values()])
    before: Quote | None = None
    for day, quote in held.items():
        yield MarketDay(quote, before, averages[day.year, day.month], len(by_day[day]) - 1)
        before = quote


def _averages(quotes: Sequence[Quote]) -> dict[tuple[int, int], Decimal]:
    """The average of each month, half up to the decimals that its prices have, two at least."""
    months: dict[tuple[int, int], list[Decimal]] = {}
    for quote in quotes:
        months.setdefault((quote.day.year, quote.day.month), []).append(quote.price)
    return {month: _average(prices) for month, prices in months.items()}


def _average(prices: Sequence[Decimal]) -> Decimal:
    places = max(_FEWEST, *(-int(price.normalize().as_tuple().exponent) for price in prices))
    return money.rounded(money.total(prices) / len(prices), min(places, _MOST))
