"""Names whose rows count under another product by a decision, and what that moves: said with every sum by product."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.stock import Stock
from salesaid.core.kinds import QTY
from salesaid.core.money import of_cents
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined, same

Form = tuple[str, str]
"""A product as rows write it: name and model."""

_SHOWN = 5
_ON_HAND = Text("在库", "on hand")
_NET = Text("净额", "net")


def folded_names(catalogue: Catalogue) -> FoldedNames:
    """What decisions fold."""
    return FoldedNames(catalogue)


class FoldedNames:
    """Only what a decision folds: spellings of one key are one product without any."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def forms(self, id_: str) -> frozenset[Form]:
        """How rows write a product that they would not name without a decision."""
        if id_ not in self._by_decision:
            return frozenset()
        forms = self._catalogue.forms(id_)
        return frozenset(form for form in forms if self._undecided.identify(*form) != id_)

    def note(self, moved: Mapping[str, Decimal | None], what: Text) -> tuple[Note, ...]:
        """A sentence on the names that are folded into these products and how much of `what` each brings in."""
        said = [self._said(id_, qty, what) for id_, qty in moved.items() if self.forms(id_)]
        if not said:
            return ()
        rest = len(said) - _SHOWN
        if rest > 0:
            said[_SHOWN:] = [Text(f"另有 {rest} 个产品", f"{rest} more products")]
        listed = joined(said, "；", "; ")
        return (Note("folded", "info", Text(f"按名称的决定归并：{listed.zh}", f"joined by decision: {listed.en}")),)

    def of_sales(self, ids: Iterable[str], written: Callable[[str], Mapping[tuple[str, ...], int]]) -> tuple[Note, ...]:
        """The note of a sum of sales; `written`: what of a product was sold, in cents, by how rows write it."""
        moved: dict[str, Decimal | None] = {}
        for id_ in sorted(ids):
            if forms := self.forms(id_):
                moved[id_] = of_cents(sum(cents for form, cents in written(id_).items() if form in forms))
        return self.note(moved, _NET)

    def of_stock(self, ids: Collection[str], stock: Stock) -> tuple[Note, ...]:
        """The note of a list of stock: what is on hand of each product by the names folded into it."""
        wanted = [id_ for id_ in ids if id_ in self._by_decision]
        if not wanted:
            return ()
        before = stock.under(self._undecided)
        goods = filter(self._catalogue.is_goods, wanted)
        moved: dict[str, Decimal | None] = dict.fromkeys(wanted)
        return self.note(moved | {id_: stock.on_hand(id_) - before.on_hand(id_) for id_ in goods}, _ON_HAND)

    @cached_property
    def _undecided(self) -> Catalogue:
        return self._catalogue.decided(())

    @cached_property
    def _by_decision(self) -> frozenset[str]:
        decided = (row for row in self._catalogue.aliases if row.verdict == "same")
        return frozenset(self._catalogue.identify(row.stands_for, "") for row in decided)

    def _said(self, id_: str, qty: Decimal | None, what: Text) -> Text:
        names = _listed(self.forms(id_))
        folded = Text(f"{names.zh} → {id_}", f"{names.en} → {id_}")
        if qty is None:
            return folded
        figure = f"{'+' if qty > 0 else ''}{QTY.format(qty)}"
        return folded + Text(f"（{what.zh} {figure}）", f" ({what.en} {figure})")


def _listed(forms: Iterable[Form]) -> Text:
    return joined([same(name) for name in sorted({name or model for name, model in forms})])
