"""The visit that a person means, and what is said where it cannot be replied to."""

from __future__ import annotations

from datetime import date

from salesaid.balances.typed import the_document
from salesaid.balances.visit_log import VisitLog
from salesaid.core.errors import Refused
from salesaid.core.text import Text
from salesaid.settings import Settings

VISIT = Text("拜访记录", "visit")


class OtherCustomersVisit(Refused):
    """The visit that is named is another customer's than the one that is named."""

    def __init__(self, number: str, own: str, named: str) -> None:
        super().__init__(
            Text(f"{number} 是 {own} 的，不是 {named} 的", f"{number} is {own}'s, not {named}'s"),
            Text("请核对编号和客户，只写一个也可以", "check both, or name only one of them"),
        )


def the_visit(typed: str, log: VisitLog, settings: Settings, today: date) -> str:
    """The number of the one visit that was meant. Raises UnknownNumber, AmbiguousNumber, DatedLater."""
    return the_document(typed, log, today, settings.prefix("visits", "VS"), VISIT)
