"""How a cell's text is read where the text alone does not say, and what is raised where it cannot be read."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from salesaid.core.text import Text

DateOrder = Literal["ymd", "dmy", "mdy"]


class Reading(NamedTuple):
    """How a cell's text is to be read where the text alone does not say.

    `base` is the day that 今天, +7 and 周五 count from (None: such words are unreadable, as in files);
    `order` of 5/6/26 (None: refused); `year` of 5月6日 (None: that of `base`, else refused);
    `ahead`: 周五 is the coming one (due dates), else the last one.
    """

    base: date | None = None
    order: DateOrder | None = None
    year: int | None = None
    ahead: bool = False


IN_FILES = Reading()

_SHOWN = 80


class Unreadable(ValueError):  # noqa: N818 - it says what the text is
    """A cell's text is not of its kind. `accepted` says in both languages what would be."""

    def __init__(self, text: str, accepted: Text) -> None:
        super().__init__(f"{text[:_SHOWN]!r}: {accepted.en}")
        self.text = text
        self.accepted = accepted
