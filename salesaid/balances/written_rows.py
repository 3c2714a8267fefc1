"""Where names stand as rows write them: the first row of each way of writing in each ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salesaid.balances.catalogue import Catalogue
from salesaid.balances.parties import Parties
from salesaid.balances.written_names import Kinds, identity, kinds_of
from salesaid.core.keys import NameKind
from salesaid.core.rows import Rows


class Spot(NamedTuple):
    """The first of the rows of a ledger that write a name in one way; `rows` is how many do."""

    ledger: str
    row: int
    name: str
    model: str
    rows: int


def written_rows(
    journals: Mapping[str, Rows], catalogue: Catalogue, customer_names: Parties, supplier_names: Parties
) -> WrittenRows:
    """The journals' ways of writing."""
    return WrittenRows(journals, kinds_of(catalogue, customer_names, supplier_names))


class WrittenRows:
    """Each ledger is gone through once a kind, when a name of that kind is first asked for."""

    def __init__(self, journals: Mapping[str, Rows], kinds: Kinds) -> None:
        self._journals = journals
        self._kinds = kinds
        self._spots: dict[NameKind, list[Spot]] = {}
        self._by_name: dict[NameKind, dict[str, list[Spot]]] = {}

    def spots(self, kind: NameKind) -> list[Spot]:
        """Every way of writing in every ledger."""
        if kind not in self._spots:
            self._spots[kind] = [spot for rows in self._journals.values() for spot in _spots(rows, kind)]
        return self._spots[kind]

    def written(self, kind: NameKind, name: str, model: str = "") -> list[Spot]:
        """Where a name is written in just this way."""
        return [spot for spot in self._of(kind).get(name, ()) if (spot.name, spot.model) == (name, model)]

    def counted(self, kind: NameKind, name: str) -> Iterator[Spot]:
        """The first row in each ledger that counts under a canonical name, with how many there are."""
        first: dict[str, Spot] = {}
        for spot in self._of(kind).get(f"\n{name}", ()):
            known = first.get(spot.ledger)
            first[spot.ledger] = known._replace(rows=known.rows + spot.rows) if known else spot
        yield from first.values()

    def _of(self, kind: NameKind) -> dict[str, list[Spot]]:
        """The spots by written name, and by canonical name behind a line feed, which no cell begins with."""
        if kind not in self._by_name:
            by_name = self._by_name[kind] = {}
            known = self._kinds[kind]
            for spot in self.spots(kind):
                id_ = (
                    known.identify(spot.name, spot.model)
                    if isinstance(known, Catalogue)
                    else identity(spot.name, known)
                )
                by_name.setdefault(spot.name, []).append(spot)
                by_name.setdefault(f"\n{id_}", []).append(spot)
        return self._by_name[kind]


def _spots(rows: Rows, kind: NameKind) -> list[Spot]:
    declared = {column.id for column in rows.ledger.columns}
    model = "model" if kind == "product" and "model" in declared else ""
    if not rows.has(kind) and not (model and rows.has(model)):
        return []
    first: dict[tuple[str, ...], list[int]] = {}
    for number, written in rows.pick("row", (kind, model) if model else (kind,)):
        known = first.get(written)
        if known is None:
            first[written] = [number, 1]
        else:
            known[1] += 1
    stripped = ((tuple(map(str.strip, written)), place) for written, place in first.items())
    return [
        Spot(rows.ledger.id, place[0], written[0], written[1] if model else "", place[1])
        for written, place in stripped
        if any(written)
    ]
