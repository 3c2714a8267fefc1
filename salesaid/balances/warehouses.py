"""Which warehouse a typed name means: one that rows or the settings name, whatever its width, case and blanks."""

from __future__ import annotations

from collections.abc import Sequence

from salesaid.balances.stock import Stock
from salesaid.core.errors import Refused
from salesaid.core.places import place_key
from salesaid.core.text import Text, joined, same
from salesaid.settings import Settings


class UnknownWarehouse(Refused):
    """No row and no setting names the warehouse that was asked for."""

    offers_new = True

    def __init__(self, typed: str, near: Sequence[str], known: Sequence[str]) -> None:
        listed = joined([same(name) for name in near or known])
        if near:
            there = Text(f"是不是：{listed.zh}？", f"did you mean: {listed.en}? ")
        else:
            there = Text(f"已有：{listed.zh}；", f"there are: {listed.en}; ")
        self.hint_without_new = Text(there.zh.rstrip("；"), there.en.rstrip("; "))
        super().__init__(
            Text(f"没有名为“{typed}”的仓库", f"there is no warehouse named “{typed}”"),
            there + Text("确是新仓库，请加 --new", f"{'I' if near else 'i'}f it is a new warehouse, add --new"),
        )


def warehouse_named(typed: str, stock: Stock, settings: Settings, *, new: bool = False) -> str:
    """A warehouse as it is known; with `new` also as it was typed; blank for blank. Raises UnknownWarehouse."""
    name = typed.strip()
    known = _known(name, stock, settings)
    if known is None and new:
        return name
    if known is None:
        from salesaid.core.suggest import suggestions

        names = sorted(stock.warehouses())
        raise UnknownWarehouse(name, suggestions(name, names), names)
    return known


def _known(name: str, stock: Stock, settings: Settings) -> str | None:
    if name in {"", settings.main_warehouse}:
        return name
    key = place_key(name)
    same_key = sorted(known for known in stock.warehouses() if place_key(known) == key)
    if settings.main_warehouse in same_key:
        return settings.main_warehouse
    return name if name in same_key else next(iter(same_key), None)
