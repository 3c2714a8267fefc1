"""How much of each product is out on loan: still ours, and on no shelf (DOMAIN.md 3 and 4).

The state is keyed by what rows say (name, model, unit), as that of the stock is: a new alias or product changes how it
is read and nothing in it.
"""

from __future__ import annotations

from decimal import Decimal

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.core.places import LOAN
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import State, key_of, parts_of

READS = ("loans",)  # what the fold looks at
OUT = "lent.out"
_ONE = Decimal(1)


def fold(rows: Rows, state: State) -> None:
    """Add what the rows of one ledger bring to customers on loan, or take from there."""
    ways = {action.id: action.at_once if rows.at_once else action.ways for action in rows.ledger.actions}
    signs = {id_: sum((way.to_place == LOAN) - (way.from_place == LOAN) for way in each) for id_, each in ways.items()}
    if not any(signs.values()):
        return
    sums: dict[str, Decimal] = {}
    keys: dict[tuple[str, ...], str] = {}
    for written, action, qty in rows.pick(("product", "model", "unit"), "action", "qty"):
        key = keys.get(written)
        if key is None:
            key = keys[written] = key_of(*(text.strip() for text in written))
        sums[key] = sums.get(key, ZERO) + signs[action] * qty
    out = state[OUT]
    for key, qty in sums.items():
        total = Decimal(out.get(key) or 0) + qty
        out.set(key, str(total) if total else None)


def lent(state: State, catalogue: Catalogue) -> Lent:
    """What is out on loan."""
    return Lent(state, catalogue)


class Lent:
    """What is out on loan of each product; below zero where rows say that more came back than went."""

    def __init__(self, state: State, catalogue: Catalogue) -> None:
        self._state = state
        self._catalogue = catalogue

    def of(self, id_: str) -> Decimal:
        """How much of one product is out, also inside bundles; 0 for bundles and services themselves."""
        if not self._catalogue.is_goods(id_):
            return ZERO
        whole = [(id_, _ONE), *self._catalogue.bundles_with(id_)]
        return sum((self._written(each) * qty for each, qty in whole), ZERO)

    def everything(self) -> dict[str, Decimal]:
        """How much of every product is out, without those of which nothing is."""
        found: dict[str, Decimal] = {}
        for key, text in self._state[OUT].under():
            name, model, unit = parts_of(key)
            id_ = self._catalogue.identify(name, model)
            contents = self._catalogue.contents(id_) if counts_in(self._catalogue.product(id_), unit) else []
            for part, factor in contents:
                if self._catalogue.is_goods(part):
                    found[part] = found.get(part, ZERO) + Decimal(text) * factor
        return {id_: qty for id_, qty in found.items() if qty}

    def _written(self, id_: str) -> Decimal:
        product = self._catalogue.product(id_)
        pairs = (pair for form in self._catalogue.forms(id_) for pair in self._state[OUT].under(*form))
        return sum((Decimal(text) for key, text in pairs if counts_in(product, parts_of(key)[2])), ZERO)
