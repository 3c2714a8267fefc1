"""Figures as the columns of a table: the same measures in the same order in every report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.working_days import Pace
from salesaid.core import blanks
from salesaid.core.kinds import MONEY, QTY, RATE
from salesaid.core.money import of_cents
from salesaid.core.periods import Period, before, year_before
from salesaid.core.shares import growth, share
from salesaid.core.tables import Chart, Field, Note, Table
from salesaid.core.text import Text
from salesaid.frames.measured import NOTHING, Figures, Measured
from salesaid.frames.sums import Key

_MILLION = 10**6
_OF_MONEY = frozenset({"received", "rate_received"})
_OF_BEFORE = frozenset({"before", "change", "change_rate"})
_OF_YEAR = frozenset({"year_before", "year_change", "year_change_rate"})


def rate_received(each: Figures) -> Decimal | None:
    """What came in in the period as a share of its net sales, whichever sales it pays; None where these are none."""
    return share(each.received, each.net) if each.net > 0 else None


def margin(each: Figures) -> Decimal | None:
    """What sales brought above their cost; None where no cost is known."""
    return of_cents(each.margin) if each.known or each.cost else None


def quantity(millionths: int) -> Decimal:
    """A quantity of so many whole millionths, exact whatever its size."""
    whole, part = divmod(abs(millionths), _MILLION)
    found = Decimal(f"{whole}.{part:06}".rstrip("0")) if part else Decimal(whole)
    return found.copy_negate() if millionths < 0 else found


MEASURES = (
    Field("ordered", Text("订单额", "Ordered"), MONEY),
    Field("qty", Text("销售数量", "Quantity"), QTY),
    Field("amount", Text("销售额", "Amount"), MONEY),
    Field("returned_qty", Text("退货数量", "Returned qty"), QTY),
    Field("returned", Text("退货额", "Returned"), MONEY),
    Field("net", Text("销售净额", "Net sales"), MONEY),
    Field("received", Text("回款", "Received"), MONEY),
    Field("rate_received", Text("回款率", "Rate received"), RATE),
    Field("margin", Text("毛利", "Gross margin"), MONEY),
    Field("margin_rate", Text("毛利率", "Margin rate"), RATE),
    Field("cost_known", Text("成本已知", "Cost known"), RATE),
    Field("before", Text("上期净额", "Period before"), MONEY),
    Field("change", Text("环比增减", "Change"), MONEY),
    Field("change_rate", Text("环比", "Change %"), RATE),
    Field("year_before", Text("去年同期", "Year before"), MONEY),
    Field("year_change", Text("同比增减", "On the year"), MONEY),
    Field("year_change_rate", Text("同比", "On the year %"), RATE),
    Field("cumulative", Text("本年累计", "Year to date"), MONEY),
)
_NAMES = tuple(field.name for field in MEASURES)


def measures(each: Figures) -> tuple[object, ...]:
    """What a group's figures come to, in the order of `MEASURES`; worked out at one go, as there are many groups."""
    net = each.net
    return (
        of_cents(each.ordered), quantity(each.qty), of_cents(each.amount), quantity(each.returned_qty),
        of_cents(each.returned), of_cents(net), of_cents(each.received), rate_received(each), margin(each),
        share(each.margin, each.known), share(each.known, net), of_cents(each.before), of_cents(net - each.before),
        growth(net, each.before), of_cents(each.year_before), of_cents(net - each.year_before),
        growth(net, each.year_before), of_cents(each.cumulative),
    )  # fmt: skip


SALESPERSON = Field(
    "salesperson", Text("业务员", "Salesperson"), blanks.Named(Text("(无业务员)", "(no salesperson)")), key=True
)
CUSTOMER = Field("customer", Text("客户", "Customer"), blanks.CUSTOMER, key=True)
PRODUCT = Field("product", Text("产品", "Product"), blanks.PRODUCT, key=True)
CATEGORY = Field("category", Text("类别", "Category"), blanks.Named(Text("(无类别)", "(no category)")), key=True)
OF_TARGET = (
    Field("target", Text("目标", "Target"), MONEY),
    Field("attainment", Text("完成率", "Attainment"), RATE),
    Field("pace", Text("时间进度", "Pace"), RATE),
    Field("against_pace", Text("完成比进度", "Against pace"), RATE),
)


class Against(NamedTuple):
    """What a group is held against: its target in cents, None without one, and how far the period has come."""

    target: int | None
    pace: Pace | None

    def cells(self, net: int) -> tuple[object, ...]:
        """Target, attainment, pace, and attainment against pace."""
        target = None if self.target is None else of_cents(self.target)
        reached = share(net, self.target) if self.target else None
        if self.pace is None:
            return target, reached, None, None
        return target, reached, self.pace.share, self.pace.held_against(net, self.target)


class Layout(NamedTuple):
    """What the tables of one period have in common: which measures they show, and which can be had at all."""

    fields: tuple[Field, ...]
    places: tuple[int | None, ...]  # of each among all measures; None where there is nothing to hold against

    def cells(self, each: Figures) -> tuple[object, ...]:
        """A group's cells."""
        every = measures(each)
        return tuple([None if at is None else every[at] for at in self.places])


def layout(measured: Measured, period: Period, *, of_money: bool = True) -> Layout:
    """The measures for a period; nothing is compared with days before the first sale of all.

    Where no receipt was ever written, nothing is said of receipts.
    """
    lacking = frozenset() if len(measured.money) else _OF_MONEY
    for names, earlier in ((_OF_BEFORE, before(period)), (_OF_YEAR, year_before(period))):
        if not measured.has_begun(earlier):
            lacking |= names
    fields = tuple(field for field in MEASURES if of_money or field.name not in _OF_MONEY)
    return Layout(fields, tuple(None if name in lacking else _NAMES.index(name) for name, *_ in fields))


class Named(NamedTuple):
    """A group as a row begins: the cells that name it, and what it is held against."""

    cells: tuple[object, ...]
    against: Against | None = None


def figure_table(
    title: Text, fields: Sequence[Field], groups: Sequence[tuple[Key, Figures]], total: Figures, own: Layout,
    name: Callable[[Key], Named], *, house: Against | None = None, notes: tuple[Note, ...] = (),
    chart: Chart | None = None, limit: int | None = None, newest: int | None = None,
) -> Table:  # fmt: skip
    """A row a group: what names it, its figures, and where `house` is given its target; the totals are over all."""
    every = (*fields, *own.fields, *(OF_TARGET if house else ()))
    nothing = own.cells(NOTHING)  # most rows of a large book have nothing but zeros
    rows = [
        _row(name(key), each, nothing if each == NOTHING else own.cells(each)) for key, each in groups[:limit]
    ]  # fmt: skip
    totals: dict[str, object] = dict(zip((name for name, *_ in own.fields), own.cells(total), strict=True))
    if house:
        totals |= dict(zip((name for name, *_ in OF_TARGET), house.cells(total.net), strict=True))
    return Table(title, every, rows, totals, notes, newest, chart=chart)


def _row(named: Named, each: Figures, cells: tuple[object, ...]) -> tuple[object, ...]:
    return (*named.cells, *cells, *(named.against.cells(each.net) if named.against else ()))
