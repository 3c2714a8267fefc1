"""An entry is one row to be posted to one ledger: what the pure middle answers and the book writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salesaid.core.tables import Note, Table
from salesaid.core.text import Text


class NewNumber(NamedTuple):
    """A document number that the post will allocate under the lock.

    Entries of one post that hold equal NewNumbers get the same number. `ledger` gives prefix and column,
    `tag` tells two new documents of one ledger and day apart.
    """

    ledger: str
    day: date
    tag: str = ""


Value = str | Decimal | date | bool | NewNumber | None


class Entry(NamedTuple):
    """One row: canonical column ids to typed values. `given` are the columns whose value the user typed.

    A given column that the file lacks is refused; a value that salesaid adds of itself is left out there.
    """

    ledger: str
    row: Mapping[str, Value]
    given: frozenset[str] = frozenset()


class Decision(NamedTuple):
    """What a command comes to: rows to post, cells to edit, and what is to be said of it.

    `no` is the number of the document that the command names; `said` echoes what was understood. `settles` are posted
    rows that are looked for no more, since they are put back or given up: the post's number, the row's place in it.
    """

    said: Text
    entries: tuple[Entry, ...] = ()
    edits: tuple[Edit, ...] = ()
    no: NewNumber | str | None = None
    notes: tuple[Note, ...] = ()
    shown: Table | None = None
    settles: tuple[tuple[int, int], ...] = ()


class Edit(NamedTuple):
    """New values for cells of one row of a register; the row is named by its key, which never changes."""

    ledger: str
    key: Mapping[str, str]
    cells: Mapping[str, Value]
