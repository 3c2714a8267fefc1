"""The sheets of a clerk's workbook (.xlsx, .xlsm), read by the reader of ledgers, with every odd cell by its place."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path

from salesaid.core.clerk import Block, Line, Lost, Merge, OddCell
from salesaid.core.text import Text
from salesaid.storage.contract import Aside
from salesaid.storage.csv_source import open_source
from salesaid.storage.csv_trouble import ChangedWhileReading
from salesaid.storage.xlsx_heads import head_rows
from salesaid.storage.xlsx_numbers import digits_lost
from salesaid.storage.xlsx_parts import Package, inflated, package, preflight
from salesaid.storage.xlsx_plain import PlainRows
from salesaid.storage.xlsx_read import Reader, Unusable, Words, cell_text
from salesaid.storage.xlsx_sheet import Box, Cell, SheetXml, column_of, merges, plain, sheet_xml, shell
from salesaid.storage.xlsx_trouble import DamagedWorkbook, boundary
from salesaid.storage.xlsx_workbook import SheetEntry, Workbook, date_styles, padded_styles, shared_strings, workbook

_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f[\s/>]")


class _NoneAtOnce(PlainRows):
    """Takes no rows: each cell is to be looked at."""

    def take(self, position: int, previous: int) -> None:  # noqa: ARG002
        """None."""
        return


class _Reader(Reader):
    """The reader of ledgers that also tells where each odd cell stands.

    `unsaved`: a formula's 0 is none that was worked out. Programs that write workbooks without working out their
    formulas put it there, and ask for all of them to be worked out at opening.
    """

    def __init__(
        self, data: SheetXml, words: Words, merged: Sequence[Box], width: int, odd: dict[tuple[int, int], OddCell],
        *, unsaved: bool,
    ) -> None:  # fmt: skip
        super().__init__(data, words, merged, width)
        self._odd = odd
        self._unsaved = ("", "0") if unsaved else ("",)
        if unsaved and _FORMULA.search(data.xml, data.layout.head, data.layout.tail):
            self._plain = _NoneAtOnce(data, width, words.strings, partial(cell_text, words), Unusable)

    def _count(self, cell: Cell, number: int) -> None:
        super()._count(cell, number)
        what: OddCell | None = None
        if cell[3] == "e":
            what = "error"
        elif cell[4] and cell[5] in self._unsaved and cell[3] != "str":
            what = "unsaved"
        elif not cell[4] and digits_lost(cell[5]):
            what = "rounded"
        if what is not None:
            self._odd[number, column_of(cell[0])] = what


class XlsxClerkSheet:
    """One sheet of a workbook (core.clerk.ClerkSheet)."""

    def __init__(self, zipped: Package, words: Words, entry: SheetEntry, *, unsaved: bool) -> None:
        self.file = Path(zipped.file).name
        self.name: str | None = entry.name
        self.hidden = entry.hidden
        self.from_1904 = words.from_1904
        self.odd: dict[tuple[int, int], OddCell] = {}
        self.lost: list[Lost] = []
        self._zipped = zipped
        self._words = words
        self._entry = entry
        self._unsaved = unsaved
        self._reader: _Reader | None = None

    @cached_property
    def _data(self) -> SheetXml:
        part = self._zipped.find(self._entry.part)
        if part is None:
            raise DamagedWorkbook(self._zipped.file, Text("工作表不见了", "the sheet's part is missing"))
        return plain(sheet_xml(inflated(self._zipped, part), self._zipped.file, self._entry.name))

    @cached_property
    def _boxes(self) -> list[Box]:
        return merges(shell(self._data))

    @property
    def merged(self) -> Sequence[Merge]:
        """The merged ranges."""
        with boundary(self._zipped.file):
            return [Merge(*one) for one in self._boxes]

    def head(self, count: int) -> list[Line]:
        """The first rows that hold something."""
        with boundary(self._zipped.file):
            return [Line(*row) for row in head_rows(self._data, self._words, count) if row[1]]

    def blocks(self, below: int, width: int) -> Iterator[Block]:
        """The rows below the header."""
        self.lost.clear()
        self.odd.clear()

        def note(aside: Aside) -> None:
            self.lost.append(Lost(aside.row, aside.reason))

        with boundary(self._zipped.file):
            self._reader = _Reader(self._data, self._words, self._boxes, width, self.odd, unsaved=self._unsaved)
            yield from self._reader.blocks(below, note)

    def share(self) -> float:
        """How much of the sheet has been read."""
        return 0.0 if self._reader is None else self._reader.reached / self._data.layout.tail

    def notes(self) -> Sequence[tuple[str, Text]]:
        """The date system, hidden rows, filled merges; odd cells are told by their places."""
        if self._reader is None:
            return []
        told = {"formula-without-value", "digits-lost", "error-cells"}
        return [note for note in self._reader.tally.notes(self._words.from_1904) if note[0] not in told]


def open_xlsx(path: Path) -> list[XlsxClerkSheet]:
    """The sheets of a workbook, in its order. Raises FileTrouble with one sentence."""
    source = open_source(path)
    try:
        raw = source.at(0, source.length)
        if len(raw) != source.length or not source.same_as(zlib.crc32(raw)):
            raise ChangedWhileReading(path)
    finally:
        source.close()
    with boundary(str(path)):
        zipped = package(raw, str(path))
        preflight(zipped)
        book: Workbook = workbook(zipped)
        styles = date_styles(zipped, book), book.from_1904, padded_styles(zipped, book)
        words = Words(shared_strings(zipped, book), *styles)
        return [XlsxClerkSheet(zipped, words, entry, unsaved=book.unsaved) for entry in book.sheets]
