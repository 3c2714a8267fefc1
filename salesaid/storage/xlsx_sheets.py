"""Several sheets of one workbook that are one ledger: a sheet a month, each with headings of its own.

Their rows stand one sheet below the other, in the workbook's order, and their numbers say so (core.sheet_rows). What
is changed is changed in each of them as in any sheet, and all of it in one file at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from salesaid.core.sheet_rows import RowOfSheet, first_of, plain_row, sheet_of
from salesaid.core.text import Text
from salesaid.storage.contract import Aside, Cell, CellEdit, Change, HeadingTest, Spot, View
from salesaid.storage.csv_source import Source, open_source
from salesaid.storage.xlsx_find import Found, find_all, from_facts
from salesaid.storage.xlsx_parts import Package, preflight
from salesaid.storage.xlsx_patch import Patch, swap
from salesaid.storage.xlsx_plain import Block
from salesaid.storage.xlsx_read import Words
from salesaid.storage.xlsx_store import XlsxSheet, as_read
from salesaid.storage.xlsx_tally import Notes
from salesaid.storage.xlsx_trouble import CannotChange, boundary
from salesaid.storage.xlsx_workbook import Workbook

if TYPE_CHECKING:
    from salesaid.storage.xlsx_columns import Columns
    from salesaid.storage.xlsx_lists import Names

Proofs = dict[str, Callable[[bytes], None]]
"""By part, what proves that it holds what was to be written."""

_ONCE = "date-1904"  # what is told of the workbook, not of a sheet


class OneOfSeveral(XlsxSheet):
    """One of the sheets. `places` say which column of the ledger each of its own is."""

    def __init__(self, whole: XlsxSheets, at: int, found: Found) -> None:
        super().__init__(whole.spot._replace(sheet=found.sheet), whole.source)
        self.know(found)
        self.name = found.sheet
        self.places: tuple[int, ...] = tuple(range(len(found.headings)))
        self._lacking: list[str] = []
        self._whole = whole
        self._at = at
        self._is_laid_out_alike = True

    @cached_property
    def zipped(self) -> Package:
        """The file's parts."""
        return self._whole.zipped

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook part."""
        return self._whole.workbook

    @cached_property
    def words(self) -> Words:
        """What cells' texts are made from."""
        return self._whole.words

    def lay_out(self, places: Sequence[int], lacking: Sequence[str]) -> None:
        """Each of the sheet's columns is one of the ledger's; `lacking` are texts for those that it has not."""
        self.places, self._lacking = tuple(places), [*lacking]
        self._is_laid_out_alike = self.places == tuple(range(len(lacking)))

    def number(self, row: int) -> RowOfSheet:
        """A row's number among those of all the sheets."""
        return RowOfSheet(first_of(self._at) + row, self.name)

    def numbered_aside(self) -> list[Aside]:
        """What was set aside while the sheet was read, by the numbers of all the sheets."""
        return [Aside(self.number(each.row), each.reason) for each in self.aside]

    def spread(self, texts: list[str]) -> list[str]:
        """A row's texts, one a column of the ledger."""
        if self._is_laid_out_alike:
            return texts
        row = [*self._lacking]
        for place, text in zip(self.places, texts, strict=True):
            row[place] = text
        return row

    def own(self, row: Sequence[Cell | None]) -> list[Cell | None]:
        """Of a row of the ledger the cells that the sheet has columns for."""
        return [row[place] for place in self.places]


class XlsxSheets(XlsxSheet):
    """Sheets of a workbook as one ledger, opened: a snapshot from one handle (storage.contract.Sheet).

    `placed_rows` are the rows of the append last planned in the order in which they were given; `is_at_end`: no sheet
    behind the first of them holds any.
    """

    def __init__(self, spot: Spot, source: Source) -> None:
        super().__init__(spot, source)
        self.parts: list[OneOfSeveral] = []
        self.placed_rows: list[int] = []
        self.is_at_end = True
        self._reached: OneOfSeveral | None = None
        self._joined: Columns | None = None
        self._lacking: Sequence[str] = ()

    def look_at_all(self, heads: HeadingTest) -> list[Found]:
        """Where the ledger stands in each sheet, found by reading their first rows."""
        with boundary(self.file):
            preflight(self.zipped)
            found = find_all(self.zipped, self.workbook, self.words, self.spot, heads)
        self.zipped.forget("")
        return found

    def know_all(self, found: Sequence[Found]) -> None:
        """Takes over what opening, now or earlier, found out."""
        self.parts = [OneOfSeveral(self, at, each) for at, each in enumerate(found)]
        self.header_row = found[0].header_row
        self.headings = found[0].headings
        self._tell()

    def lay_out(self, headings: Sequence[str], places: Sequence[Sequence[int]], lacking: Sequence[str]) -> None:
        """The ledger's columns, which of them those of each sheet are, and what the others hold in its rows."""
        self.headings, self._lacking = tuple(headings), lacking
        for part, own in zip(self.parts, places, strict=True):
            part.lay_out(own, lacking)
        self._tell()

    def _tell(self) -> None:
        names = [part.name for part in self.parts]
        found = [dict(part.facts) for part in self.parts]
        self.facts = {"sheets": found, "sheet": names, "headings": list(self.headings), "header_row": self.header_row}

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Data rows of all sheets: (row number, one text a column of the ledger). Raises FileTrouble."""
        for numbers, rows in self.blocks():
            yield from zip(numbers, rows, strict=True)

    def blocks(self) -> Iterator[Block]:
        """The same rows some thousands at a time; no block holds rows of two sheets."""
        self.aside.clear()
        for part in self.parts:
            self._reached = part
            for numbers, rows in part.blocks():
                self._take_over_unsaved(part)
                if rows:
                    yield [part.number(row) for row in numbers], [part.spread(texts) for texts in rows]
            self.aside += part.numbered_aside()

    def _take_over_unsaved(self, part: OneOfSeveral) -> None:
        for row, columns in part.unsaved.items():
            self.unsaved[part.number(row)] = {part.places[column] for column in columns}
        part.unsaved.clear()

    def columns(self, _coded: Collection[int], plain: Collection[int]) -> Columns | None:
        """The rows of all sheets by columns; None where one of these has to be read by rows."""
        if self._joined is None:
            sheets = []
            for at, part in enumerate(self.parts):
                found = part.columns((), ())
                if found is None:
                    return None
                sheets.append((found, part.places, first_of(at)))
            from salesaid.storage.xlsx_columns import stacked

            self._joined = stacked(sheets, self._lacking)
        self.aside[:] = [aside for part in self.parts for aside in part.numbered_aside()]
        for part in self.parts:
            self._take_over_unsaved(part)
        return self._joined.with_plain(plain)

    def share(self) -> float:
        """How much of the sheets has been read by now, from 0 to 1."""
        part = self._reached
        if part is None:
            return 0.0
        return (self.parts.index(part) + part.share()) / len(self.parts)

    def last_rows(self, count: int, at: int | None = None) -> list[list[str]]:
        """The texts of up to `count` last data rows of a sheet, or of the last sheets, oldest first."""
        found: list[list[str]] = []
        for part in reversed(self.parts) if at is None else (self.parts[at],):
            found = [part.spread(texts) for texts in part.last_rows(count - len(found))] + found
            if len(found) >= count:
                break
        return found

    def append(
        self, rows: Sequence[Sequence[Cell | None]], names: Mapping[int, Names] = {}, into: Sequence[int] = ()
    ) -> Change:
        """The change that adds each row to one of the sheets, to the last where it is not said."""
        from salesaid.storage.xlsx_lists import list_patches

        if not rows:
            raise ValueError("no rows to append")
        targets = list(into) or [len(self.parts) - 1] * len(rows)
        self._planned, self.placed_rows, self.planned_rows, self.shifts = [], [0] * len(rows), ([], []), []
        patches: dict[str, Sequence[Patch]] = {}
        proofs: Proofs = {}
        for at in sorted(set(targets)):
            chosen = [place for place, target in enumerate(targets) if target == at]
            patches |= self._added(self.parts[at], rows, chosen, proofs)
        first = min(targets)
        with boundary(self.file):
            patches |= list_patches(self.parts[first].opened(), self.headings, rows, names)
        self.is_at_end = not any(part.last_rows(1) for part in self.parts[first + 1 :])
        self.placed = self.placed_rows[0]
        return swap(self.spot.path, self.stamp, self.zipped, patches, proofs)

    def _added(
        self, part: OneOfSeveral, rows: Sequence[Sequence[Cell | None]], chosen: Sequence[int], proofs: Proofs
    ) -> Mapping[str, Sequence[Patch]]:
        """The patches that add the chosen rows to one sheet; what they come to is kept."""
        from salesaid.storage.xlsx_append import plan_append

        own = [part.own(rows[place]) for place in chosen]
        with boundary(self.file):
            plan = plan_append(part.opened(), own)
        proofs[str(part.facts["part"])] = part.proof(
            {row: dict(enumerate(cells)) for row, cells in enumerate(own, plan.first_row)}
        )
        self._planned = [*self._planned, *_named(part.name, plan.notes)]
        self.shifts.append((part.number(plan.first_row), plan.shift))
        numbers, texts = self.planned_rows
        read = as_read(plan.first_row, own)
        placed = [part.number(row) for row in read[0]]
        for place, number in zip(chosen, placed, strict=True):
            self.placed_rows[place] = number
        self.planned_rows = [*numbers, *placed], [*texts, *(part.spread(list(each)) for each in read[1])]
        return plan.patches

    def edit(self, edits: Sequence[CellEdit]) -> Change:
        """The change that gives cells new values; every other cell and part stays as it is."""
        from salesaid.storage.xlsx_edit import plan_edit

        by_part: dict[int, list[CellEdit]] = {}
        for edit in edits:
            by_part.setdefault(sheet_of(edit.row), []).append(edit)
        self._planned = []
        patches: dict[str, Sequence[Patch]] = {}
        proofs: Proofs = {}
        for at, several in sorted(by_part.items()):
            part = self.parts[at]
            own = [self._in_sheet(part, edit) for edit in several]
            with boundary(self.file):
                patches[str(part.facts["part"])], notes = plan_edit(part.opened(), own)
            self._planned = [*self._planned, *_named(part.name, notes)]
            wanted: dict[int, dict[int, Cell | None]] = {}
            for edit in own:
                wanted.setdefault(edit.row, {})[edit.column] = edit.cell
            proofs[str(part.facts["part"])] = part.proof(wanted)
        return swap(self.spot.path, self.stamp, self.zipped, patches, proofs)

    def _in_sheet(self, part: OneOfSeveral, edit: CellEdit) -> CellEdit:
        """An edit by its own sheet's row and column. Raises CannotChange where the sheet lacks the column."""
        row = plain_row(edit.row)
        if edit.column not in part.places:
            heading = self.headings[edit.column].strip()
            what = Text(f"没有“{heading}”这一列", f"it has no column “{heading}”")
            hint = Text("在那张工作表里加上这一列", "add the column to that sheet")
            raise CannotChange(part.opened().where(row), what, hint)
        return edit._replace(row=row, column=part.places.index(edit.column))

    def notes(self) -> Notes:
        """(code, sentence) of what reading met in each sheet and of what the change last planned could not do."""
        found: Notes = []
        for part in self.parts:
            found += _named(part.name, part.notes())
        once = [note for note in found if note[0] == _ONCE][:1]
        return once + [note for note in found if note[0] != _ONCE] + self._planned


def open_sheets(spot: Spot, view: View, heads: HeadingTest, facts: Mapping[str, object] | None) -> XlsxSheets:
    """Opens the sheets that a pattern names; with the facts of an earlier opening of the same bytes none is parsed."""
    sheets = XlsxSheets(spot, open_source(spot.path, view))
    try:
        sheets.know_all(_known(facts) or sheets.look_at_all(heads))
    except BaseException:
        sheets.close()
        raise
    return sheets


def _known(facts: Mapping[str, object] | None) -> list[Found]:
    """What an earlier opening found out of each sheet."""
    every: Any = facts.get("sheets", ()) if facts is not None else ()
    found = [from_facts(each) for each in every]
    return [each for each in found if each is not None]


def _named(sheet: str, notes: Notes) -> Notes:
    """Notes that say their sheet; those of the workbook stay as they are."""
    start = Text(f"{sheet}：", f"{sheet}: ")
    return [(code, text if code == _ONCE else start + text) for code, text in notes]
