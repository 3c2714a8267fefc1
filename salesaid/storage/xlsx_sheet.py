"""The XML of one sheet, held as bytes: where its rows lie, and the cells of a row.

Rows are found by searching for their tags, not by parsing, so that the last row of 45 MB is there at once. Whatever
the quick search does not understand goes through expat, or is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from salesaid.core.text import Text
from salesaid.storage.xlsx_trouble import SheetNotUnderstood
from salesaid.storage.xlsx_xml import Node, escape, tree, written

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_LONGEST_ROW = 8 * 1024 * 1024

Cell = tuple[str, str, str, str, str, str, str, str]
"""Column letters, row digits, style, type, formula element, value, blanks-are-kept mark, inline text (escaped)."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_NUMBER = re.compile(rb"""\sr=["'](\d{1,9})["']""")
HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


class Layout(NamedTuple):
    """Where the rows of a sheet's XML start and end, and the prefix of its element names (mostly none)."""

    prefix: str
    head: int
    tail: int

    def tag(self, name: str) -> bytes:
        """An element's name as this sheet writes it."""
        return (self.prefix + name).encode()


class Span(NamedTuple):
    """One row element: its number (0: it says none), where it starts, where its first tag ends, where it ends."""

    number: int
    start: int
    inner: int
    end: int


class Box(NamedTuple):
    """A rectangle of cells; rows count from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Box) -> bool:
        """Whether both have a cell in common."""
        rows = self.top <= other.bottom and other.top <= self.bottom
        return rows and self.left <= other.right and other.left <= self.right


class SheetXml(NamedTuple):
    """A sheet's XML with its layout, and the names that trouble is told by."""

    xml: bytes
    layout: Layout
    file: str
    sheet: str

    def not_understood(self, what: Text, row: int | None = None) -> SheetNotUnderstood:
        """The refusal that names this sheet."""
        return SheetNotUnderstood(self.file, self.sheet, what, row)


def sheet_xml(xml: bytes, file: str, sheet: str) -> SheetXml:
    """The sheet's XML, its rows located."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in xml[:4]:
        raise SheetNotUnderstood(file, sheet, Text("工作表不是 UTF-8 编码", "the sheet is not in UTF-8"))
    found = re.search(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\s*(/?)>", xml)
    if found is None:
        raise SheetNotUnderstood(file, sheet, Text("没有数据区", "it has no sheet data"))
    prefix, end = found[1], found.end()
    tail = end if found[2] else xml.rfind(b"</%ssheetData>" % prefix, end)
    if tail < 0:
        raise SheetNotUnderstood(file, sheet, Text("数据区没有结尾", "its sheet data has no end"))
    return SheetXml(xml, Layout(prefix.decode(), end, tail), file, sheet)


def shell(data: SheetXml) -> Node:
    """All of the sheet but its rows, as a tree."""
    xml = data.xml[: data.layout.head] + data.xml[data.layout.tail :]
    root = tree(xml, data.sheet, data.file)
    if root.name != "worksheet" or root.space not in (_MAIN, _STRICT):
        raise data.not_understood(Text("不是工作表", "it is no worksheet"))
    return root


def is_strict(root: Node) -> bool:
    """Whether the sheet is in the strict variant of the format."""
    return root.space == _STRICT


def is_exotic(data: SheetXml) -> bool:
    """Whether comments, CDATA or processing instructions stand among the rows, so that searching could be misled."""
    marks = ((b"!", b"<!"), (b"?", b"<?"))  # a single byte is looked for ten times as fast as two
    head, tail = data.layout.head, data.layout.tail
    return any(data.xml.find(one, head, tail) >= 0 and data.xml.find(two, head, tail) >= 0 for one, two in marks)


def plain(data: SheetXml) -> SheetXml:
    """The same sheet with its rows written out anew by way of expat, where searching could be misled."""
    if not is_exotic(data):
        return data
    root = tree(data.xml, data.sheet, data.file)
    rows = next(root.all("sheetData"))
    body = "".join(written(row) for row in rows.children).encode()
    xml = f'<worksheet xmlns="{root.space}"><sheetData>'.encode() + body + b"</sheetData>"
    furniture = "".join(written(node) for node in root.children if node.name == "mergeCells").encode()
    return sheet_xml(xml + furniture + b"</worksheet>", data.file, data.sheet)


def spans(data: SheetXml, start: int | None = None) -> Iterator[Span]:
    """The row elements in the order of the XML, from the start of the rows or from a place between two of them."""
    xml, layout = data.xml, data.layout
    opening = b"<" + layout.tag("row")
    position = layout.head if start is None else start
    while True:
        found = xml.find(opening, position, layout.tail)
        if xml[position : layout.tail if found < 0 else found].strip():
            raise data.not_understood(Text("数据行之间有不认识的内容", "something unknown stands between its rows"))
        if found < 0:
            return
        span = _span(data, found)
        yield span
        position = span.end


def spans_from_end(data: SheetXml, end: int | None = None) -> Iterator[Span]:
    """The row elements from the last one upwards."""
    opening = b"<" + data.layout.tag("row")
    position = data.layout.tail if end is None else end
    while True:
        found = data.xml.rfind(opening, data.layout.head, position)
        if found < 0:
            return
        span = _span(data, found)
        if span.end > position or data.xml[span.end : position].strip():
            raise data.not_understood(Text("数据行之间有不认识的内容", "something unknown stands between its rows"))
        yield span
        position = found


def _span(data: SheetXml, start: int) -> Span:
    xml, layout = data.xml, data.layout
    inner = xml.find(b">", start, layout.tail) + 1
    tag = xml[start:inner]
    closing = b"</" + layout.tag("row") + b">"
    if not inner or tag[len(layout.prefix) + 4 : len(layout.prefix) + 5] not in (b" ", b">", b"/", b"\n", b"\t", b"\r"):
        raise data.not_understood(Text("行标签不认识", "a row's tag is not understood"))
    end = inner if tag.endswith(b"/>") else xml.find(closing, inner, layout.tail) + len(closing)
    if end < inner:
        raise data.not_understood(Text("行没有结尾", "a row has no end"))
    found = _NUMBER.search(tag)
    return Span(int(found[1]) if found else 0, start, inner, end)


def is_hidden(data: SheetXml, span: Span) -> bool:
    """Whether the row is hidden, by hand or by a filter."""
    return HIDDEN.search(data.xml, span.start, span.inner) is not None


@lru_cache(maxsize=8)
def _patterns(prefix: str) -> tuple[re.Pattern[str], str]:
    p = re.escape(prefix)
    value = rf'<{p}v ?/>|<{p}v>([^<]*)</{p}v>|<{p}is><{p}t( xml:space="preserve")?>([^<]*)</{p}t></{p}is>'
    formula = rf"(<{p}f(?: [^<>]*)?(?:/>|>[^<]*</{p}f>))?"
    opened = rf'<{p}c r="([A-Z]{{1,3}})([0-9]{{1,7}})"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?'
    return re.compile(rf"{opened}(?: ?/>|>{formula}(?:{value})?</{p}c>)"), f"<{prefix}c"


def body(data: SheetXml, span: Span) -> str:
    """What stands between a row's tags."""
    if span.end - span.start > _LONGEST_ROW:
        raise data.not_understood(Text("有一行大得离谱", "one of its rows is absurdly large"), span.number)
    try:
        return data.xml[span.inner : span.end].decode()
    except UnicodeDecodeError as error:
        raise data.not_understood(Text("编码错误", "its bytes are not UTF-8"), span.number) from error


def cells(data: SheetXml, span: Span, text: str | None = None) -> list[Cell]:
    """The cells of a row in the order of the XML; `text` is its body where that is at hand."""
    text = body(data, span) if text is None else text
    pattern, opening = _patterns(data.layout.prefix)
    found: list[Cell] = pattern.findall(text)
    if len(found) == text.count(opening):
        return found
    return cells_by_expat(data, span)


def cells_by_expat(data: SheetXml, span: Span) -> list[Cell]:
    """The cells of a row, parsed: any spelling that XML allows."""
    row = tree(data.xml[span.start : span.end], data.sheet, data.file, namespaces=False)
    found: list[Cell] = []
    column = -1
    for node in row.children:
        if node.name == "c":
            cell = _cell(node, column + 1, span.number)
            column = column_of(cell[0])
            found.append(cell)
    return found


def _cell(node: Node, column: int, row: int) -> Cell:
    letters, digits = _place(node.attrs.get("r"), column, row)
    formula = node.child("f")
    value = node.child("v")
    inline = node.child("is")
    kind = node.attrs.get("t", "")
    text = inline_text(inline) if inline is not None and kind == "inlineStr" else ""
    mark = written(formula) if formula is not None else ""
    style = node.attrs.get("s", "")
    return letters, digits, style, kind, mark, escape(value.text) if value is not None else "", " ", escape(text)


def inline_text(node: Node) -> str:
    """The inline text of a cell as character data still holding its `_x000D_` escapes."""
    pieces: list[str] = []
    for child in node.children:
        runs = [run for run in child.children if run.name == "t"] if child.name == "r" else [child]
        pieces.extend(_kept(run) for run in runs if run.name == "t")
    return "".join(pieces)


def _kept(node: Node) -> str:
    return node.text if node.attrs.get("space") == "preserve" else node.text.strip(" \t\r\n")


def _place(reference: str | None, column: int, row: int) -> tuple[str, str]:
    if reference is None:
        return letters_of(column), str(row)
    found = re.fullmatch(r"([A-Z]+)([0-9]+)", reference)
    return (found[1], found[2]) if found else (reference, "")


def column_of(letters: str) -> int:
    """A column's number from 0; beyond the last one where the letters name none."""
    known = _COLUMNS.get(letters)
    if known is None:
        number = 0
        for letter in letters[:4]:
            number = number * 26 + ord(letter) - 64 if "A" <= letter <= "Z" else LAST_COLUMN * 26
        known = _COLUMNS[letters] = number - 1
    return known


_COLUMNS: dict[str, int] = {}


def letters_of(column: int) -> str:
    """A column's letters: 0 is A, 27 is AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def holds_value(cell: Cell) -> bool:
    """Whether a cell holds a value or a formula, and not a format alone."""
    return bool(cell[5] or cell[7] or cell[4])


def box(reference: str) -> Box | None:
    """A reference as A1 or A1:C9; None for one of whole rows or columns, or none at all."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    left_at, top_at = column_of(left), int(top)
    return Box(top_at, left_at, int(bottom or top), column_of(right or left))


def merges(root: Node) -> list[Box]:
    """The sheet's merged ranges."""
    boxes = (box(node.attrs.get("ref", "")) for node in root.all("mergeCell"))
    return [one for one in boxes if one is not None]
