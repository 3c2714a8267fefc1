"""What was decided about names, by whom and when, and how many rows it concerns."""

from __future__ import annotations

from datetime import date

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.decisions import alias_rows
from salesaid.balances.parties import Parties
from salesaid.balances.register import values_of
from salesaid.balances.written_names import kinds_of, rows_of
from salesaid.core.aliases import Aliases, AliasRow
from salesaid.core.kinds import QTY
from salesaid.core.rows import Rows
from salesaid.core.tables import Field, Note, Table, more
from salesaid.core.text import Text

_ROWS = Field("rows", Text("行数", "Rows"), QTY)


def alias_list(
    aliases: Rows, catalogue: Catalogue, customer_names: Parties, supplier_names: Parties, *, kind: str | None = None,
    upto: date | None = None, limit: int | None = None,
) -> Table:  # fmt: skip
    """The decisions, newest first; those that contradict others, and so count for nothing, are named below.

    With `upto` only those that were taken by then, and those without a date.
    """
    wanted = values_of(aliases.ledger, {"kind": kind})["kind"] if kind else None
    kinds = kinds_of(catalogue, customer_names, supplier_names)
    taken = [row for row in alias_rows(aliases) if upto is None or row.decided_on is None or row.decided_on <= upto]
    every = [row for row in taken if row.kind in kinds and wanted in {None, row.kind}]
    newest = list(reversed(every))
    newest.sort(key=lambda row: row.decided_on or date.min, reverse=True)
    fields = (
        *(Field(id_, aliases.ledger.column(id_).heading, aliases.ledger.column(id_).kind) for id_ in _COLUMNS),
        _ROWS,
    )
    rows = [
        (*row[:4], row.decided_on, row.decided_by or None, rows_of(row.name, kinds[row.kind])) for row in newest[:limit]
    ]
    notes = (*more(len(newest), limit), *_refused(every))
    return Table(Text("名称的决定", "Decisions about names"), fields, rows, notes=notes)


_COLUMNS = ("kind", "name", "stands_for", "verdict", "decided_on", "decided_by")


def _refused(rows: list[AliasRow]) -> tuple[Note, ...]:
    problems = [
        problem for kind in dict.fromkeys(row.kind for row in rows) for _, problem in Aliases(kind, rows).refused
    ]
    return tuple(
        Note("contradiction", "warning", Text(f"不起作用：{problem.zh}", f"counts for nothing: {problem.en}"))
        for problem in problems
    )
