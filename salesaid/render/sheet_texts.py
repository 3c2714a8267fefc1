"""Texts as a workbook holds them: most stand once in a list of their own, and cells name them by number.

Smaller than texts in their cells, and read again in two thirds of the time. The list stops growing where a workbook
has more distinct texts than that helps; further ones stand in their cells.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from salesaid.core.errors import Refused
from salesaid.core.text import Text
from salesaid.render.visible import visible_in_sheet

LONGEST_TEXT = 32_767  # UTF-16 code units in a cell
MOST_SHARED = 1 << 16
PART = "xl/sharedStrings.xml"

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"

# Excel reads _x000D_ in a text as a carriage return.
_ESCAPE_LIKE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")


class TextTooLongForExcel(Refused):
    """A text does not fit into one cell."""

    def __init__(self, text: str) -> None:
        shown = f"{text[:20]}…"
        super().__init__(
            Text(
                f"「{shown}」长 {len(text)} 字，Excel 的一个单元格放不下（上限 {LONGEST_TEXT}）",
                f"“{shown}” has {len(text)} characters, a cell in Excel holds {LONGEST_TEXT}",
            ),
            Text("改为输出 .csv 或 .json", "write a .csv or .json instead"),
        )


def item(text: str) -> str:
    """A text as XML. Raises TextTooLongForExcel."""
    held = visible_in_sheet(text)
    if len(held) > LONGEST_TEXT // 2 and len(held.encode("utf-16-le")) > 2 * LONGEST_TEXT:
        raise TextTooLongForExcel(held)
    if "_x" in held:
        held = _ESCAPE_LIKE.sub("_x005F_x", held)
    return f'<t xml:space="preserve">{escape(held)}</t>'


class SharedTexts:
    """The texts of one workbook, numbered in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._items: list[str] = []

    def cell(self, text: str) -> str:
        """What follows a cell's style: the number of its text, or the text. Raises TextTooLongForExcel."""
        number = self._numbers.get(text)
        if number is None:
            held = item(text)
            if len(self._items) >= MOST_SHARED:
                return f' t="inlineStr"><is>{held}</is></c>'
            number = self._numbers[text] = len(self._items)
            self._items.append(f"<si>{held}</si>")
        return f' t="s"><v>{number}</v></c>'

    def part(self) -> bytes:
        """The list as a part of the workbook."""
        return b"".join((_HEAD, _OPEN, "".join(self._items).encode(), b"</sst>"))


def announced(name: str, part: bytes) -> bytes:
    """A part of a workbook that lists the others, with the list of texts among them."""
    if b"sharedStrings.xml" in part:
        return part
    if name == "[Content_Types].xml":
        entry = f'<Override PartName="/{PART}" ContentType="{_TYPE}"/>'
        return part.replace(b"</Types>", f"{entry}</Types>".encode())
    if name == "xl/_rels/workbook.xml.rels":
        entry = f'<Relationship Id="rIdTexts" Type="{_RELATION}" Target="sharedStrings.xml"/>'
        return part.replace(b"</Relationships>", f"{entry}</Relationships>".encode())
    return part
