"""What was decided about names, from the register of aliases."""

from __future__ import annotations

from salesaid.core.aliases import AliasRow
from salesaid.core.rows import Rows


def alias_rows(aliases: Rows) -> list[AliasRow]:
    """The decisions about names, as the register holds them; a blank verdict is `same`."""
    return [
        AliasRow(kind, name.strip(), stands_for.strip(), verdict or "same", decided_on, decided_by.strip())
        for kind, name, stands_for, verdict, decided_on, decided_by in aliases.pick(
            "kind", "name", "stands_for", "verdict", "decided_on", "decided_by"
        )
    ]
