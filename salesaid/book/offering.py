"""What a person who types into a ledger workbook may choose from: products, customers, suppliers, fixed words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from salesaid.core.kinds import FLAG, Choice
from salesaid.core.schema import Column, Ledger
from salesaid.core.text import Lang

if TYPE_CHECKING:
    from salesaid.storage.xlsx_lists import Choices, Names

Known = Callable[[str], Iterable[str]]
"""The names of a book for a column: `product`, `model`, `customer`, `supplier`."""

_NAMED = ("product", "model", "customer", "supplier")
_GONE = frozenset({"discontinued", "lost"})


def names_of(supply: Callable[[str], Any], column: str) -> list[str]:
    """The names that a register of the book has for a column, without what is no longer sold or served."""
    if column in {"product", "model"}:
        products = [each for each in supply("catalogue").registered.values() if each.status not in _GONE]
        found = [each.model if column == "model" else each.name for each in products]
    else:
        parties = supply(f"{column}_names").registered.values()
        found = [each.written for each in parties if each.card.get("status") not in _GONE]
    return [*dict.fromkeys(filter(None, found))]


def names_for(ledger: Ledger, columns: Mapping[str, int], known: Known) -> dict[int, Names]:
    """What the names of a ledger's columns are asked with; a register has none of its own kind."""
    own = {"products": {"product", "model"}, "customers": {"customer"}, "suppliers": {"supplier"}}
    wanted = [id_ for id_ in _NAMED if id_ in columns and id_ not in own.get(ledger.id, set())]
    return {columns[id_]: partial(known, id_) for id_ in wanted}


def choices_for(
    ledger: Ledger, columns: Sequence[Column], known: Known, texts: Sequence[Sequence[str]], lang: Lang
) -> dict[int, Choices]:
    """The drop-down lists of a new ledger's columns; `texts` are its first rows."""
    from salesaid.storage.xlsx_lists import Choices

    names = names_for(ledger, {column.id: index for index, column in enumerate(columns)}, known)
    found: dict[int, Choices] = {}
    for index, column in enumerate(columns):
        if index in names:
            words = dict.fromkeys([*names[index](), *(row[index] for row in texts if row[index])])
            found[index] = Choices([*words], grow=True)
        elif isinstance(column.kind, Choice):
            found[index] = Choices([word.in_(lang) for word in column.kind.words.values()])
        elif column.kind is FLAG:
            found[index] = Choices([FLAG.format_in(value, lang) for value in (True, False)])
    return found
