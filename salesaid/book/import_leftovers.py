"""Names that an import entered in registers and that other rows write by now: they stay when it is taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from salesaid import ledgers
from salesaid.core.keys import segmented_key

if TYPE_CHECKING:
    from salesaid.book import Book

_WRITE: Mapping[str, tuple[str, ...]] = {
    "products": ("product", "model", "name", "stands_for"),
    "customers": ("customer", "name", "stands_for"),
    "suppliers": ("supplier", "factory", "name", "stands_for"),
}
_LISTS = "components"  # a cell that holds several products: 主板*1; 电源线*2


class InUse(NamedTuple):
    """The keys of the names that rows write, and cells that list several of them."""

    keys: frozenset[str]
    lists: tuple[str, ...]

    def has(self, *names: str) -> bool:
        """Whether any of the names is written somewhere."""
        return any(segmented_key(name) in self.keys or any(name in text for text in self.lists) for name in names)


def names_in_use(book: Book, register: str, gone: Mapping[str, Collection[int]]) -> InUse:
    """What the rows of all ledgers but the register write, those left out that are `gone`, by ledger and row."""
    keys: set[str] = set()
    lists: set[str] = set()
    for id_ in ledgers.names():
        opened = book.shelf.opened(id_) if id_ != register else None
        if opened is None:
            continue
        columns = opened.headings.columns
        places = [columns[name] for name in _WRITE[register] if name in columns]
        listed = columns.get(_LISTS) if register == "products" else None
        for texts in _rows(opened.sheet.rows(), gone.get(id_, ())):
            keys.update(texts[at].strip() for at in places)
            if listed is not None and texts[listed].strip():
                lists.add(texts[listed])
    return InUse(frozenset(segmented_key(text) for text in keys if text), tuple(sorted(lists)))


def _rows(rows: Iterator[tuple[int, list[str]]], gone: Collection[int]) -> Iterator[list[str]]:
    return (texts for number, texts in rows if number not in gone)
