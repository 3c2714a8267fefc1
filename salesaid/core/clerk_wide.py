"""Wide sheets: a row that tells all that became of one thing, each event by a date column of its own (DOMAIN.md 9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from salesaid.core.heading_words import folded


class Event(NamedTuple):
    """One event of a wide row: the action it is, the headings of its date and of its own quantity.

    `cells` are columns of the ledger that belong to this event and not to the row's first one.
    """

    action: str
    dates: tuple[str, ...]
    quantities: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


def _event(action: str, dates: str, quantities: str = "", cells: str = "") -> Event:
    return Event(action, tuple(dates.split()), tuple(quantities.split()), tuple(cells.split()))


_NOT_YET = re.compile(
    r"[尚还]?[未没]有?(?:归还|还|退还|退|修回|返回|返|回|送修|送|修|寄回|寄出|寄|到货|到|收到|收货|收|入库|转|完成|办结|办)[清完]?"
)
BOTH = "归还日期"  # when it should be back or when it came back: what stands beside it, or its values, decide

EVENTS: Mapping[str, tuple[Event, ...]] = {
    "loans": (
        _event(
            "return",
            "归还日期 实际归还日期 实际归还时间 归还时间 实还日期 已还日期 还回日期 退还日期",
            "归还数量 已还数量 还回数量 实还数量",
        ),
        _event("sell", "转销售日期 转销日期 转售日期", "转销售数量 转销数量", "order_no"),
    ),
    "returns": (
        _event("send", "送修日期 送厂日期 返厂日期 寄修日期 寄厂日期 送修时间", "送修数量", "factory"),
        _event("back", "修回日期 返回日期 回厂日期 修好日期 厂家返回日期 修回时间", "修回数量", "fee"),
        _event(
            "deliver",
            "寄回日期 寄出日期 发还日期 寄回客户日期 返还日期 返还客户日期 交还日期 寄回时间",
            "寄回数量",
            "tracking_no",
        ),
    ),
    "purchases": (
        _event(
            "receive",
            "到货日期 实际到货日期 入库日期 实际到货 收货日期 回货日期 到货时间",
            "到货数量 入库数量 实收数量 收货数量",
            "warehouse",
        ),
    ),
    "todos": (_event("done", "完成日期 完成时间 实际完成日期 实际完成时间 办结日期 办结时间 办理日期"),),
}
FIRST_ONLY: Mapping[str, tuple[str, ...]] = {
    "loans": ("due", "purpose"),
    "returns": ("fault", "warranty", "amount"),
    "purchases": ("due",),
    "todos": ("due", "owner", "asked_by"),
}


def is_not_yet(text: str) -> bool:
    """Whether a cell says in place of a day that something has not happened: 未还, 还没修回."""
    return _NOT_YET.fullmatch(text.strip()) is not None


def event_dates(ledger: str) -> Mapping[str, str]:
    """The actions of a ledger's events by the folded headings of their dates."""
    return {folded(heading): event.action for event in EVENTS.get(ledger, ()) for heading in event.dates}


def event_quantities(ledger: str) -> Mapping[str, str]:
    """The actions of a ledger's events by the folded headings of their quantities."""
    return {folded(heading): event.action for event in EVENTS.get(ledger, ()) for heading in event.quantities}


def cells_of(ledger: str, action: str) -> tuple[str, ...]:
    """The columns that belong to one event of a wide row."""
    return next((event.cells for event in EVENTS.get(ledger, ()) if event.action == action), ())
