"""What the sheets of a file are that is to be a ledger: one of them, or all those of a pattern, a sheet a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid.book.adopt_trouble import NoSuchSheet, OnlyImported, SeveralSheets, UnlikeSheets
from salesaid.book.finding import spot_of
from salesaid.book.import_reading import wanted_sheets
from salesaid.book.import_recognising import EMPTY, Recognised, Recogniser, Wanted, ledger_of
from salesaid.book.importing import names_of
from salesaid.core.clerk import ClerkSheet
from salesaid.core.clerk_days import with_whole_days
from salesaid.core.clerk_part import Skipped
from salesaid.core.dates import year_in
from salesaid.core.errors import FileTrouble, Refused
from salesaid.core.headers import map_headings
from salesaid.core.heading_words import folded
from salesaid.core.schema import Ledger
from salesaid.core.sheet_months import month_of, pattern_of
from salesaid.core.sheet_rows import is_pattern
from salesaid.core.text import Text, joined, same
from salesaid.settings import Ships
from salesaid.storage.clerk_files import opened

if TYPE_CHECKING:
    from salesaid.book import Book

_TWO_COLUMNS = Text("日期分在月、日两列里", "its days stand in two columns, month and day")


class Beside(NamedTuple):
    """Sheets of months that a pattern leaves out; the pattern that takes them as well, None where none does."""

    names: tuple[str, ...]
    pattern: str | None


class Sheets(NamedTuple):
    """The sheet as the settings are to name it, and what each of its sheets is, by name."""

    sheet: str | None
    every: Mapping[str, Recognised]
    beside: Beside | None = None

    @property
    def first(self) -> Recognised:
        """What the first of them is."""
        return next(iter(self.every.values()))


def recognised(book: Book, path: Path, wanted: Wanted) -> Sheets:
    """The sheet that is meant, or all of a pattern. Raises NoSuchSheet, SeveralSheets, UnlikeSheets, OnlyImported."""
    recogniser = Recogniser(book.folder, book.today, wanted, names_of(book))
    with opened(path) as sheets:
        only, hidden = wanted_sheets(sheets, wanted.sheet)
        if is_pattern(wanted.sheet):  # all of them are read from then on
            only = [sheet for sheet in sheets if sheet in only or sheet in hidden]
        if any(with_whole_days(sheet) is not sheet for sheet in only if len(only) == 1 or is_pattern(wanted.sheet)):
            raise OnlyImported(path, _TWO_COLUMNS)
        told = [(sheet, recogniser.recognise(path, sheet, alone=len(only) == 1)) for sheet in only]
        recogniser.require_met()
        usable = {sheet.name or "": found for sheet, found in told if isinstance(found, Recognised)}
        if not usable:
            raise NoSuchSheet(path, [found for _, found in told if isinstance(found, Skipped)])
        if is_pattern(wanted.sheet):
            _require_alike(path, [found for _, found in told if isinstance(found, Skipped)])
            return Sheets(wanted.sheet, usable, _beside([sheet.name or "" for sheet in sheets], [*usable]))
        if len(usable) > 1:
            raise SeveralSheets(path, [*usable], _pattern(sheets, usable))
        return Sheets(next(iter(usable)) if len(sheets) > 1 else None, usable)


def _require_alike(path: Path, skipped: Sequence[Skipped]) -> None:
    """Raises UnlikeSheets where the pattern fits a sheet that is none of the ledger's; a blank one does no harm."""
    others = [same(f"{each.sheet} ") + each.reason for each in skipped if each.reason != EMPTY]
    if others:
        raise UnlikeSheets(path, joined(others))


def _pattern(sheets: Sequence[ClerkSheet], usable: Mapping[str, Recognised]) -> str | None:
    """The pattern of the sheets that are of a month each, where all that are usable of these are one ledger."""
    every = [sheet.name or "" for sheet in sheets]
    months = [name for name in every if month_of(name)]
    if len({usable[name].mapping.ledger for name in months if name in usable}) != 1:
        return None
    return pattern_of(months, every)


def _beside(every: Sequence[str], taken: Sequence[str]) -> Beside | None:
    """Sheets of months of which none is taken: 5月份 beside *月."""
    months = {month_of(name) for name in taken}
    if None in months:
        return None
    names = [name for name in every if name not in taken and month_of(name) not in {None, *months}]
    return (
        Beside(tuple(names), pattern_of([name for name in every if name in {*taken, *names}], every)) if names else None
    )


def ledger_told(book: Book, path: Path, found: Sheets, wanted: Wanted, ships: Ships | None) -> tuple[Ledger, Sheets]:
    """The ledger that the sheets are, and what they are as that. Raises UnlikeSheets."""
    told = {name: _ledger_of(book, each, wanted, ships) for name, each in found.every.items()}
    ids = {ledger.id for ledger, _ in told.values()}
    if len(ids) > 1:
        listed = joined([same(f"{name} ") + ledger.title for name, (ledger, _) in told.items()])
        raise UnlikeSheets(path, listed)
    ledger = next(iter(told.values()))[0]
    return ledger, found._replace(every={name: each for name, (_, each) in told.items()})


def _ledger_of(
    book: Book, found: Recognised, wanted: Wanted, ships: Ships | None
) -> tuple[Ledger, Recognised]:  # fmt: skip
    """The ledger; a list of what left is a book of sales where it names no orders and the book has none."""
    id_ = found.mapping.ledger
    is_sale = id_ == "shipments" and "order_no" not in found.mapping.columns and wanted.ledger is None
    if is_sale and ships != "later" and spot_of(book.folder, book.settings, "orders") is None:
        from salesaid.core.clerk_mapping import mapped
        from salesaid.core.clerk_words import widened

        orders = ledger_of("orders")
        mapping = mapped(
            widened(orders), found.header.headings, found.samples, found.mapping.said, book.today, found.reading
        )
        return orders, found._replace(mapping=mapping)
    return ledger_of(id_), found


def ships_told(ledger: Ledger, found: Sheets, said: Ships | None) -> Ships | None:
    """Whether each row of orders is the sale itself: as said, else as the sheets' titles and headings tell."""
    if ledger.id != "orders":
        return None
    if said is not None:
        return said
    return "at_once" if any(each.is_of_sales for each in found.every.values()) else "later"


def reading_told(path: Path, found: Sheets) -> dict[str, Any]:
    """The settings without which the dates of the sheets could not be read. Raises UnlikeSheets."""
    orders = {each.reading.order for each in found.every.values() if each.reading.order is not None}
    years = {
        each.reading.year
        for name, each in found.every.items()
        if each.reading.year is not None and each.reading.year != _year_named(name, path, found)
    }
    if len(orders) > 1 or len(years) > 1:
        raise UnlikeSheets(path, _OTHER_YEARS if len(years) > 1 else _OTHER_ORDERS)
    told: dict[str, Any] = {}
    if orders:
        told["date_order"] = orders.pop()
    if years:
        told["year"] = years.pop()
    return told


def _year_named(name: str, path: Path, found: Sheets) -> int | None:
    """The year that the names of sheet and file say, as far as they are looked at."""
    return year_in(name if found.sheet is not None else "") or year_in(path.name)


_OTHER_YEARS = Text("各张的年份不同，请写进表名，如 2026年3月", "they are of several years: name them as 2026年3月")
_OTHER_ORDERS = Text("各张日期的年月日次序不同", "their dates are in different orders")


def columns_told(ledger: Ledger, path: Path, found: Sheets) -> dict[str, str]:
    """The headings that the ledger does not take for the same columns of itself. Raises UnlikeSheets."""
    columns: dict[str, str] = {}
    for each in found.every.values():
        for heading, id_ in _columns(ledger, each).items():
            if columns.setdefault(heading, id_) != id_:
                raise UnlikeSheets(path, same(f"{heading}: {columns[heading]} / {id_}"))
    return columns


def _columns(ledger: Ledger, found: Recognised) -> dict[str, str]:
    headings = found.header.headings
    words = {folded(word) for column in ledger.columns for word in (*column.headings, column.title)}
    needed = {id_: at for id_, at in found.mapping.columns.items() if folded(headings[at]) not in words}
    try:
        given = {_name(headings, at): id_ for id_, at in needed.items()}
        alone = map_headings(ledger, headings, given, found.samples).columns
    except (FileTrouble, Refused):
        alone = {}
    needed |= {id_: at for id_, at in found.mapping.columns.items() if alone.get(id_) != at}
    return {_name(headings, at): id_ for id_, at in needed.items()}


def _name(headings: tuple[str, ...], at: int) -> str:
    """A heading as the settings call it: 店仓#2 is the second of two."""
    twins = [place for place, text in enumerate(headings) if folded(text) == folded(headings[at])]
    return headings[at] if len(twins) == 1 else f"{headings[at]}#{twins.index(at) + 1}"
