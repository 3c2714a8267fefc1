"""Tables as they are printed: without the columns that say nothing."""

from __future__ import annotations

from itertools import compress

from salesaid.core.tables import Table


def filled(table: Table) -> Table:
    """The table with its first column, those in which something stands and those that are to be filled in.

    It is as it was where it has no rows.
    """
    said = [
        not at or bool(field.choices) or table.totals.get(field.name) is not None or _says(table, at)
        for at, field in enumerate(table.fields)
    ]
    if not table.rows or table.paper or all(said):
        return table
    rows = [tuple(compress(row, said)) for row in table.rows]
    return table._replace(fields=tuple(compress(table.fields, said)), rows=rows)


def _says(table: Table, at: int) -> bool:
    return any(row[at] not in {None, ""} for row in table.rows)
