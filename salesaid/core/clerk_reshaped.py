"""What sheets have in common that show the rows of a clerk's sheet in another shape."""

from __future__ import annotations

from collections.abc import Sequence

from salesaid.core.clerk import ClerkSheet, Merge
from salesaid.core.text import Text


class Reshaped:
    """What is told of such a sheet is what the one below it tells; `head` and `blocks` are the shape's own."""

    def __init__(self, sheet: ClerkSheet) -> None:
        self._sheet = sheet
        self.file = sheet.file
        self.name = sheet.name
        self.hidden = sheet.hidden
        self.from_1904 = sheet.from_1904
        self.odd = sheet.odd
        self.lost = sheet.lost

    @property
    def merged(self) -> Sequence[Merge]:
        """The merged ranges."""
        return self._sheet.merged

    def share(self) -> float:
        """How much has been read by now, from 0 to 1."""
        return self._sheet.share()

    def notes(self) -> Sequence[tuple[str, Text]]:
        """(code, sentence) of what a person should know, as far as the sheet has been read."""
        return self._sheet.notes()
