"""One typed table: what every report and list answers, and every renderer takes. Values, never formatted text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from salesaid.core.kinds import Kind
from salesaid.core.text import Text


class Field(NamedTuple):
    """One column of a table. `name` is canonical and never changes with the language."""

    name: str
    header: Text
    kind: Kind
    key: bool = False  # tells rows apart: a terminal that has to break a table repeats it, as it does the first
    folds: bool = False  # a terminal gives its long texts further lines where it is the last column, and cuts none
    choices: tuple[str, ...] = ()  # values to choose from where a workbook is to be filled in


class NotedRow(NamedTuple):
    """A row of a ledger's file that a note speaks of."""

    file: str
    row: int
    reason: Text


NAMED = 3  # rows that a note's sentence names


class Note(NamedTuple):
    """A sentence beside an answer that scripts can tell apart by its code; `rows` are all that it speaks of."""

    code: str
    level: Literal["info", "warning"]
    text: Text
    rows: tuple[NotedRow, ...] = ()


def more(found: int, limit: int | None) -> tuple[Note, ...]:
    """What is said where a limit leaves out some of the rows that were found."""
    left = 0 if limit is None else found - limit
    return (Note("more", "info", Text(f"还有 {left} 行", f"{left} more rows")),) if left > 0 else ()


Line = tuple[Text, Text]
"""A line beside a printed table: what stands at its left, and at its right."""

NO_LINE = (Text("", ""), Text("", ""))


class Paper(NamedTuple):
    """How a table looks as a document that is printed, signed or stamped: upright and framed, with lines around it.

    On paper such a table has no notes: it goes to others.
    """

    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()


class Chart(NamedTuple):
    """How a table looks drawn: `series` are fields of numbers, `x` is the field along the axis.

    Upright columns stand for what follows in time, lying bars for names, a line for a course. `lines` are those of the
    series that are drawn as lines over columns: a target.
    """

    kind: Literal["columns", "bars", "line"]
    x: str
    series: tuple[str, ...]
    lines: tuple[str, ...] = ()
    top: int | None = None  # only so many of the first rows are drawn


class Table(NamedTuple):
    """Rows of values in the order of `fields`; `totals` by field name, over all rows even where fewer are shown."""

    title: Text
    fields: tuple[Field, ...]
    rows: Sequence[tuple[object, ...]]
    totals: Mapping[str, object] = {}
    notes: tuple[Note, ...] = ()
    newest: int | None = None  # a terminal shows only so many of the first rows, and says how many more there are
    strong: frozenset[int] = frozenset()  # which rows sum up others: a workbook sets them off
    paper: Paper | None = None
    chart: Chart | None = None
    name: str = ""  # by which scripts tell the tables of a report apart; the same in every language


class Card(NamedTuple):
    """Several tables that answer one question together: `order show`, `customer show`."""

    title: Text
    tables: tuple[Table, ...]
    notes: tuple[Note, ...] = ()
    rest: Text | None = None  # a page of things to do, whose last column is never broken; where all of them are seen


class Report(NamedTuple):
    """Tables and cards under one title, each a sheet of its own in a workbook: the month for finance.

    `details` are long tables that only a workbook holds; a terminal, a page and JSON do without them.
    """

    title: Text
    sheets: tuple[Table | Card, ...]
    details: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()
