"""A stock card: every move of one product over every place in order, with what was on hand after each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from salesaid.balances.apart import units_note
from salesaid.balances.catalogue import Catalogue
from salesaid.balances.folded_names import FoldedNames
from salesaid.balances.move_rows import FIELDS, OPENING_BALANCE, move_rows
from salesaid.balances.moves import Move, Moves
from salesaid.balances.stock import Stock
from salesaid.core.rows import ZERO
from salesaid.core.tables import Note, Table
from salesaid.core.text import Text


def stock_card(
    moves: Moves, catalogue: Catalogue, stock: Stock, folded_names: FoldedNames, *, product: str,
    since: date | None = None, until: date | None = None, limit: int | None = None,
) -> Table:  # fmt: skip
    """The moves of one product, oldest first; with `since` what was on hand before stands in a line of its own."""
    rows = list(_rows(moves.of(product), since, until))
    shown = rows[-limit:] if limit else rows
    title = Text(f"库存卡 · {product}", f"Stock card · {product}")
    notes = (*_notes(catalogue, product, len(rows) - len(shown)), *units_note(moves.in_other_units(product)))
    notes += folded_names.of_stock([product], stock)
    return Table(title, FIELDS, shown, notes=notes)


def _rows(found: Sequence[Move], since: date | None, until: date | None) -> Iterator[tuple[object, ...]]:
    balance = ZERO
    if since is not None:
        balance = sum((move.ours for move in found if move.day < since), ZERO)
        yield since, OPENING_BALANCE, None, None, None, None, balance
    between = (m for m in found if (since is None or m.day >= since) and (until is None or m.day <= until))
    yield from move_rows(between, balance)


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
