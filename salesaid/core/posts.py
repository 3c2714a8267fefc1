"""A post as the log lists it, and the rows that posts wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, Protocol


class Post(NamedTuple):
    """One post. `at` is ISO in the book's time zone, `rows` the rows it wrote by ledger, `undoes` a receipt."""

    receipt: str
    at: str
    user: str
    command: str
    no: str
    rows: dict[str, int]
    state: str
    undoes: str


class PostedRow(NamedTuple):
    """A row that a post wrote: `seq` is the post's number, which only grows, `cells` are texts by column id."""

    seq: int
    ledger: str
    cells: Mapping[str, str]


class PostedRows(Protocol):
    """The rows of every post that stands, read as they are asked for: there may be a million."""

    def rows(self, columns: Collection[str], *, after: int = 0, ledger: str | None = None) -> Iterator[PostedRow]:
        """The rows of posts above a number, of one ledger or of all, in the order in which they were posted.

        They hold at least these columns, where they say something, and the number of their document.
        """
        ...


class Acknowledged(NamedTuple):
    """A row that a post wrote and nothing took back since, so that its ledger has to hold it.

    `seq` is the post's number, `place` the row's among those of the post, `cells` are texts by column id. `before` is
    what a register's cells said before the post changed them; None for a row that was added.
    """

    seq: int
    place: int
    ledger: str
    cells: Mapping[str, str]
    before: Mapping[str, str] | None = None

    @property
    def receipt(self) -> str:
        """The name people use: R17."""
        return f"R{self.seq}"
