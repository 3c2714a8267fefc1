"""What a shell or a prompt may offer for a value: the names and numbers that stand in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesaid import ledgers
from salesaid.core.paper_kinds import distinct, words

if TYPE_CHECKING:
    from salesaid.book import Book

_MOST_NUMBERS = 50


def offers(book: Book, kind: str) -> list[str]:
    """Names for `product`, `customer`, `supplier` and their pairs; numbers for a journal's `order_no` …; places."""
    names: list[str] = []
    for part in kind.split("_or_"):
        names += _names(book, part)
    return list(dict.fromkeys(names))


_COLUMNS = {
    "warehouse": ("stock_moves", "shipments"),
    "salesperson": ("orders",),
    "carrier": ("shipments",),
    "account": ("cash",),
    "category": ("cash",),
}


def _names(book: Book, kind: str) -> list[str]:
    if kind == "product":
        return [product.id for product in book.supply("catalogue").all()]
    if kind in {"customer", "supplier"}:
        return [party.id for party in book.supply(f"{kind}_names").all()]
    if kind.endswith("_no"):
        numbered = {ledger.number: ledger.id for ledger in map(ledgers.load, ledgers.names()) if ledger.number}
        asked = numbered if kind == "any_no" else {kind: numbered[kind]}
        return [no for column, ledger in asked.items() for no in _newest(book, ledger, column)]
    if kind == "paper":
        return distinct([*book.supply("wanted_papers").kinds, *book.supply("papers").kinds, *words(book.lang)])
    if kind == "item":
        return list(reversed(book.supply("market_quotes").items))
    own = [book.settings.main_warehouse] if kind == "warehouse" else []
    return own + _written(book, _COLUMNS.get(kind, ()), kind)


def _newest(book: Book, ledger: str, column: str) -> list[str]:
    numbers = dict.fromkeys(no for (no,) in book.supply(ledger).pick(column) if no)
    return list(reversed(numbers))[:_MOST_NUMBERS]


def _written(book: Book, ledgers: tuple[str, ...], column: str) -> list[str]:
    return sorted({text.strip() for id_ in ledgers for (text,) in book.supply(id_).pick(column) if text.strip()})
