"""Shelves as they were counted: absolute figures, which no row dated before them shifts (DOMAIN.md 4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.census import is_known
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import Afresh, State, key_of, parts_of
from salesaid.settings import Settings

COUNTS = "stock.counts"


class Count(NamedTuple):
    """A shelf as counted: `qty` lay there, and only what is dated `first` or later has changed it since."""

    first: date
    qty: Decimal


def fold_counts(rows: Rows, state: State, catalogue: Catalogue, settings: Settings) -> None:
    """Keep the newest count of each product and place as written; on one day the later row's. Raises Afresh."""
    counts = state[COUNTS]
    for row, name, model, unit, place, day, counted, moved in rows.pick(
        "row", "product", "model", "unit", "warehouse", "date", "counted", "moved"
    ):
        if state.is_complete:
            raise Afresh
        if counts_in(catalogue.product(catalogue.identify(name, model)), unit.strip()):
            key = key_of(name.strip(), model.strip(), place.strip() or settings.main_warehouse)
            count = [day.isoformat(), row, str(counted - (moved or ZERO)), moved is None]
            counts.set(key, max(count, counts.get(key) or count))


def newest_counts(counts: Iterable[tuple[str, list[Any]]], catalogue: Catalogue) -> dict[tuple[str, str], Count]:
    """The newest of these counts by product and place, however the product was written."""
    newest: dict[tuple[str, str], list[Any]] = {}
    for key, count in counts:
        name, model, place = parts_of(key)
        where = (catalogue.identify(name, model), place)
        newest[where] = max(count, newest.get(where, count))
    return {where: _count(*count) for where, count in newest.items()}


def _count(day: str, row: int, qty: str, closing: bool) -> Count:
    del row
    return Count(date.fromisoformat(day) + timedelta(days=1 if closing else 0), Decimal(qty))


def brings_codes(rows: Rows, state: State) -> bool:
    """Whether rows bring a code to a book with counts: a name counted without one may then be another product's."""
    names = {column.id for column in rows.ledger.columns}
    if not state.is_complete or not {"product", "model"} <= names or next(state[COUNTS].under(), None) is None:
        return False
    written = {(name.strip(), model.strip()) for name, model in rows.pick("product", "model")}
    return any(model and (state.stored is None or not is_known(name, model, state.stored)) for name, model in written)
