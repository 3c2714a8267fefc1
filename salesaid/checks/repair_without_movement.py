"""Repairs to which nothing has happened for a long time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from salesaid.balances.repair_days import IDLE
from salesaid.balances.repair_lines import RepairLines
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rules import Rule, Wrong
from salesaid.core.text import Text, in_days, same
from salesaid.settings import Settings

RULE = Rule(
    "R02",
    "warning",
    Text("返修没有动静", "repair without movement"),
    why=Text(
        "几个月没有动静，多半是工厂忘了，或者早已寄回没有记。",
        "After months the factory forgot it, or it went back long ago and nobody wrote so.",
    ),
    mend=Text(
        "问工厂和客户，把实际情况记上；修不了就换新、退货或报废。",
        "Ask factory and customer and record what is true; replace, refund or scrap what cannot be repaired.",
    ),
    wrong="""
        返修.csv
        返修单号,日期,类型,客户,产品,数量,序列号,加工厂
        RT20260805-001,2026-08-05,收到,骏业,BVM7-710,1,SN0001,
        RT20260805-001,2026-08-06,送修,骏业,BVM7-710,1,SN0001,联芯
        """,
    mended="""
        返修.csv
        返修单号,日期,类型,客户,产品,数量,序列号,加工厂
        RT20260805-001,2026-08-05,收到,骏业,BVM7-710,1,SN0001,
        RT20260805-001,2026-08-06,送修,骏业,BVM7-710,1,SN0001,联芯
        RT20260805-001,2026-11-20,修回,骏业,BVM7-710,1,SN0001,联芯
        RT20260805-001,2026-11-21,寄回,骏业,BVM7-710,1,SN0001,
        """,
)


def repair_without_movement(repair_lines: RepairLines, settings: Settings, today: date) -> Iterator[Wrong]:
    """A finding for each open line to which nothing happened for so many days."""
    most = settings.limit(IDLE)
    for line in repair_lines.open:
        days = (today - line.last_day).days
        if days >= most and line.open > 0:
            at = next((lot.factory for lot in line.lots if lot.stage == "at_factory" and lot.factory), "")
            where = Text(f"（在 {at}）", f" (at {at})") if at else Text("", "")
            what = f"{line.product}×{QTY.format(line.open)}"
            yield Wrong(
                "returns",
                Text(
                    f"返修 {line.return_no}：{line.customer} 的 {what}{where.zh} {days} 天没有动静（{line.last_day}）",
                    f"return {line.return_no}: {what} of {line.customer}{where.en}: no movement for "
                    f"{in_days(days)}, since {line.last_day}",
                ),
                line.return_no, line.product, column="date", value=line.last_day.isoformat(), about=line.serial,
                suggestion=same(command("return", "show", line.return_no)),
            )  # fmt: skip
