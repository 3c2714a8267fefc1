"""Excel ledgers (.xlsx, .xlsm): read as text, appended to and edited by patching the one sheet's XML."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from salesaid.core.sheet_rows import is_pattern
from salesaid.core.text import Text
from salesaid.storage.contract import AS_IT_IS, Aside, Cell, CellEdit, Change, HeadingTest, Spot, Swap, View
from salesaid.storage.csv_source import Source, open_source
from salesaid.storage.csv_trouble import ChangedWhileReading
from salesaid.storage.xlsx_find import Found, find, from_facts
from salesaid.storage.xlsx_numbers import decimal_text, number_text
from salesaid.storage.xlsx_opened import Opened
from salesaid.storage.xlsx_parts import Package, inflated, package, preflight
from salesaid.storage.xlsx_patch import Patch, swap
from salesaid.storage.xlsx_plain import Block
from salesaid.storage.xlsx_proof import Wanted, reads_back
from salesaid.storage.xlsx_read import Reader, Words
from salesaid.storage.xlsx_sheet import SheetXml, merges, plain, sheet_xml, shell
from salesaid.storage.xlsx_tally import Notes, Tally
from salesaid.storage.xlsx_trouble import DamagedWorkbook, boundary
from salesaid.storage.xlsx_workbook import Workbook, date_styles, shared_strings, workbook

if TYPE_CHECKING:
    from salesaid.storage.xlsx_columns import Columns
    from salesaid.storage.xlsx_lists import Choices, Names


class XlsxSheet:
    """One sheet of a workbook, opened: a snapshot from one handle (storage.contract.Sheet)."""

    def __init__(self, spot: Spot, source: Source) -> None:
        self.spot = spot
        self.stamp = source.stamp
        self.aside: list[Aside] = []
        self.unsaved: dict[int, set[int]] = {}
        self.header_row = 0
        self.headings: tuple[str, ...] = ()
        self.facts: Mapping[str, object] = {}
        self.placed = 0  # the first row of the append last planned
        self.planned_rows: Block = ([], [])  # its rows as they will be read
        self.shifts: list[tuple[int, int]] = []  # from which row on the rows below them move down, and by how many
        self.source = source
        self._planned: Notes = []
        self._reader: Reader | None = None
        self._by_columns: tuple[Columns, Tally, list[Aside]] | None = None
        self._tally = Tally()

    def look(self, heads: HeadingTest) -> Found:
        """Where the ledger stands, found by reading the first rows of the sheets."""
        with boundary(self.file):
            preflight(self.zipped)
            found = find(self.zipped, self.workbook, self.words, self.spot, heads)
        self.zipped.forget(found.part)
        return found

    def know(self, found: Found) -> None:
        """Takes over what opening, now or earlier, found out."""
        self.header_row = found.header_row
        self.headings = found.headings
        self.facts = found._asdict() | {"headings": list(found.headings)}

    @property
    def file(self) -> str:
        """The file's name as trouble is told by it."""
        return str(self.spot.path)

    @cached_property
    def zipped(self) -> Package:
        """The file's parts."""
        raw = self.source.at(0, self.source.length)
        if len(raw) != self.source.length or not self.source.same_as(zlib.crc32(raw)):
            raise ChangedWhileReading(self.spot.path)
        return package(raw, self.file)

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook part."""
        return workbook(self.zipped)

    @cached_property
    def words(self) -> Words:
        """What cells' texts are made from."""
        book = self.workbook
        return Words(shared_strings(self.zipped, book), date_styles(self.zipped, book), book.from_1904)

    @cached_property
    def data(self) -> SheetXml:
        """The sheet's XML as it stands in the file."""
        part = self.zipped.find(str(self.facts["part"]))
        if part is None:
            raise DamagedWorkbook(self.file, Text("工作表不见了", "the sheet's part is missing"))
        content = self.zipped.held[part.name] = inflated(self.zipped, part)  # a change asks for it again
        return sheet_xml(content, self.file, str(self.facts["sheet"]))

    def _new_reader(self) -> Reader:
        data = plain(self.data)
        return Reader(data, self.words, merges(shell(data)), len(self.headings))

    def _begin(self) -> Reader:
        """A reader whose findings are those of the sheet."""
        self.aside.clear()
        reader = self._reader = self._new_reader()
        reader.tally.unsaved = self.unsaved
        self._tally = reader.tally
        return reader

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Data rows below the header: (row number, one text a heading). Raises FileTrouble."""
        with boundary(self.file):
            yield from self._begin().rows(self.header_row, self.aside.append)

    def blocks(self) -> Iterator[Block]:
        """The same rows some thousands at a time: (row numbers, texts of each)."""
        with boundary(self.file):
            yield from self._begin().blocks(self.header_row, self.aside.append)

    def columns(self, _coded: Collection[int], plain: Collection[int]) -> Columns | None:
        """The same rows by columns, read at once; None where they have to be read by rows."""
        if self._by_columns is None:
            from salesaid.storage.xlsx_arrow import columns

            with boundary(self.file):
                found = columns(self._begin(), self.header_row, self.aside.append)
            if found is None:
                return None
            self._by_columns = found, self._tally, [*self.aside]
            self._reader = None
            self.__dict__.pop("data", None)  # the XML, which is ten times as long
            self.zipped.forget("")
        found, self._tally, self.aside[:] = self._by_columns
        return found.with_plain(plain)

    def share(self) -> float:
        """How much of the sheet has been read by now, from 0 to 1."""
        return 0.0 if self._reader is None else self._reader.reached / self.data.layout.tail

    def last_rows(self, count: int) -> list[list[str]]:
        """The texts of up to `count` last data rows, oldest first, read from the end of the sheet."""
        with boundary(self.file):
            return self._new_reader().last_rows(self.header_row, count)

    def checksum(self, upto: int | None = None) -> int:
        """CRC-32 of the file's first `upto` bytes, all where None."""
        return self.source.checksum(upto)

    def append(self, rows: Sequence[Sequence[Cell | None]], names: Mapping[int, Names] = {}) -> Change:
        """The change that adds rows below the last data row. Raises FileTrouble where that is not safe.

        `names` are those that the file's drop-down lists are to hold, by column.
        """
        from salesaid.storage.xlsx_append import plan_append
        from salesaid.storage.xlsx_lists import list_patches

        if not rows:
            raise ValueError("no rows to append")
        with boundary(self.file):
            plan = plan_append(self.opened(), rows)
            patches = plan.patches | list_patches(self.opened(), self.headings, rows, names)
        self._planned = plan.notes
        self.placed, self.shifts = plan.first_row, [(plan.first_row, plan.shift)]
        self.planned_rows = as_read(plan.first_row, rows)
        wanted = {number: dict(enumerate(row)) for number, row in enumerate(rows, plan.first_row)}
        return self._swap(patches, wanted)

    def edit(self, edits: Sequence[CellEdit]) -> Change:
        """The change that gives cells new values; every other cell and part stays as it is."""
        from salesaid.storage.xlsx_edit import plan_edit

        with boundary(self.file):
            patches, self._planned = plan_edit(self.opened(), edits)
        wanted: dict[int, dict[int, Cell | None]] = {}
        for edit in edits:
            wanted.setdefault(edit.row, {})[edit.column] = edit.cell
        return self._swap({str(self.facts["part"]): patches}, wanted)

    def opened(self) -> Opened:
        """The sheet as what plans changes needs it."""
        part = str(self.facts["part"])
        return Opened(self.spot.path, self.zipped, self.workbook, self.words, self.data, part, self.header_row)

    def _swap(self, patches: Mapping[str, Sequence[Patch]], wanted: Wanted) -> Change:
        return swap(self.spot.path, self.stamp, self.zipped, patches, {str(self.facts["part"]): self.proof(wanted)})

    def proof(self, wanted: Wanted) -> Callable[[bytes], None]:
        """The test that the sheet's XML, read again, holds these cells."""
        return reads_back(self.file, self.data.sheet, wanted, from_1904=self.workbook.from_1904)

    def notes(self) -> Notes:
        """(code, sentence) of what reading met and of what the change last planned could not do."""
        return self._tally.notes(self.words.from_1904) + self._planned

    def close(self) -> None:
        """Lets the handle go."""
        self.source.close()


def as_read(first: int, rows: Sequence[Sequence[Cell | None]]) -> Block:
    """Rows just written as they will be read: their numbers, their texts."""
    return list(range(first, first + len(rows))), [[_text_read(cell) for cell in row] for row in rows]


def _text_read(cell: Cell | None) -> str:
    """The text that a cell just written has when it is read."""
    value = cell.value if cell else None
    if isinstance(value, Decimal):
        return number_text(decimal_text(value) or "") or ""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    return cell.text if cell else ""


class XlsxStore:
    """The store of Excel workbooks (storage.contract.Store)."""

    suffixes: tuple[str, ...] = (".xlsx", ".xlsm")

    def open(
        self,
        spot: Spot,
        heads: HeadingTest,
        *,
        view: View = AS_IT_IS,
        facts: Mapping[str, object] | None = None,
    ) -> XlsxSheet:
        """Opens a ledger; with the facts of an earlier opening of the same bytes nothing is parsed until asked for."""
        if is_pattern(spot.sheet):
            from salesaid.storage.xlsx_sheets import open_sheets

            return open_sheets(spot, view, heads, facts)
        sheet = XlsxSheet(spot, open_source(spot.path, view))
        try:
            known = from_facts(facts) if facts is not None else None
            if known is None:
                known = sheet.look(heads)
            sheet.know(known)
        except BaseException:
            sheet.close()
            raise
        return sheet

    def create(
        self, spot: Spot, headings: Sequence[str], formats: Sequence[str], rows: Sequence[Sequence[Cell | None]],
        choices: Mapping[int, Choices] = {},
    ) -> Change:  # fmt: skip
        """The change that makes a new workbook; its sheet is named by `spot.sheet`, else by the file.

        `choices` are what drop-down lists offer, by column.
        """
        from salesaid.storage.xlsx_create import NewSheet, new_workbook, reopened

        sheet = NewSheet(spot.sheet or spot.path.stem, headings, formats, rows, sample=rows, choices=choices)
        new = new_workbook(str(spot.path), [sheet])
        return Swap(spot.path, new, None, reopened(new))

    def sheet_names(self, path: Path) -> list[str]:
        """The names of the workbook's worksheets in their order, hidden ones too."""
        sheet = XlsxSheet(Spot(path), open_source(path, AS_IT_IS))
        try:
            with boundary(sheet.file):
                return [entry.name for entry in sheet.workbook.sheets]
        finally:
            sheet.close()


STORE = XlsxStore()
