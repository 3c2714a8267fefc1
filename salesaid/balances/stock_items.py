"""What is said of items that go onto a shelf: a bundle is its parts, and what there was at the start is said once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.typed import Item
from salesaid.core.kinds import QTY
from salesaid.core.rows import Rows
from salesaid.core.tables import Note
from salesaid.core.text import Text


def taken_apart(bundle: Item, parts: Iterable[Item]) -> Note:
    """That a bundle is written as its parts."""
    listed = [f"{part.product.id}×{QTY.format(part.quantity)}" for part in parts]
    text = Text(
        f"{bundle.product.id} 是套装，记它的组件：{'、'.join(listed)}",
        f"{bundle.product.id} is a bundle, written as its parts: {', '.join(listed)}",
    )
    return Note("taken_apart", "info", text)


def opened_notes(products: Collection[str], warehouse: str, stock_moves: Rows, catalogue: Catalogue) -> list[Note]:
    """A warning for each product that has an opening at a warehouse already: the two add up."""
    found: dict[str, str] = {}
    for row, no, action, name, model, qty, place in stock_moves.pick(
        "row", "move_no", "action", "product", "model", "qty", "warehouse"
    ):
        if action == "opening" and qty and place.strip() in {"", warehouse}:
            id_ = catalogue.identify(name, model)
            if id_ in products:
                found.setdefault(id_, no or f"{stock_moves.file}:{row}")
    return [
        Note(
            "opened_before",
            "warning",
            Text(
                f"{id_} 已经记过期初（{no}），两次相加；记重了请用 undo",
                f"{id_} has an opening already ({no}): the two add up; if that is not meant, undo it",
            ),
        )
        for id_, no in found.items()
    ]
