"""Characters that a terminal draws twice as wide as rich counts them, kept in line by others that it counts right."""

from __future__ import annotations

import unicodedata


class StandIns:
    """Characters two cells wide in the place of those that rich measures as one and the terminal draws as two.

    They are unassigned (plane 3), each stands for one character, and no text that holds one of them is changed by it.
    """

    FIRST = 0x3F000

    def __init__(self, ambiguous_width: int) -> None:
        self._needed = ambiguous_width > 1
        self._by_code: dict[int, str] = {}

    def put(self, text: str) -> str:
        """The text as it may be measured."""
        if not self._needed or text.isascii():
            return text
        return "".join([self._stand_in(character) for character in text])

    def take_back(self, text: str) -> str:
        """The text as it was."""
        if not self._by_code:
            return text
        return text.translate({ord(stand_in): chr(code) for code, stand_in in self._by_code.items()})

    def _stand_in(self, character: str) -> str:
        from salesaid.render.cell_width import cell_len

        is_stand_in = self.FIRST <= ord(character) < self.FIRST + 0xA00
        is_ambiguous = unicodedata.east_asian_width(character) == "A" and cell_len(character) == 1  # no accent alone
        if not is_ambiguous and not is_stand_in:
            return character
        return self._by_code.setdefault(ord(character), chr(self.FIRST + len(self._by_code)))
