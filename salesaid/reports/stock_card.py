"""A stock card: every move of one product in order, with what was on hand after each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from salesaid import ledgers
from salesaid.balances.catalogue import Catalogue
from salesaid.balances.moves import Move, Moves
from salesaid.core import places
from salesaid.core.kinds import DATE, IN_FILES, NUMBER_NO, QTY, TEXT, Kind, Reading
from salesaid.core.rows import ZERO
from salesaid.core.tables import Field, Note, Table
from salesaid.core.text import Lang, Text


class _Words(Kind):
    """Text of which some values have words of their own in each language; scripts see the value."""

    name = "text"

    def __init__(self, words: dict[str, Text]) -> None:
        self._words = words

    def parse(self, text: str, reading: Reading = IN_FILES) -> object:
        """The text."""
        return TEXT.parse(text, reading)

    def format(self, value: object) -> str:
        """The text."""
        return TEXT.format(value)

    def show(self, value: object, lang: Lang) -> str:
        """The words for it, else the text itself."""
        text = TEXT.format(value)
        return self._words[text].in_(lang) if text in self._words else text


_OPENING = "opening_balance"
_LEDGERS = {id_: ledgers.load(id_).title for id_ in ("orders", "shipments", "stock_moves", "stock_counts")}
FIELDS = (
    Field("date", Text("日期", "Date"), DATE),
    Field("ledger", Text("台账", "Ledger"), _Words({_OPENING: Text("期初余额", "opening balance"), **_LEDGERS})),
    Field("no", Text("单号", "No"), NUMBER_NO),
    Field("from_place", Text("从", "From"), _Words(places.WORDS)),
    Field("to_place", Text("到", "To"), _Words(places.WORDS)),
    Field("qty", Text("数量", "Quantity"), QTY),
    Field("balance", Text("结存", "Balance"), QTY),
)


def stock_card(
    moves: Moves, catalogue: Catalogue, *, product: str, since: date | None = None, until: date | None = None,
    limit: int | None = None,
) -> Table:  # fmt: skip
    """The moves of one product, oldest first; with `since` what was on hand before stands in a line of its own."""
    rows = list(_rows(moves.of(product), since, until))
    shown = rows[-limit:] if limit else rows
    title = Text(f"库存卡 · {product}", f"Stock card · {product}")
    return Table(title, FIELDS, shown, notes=_notes(catalogue, product, len(rows) - len(shown)))


def _rows(found: Sequence[Move], since: date | None, until: date | None) -> Iterator[tuple[object, ...]]:
    balance = ZERO
    if since is not None:
        balance = sum((move.ours for move in found if move.day < since), ZERO)
        yield since, _OPENING, None, None, None, None, balance
    for move in found:
        if (since is None or move.day >= since) and (until is None or move.day <= until):
            balance += move.ours
            yield _row(move, balance)


def _row(move: Move, balance: Decimal) -> tuple[object, ...]:
    return move.day, move.ledger, move.no, move.from_place, move.to_place, move.qty, balance


def _notes(catalogue: Catalogue, id_: str, left_out: int) -> tuple[Note, ...]:
    product = catalogue.product(id_)
    if product.components:
        parts = [name for name, _ in product.components]
        text = Text(
            f"{id_} 是套装，没有自己的库存；请看组件：{'、'.join(parts)}",
            f"{id_} is a bundle without stock of its own; see its parts: {', '.join(parts)}",
        )
        return (Note("bundle", "info", text),)
    if not product.stocked:
        return (Note("not_stocked", "info", Text(f"{id_} 不管库存", f"{id_} is not kept in stock")),)
    if left_out:
        text = Text(f"前面还有 {left_out} 行", f"{left_out} earlier rows are not shown")
        return (Note("earlier", "info", text),)
    return ()
