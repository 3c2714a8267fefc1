"""Ways of writing whose rows count under another name once a decision is taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesaid.balances.spellings import Spelling, spellings
from salesaid.balances.written_names import Known
from salesaid.core.kinds import DATE, QTY, TEXT
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text


class Moved(NamedTuple):
    """One way of writing whose rows count under another name now."""

    spelling: Spelling
    now: str


def moved_rows(before: Known, after: Known) -> list[Moved]:
    """The ways of writing that a decision moves."""
    now = {(each.name, each.model): each.id for each in spellings(after)}
    pairs = ((each, now[each.name, each.model]) for each in spellings(before))
    return [Moved(each, id_) for each, id_ in pairs if each.id != id_]


def moved_table(moved: Sequence[Moved]) -> Table | None:
    """What moves, as a table; None where nothing does."""
    if not moved:
        return None
    fields = (
        Field("name", Text("写法", "Written"), TEXT),
        Field("model", Text("型号", "Model"), TEXT),
        Field("rows", Text("行数", "Rows"), QTY),
        Field("last_date", Text("最近日期", "Last"), DATE),
        Field("before", Text("原来算作", "Counted as"), TEXT),
        Field("now", Text("现在算作", "Counts as"), TEXT),
    )
    rows = [(s.name or None, s.model or None, s.rows, s.last, s.id, now) for s, now in moved]
    totals = {"rows": sum(s.rows for s, _ in moved)} if len(moved) > 1 else {}
    return Table(Text("归并的行", "Rows that move"), fields, rows, totals)
