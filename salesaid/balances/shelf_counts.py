"""Shelves as they were counted: absolute figures, which no row dated before them shifts (DOMAIN.md 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.balances.catalogue import Catalogue, counts_in
from salesaid.balances.census import is_known
from salesaid.balances.red_letters import is_void
from salesaid.core.rows import ZERO, Rows
from salesaid.core.state import Afresh, State, key_of, parts_of
from salesaid.settings import Settings

COUNTS = "stock.counts"


class Count(NamedTuple):
    """A shelf as counted: `qty` lay there, and only what is dated `first` or later has changed it since."""

    first: date
    qty: Decimal


class Written(NamedTuple):
    """A count as its row says; `moved` is None where it was taken at the close of its day."""

    row: int
    no: str
    day: date
    name: str
    model: str
    id: str
    place: str
    counted: Decimal
    moved: Decimal | None


def standing(rows: Rows, catalogue: Catalogue, settings: Settings) -> Iterator[Written]:
    """The counts in the product's own unit that were not voided: by a row of their number, product and place."""
    found: list[Written] = []
    void: set[tuple[str, str, str]] = set()
    for row, no, day, name, model, unit, place, counted, moved, note in rows.pick(
        "row", "count_no", "date", "product", "model", "unit", "warehouse", "counted", "moved", "note"
    ):
        id_, where = catalogue.identify(name, model), place.strip() or settings.main_warehouse
        number = (no or "").strip() or f"{rows.file}:{row}"
        if is_void(note):
            void.add((number, id_, where))
        elif counts_in(catalogue.product(id_), unit.strip()):
            found.append(Written(row, number, day, name.strip(), model.strip(), id_, where, counted, moved))
    return (each for each in found if (each.no, each.id, each.place) not in void)


def fold_counts(rows: Rows, state: State, catalogue: Catalogue, settings: Settings) -> None:
    """Keep the newest count of each product and place as written; on one day the later row's. Raises Afresh."""
    counts = state[COUNTS]
    if state.is_complete and next(iter(rows.pick("row")), None) is not None:
        raise Afresh
    for each in standing(rows, catalogue, settings):
        key = key_of(each.name, each.model, each.place)
        count = [each.day.isoformat(), each.row, str(each.counted - (each.moved or ZERO)), each.moved is None]
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
