"""The states of a loan line in words."""

from __future__ import annotations

from salesaid.core.kinds import Choice
from salesaid.core.text import Text

STATE = Choice(
    {
        "out": Text("未还", "out"),
        "partial": Text("部分归还", "partly back"),
        "settled": Text("已结", "settled"),
        "overdue": Text("逾期", "overdue"),
        "over": Text("多还", "more back than lent"),
    }
)
