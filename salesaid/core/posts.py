"""A post as the log lists it, and the rows that posts wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


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


class Acknowledged(NamedTuple):
    """A row that a post wrote and nothing took back since, so that its ledger has to hold it.

    `seq` is the post's number, `place` the row's among those of the post, `cells` are texts by column id.
    """

    seq: int
    place: int
    ledger: str
    cells: Mapping[str, str]

    @property
    def receipt(self) -> str:
        """The name people use: R17."""
        return f"R{self.seq}"
