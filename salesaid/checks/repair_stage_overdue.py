"""Goods for repair that are longer in their stage than they should be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.repair_days import IDLE, limit_of
from salesaid.balances.repair_lines import RepairLine, RepairLines, Standing
from salesaid.balances.repair_stages import STAGE, Stage
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same
from salesaid.settings import Settings

RULE = Rule(
    "R01",
    "warning",
    Text("返修在一个环节停得太久", "repair stage overdue"),
    why=Text(
        "客户在等他的板子，每个环节拖几天就是一个月。",
        "A customer waits for his goods: some days a stage make a month.",
    ),
    mend=Text("收到的送修，工厂的催，修回的寄回。", "Send what came, press the factory, deliver what is back."),
    wrong="""
        返修.csv
        返修单号,日期,类型,客户,产品,数量,序列号,加工厂
        RT20261105-001,2026-11-05,收到,骏业,BVM7-710,1,SN0001,
        RT20261105-001,2026-11-06,送修,骏业,BVM7-710,1,SN0001,联芯
        RT20261105-001,2026-11-16,修回,骏业,BVM7-710,1,SN0001,联芯
        """,
    mended="""
        返修.csv
        返修单号,日期,类型,客户,产品,数量,序列号,加工厂
        RT20261105-001,2026-11-05,收到,骏业,BVM7-710,1,SN0001,
        RT20261105-001,2026-11-06,送修,骏业,BVM7-710,1,SN0001,联芯
        RT20261105-001,2026-11-16,修回,骏业,BVM7-710,1,SN0001,联芯
        RT20261105-001,2026-11-17,寄回,骏业,BVM7-710,1,SN0001,
        """,
)

_NEXT: dict[Stage, str] = {"received": "send", "at_factory": "back", "back": "deliver"}
_GIVEN = {"send": ("--factory", "…")}


def repair_stage_overdue(repair_lines: RepairLines, settings: Settings, today: date) -> Iterator[Wrong]:
    """A finding for each stage of a line that lasts too long; of those without any movement R02 tells."""
    idle = settings.limit(IDLE)
    for line in repair_lines.open:
        if (today - line.last_day).days < idle:
            for standing in line.standings():
                most = limit_of(standing.stage, settings)
                if most is not None and standing.qty > 0 and (today - standing.since).days > most:
                    yield _wrong(line, standing, (today - standing.since).days, most)


def _wrong(line: RepairLine, standing: Standing, days: int, most: int) -> Wrong:
    step = _NEXT[standing.stage]
    stage, what = STAGE.words[standing.stage], f"{line.product}×{QTY.format(standing.qty)}"
    at = Text(f"（{standing.factory}）", f" ({standing.factory})") if standing.factory else Text("", "")
    return Wrong(
        "returns",
        Text(
            f"返修 {line.return_no}：{line.customer} 的 {what} {stage.zh}{at.zh} {days} 天了，期限 {most} 天",
            f"return {line.return_no}: {what} of {line.customer} {stage.en}{at.en} for {in_days(days)}, limit {most}",
        ),
        line.return_no, line.product, column="date", value=standing.since.isoformat(),
        about=f"{standing.stage} {line.serial}",
        suggestion=same(command("return", step, line.return_no, *_GIVEN.get(step, ()))),
    )  # fmt: skip
