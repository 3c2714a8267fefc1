"""核对总数：明细与各项汇总相等，应收期初加销售减回款等于期末。 | Control totals: every sum ties to its details."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from salesaid.balances.ageing import ageing
from salesaid.balances.debts import of_shipments
from salesaid.balances.receivables import Receivables
from salesaid.core.errors import SalesaidError
from salesaid.core.kinds import MONEY, Choice
from salesaid.core.money import of_cents
from salesaid.core.periods import Period
from salesaid.core.rows import Rows
from salesaid.core.tables import Card, Field, Table
from salesaid.core.text import Text
from salesaid.frames.measured import Measured

_TITLE = Text("核对总数", "Control totals")
_WHAT = Choice({
    "net": Text("销售净额", "net sales"), "ordered": Text("订单额", "ordered"), "received": Text("回款", "received"),
})  # fmt: skip
_BY = Choice({
    "salesperson": Text("按业务员", "by salesperson"), "customer": Text("按客户", "by customer"),
    "product": Text("按产品", "by product"), "category": Text("按类别", "by category"),
})  # fmt: skip
_FIELDS = (
    Field("what", Text("项目", "Sum"), _WHAT, key=True),
    Field("by", Text("汇总方式", "By"), _BY, key=True),
    Field("details", Text("明细合计", "Details"), MONEY),
    Field("sum", Text("汇总合计", "Sum over groups"), MONEY),
    Field("difference", Text("差额", "Difference"), MONEY),
)
_MOVEMENT = (
    Field("opening", Text("期初应收", "Opening"), MONEY),
    Field("entered", Text("录入的期初欠款", "Openings entered"), MONEY),
    Field("net", Text("加：销售净额", "Net sales"), MONEY),
    Field("received", Text("减：回款", "Received"), MONEY),
    Field("closing", Text("期末应收", "Closing"), MONEY),
    Field("ages", Text("账龄合计", "Sum of ages"), MONEY),
    Field("difference", Text("差额", "Difference"), MONEY),
)


class TotalsDoNotTieError(SalesaidError):
    """A sum over groups is not that of the details: a bug, and no report."""

    exit_code = 70

    def __init__(self, what: Text, details: int, found: int) -> None:
        both = [MONEY.format(of_cents(each)) for each in (details, found)]
        super().__init__(
            Text(
                f"{what.zh}：明细合计 {both[0]} 与汇总 {both[1]} 不符，不出报表",
                f"{what.en}: the details come to {both[0]}, the sum to {both[1]}: no report",
            ),
            Text("请把这条信息和台账报告给我们", "please report this with the ledgers"),
        )


class _Tie(NamedTuple):
    what: str
    by: str
    details: int
    sum: int


def control_totals(
    measured: Measured, receivables: Receivables, shipments: Rows, today: date, *, period: Period,
    owed: int | None = None,
) -> Card:  # fmt: skip
    """Details held against every sum of them, and what customers owed before against what they owe now.

    `owed` is the sum of all ages in cents, where it has been worked out. Raises TotalsDoNotTieError,
    AgeingDoesNotTieError.
    """
    ties = list(_ties(measured, period))
    for tie in ties:
        _require(Text(*(_WHAT.show(tie.what, lang) + " " + _BY.show(tie.by, lang) for lang in ("zh", "en"))), *tie[2:])
    rows = [(tie.what, tie.by, *map(of_cents, (tie.details, tie.sum, tie.sum - tie.details))) for tie in ties]
    movement = _movement(measured, shipments, period)
    ages = sum(each.balance for each in ageing(receivables, today)) if owed is None else owed
    _require(Text("应收", "receivables"), movement[-1], ages)
    figures_ = tuple(map(of_cents, (*movement, ages, ages - movement[-1])))
    tables = (
        Table(Text("明细与汇总", "Details and sums"), _FIELDS, rows, name="control_totals"),
        Table(Text("应收变动", "Receivables"), _MOVEMENT, [figures_], name="receivables_movement"),
    )
    return Card(_TITLE + Text("：", ": ") + period.title, tables)


def _ties(measured: Measured, period: Period) -> Iterator[_Tie]:
    net, ordered, received = (measured.plain_sum(name, period) for name in ("sales", "orders", "money"))
    for by in _BY.words:
        found = measured.figures(period, (by,)).values()
        yield _Tie("net", by, net, sum(each.net for each in found))
        yield _Tie("ordered", by, ordered, sum(each.ordered for each in found))
        if by in {"salesperson", "customer"}:
            yield _Tie("received", by, received, sum(each.received for each in found))


def _movement(
    measured: Measured, shipments: Rows, period: Period
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """Opening, openings entered in the period, net sales, receipts and closing of what customers owe."""
    earlier = period._replace(first=date.min + timedelta(days=365 * 1000), last=period.first - timedelta(days=1))
    openings = [
        (each.day, each.cents or 0)
        for each in of_shipments(shipments, at_once=True)
        if each.kind == "opening"
    ]  # fmt: skip
    before = sum(cents for day, cents in openings if day <= earlier.last)
    entered = sum(cents for day, cents in openings if period.holds(day))
    opening = before + measured.plain_sum("sales", earlier) - measured.plain_sum("money", earlier)
    net, received = measured.plain_sum("sales", period), measured.plain_sum("money", period)
    return opening, entered, net, received, opening + entered + net - received


def _require(what: Text, details: int, found: int) -> None:
    if details != found:
        raise TotalsDoNotTieError(what, details, found)
