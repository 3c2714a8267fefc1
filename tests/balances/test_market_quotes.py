"""Changes and averages of market prices, held against a plain reckoning over any rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.market_quotes import market_quotes
from salesaid.core.rows import Rows
from salesaid.ledgers import load

HEADS = ("price_no", "date", "item", "price", "unit", "source", "note")
row = st.tuples(
    st.integers(0, 70).map(lambda days: date(2026, 10, 1) + timedelta(days)),
    st.sampled_from(["1#铜", "1＃铜", "锡"]),
    st.decimals(Decimal("0.001"), Decimal(99999), places=3),
    st.sampled_from(["长江", "上海"]),
    st.booleans(),
)


def rows_of(cells):
    ledger = load("market_prices")
    block = (range(2, len(cells) + 2), cells)
    return Rows(ledger, {name: at for at, name in enumerate(HEADS)}, lambda: [block] if cells else [], file="行情.csv")


def written(found):
    return [
        [f"MP{at}", day.isoformat(), item, str(price), "元/吨", source, "作废：错" if void else ""]
        for at, (day, item, price, source, void) in enumerate(found)
    ]


@given(st.lists(row, max_size=40))
def test_a_day_is_its_last_row_and_an_average_is_over_the_days_of_its_month(found):
    held = {}
    for day, item, price, source, void in found:
        if not void:
            held[item.replace("＃", "#"), source, day] = price
    months = defaultdict(list)
    for (item, source, day), price in held.items():
        months[item, source, day.year, day.month].append(Fraction(price))
    quotes = market_quotes(rows_of(written(found)))
    shown = {}
    for each in quotes.days:
        quote = each.quote
        key = quote.item.replace("＃", "#"), quote.source
        shown[(*key, quote.day)] = quote.price
        month = months[(*key, quote.day.year, quote.day.month)]
        assert abs(Fraction(each.month_average) - sum(month) / len(month)) <= Fraction(1, 200)
        before = [day for (*other, day) in held if tuple(other) == key and day < quote.day]
        assert (each.before.day if each.before else None) == max(before, default=None)
        assert each.before is None or each.before.price == held[(*key, each.before.day)]
    assert shown == held
    assert [each.quote.day for each in quotes.days] == sorted(each.quote.day for each in quotes.days)
    assert len(quotes.days) + sum(each.again for each in quotes.days) == sum(not void for *_, void in found)


@given(st.lists(row, min_size=1, max_size=20), st.integers(0, 70))
def test_rows_after_the_day_change_nothing_on_it(found, days):
    upto = date(2026, 10, 1) + timedelta(days)
    early = [each for each in found if each[0] <= upto]
    whole = market_quotes(rows_of(written(found)).until(upto)).days
    alone = market_quotes(rows_of(written(early))).days
    assert [(each.quote.day, each.quote.price, each.month_average) for each in whole] == [
        (each.quote.day, each.quote.price, each.month_average) for each in alone
    ]
