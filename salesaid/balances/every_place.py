"""What lies at every place, ours and not: over all of them each product sums to zero on every day (DOMAIN.md 4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from salesaid.balances.moves import Move, Moves
from salesaid.core.rows import ZERO

Quantities = dict[str, Decimal]  # by place


def every_place(moves: Moves) -> EveryPlace:
    """What lies at every place."""
    return EveryPlace(moves)


class EveryPlace:
    """Quantities by place, worked out from the rows themselves; places where nothing lies are left out.

    Places that goods came from before they were ours (opening, outside, supplier) hold less than nothing.
    """

    def __init__(self, moves: Moves) -> None:
        self._moves = moves

    def of(self, id_: str, upto: date | None = None) -> Quantities:
        """Where one product lies at the end of a day, of the last one by default."""
        return _lies(move for move in self._moves.of(id_) if upto is None or move.day <= upto)

    def everything(self, upto: date | None = None) -> dict[str, Quantities]:
        """Where every product lies."""
        return {id_: self.of(id_, upto) for id_ in sorted(self._moves.products())}


def _lies(moves: Iterable[Move]) -> Quantities:
    found: Quantities = {}
    for move in moves:
        found[move.from_place] = found.get(move.from_place, ZERO) - move.qty
        found[move.to_place] = found.get(move.to_place, ZERO) + move.qty
    return {place: qty for place, qty in found.items() if qty}
