"""A ledger's used rows as a DataFrame, for reports that group them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesaid.book.reading import Shelf

if TYPE_CHECKING:
    from pandas import DataFrame


def frame(shelf: Shelf, id_: str, today: date) -> DataFrame:
    """The used rows of a ledger up to a day, the values that `Rows.pick` gives, and `row`, the row in the file."""
    from pandas import DataFrame

    rows = shelf.rows(id_, today)
    names = ["row", *(column.id for column in rows.ledger.columns if rows.has(column.id))]
    return DataFrame.from_records([*rows.pick(*names)], columns=names)
