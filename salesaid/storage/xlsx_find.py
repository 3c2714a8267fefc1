"""Which sheet of a workbook is the ledger, and which of its first rows holds the headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salesaid.storage.contract import HeadingTest, Spot
from salesaid.storage.xlsx_heads import head_rows
from salesaid.storage.xlsx_parts import Package, inflated
from salesaid.storage.xlsx_read import Words
from salesaid.storage.xlsx_sheet import LAST_ROW, plain, sheet_xml, shell
from salesaid.storage.xlsx_trouble import NoHeadings, NoSheet, TwoSheets
from salesaid.storage.xlsx_workbook import SheetEntry, Workbook

HEADINGS_WITHIN = 30


class Found(NamedTuple):
    """Where the ledger stands in its workbook. `headings` start in column A."""

    sheet: str
    part: str
    header_row: int
    headings: tuple[str, ...]


class _Candidate(NamedTuple):
    score: int
    found: Found


def from_facts(facts: Mapping[str, object]) -> Found | None:
    """What an earlier opening found out; None where the facts are not of a workbook."""
    sheet, part, row, headings = (facts.get(key) for key in Found._fields)
    if isinstance(sheet, str) and isinstance(part, str) and isinstance(row, int) and isinstance(headings, list):
        return Found(sheet, part, row, tuple(str(heading) for heading in headings))
    return None


def find(zipped: Package, book: Workbook, words: Words, spot: Spot, heads: HeadingTest) -> Found:
    """The sheet that `spot` names, else the one whose first rows hold most headings; hidden sheets come last."""
    entries = [entry for entry in book.sheets if spot.sheet in (None, entry.name)]
    if not entries:
        raise NoSheet(zipped.file, spot.sheet or "", [entry.name for entry in book.sheets])
    every = [entry.name for entry in book.sheets]
    for hidden in (False, True):
        best = _best(zipped, words, spot, heads, [entry for entry in entries if entry.hidden is hidden], every)
        if best is not None:
            return best
    raise NoHeadings(zipped.file, spot.sheet)


def find_all(zipped: Package, book: Workbook, words: Words, spot: Spot, heads: HeadingTest) -> list[Found]:
    """Where the ledger stands in each sheet that the pattern of `spot` names, hidden ones among them.

    Blank sheets are left out. Raises NoSheet, and NoHeadings for a sheet that holds something else.
    """
    from fnmatch import fnmatchcase

    entries = [entry for entry in book.sheets if fnmatchcase(entry.name, spot.sheet or "*")]
    if not entries:
        raise NoSheet(zipped.file, spot.sheet or "", [entry.name for entry in book.sheets])
    found = list(_found_in_each(zipped, words, entries, spot, heads))
    if not found:
        raise NoHeadings(zipped.file, spot.sheet)
    return found


def _found_in_each(
    zipped: Package, words: Words, entries: list[SheetEntry], spot: Spot, heads: HeadingTest
) -> Iterator[Found]:  # fmt: skip
    for entry in entries:
        best = _candidate(zipped, words, entry, spot, heads)
        if best is not None:
            yield best.found
        elif not _is_blank(zipped, words, entry):
            raise NoHeadings(zipped.file, entry.name, spot.sheet)


def _is_blank(zipped: Package, words: Words, entry: SheetEntry) -> bool:
    part = zipped.find(entry.part)
    if part is None:
        return True
    data = plain(sheet_xml(inflated(zipped, part), zipped.file, entry.name))
    return not any(texts for _, texts in head_rows(data, words, LAST_ROW))


def _best(
    zipped: Package, words: Words, spot: Spot, heads: HeadingTest, entries: list[SheetEntry], every: list[str]
) -> Found | None:  # fmt: skip
    candidates = [_candidate(zipped, words, entry, spot, heads) for entry in entries]
    known = [one for one in candidates if one is not None]
    top = max((one.score for one in known), default=0)
    winners = [one.found for one in known if one.score == top]
    if len(winners) > 1:
        from salesaid.core.sheet_months import pattern_of

        names = [found.sheet for found in winners]
        raise TwoSheets(zipped.file, names, pattern_of(names, every))
    return winners[0] if winners else None


def _candidate(zipped: Package, words: Words, entry: SheetEntry, spot: Spot, heads: HeadingTest) -> _Candidate | None:
    part = zipped.find(entry.part)
    if part is None:
        return None
    data = sheet_xml(inflated(zipped, part), zipped.file, entry.name)
    shell(data)
    rows = head_rows(plain(data), words, spot.header_row or HEADINGS_WITHIN)
    if spot.header_row is not None:
        texts = next((texts for number, texts in rows if number == spot.header_row), [])
        return _Candidate(heads(texts), Found(entry.name, part.name, spot.header_row, tuple(texts))) if texts else None
    scored = [(heads(texts), -number, texts) for number, texts in rows if texts]
    score, number, texts = max(scored, default=(0, 0, []))
    return _Candidate(score, Found(entry.name, part.name, -number, tuple(texts))) if score > 0 else None
