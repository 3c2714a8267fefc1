"""The sheets of an OpenDocument spreadsheet (.ods), streamed by expat: values as they were typed, merges, errors."""

from __future__ import annotations

import pyexpat
from collections.abc import Mapping
from pathlib import Path

from salesaid.core.clerk import Line, Merge, OddCell
from salesaid.core.text import Text
from salesaid.storage.clerk_table import TableSheet
from salesaid.storage.csv_source import open_source
from salesaid.storage.xlsx_numbers import digits_lost, iso_text, number_text
from salesaid.storage.xlsx_parts import inflated, package, preflight
from salesaid.storage.xlsx_trouble import DamagedWorkbook, Locked, NotAWorkbook, SuspiciousWorkbook, boundary

MOST_CELLS = 5_000_000
_WIDEST = 16_384
_LAST_ROW = 1_048_576


class _Table:
    """One table while it is read."""

    def __init__(self, name: str, *, hidden: bool) -> None:
        self.name = name
        self.hidden = hidden
        self.lines: list[Line] = []
        self.merged: list[Merge] = []
        self.odd: dict[tuple[int, int], OddCell] = {}
        self.hidden_rows: set[int] = set()
        self.row = 0  # the number of the row at hand
        self.repeat = 1
        self.texts: list[str] = []
        self.column = 0
        self.held = 0


class _Builder:
    """What expat's events of content.xml come to."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.tables: list[_Table] = []
        self.hidden_styles: set[str] = set()
        self.from_1904 = False
        self._style = ""
        self._cell: Mapping[str, str] | None = None
        self._covered = False
        self._paragraphs: list[str] = []
        self._inside = 0  # annotations and drawings hold text that is not the cell's
        self._in_paragraph = False
        self._deep = 0  # tables inside cells

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        local = name.rpartition(":")[2]
        own = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        if local in {"annotation", "shapes", "frame", "named-expressions", "tracked-changes"}:
            self._inside += 1
        elif self._inside:
            return
        elif local == "style" and own.get("family") == "table":
            self._style = own.get("name", "")
        elif local == "table-properties" and own.get("display") == "false":
            self.hidden_styles.add(self._style)
        elif local == "null-date":
            self.from_1904 = own.get("date-value", "").startswith("1904")
        elif local == "table":
            self.tables.append(_Table(own.get("name", ""), hidden=own.get("style-name", "") in self.hidden_styles))
        elif self.tables:
            self._in_table(local, own)

    def _in_table(self, local: str, own: Mapping[str, str]) -> None:
        table = self.tables[-1]
        if local == "table-row":
            table.row += 1
            table.repeat = _count(own, "number-rows-repeated")
            table.texts, table.column = [], 0
            if own.get("visibility", "visible") != "visible":
                table.hidden_rows.add(table.row)
        elif local in {"table-cell", "covered-table-cell"}:
            self._cell, self._covered, self._paragraphs = own, local.startswith("covered"), []
        elif self._cell is not None and local == "p":
            self._paragraphs.append("")
            self._in_paragraph = True
        elif self._in_paragraph and local == "s":
            self._paragraphs[-1] += " " * min(_count(own, "c"), 64)
        elif self._in_paragraph and local == "tab":
            self._paragraphs[-1] += "\t"
        elif self._in_paragraph and local == "line-break":
            self._paragraphs[-1] += "\n"

    def text(self, data: str) -> None:
        """Character data."""
        if self._in_paragraph and not self._inside:
            self._paragraphs[-1] += data

    def end(self, name: str) -> None:
        """An element ends."""
        local = name.rpartition(":")[2]
        if local in {"annotation", "shapes", "frame", "named-expressions", "tracked-changes"}:
            self._inside -= 1
        elif self._inside:
            return
        elif local == "p":
            self._in_paragraph = False
        elif local in {"table-cell", "covered-table-cell"} and self._cell is not None:
            self._end_cell(self.tables[-1], self._cell)
            self._cell = None
        elif local == "table-row" and self.tables:
            self._end_row(self.tables[-1])

    def _end_cell(self, table: _Table, own: Mapping[str, str]) -> None:
        repeat = _count(own, "number-columns-repeated")
        text = "" if self._covered else _text(own, self._paragraphs)
        down, right = _count(own, "number-rows-spanned"), _count(own, "number-columns-spanned")
        if (down > 1 or right > 1) and not self._covered:
            table.merged.append(Merge(table.row, table.column, table.row + down - 1, table.column + right - 1))
        what = _odd(own, text)
        if what is not None:
            table.odd[table.row, table.column] = what
        if text:
            if table.column + repeat > _WIDEST:
                raise self._too_large()
            table.texts += [""] * (table.column - len(table.texts)) + [text] * repeat
        table.column += repeat

    def _end_row(self, table: _Table) -> None:
        if any(map(str.strip, table.texts)):
            table.held += len(table.texts) * table.repeat
            if table.held > MOST_CELLS or table.row + table.repeat - 1 > _LAST_ROW:
                raise self._too_large()
            table.lines += [Line(table.row + more, list(table.texts)) for more in range(table.repeat)]
        table.row += table.repeat - 1

    def _too_large(self) -> SuspiciousWorkbook:
        return SuspiciousWorkbook(self.file, Text("格子太多", "it has too many cells"))


def _count(own: Mapping[str, str], name: str) -> int:
    text = own.get(name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1  # noqa: PLR2004 - more than any sheet has


def _text(own: Mapping[str, str], paragraphs: list[str]) -> str:
    """The text of a cell: a value as it was typed, and not as its format rounds it."""
    kind = own.get("value-type", "")
    if kind in {"float", "currency", "percentage"}:
        return _filled_up(number_text(own.get("value", "")) or own.get("value", ""), "".join(paragraphs))
    if kind == "date":
        return iso_text(own.get("date-value", ""))
    if kind == "boolean":
        return own.get("boolean-value", "").upper()
    if kind == "time":
        return _clock(own.get("time-value", ""))
    return own.get("string-value") or "\n".join(paragraphs)


def _filled_up(text: str, shown: str) -> str:
    """A number as its format shows it where that fills it up with zeros, as codes of goods often are."""
    return shown if shown.isdecimal() and text.isdecimal() and text.zfill(len(shown)) == shown else text


def _clock(text: str) -> str:
    """PT08H30M00S as 08:30:00."""
    plain = text.removeprefix("PT").rstrip("S").replace("H", ":").replace("M", ":")
    return plain.partition(".")[0] or text


def _odd(own: Mapping[str, str], text: str) -> OddCell | None:
    if "formula" in own and "value-type" not in own:
        return "unsaved"
    if "formula" in own and (text.startswith(("#", "Err:")) or own.get("value-type") == "error"):
        return "error"
    return "rounded" if own.get("value-type") == "float" and digits_lost(own.get("value", "")) else None


def open_ods(path: Path) -> list[TableSheet]:
    """The sheets of a spreadsheet. Raises FileTrouble with one sentence."""
    source = open_source(path)
    try:
        raw = source.at(0, source.length)
    finally:
        source.close()
    with boundary(str(path)):
        zipped = package(raw, str(path))
        preflight(zipped)
        content, manifest = zipped.find("content.xml"), zipped.find("META-INF/manifest.xml")
        if manifest is not None and b"encryption-data" in inflated(zipped, manifest):
            raise Locked(str(path))
        if content is None:
            hint = Text("请改回它原来的后缀", "give it back its own suffix")
            raise NotAWorkbook(str(path), Text("里面不是表格", "there is no spreadsheet in it"), hint)
        built = _built(inflated(zipped, content), str(path))
    return [
        TableSheet(
            path.name, one.name, one.lines, hidden=one.hidden, merged=one.merged, odd=one.odd,
            hidden_rows=frozenset(one.hidden_rows), from_1904=built.from_1904,
        )
        for one in built.tables
    ]  # fmt: skip


def _built(xml: bytes, file: str) -> _Builder:
    builder = _Builder(file)
    parser = pyexpat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(xml, True)
    except pyexpat.ExpatError as error:
        raise DamagedWorkbook(file, Text("content.xml 不是正确的 XML", "content.xml is not well-formed")) from error
    return builder
