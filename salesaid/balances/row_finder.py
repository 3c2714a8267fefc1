"""Where a document's line stands in its file, and which findings its note excuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from salesaid import ledgers
from salesaid.balances.catalogue import Catalogue
from salesaid.core.rows import Rows
from salesaid.core.sheet_rows import row_in, row_said, sheet_in

_CODE = r"[a-z][0-9]{2}(?![0-9])"
_EXCUSE = re.compile(rf"(?<![a-z])ok[:：] ?({_CODE}(?:[,，、 ]+{_CODE})*)", re.IGNORECASE | re.ASCII)
_PARTS = re.compile(_CODE, re.IGNORECASE | re.ASCII)


class Place(NamedTuple):
    """A row of a ledger's file; None where the finding is about the file as a whole."""

    file: str
    sheet: str | None
    row: int | None


def row_finder(every_ledger: Mapping[str, Rows], catalogue: Catalogue) -> RowFinder:
    """Finds rows by document and product."""
    return RowFinder(every_ledger, catalogue)


class RowFinder:
    """Each ledger is gone through once, when its first row is looked for."""

    def __init__(self, every_ledger: Mapping[str, Rows], catalogue: Catalogue) -> None:
        self._rows = every_ledger
        self._catalogue = catalogue
        self._documents: dict[str, dict[str, list[tuple[int, str, str]]]] = {}
        self._every: dict[str, dict[str, int]] = {}

    def place(self, ledger: str, row: int | None) -> Place:
        """A row of a ledger."""
        rows = self._rows[ledger]
        return Place(rows.file, sheet_in(rows.sheet, row), None if row is None else row_in(rows.sheet, row))

    def row(self, ledger: str, number: str, product: str = "") -> int | None:
        """The first row of a document, or of the product on it; None where the file has no such row."""
        found = self._of(ledger).get(number, ())
        if not found:
            addressed = self._addressed(self._rows[ledger], number)
            return self._of_every(ledger).get(number) if addressed is None else addressed
        for row_number, name, model in found if product else ():
            if self._catalogue.identify(name, model) == product:
                return row_number
        return found[0][0]

    @staticmethod
    def _addressed(rows: Rows, number: str) -> int | None:
        """The row that a document without a number is called by: orders.csv:1234, 销售.xlsx:3月:12."""
        start = f"{rows.file}:"
        return row_said(rows.sheet, number.removeprefix(start)) if rows.file and number.startswith(start) else None

    def _of(self, ledger: str) -> dict[str, list[tuple[int, str, str]]]:
        if ledger not in self._documents:
            declared = ledgers.load(ledger)
            by = declared.number or declared.key[0]
            has = {column.id for column in declared.columns}
            names = [name if name in has else by for name in ("product", "model")]
            documents = self._documents[ledger] = {}
            for row, number, product, model in self._rows[ledger].pick("row", by, *names):
                if number:
                    documents.setdefault(str(number).strip(), []).append((row, product or "", model or ""))
        return self._documents[ledger]

    def _of_every(self, ledger: str) -> dict[str, int]:
        """The first row of each number, also of rows that no figure uses."""
        if ledger not in self._every:
            rows, every = self._rows[ledger], self._every.setdefault(ledger, {})
            for numbers, texts in rows.written(str(rows.ledger.number)) if rows.ledger.number in rows.columns else ():
                for row, text in zip(numbers, texts, strict=True):
                    every.setdefault(text.strip(), row)
        return self._every[ledger]

    @cached_property
    def excused(self) -> dict[tuple[str, int], frozenset[str]]:
        """The codes that rows excuse in their notes (ok:L02, in any case and width of the colon), by ledger and row."""
        found: dict[tuple[str, int], frozenset[str]] = {}
        for ledger, rows in self._rows.items():
            for row, note in rows.pick("row", "note") if rows.has("note") else ():
                if note and (codes := [code for part in _EXCUSE.findall(note) for code in _PARTS.findall(part)]):
                    found[ledger, row] = frozenset(map(str.upper, codes))
        return found
