"""What an import leaves alone in registers: a thing has one row, and what stands in it is changed by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.balances.import_names import Differing
from salesaid.core.keys import code_key, segmented_key
from salesaid.core.reading import Unreadable
from salesaid.core.schema import Ledger

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.book.import_spool import Spool


_PARTIES = {"customers": "customer_names", "suppliers": "supplier_names"}  # those who have full names


class _Known(NamedTuple):
    """A thing's first row: whether it stands in the register, or above in the files; what it says, by column."""

    is_registered: bool
    cells: Mapping[str, Any]


def without_known(book: Book, spool: Spool, id_: str, fresh: bytearray) -> list[Differing]:
    """Clear what is fresh of a register's rows that stand there, or above in the files; those that say otherwise."""
    ledger = ledgers.load(id_)
    names = tuple(dict.fromkeys((*ledger.key, *(("model",) if id_ == "products" else ()))))
    there = _registered(book, ledger, names)
    in_full = book.supply(_PARTIES[id_]).known_in_full if id_ in _PARTIES else None
    differing = []
    for at, row in enumerate(_rows(spool, id_)):
        key = _key(id_, [_value(ledger, name, row.get(name, "")) for name in names])
        if in_full is not None and key not in there and (whose := in_full(key[0])):
            key = (whose,)
        if not fresh[at] or key not in there:
            there.setdefault(key, _Known(is_registered=False, cells=row))
            continue
        fresh[at] = 0
        known = there[key]
        cells = ((name, text) for name, text in row.items() if name not in ledger.key)
        other = {name: text for name, text in cells if _says_otherwise(ledger, name, text, known.cells.get(name, ""))}
        if other:
            name = str(known.cells.get(ledger.key[0]) or row.get(ledger.key[0], ""))
            differing.append(Differing(id_, name, other, known.is_registered))
    return differing


def _registered(book: Book, ledger: Ledger, names: tuple[str, ...]) -> dict[tuple[str, ...], _Known]:
    ids = tuple(column.id for column in ledger.columns)
    found: dict[tuple[str, ...], _Known] = {}
    for key, cells in book.shelf.rows(ledger.id).pick(names, ids):
        known = _Known(is_registered=True, cells=dict(zip(ids, cells, strict=True)))
        found.setdefault(_key(ledger.id, key), known)
    return found


def _rows(spool: Spool, id_: str) -> Iterator[Mapping[str, str]]:
    for rows in spool.rows(id_):
        yield from (dict(zip(rows.ids, texts, strict=True)) for texts in zip(*rows.columns, strict=True))


def _says_otherwise(ledger: Ledger, id_: str, text: str, known: Any) -> bool:
    """Whether a cell says something, and not what is known; a blank one says nothing."""
    value = _value(ledger, id_, text)
    return value not in {None, ""} and value != _value(ledger, id_, known)


def _value(ledger: Ledger, id_: str, cell: Any) -> Any:
    """What a cell says; a value stays what it is."""
    if not isinstance(cell, str):
        return cell
    try:
        value = ledger.column(id_).kind.parse(cell)
    except Unreadable:
        value = cell
    return value.strip() if isinstance(value, str) else value


def _key(id_: str, cells: Sequence[Any]) -> tuple[str, ...]:
    if id_ == "products":
        return segmented_key(cells[0] or ""), code_key(cells[1] or "")
    return tuple("" if cell is None else str(cell).strip() for cell in cells)
