"""How long goods stay in each stage of a repair, by factory: finished stays and those that go on (DOMAIN.md 3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.balances.repair_lines import RepairLine
from salesaid.balances.repair_stages import OPEN, Stage
from salesaid.core.text import Text, joined
from salesaid.settings import Settings

LIMIT_OF: dict[Stage, str] = {
    "received": "repair_received_days",
    "at_factory": "repair_factory_days",
    "back": "repair_back_days",
}
IDLE = "repair_idle_days"


class StageDays(NamedTuple):
    """The stays in one stage at one factory: how many, how many of them go on, their median and worst days."""

    factory: str
    stage: Stage
    stays: int
    open: int
    median: Decimal
    worst: int
    worst_no: str


def stage_days(lines: Iterable[RepairLine], today: date) -> list[StageDays]:
    """The stays of these lines, by factory and then in the order of the stages; goods never sent have no factory."""
    found: dict[tuple[str, Stage], list[tuple[int, bool, str]]] = {}
    for line in lines:
        for stay in line.stays:
            days = max((stay.until - stay.since).days, 0)
            found.setdefault((stay.factory, stay.stage), []).append((days, False, line.return_no))
        for lot in line.lots:
            if lot.stage in OPEN and lot.qty > 0:
                found.setdefault((lot.factory, lot.stage), []).append(((today - lot.since).days, True, line.return_no))
    keys = sorted(found, key=lambda key: (not key[0], key[0], OPEN.index(key[1])))
    return [_summed(*key, found[key]) for key in keys]


def _summed(factory: str, stage: Stage, stays: list[tuple[int, bool, str]]) -> StageDays:
    days = sorted(each for each, _, _ in stays)
    worst, _, number = max(stays, key=lambda stay: stay[0])
    return StageDays(factory, stage, len(stays), sum(is_open for _, is_open, _ in stays), median(days), worst, number)


def median(days: list[int]) -> Decimal:
    """The middle of sorted figures, of two in the middle the mean."""
    half = len(days) // 2
    return Decimal(days[half]) if len(days) % 2 else Decimal(days[half - 1] + days[half]) / 2


def limit_of(stage: Stage, settings: Settings) -> int | None:
    """The most days that goods should be in a stage; None for one that is closed."""
    return settings.limit(LIMIT_OF[stage]) if stage in LIMIT_OF else None


def limits_text(settings: Settings) -> Text:
    """The limits in words."""
    words = {"received": Text("收到", "received"), "at_factory": Text("工厂", "factory"), "back": Text("修回", "back")}
    said = [
        Text(f"{words[stage].zh} {settings.limit(name)}", f"{words[stage].en} {settings.limit(name)}")
        for stage, name in LIMIT_OF.items()
    ]
    return joined(said)
