"""Where goods are that customers sent in, and what each step takes from where to where (DOMAIN.md 3, "Repair")."""

from __future__ import annotations

from typing import Literal, NamedTuple

from salesaid.core.kinds import Choice
from salesaid.core.text import Text
from salesaid.ledgers import returns

Stage = Literal["received", "at_factory", "back", "delivered", "replaced", "refunded", "scrapped"]
Step = Literal["send", "back", "deliver", "replace", "refund", "scrap"]

STAGE = Choice(
    {
        "received": Text("已收到", "received"),
        "at_factory": Text("在工厂", "at the factory"),
        "back": Text("已修回", "back"),
        "delivered": Text("已寄回", "delivered"),
        "replaced": Text("已换新", "replaced"),
        "refunded": Text("已退货", "refunded"),
        "scrapped": Text("已报废", "scrapped"),
    },
    {
        "收到": "received", "待修": "received", "送修": "at_factory", "工厂": "at_factory", "factory": "at_factory",
        "修回": "back", "寄回": "delivered", "换新": "replaced", "退货": "refunded", "报废": "scrapped",
    },
)  # fmt: skip
ACTION = Choice({action.id: action.word for action in returns.LEDGER.actions})
OPEN: tuple[Stage, ...] = ("received", "at_factory", "back")  # the customer still waits for these


class Passage(NamedTuple):
    """What a row's action does: it takes goods from the first of these stages that has any, to its own."""

    sources: tuple[Stage, ...]
    target: Stage


_AT_HAND: tuple[Stage, ...] = ("back", "received")

PASSAGES: dict[str, Passage] = {
    "receive": Passage((), "received"),
    "send": Passage(("received", "back"), "at_factory"),
    "back": Passage(("at_factory",), "back"),
    "deliver": Passage(_AT_HAND, "delivered"),
    "replace": Passage(_AT_HAND, "replaced"),
    "refund": Passage(_AT_HAND, "refunded"),
    "scrap": Passage(_AT_HAND, "scrapped"),
}
