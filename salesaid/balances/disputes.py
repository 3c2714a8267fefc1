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

    @cached_property
    def open(self) -> dict[str, str]:
        """Why each number is disputed. Who settles an order settles its shipments, too."""
        said = [
            (day, row, action, no or "", order_no or "", note.strip())
            for row, action, day, no, order_no, note in self._shipments.pick(
                "row", "action", "date", "ship_no", "order_no", "note"
            )
            if action in {"dispute", "settle"}
        ]
        found: dict[str, str] = {}
        orders: dict[str, str] = {}  # of shipments that are disputed
        for _, _, action, no, order_no, note in sorted(said):
            if action == "dispute":
                found[no or order_no] = note
                orders[no or order_no] = order_no
            else:
                settled = {no} if no else {each for each in found if order_no in {each, orders[each]}}
                found = {each: why for each, why in found.items() if each not in settled}
        return found
