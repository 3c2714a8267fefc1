"""How long repairs take: the days in each stage by factory, median and worst, finished stays and those that go on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from salesaid.balances.factories import factory_named
from salesaid.balances.repair_days import limit_of, stage_days
from salesaid.balances.repair_lines import RepairLines
from salesaid.balances.repair_stages import STAGE
from salesaid.core.blanks import Named
from salesaid.core.kinds import DAYS, NUMBER_NO, QTY
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text
from salesaid.settings import Settings

FIELDS = (
    Field("factory", Text("工厂", "Factory"), Named(Text("(未送修)", "(not sent)")), key=True),
    Field("stage", Text("阶段", "Stage"), STAGE),
    Field("stays", Text("次数", "Times"), QTY),
    Field("open", Text("其中未完", "Still there"), QTY),
    Field("median", Text("天数中位", "Median days"), QTY),
    Field("worst", Text("最长天数", "Worst days"), DAYS),
    Field("return_no", Text("最长的单", "Worst return"), NUMBER_NO),
    Field("limit", Text("期限", "Limit"), DAYS),
)


def repair_days(
    repair_lines: RepairLines, settings: Settings, today: date, *, customer: str | None = None,
    product: str | None = None, factory: str | None = None, since: date | None = None, until: date | None = None,
) -> Table:  # fmt: skip
    """The stays of all lines, or of those of a customer or product, received in these days. Raises UnknownFactory."""
    named = factory_named(factory, repair_lines) if factory else None
    lines = repair_lines.all if customer is None else repair_lines.of_customer(customer)
    rows = []
    lines = [
        line
        for line in lines
        if product in {None, line.product}
        and (since is None or line.day >= since)
        and (until is None or line.day <= until)
    ]
    for each in stage_days(lines, today):
        if named is None or each.factory == named:
            most = limit_of(each.stage, settings)
            rows.append(
                (
                    each.factory or None, each.stage, Decimal(each.stays), Decimal(each.open), each.median,
                    Decimal(each.worst), each.worst_no, None if most is None else Decimal(most),
                )
            )  # fmt: skip
    return Table(
        Text("返修各阶段天数", "Days in each stage of repair"), FIELDS, rows, notes=tuple(repair_lines.odd(lines))
    )
