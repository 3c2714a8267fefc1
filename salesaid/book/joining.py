"""Several sheets as one ledger: each has headings of its own, the ledger has all their columns (DOMAIN.md 9)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid.book.laying_out import mapped, parts_of, years_of
from salesaid.book.sayable import REASONS, MissingColumn
from salesaid.core.dates import lacks_year, year_in
from salesaid.core.entries import Entry
from salesaid.core.headers import HeadingMap
from salesaid.core.heading_trouble import OddHeading, letters
from salesaid.core.heading_words import folded
from salesaid.core.kinds import DATE, DUE
from salesaid.core.rows import Block
from salesaid.core.schema import Ledger
from salesaid.core.sheet_months import sheet_for
from salesaid.core.sheet_rows import sheet_of
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined
from salesaid.settings import LedgerSettings

if TYPE_CHECKING:
    from salesaid.book.reading import Opened
    from salesaid.storage.xlsx_sheets import OneOfSeveral


class _Column(NamedTuple):
    """A column of the ledger, by what it is in its sheets: its id, else its heading and which of several that is."""

    id: str
    heading: str = ""
    nth: int = 0


def laid_out(ledger: Ledger, sheet: Any, own: LedgerSettings) -> HeadingMap:
    """Several sheets laid out as one. Raises what `map_headings` does."""
    parts = parts_of(sheet)
    every = [mapped(ledger, part, _there(part, own, parts), own) for part in parts]
    order = [column.id for column in ledger.every_column]
    union: dict[_Column, tuple[int, str]] = {}
    places = []
    for part, headings in zip(parts, every, strict=True):
        columns = _columns(part.headings, headings)
        for column, heading in zip(columns, part.headings, strict=True):
            union.setdefault(column, (len(union), heading))
        places.append([union[column][0] for column in columns])
    lacking = [own.fixed.get(column.id, "") for column in union]
    sheet.lay_out([heading for _, heading in union.values()], places, lacking)
    found = {column.id: at for column, (at, _) in union.items() if column.id}
    used = {id_: found[id_] for id_ in order if id_ in found}
    extra = tuple(at for column, (at, _) in union.items() if not column.id)
    return HeadingMap(used, extra, [odd for each in every for odd in each.odd])


def columns_of_each(opened: Opened) -> list[dict[str, int]]:
    """Which column is which in each sheet, as it stands there."""
    columns, parts = opened.headings.columns, parts_of(opened.sheet)
    if not parts:
        return [columns]
    every = [{place: at for at, place in enumerate(part.places)} for part in parts]
    return [{id_: own[place] for id_, place in columns.items() if place in own} for own in every]


class Head(NamedTuple):
    """The headings of one sheet: its name as far as it is told, their row, and what is odd about them."""

    sheet: str | None
    row: int
    odd: list[OddHeading]


def odd_headings(opened: Opened, own: LedgerSettings, filled: Collection[str]) -> list[Head]:
    """What is odd about headings, sheet by sheet; what is so in several of them is said of the first.

    `filled` are the letters of the columns that hold something, of all that the ledger has.
    """
    sheet, parts = opened.sheet, parts_of(opened.sheet)
    if not parts:
        odd = [each for each in opened.headings.odd if each.oddity != "blank" or each.column in filled]
        return [Head(sheet.spot.sheet, sheet.header_row, odd)]
    met: set[OddHeading] = set()
    heads = []
    for part in parts:
        own_filled = {letters(at) for at, place in enumerate(part.places) if letters(place) in filled}
        every = mapped(opened.ledger, part, _there(part, own, parts), own).odd
        odd = [each for each in every if each not in met and (each.oddity != "blank" or each.column in own_filled)]
        met.update(odd)
        heads.append(Head(part.name, part.number(part.header_row), odd))
    return heads


def _there(part: OneOfSeveral, own: LedgerSettings, parts: Sequence[OneOfSeveral]) -> dict[str, str]:
    """The settings' headings that a sheet has. One that no sheet has is refused by the first of them."""
    every = {folded(heading) for each in parts for heading in each.headings}
    here = {folded(heading) for heading in part.headings}
    return {
        heading: id_
        for heading, id_ in own.columns.items()
        if _bare(heading, here) in here or _bare(heading, every) not in every
    }


def _bare(heading: str, there: Iterable[str]) -> str:
    """店仓#2 is the second 店仓, where no sheet heads a column so."""
    whole = folded(heading)
    return whole if whole in there else folded(re.sub(r"#[0-9]{1,4}$", "", heading))


def _columns(headings: Sequence[str], found: HeadingMap) -> list[_Column]:
    """What each column of a sheet is."""
    ids = {at: id_ for id_, at in found.columns.items()}
    met: dict[str, int] = {}
    columns = []
    for at, heading in enumerate(headings):
        if at in ids:
            columns.append(_Column(ids[at]))
            continue
        word = folded(heading)
        columns.append(_Column("", word, met.get(word, 0)))
        met[word] = met.get(word, 0) + 1
    return columns


def dated(blocks: Iterator[Block], opened: Opened, own: LedgerSettings) -> Iterator[Block]:
    """The blocks of a file; where its sheets are of different years, dates that lack theirs say it."""
    years = years_of(opened, own) if parts_of(opened.sheet) else []
    if len(set(years)) <= 1:
        return blocks
    columns = opened.headings.columns.items()
    places = [at for id_, at in columns if opened.ledger.column(id_).kind in {DATE, DUE}]
    return _dated(blocks, places, years)


def _dated(blocks: Iterable[Block], places: Sequence[int], years: Sequence[int | None]) -> Iterator[Block]:
    for numbers, rows in blocks:
        year = years[sheet_of(numbers[0])] if numbers else None
        yield numbers, rows if year is None else [_with_year(row, places, year) for row in rows]


def _with_year(row: Sequence[str], places: Sequence[int], year: int) -> Sequence[str]:
    lacking = [at for at in places if lacks_year(row[at])]
    if not lacking:
        return row
    texts = [*row]
    for at in lacking:
        texts[at] = f"{year}年{texts[at].strip()}"
    return texts


def targets(opened: Opened, entries: Sequence[Entry], own: LedgerSettings) -> list[int]:
    """To which of several sheets rows go: that of their month, else the last one."""
    last = len(parts_of(opened.sheet)) - 1
    return [last if at is None else at for at in _sheets_of_months(opened, entries, own)]


def columns_for(opened: Opened, entry: Entry, own: LedgerSettings) -> Collection[str]:
    """The columns that one of several sheets has, to which a row goes."""
    return columns_of_each(opened)[targets(opened, [entry], own)[0]]


def _sheets_of_months(opened: Opened, entries: Sequence[Entry], own: LedgerSettings) -> list[int | None]:
    names = [part.name for part in parts_of(opened.sheet)]
    year = own.year or year_in(opened.file)
    return [sheet_for(names, _day(entry), year) for entry in entries]


def _day(entry: Entry) -> date | None:
    day = entry.row.get("date")
    return day if isinstance(day, date) else None


class Ground(NamedTuple):
    """What rows of one of several sheets are written by: its last rows, its columns, what it is called."""

    above: list[list[str]]
    columns: Mapping[str, int]
    place: str


def ground(opened: Opened, at: int, count: int) -> Ground:
    """The ground of a sheet; one without rows is written like the last rows of the others.

    Raises MissingColumn where it lacks a column for the numbers that those beside it have.
    """
    part, sheet = parts_of(opened.sheet)[at], opened.sheet
    above = [part.spread(texts) for texts in part.last_rows(count)] or sheet.last_rows(count)
    columns = {id_: place for id_, place in opened.headings.columns.items() if place in part.places}
    place, number = f"{opened.file}[{part.name}]", opened.ledger.number
    if number is not None and number in opened.headings.columns and number not in columns:
        raise MissingColumn(opened.ledger.column(number), place)
    return Ground(above, columns, place)


def told(opened: Opened, entries: Sequence[Entry], own: LedgerSettings) -> list[Note]:
    """Into which of several sheets the rows of a post go, and which of them for want of one of their month."""
    names = [part.name for part in parts_of(opened.sheet)]
    used = [names[at] for at in sorted(set(targets(opened, entries, own)))]
    said = Text(
        f"写入 {opened.file} 的工作表 {'、'.join(used)}", f"written to sheet {', '.join(used)} of {opened.file}"
    )
    notes = [Note("sheet", "info", said)]
    found = zip(_sheets_of_months(opened, entries, own), map(_day, entries), strict=True)
    lacking = sorted({f"{day:%Y-%m}" for at, day in found if at is None and day is not None})
    if lacking:
        text = Text(
            f"没有 {'、'.join(lacking)} 的工作表，记在最后一张 {names[-1]} 里；要分开，请先加一张同样表头的工作表",
            f"no sheet is of {', '.join(lacking)}: it stands in the last one, {names[-1]}; to keep it apart, first "
            "add a sheet with the same headings",
        )
        unused = _unused_of_months(opened, entries, own)
        if unused:
            text += Text(
                f"（{'、'.join(unused)} 没有算进来：缺表头，或设置 sheet 不包括它）",
                f" ({', '.join(unused)} is not used: it has no headings, or the setting sheet leaves it out)",
            )
        notes.append(Note("no_sheet_of_month", "warning", text))
    return [*notes, *_left_out(opened, entries, own)]


def _unused_of_months(opened: Opened, entries: Sequence[Entry], own: LedgerSettings) -> list[str]:
    """Sheets of the workbook that are of the rows' months, and none of the ledger's."""
    sheet: Any = opened.sheet
    used = {part.name for part in parts_of(sheet)}
    names = [entry.name for entry in sheet.workbook.sheets if entry.name not in used]
    year = own.year or year_in(opened.file)
    found = zip(_sheets_of_months(opened, entries, own), map(_day, entries), strict=True)
    places = {sheet_for(names, day, year) for at, day in found if at is None}
    return [names[place] for place in sorted(place for place in places if place is not None)]


def _left_out(opened: Opened, entries: Sequence[Entry], own: LedgerSettings) -> list[Note]:
    """Of values that salesaid gives of itself those whose column only other sheets have, said once a sheet."""
    every, parts = columns_of_each(opened), parts_of(opened.sheet)
    lacking: dict[str, dict[str, None]] = {}
    for entry, at in zip(entries, targets(opened, entries, own), strict=True):
        filled = {id_ for id_, value in entry.row.items() if value not in {None, ""}}
        ids = [id_ for id_ in opened.headings.columns if id_ in filled and id_ not in {*every[at], *REASONS}]
        if "model" in every[at]:  # which tells the product
            ids = [id_ for id_ in ids if id_ != "product"]
        lacking.setdefault(parts[at].name, {}).update(dict.fromkeys(ids))
    return [_left_out_of(name, opened.ledger, list(ids)) for name, ids in lacking.items() if ids]


def _left_out_of(sheet: str, ledger: Ledger, ids: Sequence[str]) -> Note:
    headings = joined([ledger.column(id_).heading for id_ in ids])
    text = Text(
        f"工作表 {sheet} 没有这几列，没有写下：{headings.zh}；要写下，先 salesaid undo，在表头加上再记一次",
        f"sheet {sheet} has no columns for what is left out: {headings.en}; to have it kept, salesaid undo, add them "
        "to its headings and repeat",
    )
    return Note("left_out_of_sheet", "warning", text)
