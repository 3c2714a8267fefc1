"""Notes by which rows take others back: 红字 before negative figures, 作废 where a journal has none (DOMAIN.md 1)."""

from __future__ import annotations

from salesaid.core.text import Text
from salesaid.core.width import folded

RED = Text("红字：", "red letter: ")
VOID = Text("作废：", "void: ")


def is_red(note: str) -> bool:
    """Whether a note says that its row is a red letter."""
    return folded(note).startswith(("红字", "red letter"))


def is_void(note: str) -> bool:
    """Whether a note says that the rows of its number are void."""
    return folded(note).startswith(("作废", "void"))
