"""Goods for repair that are too long in their stage, or to which nothing has happened for long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from salesaid.balances.owners import Owners
from salesaid.balances.repair_days import IDLE, limit_of
from salesaid.balances.repair_lines import RepairLine, RepairLines, Standing
from salesaid.balances.repair_stages import STAGE, Stage
from salesaid.balances.short_forms import short_forms
from salesaid.core.blanks import CUSTOMER, PRODUCT
from salesaid.core.duties import Duty, most_urgent_first
from salesaid.core.kinds import QTY
from salesaid.core.pasted import command
from salesaid.core.rows import Rows
from salesaid.core.text import Text, same
from salesaid.settings import Settings

_NEXT: dict[Stage, str] = {"received": "send", "at_factory": "back", "back": "deliver"}


def repairs_stuck(
    repair_lines: RepairLines, owners: Owners, returns: Rows, settings: Settings, today: date
) -> list[Duty]:  # fmt: skip
    """A duty for each stage of a line that lasts too long; days are those beyond its limit."""
    late = [each for line in repair_lines.open for each in _stuck(line, settings, today)]
    if not late:
        return []
    short = short_forms(repair_lines.numbers, returns, settings, today)
    beside = Counter(line.return_no for line in repair_lines.open)
    factory = next(reversed(repair_lines.factories), "") if any(each[1].stage == "received" for each in late) else ""
    found = []
    for line, standing, most in late:
        no, alone = short.of(line.return_no), beside[line.return_no] == 1
        closing = same(command(*_closing(line, standing, no, factory, alone=alone)))
        found.append(_duty(line, standing, most, closing, owners, settings, today))
    return most_urgent_first(found)


def _stuck(line: RepairLine, settings: Settings, today: date) -> Iterator[tuple[RepairLine, Standing, int]]:
    """Where a line stands too long, and the limit that it is beyond."""
    is_idle = (today - line.last_day).days >= settings.limit(IDLE)
    for standing in line.standings():
        most = limit_of(standing.stage, settings)
        if most is not None and standing.qty > 0:
            days = (today - standing.since).days
            if days > most:
                yield line, standing, most
            elif is_idle:
                yield line, standing, days


def _duty(
    line: RepairLine, standing: Standing, most: int, closing: Text, owners: Owners, settings: Settings, today: date
) -> Duty:  # fmt: skip
    days, idle = (today - standing.since).days, (today - line.last_day).days
    stage, item = STAGE.words[standing.stage], f"{PRODUCT.show(line.product, 'zh')}×{QTY.format(standing.qty)}"
    at = Text(f"（{standing.factory}）", f" ({standing.factory})") if standing.factory else same("")
    text = Text(
        f"{CUSTOMER.show(line.customer, 'zh')} {item} {stage.zh}{at.zh} {days} 天",
        f"{CUSTOMER.show(line.customer, 'en')} {item} {stage.en}{at.en} for {days} days",
    )
    if idle >= settings.limit(IDLE):
        text += Text("，没有动静", ", no movement")
    return Duty(
        "repair", text, closing, days - most, None, line.return_no, line.customer, "", line.product,
        standing.qty, owners=owners.of_order(line.order_no, line.customer),
    )  # fmt: skip


def _closing(line: RepairLine, standing: Standing, no: str, factory: str, *, alone: bool) -> list[str]:
    """The next step of just these goods; to the factory that repaired them before, else the one asked last."""
    words = ["return", _NEXT[standing.stage], no]
    whole: Decimal = line.there(standing.stage)
    if not alone or standing.qty != whole:
        words += ["-i", f"{line.product}×{QTY.format(standing.qty)}"]
        words += [word for serial in line.serials if len(line.serials) == standing.qty for word in ("--serial", serial)]
    if standing.stage == "received":
        own = next((stay.factory for stay in reversed(line.stays) if stay.factory), factory)
        words += ["--factory", own or "…"]
    return words
