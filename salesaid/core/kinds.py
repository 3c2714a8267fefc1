"""Kinds of cell: each owns parse, format, show, alignment and the Excel number format.

So the shell, the importer, the CSV reader and the workbook reader accept the same things.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.core.text import Lang, Text

Align = Literal["left", "right"]
DateOrder = Literal["ymd", "dmy", "mdy"]


class Reading(NamedTuple):
    """How a cell's text is to be read where the text alone does not say.

    `base` is the day that 今天, +7 and 周五 count from (None: such words are unreadable, as in files);
    `order` of 5/6/26 (None: refused); `year` of 5月6日 (None: refused); `ahead`: 周五 is the coming one (due dates).
    """

    base: date | None = None
    order: DateOrder | None = None
    year: int | None = None
    ahead: bool = False


IN_FILES = Reading()


class Unreadable(ValueError):
    """A cell's text is not of its kind. `accepted` says in both languages what would be."""

    def __init__(self, text: str, accepted: Text) -> None:
        super().__init__(f"{text!r}: {accepted.en}")
        self.text = text
        self.accepted = accepted


class Kind:
    """One kind of cell."""

    name: str
    align: Align = "left"
    excel: str = "@"  # Excel's number format code

    def parse(self, text: str, reading: Reading = IN_FILES) -> object:
        """The value of a cell; None for a blank one. Raises Unreadable."""
        raise NotImplementedError

    def format(self, value: object) -> str:
        """The text written to a file: parse(format(v)) == v. Blank for None."""
        raise NotImplementedError

    def show(self, value: object, lang: Lang) -> str:
        """The text shown to a person."""
        raise NotImplementedError
