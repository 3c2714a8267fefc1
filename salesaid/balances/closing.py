"""Rows that close what is open: by a quantity below zero, as salesaid writes it, or above, as people type it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from salesaid.balances.red_letters import is_red
from salesaid.core.rows import Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text

_NAMED = 3  # documents that a sentence names


def closing(rows: Rows) -> Callable[[Decimal, str], Decimal]:
    """What a closing row with this quantity and note adds to what is open.

    Either sign closes, only a red letter opens again. A file without notes cannot say which rows are red letters: there
    the sign is taken as it is written.
    """
    return _closed if rows.has("note") else _as_written


def _closed(qty: Decimal, note: str) -> Decimal:
    return abs(qty) if is_red(note) else -abs(qty)


def _as_written(qty: Decimal, note: str) -> Decimal:  # noqa: ARG001 - called like the other
    return qty


def closing_notes(numbers: Sequence[str]) -> list[Note]:
    """A warning that names the documents that a quantity above zero closes."""
    if not numbers:
        return []
    listed, rest = numbers[:_NAMED], len(numbers) - _NAMED
    more = (f" 等 {len(numbers)} 行", f" and {rest} more") if rest > 0 else ("", "")
    text = Text(
        f"关闭的数量应写负数，写成正数的已按关闭算：{'、'.join(listed)}{more[0]}",
        f"a close has a quantity below zero; written above zero it closes all the same: {', '.join(listed)}{more[1]}",
    )
    return [Note("close_above_zero", "warning", text)]
