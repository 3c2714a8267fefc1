"""What was decided about names, from the register of aliases."""

from __future__ import annotations

from salesaid.core.aliases import AliasRow
from salesaid.core.amiss import TOTAL_ROW, unreadable
from salesaid.core.errors import FileTrouble, Where
from salesaid.core.rows import Rows
from salesaid.core.schema import Ledger
from salesaid.core.sheet_rows import plain_row, sheet_in
from salesaid.core.text import Text, joined, same


class BrokenAliases(FileTrouble):
    """A row of the register of aliases cannot be read: without its decision every total could be another."""

    def __init__(self, aliases: Rows, row: int, why: Text) -> None:
        super().__init__(
            Text(
                f"{aliases.file} 第 {row} 行看不懂：{why.zh}", f"row {row} of {aliases.file} cannot be read: {why.en}"
            ),
            Text("改好或删去这一行再来", "correct the row or take it out, then try again") + _accepted(aliases.ledger),
            Where(aliases.file, sheet_in(aliases.sheet, row), plain_row(row)),
        )


def _accepted(ledger: Ledger) -> Text:
    """What may stand in the columns that hold one of few words."""
    columns = [ledger.column(id_) for id_ in ("kind", "verdict")]
    said = [column.heading + Text("：", ": ") + (column.help or same("")) for column in columns]
    listed = joined(said, "；", "; ")
    return Text(f"（{listed.zh}）", f" ({listed.en})")


def alias_rows(aliases: Rows) -> list[AliasRow]:
    """The decisions about names, as the register holds them; a blank verdict is `same`. Raises BrokenAliases."""
    names = ("kind", "name", "stands_for", "verdict", "decided_on", "decided_by")
    found = [
        AliasRow(kind, name.strip(), stands_for.strip(), verdict or "same", decided_on, decided_by.strip())
        for kind, name, stands_for, verdict, decided_on, decided_by in aliases.pick(*names)
    ]
    for row, reason in sorted((*aliases.damaged, *aliases.aside)):
        if reason != TOTAL_ROW:
            raise BrokenAliases(aliases, row, reason)
    for text, accepted in aliases.unreadable().get("verdict", {}).items():
        row = next(number for number, written in aliases.texts("verdict") if written == text)
        raise BrokenAliases(aliases, row, unreadable(aliases.ledger.column("verdict").heading, text, accepted))
    return found
