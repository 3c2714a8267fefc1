"""Registers as they are kept by hand: the rows of each day, and below them what the day comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from salesaid.core.rows import ZERO
from salesaid.core.tables import Field
from salesaid.core.text import Text

DAY_TOTAL = Text("本日小计", "total of the day")
"""What the kind `day` of a row is called: it sums up the rows of its day above it."""

Cells = tuple[object, ...]


class Line(NamedTuple):
    """A row of a register, and what it adds to the sums by field."""

    day: date
    cells: Cells
    adds: dict[str, Decimal]


class DayBook(NamedTuple):
    """Rows with the total of each day after them; `strong` says which are those, `totals` are of all rows."""

    rows: list[Cells]
    strong: frozenset[int]
    totals: dict[str, Decimal]


def day_book(lines: Iterable[Line], fields: Sequence[Field], summed: Sequence[str]) -> DayBook:
    """The lines, which come in the order of their days, with a total a day.

    The first two fields are the day and the kind; of a day's total the kind is `day`, and all but sums is blank.
    """
    rows: list[Cells] = []
    strong: list[int] = []
    totals = dict.fromkeys(summed, ZERO)
    for day, todays in groupby(lines, key=lambda line: line.day):
        sums = dict.fromkeys(summed, ZERO)
        for line in todays:
            rows.append(line.cells)
            for name, value in line.adds.items():
                sums[name] += value
        strong.append(len(rows))
        rows.append((day, "day", *(sums.get(field.name) for field in fields[2:])))
        for name, value in sums.items():
            totals[name] += value
    return DayBook(rows, frozenset(strong), totals)
