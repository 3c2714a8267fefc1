"""A book of which some ledgers cannot be read, read without them: for answers that say so."""

from __future__ import annotations

from collections.abc import Iterable

from salesaid import ledgers
from salesaid.book import Book
from salesaid.book.reading import Shelf
from salesaid.core.errors import SalesaidError
from salesaid.storage.contract import Spot


class _ShelfWithout(Shelf):
    """A shelf from which ledgers are missing as if they had never been written."""

    without: frozenset[str] = frozenset()

    def spot(self, id_: str) -> Spot | None:
        """Where a ledger lies."""
        return None if id_ in self.without else super().spot(id_)


def unreadable(book: Book) -> dict[str, SalesaidError]:
    """The ledgers that cannot be read to their end, and why."""
    found: dict[str, SalesaidError] = {}
    for id_ in ledgers.names():
        try:
            for _ in book.shelf.rows(id_).pick("row"):
                pass
        except SalesaidError as trouble:
            found[id_] = trouble
    return found


def without(book: Book, ids: Iterable[str]) -> Book:
    """The same book with nothing read yet, its index not believed, and these ledgers missing."""
    fresh = book.fresh()
    shelf = _ShelfWithout(fresh.folder, fresh.settings)
    shelf.without = frozenset(ids)
    fresh.__dict__["shelf"] = shelf
    return fresh
