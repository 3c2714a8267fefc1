"""Days that rules use, each with its default; salesaid.toml may set others under [limits]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from salesaid.core.text import Text


class Limit(NamedTuple):
    """A number of days that a rule uses: its default and what it means."""

    default: int
    text: Text


LIMITS: Mapping[str, Limit] = {
    "use_days": Limit(90, Text("日均用量统计的天数", "days over which daily use is taken")),
    "repair_received_days": Limit(3, Text("返修货收到后几天内要处理", "days within which goods for repair go on")),
    "repair_factory_days": Limit(30, Text("返修货最多在工厂几天", "days that goods may be at a repair factory")),
    "repair_back_days": Limit(3, Text("修回后几天内要寄回", "days within which repaired goods are delivered")),
    "repair_idle_days": Limit(60, Text("返修货几天没有动静算停滞", "days without movement: a repair is stuck")),
    "receipts_age_days": Limit(
        7, Text("收款记录超过几天没有更新，就先不催款", "age of the newest receipt from which on nobody is reminded")
    ),
}
