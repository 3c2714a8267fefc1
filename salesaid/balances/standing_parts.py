"""The rows of order lines that stand: what red letters took back, or was closed whole, is nobody's concern any more."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from salesaid.balances.order_drafts import Part
from salesaid.balances.order_lines import OrderLine
from salesaid.core.rows import ZERO


def standing_parts(line: OrderLine) -> Iterator[Part]:
    """The rows above zero of a line, less those whose price red letters under the same number took back."""
    if len(line.parts) == 1:
        if line.parts[0].qty > 0 and line.closed < line.ordered:
            yield line.parts[0]
        return
    if line.ordered <= line.closed:
        return
    left: dict[Decimal | None, Decimal] = {}
    for part in line.parts:
        left[part.price] = left.get(part.price, ZERO) + part.qty
    for part in line.parts:
        if part.qty > 0 and left[part.price] > 0:
            yield part
