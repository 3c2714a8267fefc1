"""Cells as XML: a value in a style that shows it, and as a text where no style would."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from salesaid.core.errors import Where
from salesaid.core.text import Text
from salesaid.storage.contract import Cell
from salesaid.storage.xlsx_numbers import DateKind, decimal_text, serial_of
from salesaid.storage.xlsx_sheet import letters_of
from salesaid.storage.xlsx_strings import LONGEST, encoded, has_surrogate, length
from salesaid.storage.xlsx_trouble import CannotHold

_WRITTEN_DATE = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})(日?)")


class Styles(NamedTuple):
    """Where a new cell's style comes from. `reach` answers the date style nearest above in a column, if any."""

    dates: tuple[DateKind, ...]
    from_1904: bool
    reach: Callable[[int], int | None]
    above: Callable[[int], str]  # the nearest text above in a column, for a date that must be a text

    def date_style(self, own: int | None, column: int, *, with_time: bool) -> int | None:
        """The style a date is shown in: its own, one within reach, else any that the workbook has."""
        if own is not None and self._shows_date(own):
            return own
        near = self.reach(column)
        if near is not None:
            return near
        wanted: Sequence[DateKind] = ("datetime", "date") if with_time else ("date", "datetime")
        return next((self.dates.index(kind) for kind in wanted if kind in self.dates), None)

    def number_style(self, own: int | None) -> int | None:
        """The style a number is shown in: its own, unless that would show it as a date."""
        return None if own is not None and own < len(self.dates) and self.dates[own] else own

    def _shows_date(self, style: int) -> bool:
        return style < len(self.dates) and self.dates[style] in ("date", "datetime")


class Written(NamedTuple):
    """One cell as XML, and whether a date had to become a text."""

    xml: str
    as_text: bool = False


class Writer(NamedTuple):
    """Makes the cells of one sheet."""

    prefix: str
    file: str
    sheet: str
    styles: Styles

    def cell(self, row: int, column: int, style: int | None, cell: Cell) -> Written:
        """The cell element of one value. Raises CannotHold."""
        value = cell.value
        reference = f"{letters_of(column)}{row}"
        if isinstance(value, bool):
            return Written(self._element(reference, style, "b", str(int(value))))
        if isinstance(value, Decimal):
            number = decimal_text(value)
            if number is None:
                what = Text(f"{value} 超过 15 位，Excel 存不下", f"Excel keeps 15 digits, not {value}")
                raise CannotHold(self._where(reference, row), what)
            return Written(self._element(reference, self.styles.number_style(style), "", number))
        if isinstance(value, date):
            return self._date(row, column, style, cell, value)
        return Written(self._text(reference, row, style, cell.text if value is None else value))

    def _date(self, row: int, column: int, style: int | None, cell: Cell, day: date) -> Written:
        reference = f"{letters_of(column)}{row}"
        shown = self.styles.date_style(style, column, with_time=isinstance(day, datetime))
        serial = serial_of(day, from_1904=self.styles.from_1904)
        if shown is None or serial is None:
            text = like(self.styles.above(column), day) or cell.text
            return Written(self._text(reference, row, style, text), as_text=True)
        return Written(self._element(reference, shown, "", serial))

    def _text(self, reference: str, row: int, style: int | None, text: str) -> str:
        if length(text) > LONGEST:
            what = Text("文字超过 32,767 字，Excel 存不下", "Excel keeps 32,767 characters in a cell, not more")
            raise CannotHold(self._where(reference, row), what)
        if has_surrogate(text):
            what = Text("文字里有半个字符，无法保存", "the text holds half a character, which no file keeps")
            raise CannotHold(self._where(reference, row), what)
        p = self.prefix
        inner = f'<{p}is><{p}t xml:space="preserve">{encoded(text)}</{p}t></{p}is>'
        return self._opening(reference, style, "inlineStr") + f">{inner}</{p}c>"

    def _element(self, reference: str, style: int | None, kind: str, value: str) -> str:
        return self._opening(reference, style, kind) + f"><{self.prefix}v>{value}</{self.prefix}v></{self.prefix}c>"

    def _opening(self, reference: str, style: int | None, kind: str) -> str:
        marks = (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
        return f'<{self.prefix}c r="{reference}"{marks}'

    def blank(self, row: int, column: int, style: int | None) -> str:
        """A formatted cell without a value; nothing where there is no format either."""
        return self._opening(f"{letters_of(column)}{row}", style, "") + "/>" if style else ""

    def _where(self, reference: str, row: int) -> Where:
        return Where(self.file, self.sheet, row, reference.rstrip("0123456789"))


def like(above: str, day: date) -> str | None:
    """A date in the form of a written one (2026/5/6, 2026.05.06, 2026年5月6日); None where it has no such form."""
    found = _WRITTEN_DATE.fullmatch(above.strip())
    if found is None:
        return None
    width = 2 if len(found[3]) == len(found[5]) == len("05") and found[3].startswith("0") else 1
    width = 2 if found[5].startswith("0") else width
    return f"{day.year}{found[2]}{day.month:0{width}d}{found[4]}{day.day:0{width}d}{found[6]}"
