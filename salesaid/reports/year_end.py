"""年终总结：订单、合同、发货、回款、借出、返修、采购，比去年。 | Figures of the year beside those of last year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salesaid.balances.receivables import Receivables
from salesaid.balances.year_counts import YearCounts, a_year_earlier
from salesaid.core import money
from salesaid.core.kinds import MONEY, QTY, RATE, Choice, Kind
from salesaid.core.money import of_cents
from salesaid.core.periods import Period, between, year_before
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Text
from salesaid.frames.sums import stamp, summed, within

if TYPE_CHECKING:
    from pandas import DataFrame

PERIOD = "year"

_AMOUNTS = {
    "order_amount": Text("订单金额", "orders"),
    "shipped_amount": Text("发货金额", "shipped"),
    "returned_amount": Text("退回金额", "returned"),
    "net_amount": Text("净销售额", "net sales"),
    "received": Text("回款", "received"),
    "purchase_amount": Text("采购金额", "purchases"),
}
_RATES = {
    "collection_rate": Text("回款率（回款÷净销售额）", "collection rate (received ÷ net sales)"),
    "return_rate": Text("退货率（退回÷发货）", "return rate (returned ÷ shipped)"),
}
_COUNTS = {
    "order_lines": Text("订单行数", "order lines"),
    "contracts": Text("合同（订单）份数", "contracts (orders)"),
    "shipments": Text("发货单数", "shipments"),
    "customers_active": Text("下单客户", "customers with an order"),
    "customers_new": Text("其中新客户", "of them new"),
    "customers_lost": Text("上年同期有单、本期没有", "ordered a year before, not now"),
    "loans_out": Text("借出数量", "lent, quantity"),
    "loans_back": Text("归还数量", "lent and back, quantity"),
    "loans_converted": Text("借出转销等数量", "lent and converted, quantity"),
    "repairs_in": Text("返修收到数量", "in for repair, quantity"),
    "repairs_delivered": Text("返修交还数量", "repaired or replaced and delivered, quantity"),
    "repair_days": Text("返修平均天数", "mean days of a repair"),
    "purchases": Text("采购单数", "purchases"),
    "wrong_models": Text("发错型号次数", "wrong models shipped"),
}
_PLACES = 4  # of a rate


def year_end(
    orders_taken: DataFrame, sales: DataFrame, receivables: Receivables, year_counts: YearCounts, today: date, *,
    period: Period,
) -> Card:  # fmt: skip
    """Three tables, of amounts, rates and counts: this period, the same days a year before, all of that period.

    Where the period goes on, changes are on the same days a year before; where the book only began later, there is
    nothing to compare. What was returned is named without a sign.
    """
    last, before = min(period.last, today), year_before(period)
    same = before.last if last == period.last else min(a_year_earlier(last), before.last)
    spans = ((period.first, last), (before.first, same), (before.first, before.last))
    found = [_figures(orders_taken, sales, receivables, year_counts, *span) for span in spans]
    if not _begins_by(before.last, orders_taken, sales, receivables):
        found[1:] = [dict.fromkeys(each) for each in found[1:]]
    tables = (
        _table(Text("年终总结：金额", "Year-end amounts"), _AMOUNTS, MONEY, found),
        _table(Text("年终总结：比率", "Year-end rates"), _RATES, RATE, found),
        _table(Text("年终总结：数量", "Year-end counts"), _COUNTS, QTY, found),
    )
    return Card(Text("年终总结 · ", "Year-end figures · ") + period.title, tables, tuple(_notes(period, last)))


def _figures(
    orders: DataFrame, sales: DataFrame, receivables: Receivables, counts: YearCounts, first: date, last: date
) -> dict[str, Decimal | None]:
    days = between(first, last)
    taken, charged = orders[within(orders, days)], sales[within(sales, days)]
    back = charged["kind"].isin(("return", "refund"))
    shipped, returned = _cents(charged[~back]), -_cents(charged[back])
    net, received = shipped - returned, sum(row.cents for row in receivables.all_receipts if first <= row.day <= last)
    return {
        "order_amount": of_cents(_cents(taken)),
        "shipped_amount": of_cents(shipped),
        "returned_amount": of_cents(returned),
        "net_amount": of_cents(net),
        "received": of_cents(received),
        "purchase_amount": counts.purchase_amount(first, last),
        "collection_rate": _ratio(received, net),
        "return_rate": _ratio(returned, shipped),
        "order_lines": Decimal(_standing(taken, ("no", "product"))),
        "shipments": Decimal(_standing(charged[~back], ("no",))),
        **counts.of(first, last),
    }


def _begins_by(day: date, orders: DataFrame, sales: DataFrame, receivables: Receivables) -> bool:
    """Whether anything was ordered, sold or received up to a day."""
    frames = any(bool((frame["day"] <= stamp(day)).any()) for frame in (orders, sales))
    return frames or any(row.day <= day for row in receivables.all_receipts)


def _cents(frame: DataFrame) -> int:
    return summed(frame, (), ("cents",))[()][0]


def _standing(frame: DataFrame, keys: tuple[str, ...]) -> int:
    """How many documents or lines something is left of, after red letters."""
    return sum(qty > 0 or cents > 0 for qty, cents in summed(frame, keys, ("written_qty", "cents")).values())


def _ratio(part: int, whole: int) -> Decimal | None:
    return money.rounded(Decimal(part) / whole, _PLACES) if whole > 0 else None


def _table(title: Text, words: Mapping[str, Text], kind: Kind, found: list[dict[str, Decimal | None]]) -> Table:
    fields = (
        Field("figure", Text("项目", "Figure"), Choice(words), key=True),
        Field("this_year", Text("本期", "This period"), kind),
        Field("last_year_same_days", Text("去年同期", "Same days a year before"), kind),
        Field("last_year", Text("去年全期", "A year before"), kind),
        Field("change", Text("同比增减", "Change"), kind),
        Field("change_rate", Text("同比", "Change, %"), RATE),
    )
    return Table(title, fields, [(name, *_changed(*(each[name] for each in found))) for name in words])


def _changed(now: Decimal | None, same: Decimal | None, whole: Decimal | None) -> tuple[Decimal | None, ...]:
    change = None if now is None or same is None else now - same
    rate = money.rounded(change / same, _PLACES) if change is not None and same is not None and same > 0 else None
    return now, same, whole, change, rate


def _notes(period: Period, last: date) -> Iterator[Note]:
    if last < period.last:
        text = Text(f"算到 {last}，去年同期算到同一天", f"up to {last}, and a year before up to the same day")
        yield Note("so_far", "info", text)
