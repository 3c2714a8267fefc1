"""A file of others, read as one of our ledgers is: a carrier's bill, an export of an ERP or of finance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from salesaid import ledgers
from salesaid.core.clerk import ClerkSheet
from salesaid.core.clerk_header import WITHIN, Header, Knows, find_header
from salesaid.core.dates import year_in
from salesaid.core.errors import Refused
from salesaid.core.headers import heading_test, map_headings
from salesaid.core.heading_trouble import MissingHeading
from salesaid.core.heading_words import folded
from salesaid.core.kinds import Reading
from salesaid.core.rows import Block, Rows
from salesaid.core.schema import Ledger
from salesaid.core.tables import NAMED, Note, NotedRow
from salesaid.core.text import Text, joined
from salesaid.settings import LedgerSettings
from salesaid.storage.clerk_files import opened
from salesaid.storage.xlsx_trouble import NoSheet


class BadMap(Refused):
    """What --map says is no pair of a heading and a column."""

    def __init__(self, text: str, ledger: Ledger) -> None:
        ids = ", ".join(column.id for column in ledger.columns)
        super().__init__(
            Text(f"--map “{text}”看不懂", f"--map {text!r} cannot be read"),
            Text(f"写作 --map 表头=列，列是：{ids}", f"write --map heading=column; columns are: {ids}"),
        )


def given_columns(ledger: str, pairs: Sequence[str]) -> dict[str, str]:
    """Headings and column ids of --map "heading=column"; a column may be said by any heading that we know of it.

    Raises BadMap.
    """
    own = ledgers.load(ledger)
    names = {
        text.casefold(): column.id for column in own.columns for text in (*column.headings, column.title, column.id)
    }
    found = {}
    for pair in pairs:
        heading, mark, column = pair.rpartition("=")
        id_ = names.get(column.strip().casefold())
        if not mark or not heading.strip() or id_ is None:
            raise BadMap(pair, own)
        found[heading.strip()] = id_
    return found


class NoHeader(Refused):
    """No row near the top of a file is one of headings."""

    def __init__(self, file: str) -> None:
        super().__init__(
            Text(f"{file} 里没有找到表头", f"no heading row was found in {file}"),
            Text(
                "检查是不是这份文件；有几张表时用 --sheet 指明", "look whether it is this file; --sheet names a sheet"
            ),
        )


class LacksColumn(Refused):
    """A file has no heading for columns without which no row of it can be used."""

    def __init__(self, file: str, trouble: MissingHeading, ledger: Ledger, headings: Sequence[str]) -> None:
        groups = [joined([ledger.column(id_).heading for id_ in group], " / ", " / ") for group in trouble.groups]
        missing = trouble.groups[0][0]
        have = [heading for heading in headings if heading.strip()]
        super().__init__(
            Text(f"{file} 里没有这些列：", f"{file} has no column for ") + joined(groups),
            Text(
                f'用 --map 说明是哪一列，如 --map "{have[0]}={missing}"；表头有：{"、".join(have)}',
                f'say which it is, such as --map "{have[0]}={missing}"; its headings: {", ".join(have)}',
            ),
        )


class SeveralSheets(Refused):
    """Several sheets of a workbook could be meant."""

    def __init__(self, file: str, names: Sequence[str]) -> None:
        super().__init__(
            Text(f"{file} 里有几张表都像：{'、'.join(names)}", f"several sheets of {file} fit: {', '.join(names)}"),
            Text(f"用 --sheet 指明，如 --sheet {names[0]}", f"name one, such as --sheet {names[0]}"),
        )


class NotHeaded(Refused):
    """--map names a heading that the file does not have."""

    def __init__(self, file: str, heading: str, headings: Sequence[str]) -> None:
        have = [each for each in headings if each.strip()]
        super().__init__(
            Text(f"{file} 里没有表头“{heading}”", f"{file} has no heading {heading!r}"),
            Text(f"表头有：{'、'.join(have)}", f"its headings: {', '.join(have)}"),
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

    def unread(self) -> Note | None:
        """What to say of the rows that could not be used, once all have been read."""
        aside = {each.row: each.reason for each in self.sheet.lost}
        aside |= {each.row: each.reason for each in self.rows.aside}
        if not aside:
            return None
        file = self.sheet.file
        rows = tuple(NotedRow(file, row, reason) for row, reason in sorted(aside.items()))
        first = [Text(f"第 {each.row} 行{each.reason.zh}", f"row {each.row} {each.reason.en}") for each in rows[:NAMED]]
        many = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
        start = Text(f"{file} 有 {len(rows)} 行未计入：", f"{file}: {many} not used: ")
        return Note("set_aside", "warning", start + joined(first, "；", "; "), rows)


@contextmanager
def foreign(
    ledger: str, path: Path, given: Mapping[str, str], own: LedgerSettings, sheet: str | None = None,
    known: Mapping[str, str] = {},
) -> Iterator[Foreign]:  # fmt: skip
    """The rows of a file as those of a ledger; `given` are headings and their columns beyond those that we know.

    `known` are such of an earlier file, used as far as this one has them; `own` says how our ledger is read. Raises
    LacksColumn, NotHeaded, DoubledHeading, NoHeader, NoSheet, SeveralSheets, FileTrouble.
    """
    declared = ledgers.load(ledger)
    said = {**known, **given}
    with opened(path) as sheets:
        found, header = _headed(path, sheets, sheet, heading_test(declared, said))
        headings = header.headings
        said = {heading: id_ for heading, id_ in said.items() if heading in given or heading in headings}
        samples = [line.texts for line in found.head(WITHIN) if line.number > header.last]
        columns = _columns(declared, path.name, headings, said, given, samples)
        unsaved: dict[int, set[int]] = {}
        rows = Rows(
            declared, columns, lambda: _blocks(found, header, unsaved), file=path.name, sheet=found.name,
            reading=Reading(order=own.date_order, year=own.year or year_in(f"{found.name or ''} {path.name}")),
            words={word.strip(): action for word, action in own.words.items()}, unsaved=unsaved,
        )  # fmt: skip
        yield Foreign(rows, headings, columns, found)


def _headed(path: Path, sheets: Sequence[ClerkSheet], wanted: str | None, knows: Knows) -> tuple[ClerkSheet, Header]:
    """The sheet that is meant, else the one whose headings we know best, and its header."""
    only = [each for each in sheets if wanted is None or each.name in {None, wanted}]
    if not only:
        raise NoSheet(path.name, wanted or "", [each.name or "" for each in sheets])
    only = [each for each in only if not each.hidden] or only
    found = [(each, header) for each in only if (header := find_header(each.head(WITHIN), each.merged, knows))]
    found = [(each, header) for each, header in found if any(map(str.strip, header.headings))]
    if not found:
        raise NoHeader(path.name)
    most = max(header.known for _, header in found)
    best = [(each, header) for each, header in found if header.known == most]
    if len(best) > 1:
        raise SeveralSheets(path.name, [each.name or "" for each, _ in best])
    return best[0]


def _blocks(sheet: ClerkSheet, header: Header, unsaved: dict[int, set[int]]) -> Iterator[Block]:
    """The rows below the header; formulas that were saved without their results are told of before their rows."""
    for numbers, rows in sheet.blocks(header.last, len(header.headings)):
        for (row, column), odd in sheet.odd.items():
            if odd == "unsaved":
                unsaved.setdefault(row, set()).add(column)
        yield numbers, rows


def _columns(
    ledger: Ledger, file: str, headings: Sequence[str], said: Mapping[str, str], given: Mapping[str, str],
    samples: Sequence[Sequence[str]],
) -> Mapping[str, int]:  # fmt: skip
    for heading in given:
        if folded(heading.partition("#")[0]) not in map(folded, headings):
            raise NotHeaded(file, heading, headings)
    try:
        return map_headings(ledger, headings, said, samples).columns
    except MissingHeading as trouble:
        raise LacksColumn(file, trouble, ledger, headings) from trouble
