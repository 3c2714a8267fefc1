"""The highest serial of each prefix and day: numbers are never given twice, even where rows were deleted by hand."""

from __future__ import annotations

from datetime import date

from salesaid.core.numbers import split
from salesaid.core.rows import Rows
from salesaid.core.state import State, key_of

SERIALS = "serials.highest"


def fold(rows: Rows, state: State) -> None:
    """Raise the marks to the numbers of one ledger."""
    column = rows.ledger.number
    if column is None or not rows.has(column):
        return
    highest: dict[str, int] = {}
    for (written,) in rows.pick(column):
        parts = split(written) if written else None
        if parts is not None:
            prefix, day, serial = parts
            key = key_of(prefix.upper(), day.isoformat())
            highest[key] = max(serial, highest.get(key, 0))
    for key, serial in highest.items():
        raise_to(state, key, serial)


def serials(state: State) -> Serials:
    """The highest serials given so far."""
    return Serials(state)


class Serials:
    """The highest serial of each prefix and day."""

    def __init__(self, state: State) -> None:
        self._state = state

    def highest(self, prefix: str, day: date) -> int:
        """The highest serial that was ever given; 0 where none was."""
        return int(self._state[SERIALS].get(key_of(prefix.upper(), day.isoformat())) or 0)


def raise_to(state: State, key: str, serial: int) -> bool:
    """Remember that a serial was given; whether that was news. A lower one changes nothing."""
    is_news = bool(serial > (state[SERIALS].get(key) or 0))
    if is_news:
        state[SERIALS].set(key, serial)
    return is_news
