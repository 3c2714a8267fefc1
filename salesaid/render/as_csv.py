"""CSV for programs and spreadsheets: canonical names and words, ISO dates, plain numbers, CRLF.

A spreadsheet runs a cell that begins with = + - @, a tab or a line end, even a quoted one. Texts that do, also in
full width or behind blanks, get an apostrophe in front, as OWASP's "CSV Injection" advises; numbers never do. A
program that needs every text unchanged takes JSON.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from salesaid.core.blanks import Named
from salesaid.core.tables import Table
from salesaid.core.text import Lang
from salesaid.render import Answer, Occasion, tables_of
from salesaid.render.figures import exact_rows
from salesaid.render.visible import visible

BOM = "\ufeff"  # without it Excel reads the file in the code page of the PC

# Blanks and characters that nobody sees may stand in front of what a spreadsheet takes for a formula.
_FORMULA = re.compile("[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠]|[^\\S\t\r\n]*[\t\r\n]")


def to_text(answer: Answer, *, on_terminal: bool = False, lang: Lang | None = None) -> str:
    """The rows of a table as CSV, without totals; the tables of a card below each other, a blank line between.

    On a terminal hidden characters are made visible; with `lang` a name that is missing is said to be.
    """
    return "\r\n".join(_table(_named(table, lang), on_terminal=on_terminal) for table in tables_of(answer))


def to_file(answer: Answer, occasion: Occasion) -> bytes:
    """The rows as the bytes of a .csv file: UTF-8 with a byte order mark. People open it: (无客户) stands in it."""
    return (BOM + to_text(answer, lang=occasion.lang)).encode("utf-8", "surrogatepass")


def _named(table: Table, lang: Lang | None) -> Table:
    """The table with the phrases for names that are missing."""
    if lang is None:
        return table
    fields = enumerate(table.fields)
    names = [(at, field.kind.show(None, lang)) for at, field in fields if isinstance(field.kind, Named)]
    if not names:
        return table
    rows = []
    for row in table.rows:
        cells = [*row]
        for at, phrase in names:
            cells[at] = phrase if cells[at] is None else cells[at]
        rows.append(tuple(cells))
    return table._replace(rows=rows)


def guarded(text: str) -> str:
    """The text as a spreadsheet will take it: for a text, never for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _table(table: Table, *, on_terminal: bool) -> str:
    file = io.StringIO(newline="")
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow([field.name for field in table.fields])
    lines.writerows(_rows(table, on_terminal=on_terminal))
    return file.getvalue()


def _rows(table: Table, *, on_terminal: bool) -> Iterator[list[str]]:
    for row in exact_rows(table):
        cells = [_cell(value) for value in row]
        yield [visible(cell) for cell in cells] if on_terminal else cells


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        number = Decimal(value)
        return format(number, "f") if number.is_finite() else ""
    if isinstance(value, date):
        return value.isoformat()
    return guarded(str(value))
