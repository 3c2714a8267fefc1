"""Cells as a person reads them, in every format made for reading."""

from __future__ import annotations

from salesaid.core.blanks import Named
from salesaid.core.tables import Field, Table
from salesaid.core.text import Lang, Text
from salesaid.render.visible import visible

TOTAL = Text("合计", "Total")
NOTHING = Text("没有符合条件的记录", "nothing to show")


def shown(field: Field, value: object, lang: Lang) -> str:
    """A value as it is shown, nothing hidden in it: blank for None, or its kind's phrase for a missing name."""
    if value is None and not isinstance(field.kind, Named):
        return ""
    return visible(field.kind.show(value, lang))


def header(field: Field, lang: Lang) -> str:
    """A column's heading as it is shown."""
    return visible(field.header.in_(lang))


def totals_line(table: Table, lang: Lang) -> list[str]:
    """The cells of the totals line, one a field; empty where the table has no totals."""
    if not table.totals:
        return []
    cells = ["" if (value := table.totals.get(f.name)) is None else shown(f, value, lang) for f in table.fields]
    return [cells[0] or TOTAL.in_(lang), *cells[1:]]
