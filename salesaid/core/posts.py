"""A post as the log lists it."""

from __future__ import annotations

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
