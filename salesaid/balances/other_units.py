"""Order lines in another unit than their product's: their own state is true, no sum of quantities holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salesaid.balances.apart import apart_note
from salesaid.balances.order_lines import OrderLine
from salesaid.balances.typed import Item
from salesaid.core.tables import Note
from salesaid.core.text import Text


def in_sums(lines: Sequence[OrderLine]) -> Sequence[OrderLine]:
    """The lines whose quantities may be added up."""
    return [line for line in lines if not line.is_apart] if any(line.apart for line in lines) else lines


def apart_notes(lines: Iterable[OrderLine]) -> list[Note]:
    """A warning that names what was ordered in other units."""
    return apart_note((line.order_no, line) for line in lines if line.apart)


def in_lines_unit(item: Item, line: OrderLine | None) -> Item:
    """The item in the unit in which its line was ordered."""
    return item._replace(unit=line.unit) if line is not None and line.is_apart else item


def moved_notes(lines: Iterable[OrderLine]) -> list[Note]:
    """A warning for each line whose goods move in another unit: the stock does not see them."""
    return [Note("other_unit", "warning", _moved(line)) for line in lines if line.is_apart]


def _moved(line: OrderLine) -> Text:
    return Text(
        f"{line.product} 按订单的单位“{line.unit}”记，不是产品的单位：库存数量不变",
        f"{line.product} goes by the order's unit “{line.unit}”, not the product's: no stock is moved",
    )
