"""Order lines that make no sense as rows say them: a list names them, and shows them for what they are."""

from __future__ import annotations

from collections.abc import Iterable

from salesaid.balances.closing import closing_notes
from salesaid.balances.order_lines import OrderLine
from salesaid.core.kinds import QTY
from salesaid.core.tables import NAMED, Note
from salesaid.core.text import Text


def odd_notes(lines: Iterable[OrderLine]) -> list[Note]:
    """Warnings of lines closed by a quantity above zero, and of what was sent without being on its order."""
    above, stray = [], []
    for line in lines:
        if line.closed_above:
            above.append(f"{line.order_no} {line.product}")
        if not line.parts and line.shipped > 0:
            stray.append(f"{line.order_no} {line.product}×{QTY.format(line.shipped)}")
    return [*closing_notes(above), *_not_ordered(stray)]


def _not_ordered(named: list[str]) -> list[Note]:
    if not named:
        return []
    rest = len(named) - NAMED
    more = (f" 等 {len(named)} 行", f" and {rest} more") if rest > 0 else ("", "")
    text = Text(
        f"发了不在订单上的：{'、'.join(named[:NAMED])}{more[0]}；order show 看怎么了结",
        f"sent without being on the order: {', '.join(named[:NAMED])}{more[1]}; order show says how to settle it",
    )
    return [Note("not_ordered", "warning", text)]
