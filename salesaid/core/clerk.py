"""A clerk's sheet as it was found: rows of texts, merged ranges, cells that hold no value one could use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from salesaid.core.heading_trouble import letters
from salesaid.core.text import Text

OddCell = Literal["unsaved", "error", "rounded"]
"""A formula without its result, an error value, a number of 16 digits of which a spreadsheet keeps 15."""

Block = tuple[Sequence[int], Sequence[list[str]]]
"""Row numbers of the file and, for each, the texts of its cells."""


class Line(NamedTuple):
    """One row: its number as the file counts from 1, and its cells up to the last one that holds something."""

    number: int
    texts: list[str]


class Merge(NamedTuple):
    """A merged range: rows count from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


class Lost(NamedTuple):
    """A row whose cells could not be told apart or read, and why."""

    row: int
    reason: Text


class ClerkSheet(Protocol):
    """One sheet of a file, or a CSV file. `odd` and `lost` are filled while blocks() runs."""

    file: str
    name: str | None
    hidden: bool
    from_1904: bool  # a bare serial is another day than elsewhere
    odd: dict[tuple[int, int], OddCell]  # by row and column
    lost: list[Lost]

    @property
    def merged(self) -> Sequence[Merge]:
        """The merged ranges."""
        ...

    def head(self, count: int) -> list[Line]:
        """The first rows, up to row `count`, that hold something; nothing is filled into merged ranges."""
        ...

    def blocks(self, below: int, width: int) -> Iterator[Block]:
        """The rows below a row that hold something, each with exactly `width` texts, some thousands at a time.

        The first column of a merged range shows its text in every row of the range.
        """
        ...

    def share(self) -> float:
        """How much has been read by now, from 0 to 1."""
        ...

    def notes(self) -> Sequence[tuple[str, Text]]:
        """(code, sentence) of what a person should know, as far as the sheet has been read."""
        ...


class Spot(NamedTuple):
    """A cell or a row of a clerk's file, as messages name it. `column` counts from 0."""

    file: str
    sheet: str | None
    row: int
    column: int | None = None

    @property
    def cell(self) -> str:
        """C12, or 12 for the whole row."""
        return f"{'' if self.column is None else letters(self.column)}{self.row}"


class Problem(NamedTuple):
    """Something that keeps a file from being imported: where, what stands there, what would be accepted."""

    spot: Spot
    code: str
    heading: str
    found: str
    expected: Text


def without_debris(text: str) -> str:
    """A text without what converters leave behind: `[]`, `□` and blanks at its ends; inside it they stay."""
    if "[]" not in text and "□" not in text:
        return text
    before = ""
    while before != text:
        before = text
        text = text.strip().removeprefix("[]").removesuffix("[]").strip("□")
    return text
