"""A file of others, read as one of our ledgers is: a carrier's bill, an export of an ERP or of finance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from salesaid import ledgers
from salesaid.core.clerk import ClerkSheet, without_debris
from salesaid.core.clerk_days import with_whole_days
from salesaid.core.clerk_header import ENOUGH, WITHIN, Header, Knows, find_header
from salesaid.core.clerk_mapping import UnknownHeading, column_named, mapped, place_of
from salesaid.core.clerk_words import widened
from salesaid.core.dates import year_in
from salesaid.core.errors import Refused
from salesaid.core.headers import heading_test
from salesaid.core.reading import DateOrder, Reading
from salesaid.core.rows import Block, Rows
from salesaid.core.schema import Ledger
from salesaid.core.sheet_months import month_of, pattern_of
from salesaid.core.tables import NAMED, Note, NotedRow
from salesaid.core.text import Text, joined, same
from salesaid.settings import LedgerSettings
from salesaid.storage.clerk_files import opened
from salesaid.storage.xlsx_trouble import NoSheet

_HIDDEN = Text("是隐藏的工作表", "is a hidden sheet")


class NoHeader(Refused):
    """No row near the top of a file is one of headings."""

    def __init__(self, file: str) -> None:
        super().__init__(
            Text(f"{file} 里没有找到表头", f"no heading row was found in {file}"),
            Text(
                "检查是不是这份文件；有几张表时用 --sheet 指明", "look whether it is this file; --sheet names a sheet"
            ),
        )


class SeveralSheets(Refused):
    """Several sheets of a workbook could be meant; `pattern` names them where they may be taken together."""

    def __init__(self, file: str, names: Sequence[str], pattern: str | None = None) -> None:
        together = Text(f"；几张一起：--sheet '{pattern}'", f", or all of them: --sheet '{pattern}'")
        super().__init__(
            Text(f"{file} 里有几张表都像：{'、'.join(names)}", f"several sheets of {file} fit: {', '.join(names)}"),
            Text(
                f"用 --sheet 指明一张，如 --sheet '{names[0]}'",
                f"name one with --sheet, such as --sheet '{names[0]}'",
            )
            + (together if pattern is not None else same("")),
        )


class Foreign(NamedTuple):
    """A sheet of others, opened; what of it could not be read is known once its rows have been."""

    rows: Rows
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    sheet: ClerkSheet

    def heading(self, column: str) -> str:
        """What the file heads a column with; "" where it has none."""
        return self.headings[self.columns[column]] if column in self.columns else ""

    def unread(self, *, several: bool = False) -> Note | None:
        """What to say of the rows that could not be used, once all have been read; of which of `several` sheets."""
        aside = {each.row: each.reason for each in self.sheet.lost}
        aside |= {each.row: each.reason for each in self.rows.aside}
        if not aside:
            return None
        file = f"{self.sheet.file}[{self.sheet.name}]" if several else self.sheet.file
        rows = tuple(NotedRow(file, row, reason) for row, reason in sorted(aside.items()))
        first = [Text(f"第 {each.row} 行{each.reason.zh}", f"row {each.row} {each.reason.en}") for each in rows[:NAMED]]
        many = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
        start = Text(f"{file} 有 {len(rows)} 行未计入：", f"{file}: {many} not used: ")
        return Note("set_aside", "warning", start + joined(first, "；", "; "), rows)


class ForeignSheets(NamedTuple):
    """The sheets of a file that a pattern names; why those that it names as well are not read, by their names."""

    every: list[Foreign]
    left_out: Mapping[str, Text] = {}

    def notes(self) -> list[Note]:
        """What to say of sheets that are not read and, once all rows have been, of rows that could not be used."""
        told = [same(f"{name} ") + reason for name, reason in self.left_out.items()]
        start = Text("没有核对的工作表：", "sheets that are left out: ")
        beside = [Note("sheets_left_out", "warning", start + joined(told, "；", "; "))] if told else []
        unread = [each.unread(several=len(self.every) > 1) for each in self.every]
        return [*beside, *filter(None, unread)]


class Read(NamedTuple):
    """How a file is to be read: what is said of its headings, now and before, which sheet, the order of its dates."""

    said: Mapping[str, str] = {}
    known: Mapping[str, str] = {}
    sheet: str | None = None
    date_order: DateOrder | None = None


@contextmanager
def foreign(ledger: str, path: Path, how: Read, own: LedgerSettings, today: date) -> Iterator[Foreign]:
    """The rows of a file as those of a ledger; `own` says how our own is read.

    Raises LacksColumns, UnknownHeading, UnknownTarget, TwiceHeaded, NoHeader, NoSheet, SeveralSheets, FileTrouble.
    """
    with foreign_sheets(ledger, path, how, own, today, alone=True) as found:
        if len(found.every) > 1:
            raise SeveralSheets(path.name, [each.sheet.name or "" for each in found.every])
        yield found.every[0]


@contextmanager
def foreign_sheets(
    ledger: str, path: Path, how: Read, own: LedgerSettings, today: date, *, alone: bool = False
) -> Iterator[ForeignSheets]:
    """The same of all sheets that the pattern names (*月): a book with one sheet a month. Raises what foreign does.

    `alone`: several are not to be offered together.
    """
    declared = widened(ledgers.load(ledger))
    targets = {heading: column_named(declared, target) for heading, target in {**how.known, **how.said}.items()}
    with opened(path) as sheets:
        named = {heading: id_ for heading, id_ in targets.items() if id_ is not None}
        headed = _headed(path, [*map(with_whole_days, sheets)], how.sheet, heading_test(declared, named))
        if how.sheet is None:
            chosen = _best(path, headed, None if alone else [sheet.name or "" for sheet in sheets])
            yield ForeignSheets([_read(declared, path, *each, how, own, today) for each in chosen])
            return
        left_out = {sheet.name or "": _HIDDEN for sheet in sheets if fnmatchcase(sheet.name or "", how.sheet)}
        found, troubles = [], []
        for sheet, header in headed:
            left_out.pop(sheet.name or "", None)
            try:
                here = how._replace(said=_said_of(header, how.said, headed))
                found.append(_read(declared, path, sheet, header, here, own, today))
            except Refused as trouble:
                troubles.append((header.known, trouble))
                left_out[sheet.name or ""] = trouble.message
        if not found:
            raise max(troubles, key=lambda each: each[0])[1]
        yield ForeignSheets(found, left_out)


def _said_of(header: Header, said: Mapping[str, str], headed: Sequence[tuple[ClerkSheet, Header]]) -> Mapping[str, str]:
    """What is said of headings, without those that other sheets have and this one lacks."""

    def has(own: Header, heading: str) -> bool:
        try:
            place_of(own.headings, heading)
        except UnknownHeading:
            return False
        return True

    return {
        heading: target
        for heading, target in said.items()
        if has(header, heading) or not any(has(other, heading) for _, other in headed)
    }


def _read(
    declared: Ledger, path: Path, sheet: ClerkSheet, header: Header, how: Read, own: LedgerSettings, today: date
) -> Foreign:
    year = own.year or year_in(f"{sheet.name or ''} {path.name}")
    reading = Reading(order=how.date_order or own.date_order, year=year)
    said = {heading: target for heading, target in how.known.items() if heading in header.headings} | dict(how.said)
    samples = [line.texts for line in sheet.head(WITHIN) if line.number > header.last]
    columns = mapped(declared, header.headings, samples, said, today, reading).columns
    unsaved: dict[int, set[int]] = {}
    rows = Rows(
        declared, columns, lambda: _blocks(sheet, header, unsaved), file=path.name, sheet=sheet.name,
        reading=reading, words={word.strip(): action for word, action in own.words.items()}, unsaved=unsaved,
    )  # fmt: skip
    return Foreign(rows, header.headings, columns, sheet)


def _headed(
    path: Path, sheets: Sequence[ClerkSheet], wanted: str | None, knows: Knows
) -> list[tuple[ClerkSheet, Header]]:
    """The sheets that may be meant, each with its header: hidden ones where no others are."""
    only = [each for each in sheets if wanted is None or each.name is None or fnmatchcase(each.name, wanted)]
    if not only:
        raise NoSheet(path.name, wanted or "", [each.name or "" for each in sheets])
    only = [each for each in only if not each.hidden] or only
    found = [(each, header) for each in only if (header := find_header(each.head(WITHIN), each.merged, knows))]
    found = [(each, header) for each, header in found if any(map(str.strip, header.headings))]
    if not found:
        raise NoHeader(path.name)
    return found


def _best(
    path: Path, headed: Sequence[tuple[ClerkSheet, Header]], every: Sequence[str] | None
) -> list[tuple[ClerkSheet, Header]]:
    """The one sheet whose headings we know best. Raises SeveralSheets, also where others are of other months.

    `every` are the workbook's sheets, where a pattern of several may be offered.
    """
    most = max(header.known for _, header in headed)
    best = [(each, header) for each, header in headed if header.known == most]
    names = [each.name or "" for each, _ in best]
    if all(map(month_of, names)):  # a month may have a column less than another
        names = [each.name or "" for each, header in headed if header.known >= ENOUGH and month_of(each.name or "")]
    if len(names) > 1:
        pattern = pattern_of([name for name in every if month_of(name)], every) or "*" if every is not None else None
        raise SeveralSheets(path.name, names, pattern)
    return best


def _blocks(sheet: ClerkSheet, header: Header, unsaved: dict[int, set[int]]) -> Iterator[Block]:
    """The rows below the header; formulas that were saved without their results are told of before their rows."""
    for numbers, rows in sheet.blocks(header.last, len(header.headings)):
        for (row, column), odd in sheet.odd.items():
            if odd == "unsaved":
                unsaved.setdefault(row, set()).add(column)
        yield numbers, [_plain(row) for row in rows]


def _plain(texts: Sequence[str]) -> Sequence[str]:
    """A row without what converters leave behind, as an import takes it."""
    if any("□" in text or "[]" in text for text in texts):
        return [without_debris(text) for text in texts]
    return texts
