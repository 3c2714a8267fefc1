"""Which column of a ledger's file is which, and of what year its dates are: in one sheet, or in several as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from salesaid.core.dates import year_in
from salesaid.core.errors import SalesaidError, Where
from salesaid.core.headers import HeadingMap, map_headings
from salesaid.core.schema import Ledger
from salesaid.settings import LedgerSettings

if TYPE_CHECKING:
    from salesaid.book.reading import Opened
    from salesaid.storage.contract import Sheet
    from salesaid.storage.xlsx_sheets import OneOfSeveral

_SAMPLES = 20


def parts_of(sheet: object) -> Sequence[OneOfSeveral]:
    """The sheets that are one ledger; none where it lies in one."""
    return getattr(sheet, "parts", ())


def headings_of(ledger: Ledger, sheet: Sheet, own: LedgerSettings) -> HeadingMap:
    """Which heading is which column; several sheets are laid out as one. Raises what `map_headings` does."""
    if not parts_of(sheet):
        return mapped(ledger, sheet, own.columns, own)
    from salesaid.book import joining

    return joining.laid_out(ledger, sheet, own)


def mapped(ledger: Ledger, sheet: Sheet, given: Mapping[str, str], own: LedgerSettings) -> HeadingMap:
    """Which heading of one sheet is which column; `given` are those of the settings. Trouble says where it is."""
    try:
        samples = sheet.last_rows(_SAMPLES) if any("单位" in heading for heading in sheet.headings) else ()
        return map_headings(ledger, sheet.headings, given, samples, own.fixed)
    except SalesaidError as trouble:
        trouble.where = trouble.where or _head_of(sheet)
        raise


def _head_of(sheet: Sheet) -> Where:
    """Where the headings of a ledger stand."""
    name = sheet.facts.get("sheet")
    return Where(sheet.spot.path.name, str(name) if name else None, sheet.header_row)


def year_of(opened: Opened, own: LedgerSettings) -> int | None:
    """The year of dates without one: the settings say it, else the sheet's name, else the file's.

    Where sheets are of different years, `dated` has seen to it that none is asked for.
    """
    years = years_of(opened, own)
    return years[0] if len(set(years)) == 1 else None


def has_one_year(opened: Opened, own: LedgerSettings) -> bool:
    """Whether no date has to be completed by the year of its sheet."""
    return not parts_of(opened.sheet) or len(set(years_of(opened, own))) == 1


def years_of(opened: Opened, own: LedgerSettings) -> list[int | None]:
    """The same of each sheet."""
    sheet = opened.sheet
    names = [part.name for part in parts_of(sheet)] or [str(sheet.facts.get("sheet") or sheet.spot.sheet or "")]
    return [own.year or year_in(name) or year_in(opened.file) for name in names]
