"""返修未结：客户还在等的货，到了哪一步、几天。 | Goods customers still wait for: their stage, and how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.apart import apart_note
from salesaid.balances.repair_days import limit_of
from salesaid.balances.repair_lines import RepairLine, RepairLines, Standing
from salesaid.balances.repair_stages import OPEN, STAGE
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.kinds import DATE, DAYS, NUMBER_NO, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Text
from salesaid.ledgers import returns
from salesaid.settings import Settings

FIELDS = (
    Field("customer", Text("客户", "Customer"), CUSTOMER, key=True),
    Field("return_no", Text("返修单号", "Return"), NUMBER_NO, key=True),
    Field("date", Text("收到日期", "Received"), DATE),
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("serial", Text("序列号", "Serial"), TEXT),
    Field("fault", Text("故障现象", "Fault"), TEXT),
    Field("warranty", Text("保内保外", "Warranty"), returns.LEDGER.column("warranty").kind),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("stage", Text("阶段", "Stage"), STAGE),
    Field("factory", Text("工厂", "Factory"), TEXT),
    Field("days_in_stage", Text("本阶段天数", "Days in stage"), DAYS),
    Field("days_over", Text("超期天数", "Days over"), DAYS),
    Field("days_in_all", Text("总天数", "Days in all"), DAYS),
)


class _At(NamedTuple):
    """Goods of a line in one open stage, the days there, and those beyond the stage's limit (None: within it)."""

    line: RepairLine
    standing: Standing
    days: int
    over: int | None


def repairs(
    repair_lines: RepairLines, settings: Settings, today: date, *, customer: str | None = None,
    product: str | None = None,
) -> Table:  # fmt: skip
    """A row for each stage in which goods of a line are, by customer, the oldest first.

    What left a stage without having been there is shown below zero, as the books have it.
    """
    own = [line for line in repair_lines.open if customer in {None, line.customer} and product in {None, line.product}]
    places = [at for line in own for at in _places(line, settings, today)]
    places.sort(key=lambda at: (not at.line.customer, at.line.customer, at.line.day, at.line.return_no))
    lines = list({id(at.line): at.line for at in places}.values())
    total = sum((at.standing.qty for at in places if not at.line.is_apart), ZERO)
    notes = (
        *_over(places),
        *repair_lines.odd(lines),
        *apart_note((line.return_no, line) for line in lines),
    )
    rows = [_row(at, today) for at in places]
    return Table(Text("返修未结", "Open repairs"), FIELDS, rows, {"qty": total}, notes)


def _places(line: RepairLine, settings: Settings, today: date) -> Iterator[_At]:
    for standing in line.standings():
        if standing.stage in OPEN:
            days, most = (today - standing.since).days, limit_of(standing.stage, settings)
            over = days - most if most is not None and days > most and standing.qty > 0 else None
            yield _At(line, standing, days, over)


def _row(at: _At, today: date) -> tuple[object, ...]:
    line, standing = at.line, at.standing
    return (
        line.customer or None, line.return_no, line.day, line.product or None, line.serial or None, line.fault or None,
        line.warranty, standing.qty, standing.stage, standing.factory or None, Decimal(at.days),
        None if at.over is None else Decimal(at.over), Decimal((today - line.day).days),
    )  # fmt: skip


def _over(places: Iterable[_At]) -> list[Note]:
    over = [at.over for at in places if at.over is not None]
    if not over:
        return []
    text = Text(
        f"{len(over)} 行超过本阶段的期限，最多超 {max(over)} 天",
        f"{len(over)} over the limit of their stage, by up to {max(over)} days",
    )
    return [Note("overdue", "warning", text)]
