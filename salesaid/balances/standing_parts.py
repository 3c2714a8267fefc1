"""The rows of order lines that stand: what red letters took back, or was closed whole, is nobody's concern any more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from salesaid.balances.order_drafts import Part
from salesaid.balances.order_lines import OrderLine
from salesaid.core.rows import ZERO


def standing_parts(line: OrderLine) -> Sequence[Part]:
    """The rows above zero of a line, less those whose price red letters under the same number took back."""
    if len(line.parts) == 1:
        return line.parts if line.parts[0].qty > 0 and line.closed < line.ordered else ()
    if line.ordered <= line.closed:
        return ()
    left: dict[Decimal | None, Decimal] = {}
    for part in line.parts:
        left[part.price] = left.get(part.price, ZERO) + part.qty
    return [part for part in line.parts if part.qty > 0 and left[part.price] > 0]
