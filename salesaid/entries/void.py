"""Void: red-letter rows in every ledger that a document's post wrote (红字冲销, DOMAIN.md 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.red_letters import RED, VOID, is_red, is_void
from salesaid.balances.shipments_made import ShipmentsMade
from salesaid.balances.typed import AmbiguousNumber, UnknownNumber, understood
from salesaid.core.entries import Decision, Entry
from salesaid.core.errors import Refused
from salesaid.core.numbers import matches
from salesaid.core.rows import ZERO, Rows
from salesaid.core.schema import Ledger
from salesaid.core.text import Lang, Text
from salesaid.core.width import folded
from salesaid.settings import Settings

DOCUMENT = Text("单据", "document")

Document = tuple[str, str]
"""A ledger's id and a document number in it."""


class AlreadyVoid(Refused):
    """Nothing of the document is left to be voided."""

    def __init__(self, number: str) -> None:
        super().__init__(Text(f"{number} 已经冲销", f"{number} is void already"))


class LeanedOn(Refused):
    """Later rows lean on the document."""

    def __init__(self, number: str, by: Sequence[str]) -> None:
        super().__init__(
            Text(f"{number} 还有后续单据：{'、'.join(by)}", f"later documents lean on {number}: {', '.join(by)}"),
            Text("请先冲销它们；确要冲销，请加 --force", "void these first; to void it all the same, add --force"),
        )


class _Row(NamedTuple):
    """One row of a document, cells by column id."""

    ledger: Ledger
    cells: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, ...]:
        """What red letters are netted by."""
        return tuple(str(self.cells.get(name) or "") for name in ("action", "product", "model", "serial", "warehouse"))


def void(
    journals: Mapping[str, Rows], catalogue: Catalogue, shipments_made: ShipmentsMade, settings: Settings, lang: Lang,
    today: date, *, typed: str, items: Sequence[str] = (), day: date, why: str, related: Iterable[Document] = (),
    force: bool = False,
) -> Decision:  # fmt: skip
    """Red-letter rows for a document, or for these products of it; `related` are documents of the same post.

    Raises UnknownNumber, AmbiguousNumber, AlreadyVoid, LeanedOn.
    """
    document = the_document(journals, settings, today, typed=typed)
    documents = list(dict.fromkeys([document, *related]))
    products = {item.product.id for item in understood(items, catalogue).items}
    leaning = _leaning(documents, shipments_made)
    if leaning and not force:
        raise LeanedOn(document[1], leaning)
    entries: list[Entry] = []
    for ledger, number in documents:
        rows = [row for row in _rows(journals[ledger], number) if _is_meant(row, products, catalogue)]
        entries += [_red(row, number, day, why, settings.language or lang) for row in _standing(rows)]
    if not entries:
        raise AlreadyVoid(document[1])
    said = Text(
        f"已冲销 {document[1]} · {len(entries)} 行红字", f"{document[1]} voided by red-letter rows: {len(entries)}"
    )
    return Decision(said, tuple(entries), no=document[1])


def the_document(journals: Mapping[str, Rows], settings: Settings, today: date, *, typed: str) -> Document:
    """The one document of any journal that was meant."""
    found: list[Document] = []
    for id_, rows in journals.items():
        numbers = dict.fromkeys(_number(rows, *cells) for cells in rows.pick("row", rows.ledger.number or "row"))
        found += [(id_, no) for no in matches(typed, numbers, today, settings.prefix(id_, rows.ledger.prefix))]
    whole = [each for each in found if folded(each[1]) == folded(typed)]
    found = whole or found
    if not found:
        raise UnknownNumber(typed, DOCUMENT)
    if len(found) > 1:
        raise AmbiguousNumber(typed, DOCUMENT, [no for _, no in found])
    return found[0]


def _rows(rows: Rows, number: str) -> list[_Row]:
    columns = ["row", *(column.id for column in rows.ledger.columns)]
    own = rows.ledger.number or "row"
    found = (dict(zip(columns, values, strict=True)) for values in rows.pick(*columns))
    return [_Row(rows.ledger, cells) for cells in found if _number(rows, cells["row"], cells[own]) == number]


def _number(rows: Rows, row: int, written: str | int | None) -> str:
    """A row's number; without one the row is a document of its own."""
    text = written.strip() if isinstance(written, str) else ""
    return text or f"{rows.file}:{row}"


def _is_meant(row: _Row, products: set[str], catalogue: Catalogue) -> bool:
    id_ = catalogue.identify(row.cells.get("product") or "", row.cells.get("model") or "")
    return not products or id_ in products


def _standing(rows: Sequence[_Row]) -> list[_Row]:
    """The rows that no red letters have cancelled yet; signatures and the like cancel nothing."""
    if rows and not _has_sums(rows[0].ledger):
        void = {row.key for row in rows if is_void(str(row.cells.get("note") or ""))}
        return [row for row in rows if row.key not in void]
    sums: dict[tuple[str, ...], tuple[Decimal, Decimal]] = {}
    for row in rows:
        qty, amount = sums.get(row.key, (ZERO, ZERO))
        sums[row.key] = (qty + (row.cells.get("qty") or ZERO), amount + (row.cells.get("amount") or ZERO))
    open_ = {key for key, both in sums.items() if any(both)}
    return [row for row in rows if row.key in open_ and _is_black(row)]


def _is_black(row: _Row) -> bool:
    """Whether a row is one of those to be cancelled, not itself a red letter."""
    return not is_red(str(row.cells.get("note") or "")) and bool(row.cells.get("qty") or row.cells.get("amount"))


def _has_sums(ledger: Ledger) -> bool:
    return any(column.id in {"qty", "amount"} for column in ledger.columns)


def _red(row: _Row, number: str, day: date, why: str, lang: Lang) -> Entry:
    """The row that takes one back. A journal without sums can say so in its number and note only."""
    cells = {name: value for name, value in row.cells.items() if value not in {None, ""} and name != "row"}
    own = row.ledger.number or ""
    cells |= {own: number, "date": day}
    if not _has_sums(row.ledger):
        return Entry(row.ledger.id, cells | {"note": VOID.in_(lang) + why}, frozenset({own, "note"}))
    minus = {name: -cells[name] for name in ("qty", "amount", "freight") if cells.get(name)}
    return Entry(row.ledger.id, cells | minus | {"note": RED.in_(lang) + why}, frozenset({own}))


def _leaning(documents: Sequence[Document], made: ShipmentsMade) -> list[str]:
    """Documents that lean on these: shipments of an order, signatures and returns of a shipment."""
    own = set(documents)
    leaning: list[str] = []
    for ledger, number in documents:
        if ledger == "orders":
            leaning += [
                each.ship_no
                for each in made.of_order(number)
                if ("shipments", each.ship_no) not in own and sum((row.qty for row in each.rows), ZERO)
            ]
        elif ledger == "shipments" and number in made.all and made.all[number].signed:
            signed = made.all[number].signed
            leaning.append(f"{number} 签收 {signed}")
    return leaning
