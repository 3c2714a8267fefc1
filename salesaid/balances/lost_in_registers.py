"""What posts entered in registers and changed there, and a person's later save took back (RELIABILITY.md P10).

People edit registers, so a cell that says something new is theirs. What is told is a row that is gone, and a cell that
says again what it said before a post changed it: that is what an old copy brings back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from salesaid.balances.lost_rows import Difference, LostRow, as_said, said
from salesaid.core.posts import Acknowledged
from salesaid.core.rows import Rows
from salesaid.core.schema import Ledger

Key = tuple[str, ...]


class _There(NamedTuple):
    """A row of the file, by what its cells say."""

    row: int
    cells: Mapping[str, str]


class _Changed(NamedTuple):
    """A cell as posts changed it: the newest of them, what it said before any of them, and all their places."""

    newest: Acknowledged
    before: frozenset[str]
    places: tuple[tuple[int, int], ...]


def lost_in_registers(
    acknowledged: Sequence[Acknowledged],
    products: Rows,
    customers: Rows,
    suppliers: Rows,
    aliases: Rows,
    targets: Rows,
    freight_rates: Rows,
) -> list[LostRow]:
    """Rows of registers that are gone, and cells that an old copy brought back, in the order they were posted in."""
    every = (products, customers, suppliers, aliases, targets, freight_rates)
    return lost_from(acknowledged, {rows.ledger.id: rows for rows in every})


def lost_from(acknowledged: Sequence[Acknowledged], registers: Mapping[str, Rows]) -> list[LostRow]:
    """The same of these registers alone."""
    by_ledger: dict[str, list[Acknowledged]] = defaultdict(list)
    for each in acknowledged:
        by_ledger[each.ledger].append(each)
    found: list[LostRow] = []
    for id_, rows in registers.items():
        if by_ledger[id_] and all(rows.has(name) for name in rows.ledger.key[:1]):
            found += _Register(rows.until(None), by_ledger[id_]).lost()
    return sorted(found, key=lambda each: (each.posted.seq, each.posted.place))


class _Register:
    """One register's rows beside what was posted to it."""

    def __init__(self, rows: Rows, posted: Sequence[Acknowledged]) -> None:
        self._file, self._ledger = rows.file, rows.ledger
        self._key = tuple(name for name in rows.ledger.key if rows.has(name))
        self._added: dict[Key, list[Acknowledged]] = defaultdict(list)
        self._edited: dict[Key, list[Acknowledged]] = defaultdict(list)
        for each in posted:
            (self._added if each.before is None else self._edited)[self._key_of(each)].append(each)
        self._there = _read(rows, {name for each in posted for name in (*each.cells, *self._key)}, self._key)

    def _key_of(self, posted: Acknowledged) -> Key:
        return tuple(as_said(self._ledger, name, posted.cells.get(name, "")) for name in self._key)

    def lost(self) -> Iterator[LostRow]:
        """What is gone, and what says again what it said before."""
        for key, added in self._added.items():
            for each in self._gone(key, _newest(self._ledger, added)):
                edits = [edit for edit in self._edited[key] if edit.seq > each.seq]
                cells = {**each.cells, **{name: text for edit in edits for name, text in edit.cells.items()}}
                yield LostRow(each._replace(cells=cells), self._file, also=_places(edits))
        for key, edits in self._edited.items():
            since = max((each.seq for each in self._added[key]), default=0) if key in self._added else 0
            own = self._there.get(key, ())
            if len(own) == 1:
                yield from self._brought_back([each for each in edits if each.seq > since], own[0])

    def _gone(self, key: Key, added: Sequence[Acknowledged]) -> Sequence[Acknowledged]:
        """The rows of one key that the file lacks. Where several goods have one name, their models tell them apart."""
        models = [there.cells.get("model", "") for there in self._there.get(key, ())]
        left = []
        for each in added:
            model = as_said(self._ledger, "model", each.cells.get("model", "")) if "model" in each.cells else ""
            if model in models:
                models.remove(model)
            else:
                left.append(each)
        return left[len(models) :]

    def _brought_back(self, edits: Sequence[Acknowledged], there: _There) -> Iterator[LostRow]:
        """The posts of whose cells some say again what they said before; no post of which that is not so."""
        found: dict[tuple[int, int], list[tuple[Difference, _Changed]]] = defaultdict(list)
        for name, cell in _changed(self._ledger, edits).items():
            now, new = there.cells.get(name), as_said(self._ledger, name, cell.newest.cells[name])
            if now is not None and now != new and now in cell.before:
                mark = cell.newest.seq, cell.newest.place
                found[mark].append((Difference(name, new, now), cell))
        for mark, cells in found.items():
            newest = cells[0][1].newest
            also = dict.fromkeys(place for _, cell in cells for place in cell.places if place != mark)
            yield LostRow(newest, self._file, there.row, tuple(each for each, _ in cells), tuple(also))


def _newest(ledger: Ledger, added: Sequence[Acknowledged]) -> list[Acknowledged]:
    """Of rows that were entered again, since they had gone, the newest."""
    found: dict[str, Acknowledged] = {}
    for each in added:
        model = each.cells.get("model", "") if ledger.id == "products" else ""
        found[as_said(ledger, "model", model) if model else ""] = each
    return [*found.values()]


def _changed(ledger: Ledger, edits: Sequence[Acknowledged]) -> dict[str, _Changed]:
    """The cells that the edits of one row changed."""
    found: dict[str, list[Acknowledged]] = defaultdict(list)
    for each in edits:
        for name in each.before or {}:
            found[name].append(each)
    cells = {}
    for name, own in found.items():
        before = frozenset(as_said(ledger, name, (each.before or {})[name]) for each in own)
        cells[name] = _Changed(own[-1], before, _places(own))
    return cells


def _places(posts: Iterable[Acknowledged]) -> tuple[tuple[int, int], ...]:
    return tuple((each.seq, each.place) for each in posts)


def _read(rows: Rows, names: Iterable[str], key: Sequence[str]) -> dict[Key, list[_There]]:
    """The rows of a register by what their key says."""
    read = [name for name in dict.fromkeys((*key, *sorted(names))) if rows.has(name)]
    kinds = [rows.ledger.column(name).kind for name in read]
    found: dict[Key, list[_There]] = defaultdict(list)
    for row, *values in rows.pick("row", *read):
        texts = {name: said(kind, value) for name, kind, value in zip(read, kinds, values, strict=True)}
        found[tuple(texts[name] for name in key)].append(_There(row, texts))
    return found
