"""Void: red-letter rows in every ledger that a document's post wrote (红字冲销, DOMAIN.md 1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.leaning import Document, Leaning, later_steps, leaning
from salesaid.balances.named_document import the_document
from salesaid.balances.new_rows import before_document
from salesaid.balances.red_letters import RED, VOID, is_red, is_void
from salesaid.balances.row_numbers import number_of
from salesaid.balances.shipments_made import ShipmentsMade
from salesaid.balances.typed import understood
from salesaid.core.entries import Decision, Entry
from salesaid.core.errors import Refused
from salesaid.core.rows import ZERO, Rows
from salesaid.core.schema import Ledger
from salesaid.core.text import Lang, Text
from salesaid.settings import Settings


class AlreadyVoid(Refused):
    """Nothing of the document is left to be voided."""

    def __init__(self, number: str) -> None:
        super().__init__(Text(f"{number} 已经冲销", f"{number} is void already"))


class RedLetters(Refused):
    """The document consists of red letters itself."""

    def __init__(self, number: str) -> None:
        super().__init__(
            Text(f"{number} 本身就是红字，不能再冲销", f"{number} is a red letter itself and cannot be voided"),
            Text("请重新记一张单据", "enter the document again instead"),
        )


class NotOnDocument(Refused):
    """A product is named that the document does not have."""

    def __init__(self, product: str, number: str) -> None:
        super().__init__(Text(f"{number} 上没有 {product}", f"{product} is not on {number}"))


class OnlyProducts(Refused):
    """A quantity or price was given where only a product is wanted: its rows are voided whole."""

    def __init__(self, product: str) -> None:
        super().__init__(
            Text(
                f"冲销时只写产品，不写数量和单价：{product}", f"a void takes a product, no quantity or price: {product}"
            ),
            Text(
                "只退一部分请用 salesaid order return，少发请用 salesaid order close",
                "for a part use salesaid order return, or salesaid order close for what is not shipped",
            ),
        )


class LeanedOn(Refused):
    """Later rows lean on the document."""

    def __init__(self, number: str, by: Sequence[Leaning]) -> None:
        zh, en = "、".join(each.text.zh for each in by), ", ".join(each.text.en for each in by)
        first = Text("请先冲销它们；确要冲销，请加 --force", "void these first; to void it all the same, add --force")
        super().__init__(
            Text(f"{number} 后面还有：{zh}", f"{number} is leaned on by: {en}"),
            first if all(each.is_document for each in by) else _meant(by),
        )


def _meant(by: Sequence[Leaning]) -> Text:
    """What to do where not all that leans is a document of its own."""
    documents = [each.text for each in by if each.is_document]
    if not documents:
        return by[0].meant
    zh, en = "、".join(each.zh for each in documents), ", ".join(each.en for each in documents)
    return Text(f"请先冲销 {zh}；确要冲销，请加 --force", f"void {en} first; to void it all the same, add --force")


SUMS = ("qty", "amount", "income", "expense")  # what red letters are netted by
FIGURES = (*SUMS, "freight", "fee")


_KEY = ("action", "product", "model", "serial", "warehouse", "account")


class _Row(NamedTuple):
    """One row of a document, cells by column id."""

    ledger: Ledger
    cells: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, ...]:
        """What red letters are netted by."""
        return tuple(str(self.cells.get(name) or "") for name in _KEY)


def void(
    journals: Mapping[str, Rows], catalogue: Catalogue, shipments_made: ShipmentsMade, settings: Settings, lang: Lang,
    today: date, *, typed: str, items: Sequence[str] = (), day: date, why: str, related: Iterable[Document] = (),
    force: bool = False,
) -> Decision:  # fmt: skip
    """Red-letter rows for a document, or for these products of it; `related` are documents of the same post.

    Raises UnknownNumber, AmbiguousNumber, AlreadyVoid, LeanedOn.
    """
    journals, shipments_made = {id_: rows.until(None) for id_, rows in journals.items()}, shipments_made.ahead
    document = the_document(journals, settings, today, typed=typed)
    documents = list(dict.fromkeys([document, *related]))
    products = _products(items, catalogue)
    found = {each: _rows(journals[each[0]], each[1]) for each in documents} | _sold_from_loan(journals, documents)
    _require_on(products, found[document], document[1], catalogue)
    by = [*leaning(documents, shipments_made, products), *later_steps(journals, document, products, catalogue)]
    if by and not force:
        raise LeanedOn(document[1], by)
    entries: list[Entry] = []
    voided: list[str] = []
    for (_, number), written in found.items():
        rows = [row for row in written if _is_meant(row, products, catalogue)]
        red = [_red(row, number, _red_day(row, day, today), why, settings.language or lang) for row in _standing(rows)]
        voided += [number] if red else []
        entries += red
    if not entries:
        raise AlreadyVoid(document[1])
    own = next((row.cells["date"] for row in found[document] if row.cells.get("date")), day)
    notes = before_document(document[1], own, day) if own <= today else []
    return Decision(_said(voided, len(entries)), tuple(entries), no=document[1], notes=tuple(notes))


def _said(numbers: Sequence[str], count: int) -> Text:
    distinct = list(dict.fromkeys(numbers))
    return Text(
        f"已冲销 {'、'.join(distinct)} · {count} 行红字", f"{', '.join(distinct)} voided by red-letter rows: {count}"
    )


def _red_day(row: _Row, day: date, today: date) -> date:
    """What counts from a later day on is taken back on that day, not before."""
    own = row.cells.get("date")
    return max(own, day) if own is not None and own > today else day


def _products(items: Sequence[str], catalogue: Catalogue) -> list[str]:
    found = understood(items, catalogue).items
    for item in found:
        if item.qty is not None or item.price is not None:
            raise OnlyProducts(item.product.id)
    return [item.product.id for item in found]


def _require_on(products: Sequence[str], rows: Sequence[_Row], number: str, catalogue: Catalogue) -> None:
    """The document has the products, and is not itself what took something back."""
    for product in products:
        if not any(_is_meant(row, [product], catalogue) for row in rows):
            raise NotOnDocument(product, number)
    if rows and all(is_red(str(row.cells.get("note") or "")) for row in rows):
        raise RedLetters(number)


def _rows(rows: Rows, number: str) -> list[_Row]:
    return [row for own, row in _every_row(rows) if own == number]


def _every_row(rows: Rows) -> Iterator[tuple[str, _Row]]:
    """All rows of a journal, each with the number of its document."""
    columns = ["row", *(column.id for column in rows.ledger.columns)]
    own = rows.ledger.number or "row"
    for values in rows.pick(*columns):
        cells = dict(zip(columns, values, strict=True))
        yield number_of(rows, cells["row"], cells[own]), _Row(rows.ledger, cells)


def _sold_from_loan(journals: Mapping[str, Rows], documents: Iterable[Document]) -> dict[Document, list[_Row]]:
    """The rows by which goods on loan were sold under these orders: the goods are on loan again without them."""
    orders = {number for ledger, number in documents if ledger == "orders"}
    found: dict[Document, list[_Row]] = {}
    for number, row in _every_row(journals["loans"]) if orders else ():
        if row.cells["action"] == "sell" and (row.cells["order_no"] or "") in orders:
            found.setdefault(("loans", number), []).append(row)
    return found


def _is_meant(row: _Row, products: Collection[str], catalogue: Catalogue) -> bool:
    id_ = catalogue.identify(row.cells.get("product") or "", row.cells.get("model") or "")
    return not products or id_ in products


def _standing(rows: Sequence[_Row]) -> list[_Row]:
    """The rows that no red letters have cancelled yet; signatures and the like cancel nothing."""
    if rows and not _has_sums(rows):
        void = {row.key for row in rows if is_void(str(row.cells.get("note") or ""))}
        return [row for row in rows if row.key not in void]
    sums: dict[tuple[str, ...], list[Decimal]] = {}
    for row in rows:
        own = sums.setdefault(row.key, [ZERO] * len(SUMS))
        sums[row.key] = [total + (row.cells.get(name) or ZERO) for total, name in zip(own, SUMS, strict=True)]
    open_ = [key for key, totals in sums.items() if any(totals)]
    found = [left for key in open_ for left in _left([row for row in rows if row.key == key])]
    return sorted(found, key=lambda row: int(row.cells["row"]))


def _left(rows: Iterable[_Row]) -> list[_Row]:
    """What red letters have left of the rows of one key: they cancel rows of their own price first, newest first."""
    blacks = [row for row in rows if _is_black(row)]
    for red in (row for row in rows if is_red(str(row.cells.get("note") or ""))):
        _cancel(blacks, red)
    return [row for row in blacks if _has_figures(row)]


def _cancel(blacks: list[_Row], red: _Row) -> None:
    """Take a red letter's figures off these rows; the last one it reaches bears what is left of its amount."""
    price = red.cells.get("price")
    order = sorted(range(len(blacks)), key=lambda at: (blacks[at].cells.get("price") == price, at), reverse=True)
    rest = {name: red.cells.get(name) or ZERO for name in FIGURES}
    for at in order:
        cells = blacks[at].cells
        qty = cells.get("qty") or ZERO
        is_last = at == order[-1] or qty + rest["qty"] >= 0
        share = rest if is_last else {name: -(cells.get(name) or ZERO) for name in FIGURES}
        taken = {name: (cells.get(name) or ZERO) + share[name] for name in FIGURES if cells.get(name) or share[name]}
        blacks[at] = blacks[at]._replace(cells={**cells, **taken})
        rest = {name: rest[name] - share[name] for name in FIGURES}
        if is_last:
            return


def _is_black(row: _Row) -> bool:
    """Whether a row is one of those to be cancelled, not itself a red letter."""
    return not is_red(str(row.cells.get("note") or "")) and _has_figures(row)


def _has_figures(row: _Row) -> bool:
    return any(row.cells.get(name) for name in SUMS)


def _has_sums(rows: Sequence[_Row]) -> bool:
    """Whether red letters can take rows back by their figures; what was counted can only be said to be void."""
    columns = {column.id for column in rows[0].ledger.columns}
    return not columns.isdisjoint(SUMS) and all(row.cells.get("counted") is None for row in rows)


def _red(row: _Row, number: str, day: date, why: str, lang: Lang) -> Entry:
    """The row that takes one back. A journal without sums can say so in its number and note only."""
    cells = {name: value for name, value in row.cells.items() if value not in {None, ""} and name != "row"}
    own = row.ledger.number or ""
    cells |= {own: number, "date": day}
    if not _has_sums([row]):
        return Entry(row.ledger.id, cells | {"note": VOID.in_(lang) + why}, frozenset({own, "note"}))
    minus = {name: -cells[name] for name in FIGURES if cells.get(name)}
    return Entry(row.ledger.id, cells | minus | {"note": RED.in_(lang) + why}, frozenset({own}))
