"""Goods that customers sent in: a row for each stage that goods of a line are in, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.apart import apart_note
from salesaid.balances.factories import factory_named
from salesaid.balances.repair_days import IDLE, limit_of, limits_text, stage_days
from salesaid.balances.repair_lines import RepairLine, RepairLines, Standing
from salesaid.balances.repair_stages import OPEN, STAGE, Stage
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.kinds import DATE, DAYS, NUMBER_NO, QTY, TEXT
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text, joined
from salesaid.settings import Settings

FIELDS = (
    Field("return_no", Text("返修单号", "Return"), NUMBER_NO, key=True),
    Field("date", Text("收到日期", "Received"), DATE),
    Field("customer", Text("客户", "Customer"), CUSTOMER),
    Field("product", Text("产品", "Product"), PRODUCT, key=True),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("stage", Text("阶段", "Stage"), STAGE),
    Field("days_in_stage", Text("天数", "Days"), DAYS),
    Field("factory", Text("工厂", "Factory"), TEXT),
)
_NAMED = 5  # returns or factories that a note names


class _At(NamedTuple):
    """Goods of a line in one stage; `days` is None for what is closed, or was never there."""

    line: RepairLine
    standing: Standing
    days: int | None


def return_list(
    repair_lines: RepairLines, settings: Settings, today: date, *, customer: str | None = None,
    product: str | None = None, stage: Stage | None = None, factory: str | None = None, only_overdue: bool = False,
    idle: int | None = None, everything: bool = False, since: date | None = None, until: date | None = None,
    limit: int | None = None,
) -> Table:  # fmt: skip
    """What customers still wait for; with `everything`, or a closed stage, what was settled too.

    Overdue is what is longer in its stage than the settings' limits; idle is a line to which nothing happened for so
    many days. Raises UnknownFactory.
    """
    named = factory_named(factory, repair_lines) if factory else None
    lines = [
        line
        for line in _lines(repair_lines, customer, open_only=stage in OPEN or not (stage or everything))
        if (product is None or line.product == product)
        and (idle is None or _idle(line, today) >= idle)
        and (since is None or line.day >= since)
        and (until is None or line.day <= until)
    ]
    wanted = [
        at
        for line in lines
        for at in _places(line, today)
        if (at.standing.stage == stage if stage else everything or at.standing.stage in OPEN)
        and (named is None or at.standing.factory == named)
        and (not only_overdue or _is_overdue(at, settings))
    ]
    wanted.reverse()
    wanted.sort(key=lambda at: at.line.day, reverse=True)
    shown = {id(at.line): at.line for at in wanted}.values()
    notes = (
        *more(len(wanted), limit),
        *apart_note((line.return_no, line) for line in shown),
        *_notes(wanted, settings, today),
        *repair_lines.odd(shown),
    )
    totals = {"qty": sum((at.standing.qty for at in wanted if not at.line.is_apart), ZERO)} if wanted else {}
    return Table(Text("返修", "Returns"), FIELDS, [_row(at) for at in wanted[:limit]], totals, notes)


def _lines(lines: RepairLines, customer: str | None, *, open_only: bool) -> list[RepairLine]:
    if customer is not None:
        return lines.of_customer(customer)
    return lines.open if open_only else lines.all


def _places(line: RepairLine, today: date) -> list[_At]:
    found = []
    for standing in line.standings():
        is_there = standing.stage in OPEN and standing.qty > 0
        found.append(_At(line, standing, (today - standing.since).days if is_there else None))
    return found


def _row(at: _At) -> tuple[object, ...]:
    line, (stage, qty, _, factory) = at.line, at.standing
    days = None if at.days is None else Decimal(at.days)
    return line.return_no, line.day, line.customer or None, line.product or None, qty, stage, days, factory or None


def _is_overdue(at: _At, settings: Settings) -> bool:
    most = limit_of(at.standing.stage, settings)
    return most is not None and at.days is not None and at.days > most


def _idle(line: RepairLine, today: date) -> int:
    """Days without movement of a line that is open; -1 for one that is closed."""
    return (today - line.last_day).days if line.is_open else -1


def _notes(wanted: Sequence[_At], settings: Settings, today: date) -> list[Note]:
    notes = []
    late = [at for at in wanted if _is_overdue(at, settings)]
    if late:
        limits = limits_text(settings)
        text = Text(f"{len(late)} 行超过期限（天数：{limits.zh}）", f"{len(late)} over the limit (days: {limits.en})")
        notes.append(Note("overdue", "warning", text))
    most = settings.limit(IDLE)
    stuck = dict.fromkeys(at.line.return_no for at in wanted if _idle(at.line, today) >= most)
    if stuck:
        listed = _listed(stuck)
        text = Text(f"{most} 天以上没有动静：{listed.zh}", f"no movement for {most} days or more: {listed.en}")
        notes.append(Note("no_movement", "warning", text))
    return notes + _factory_notes([at.line for at in wanted], today)


def _factory_notes(lines: Iterable[RepairLine], today: date) -> list[Note]:
    """How long each factory takes, over the lines that are shown."""
    distinct = {id(line): line for line in lines}.values()
    found = [each for each in stage_days(distinct, today) if each.stage == "at_factory"]
    found.sort(key=lambda each: -each.worst)
    said = [
        Text(
            f"{each.factory or '（未写）'} 中位 {DAYS.show(each.median, 'zh')}、最长 {each.worst}",
            f"{each.factory or '(none)'} median {DAYS.show(each.median, 'en')}, worst {each.worst}",
        )
        for each in found[:_NAMED]
    ]
    if not said:
        return []
    listed = joined(said, "；", "; ")
    text = Text(
        f"这些货在工厂的天数：{listed.zh}（历来的：--by-factory）",
        f"days of these at the factory: {listed.en} (of all: --by-factory)",
    )
    return [Note("factory_days", "info", text)]


def _listed(numbers: Iterable[str]) -> Text:
    names = [*numbers]
    rest = " …" if len(names) > _NAMED else ""
    return Text("、".join(names[:_NAMED]) + rest, ", ".join(names[:_NAMED]) + rest)
