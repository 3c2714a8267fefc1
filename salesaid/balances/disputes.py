"""What customers dispute: rows of the shipments that say so of a document or an order, until it is settled."""

from __future__ import annotations

from functools import cached_property

from salesaid.core.rows import Rows


class Disputes:
    """The disputes that are not settled, by the number that was disputed."""

    def __init__(self, shipments: Rows) -> None:
        self._shipments = shipments

    def is_disputed(self, no: str, order_no: str) -> bool:
        """Whether a document, or the order that it is of, is disputed."""
        return no in self.open or (bool(order_no) and order_no in self.open)

    def are_of(self, number: str) -> bool:
        """Whether a document is disputed, or an order, or a shipment of that order."""
        return number in self.open or number in self._orders.values()

    @property
    def open(self) -> dict[str, str]:
        """Why each number is disputed."""
        return self._said[0]

    @property
    def _orders(self) -> dict[str, str]:
        return self._said[1]

    @cached_property
    def _said(self) -> tuple[dict[str, str], dict[str, str]]:
        """Why each number is disputed, and its order. Who settles an order settles its shipments, too."""
        said = sorted(
            (day, row, action, no or "", order_no or "", note.strip())
            for row, action, day, no, order_no, note in self._shipments.pick(
                "row", "action", "date", "ship_no", "order_no", "note"
            )
            if action in {"dispute", "settle"}
        )
        found: dict[str, str] = {}
        orders: dict[str, str] = {}
        for _, _, action, no, order_no, note in said:
            number = no or order_no
            if action == "dispute":
                found[number], orders[number] = note, order_no
            else:
                for each in [each for each in found if number in {each, orders[each]}]:
                    del found[each], orders[each]
        return found, orders
