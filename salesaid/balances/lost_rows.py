"""Rows that posts wrote and that a person's later save took out of a ledger or changed (RELIABILITY.md P10).

A row may have moved, its file may be sorted, filtered, written anew with other columns beside or in another order, its
figures and dates in other forms: it is the same while every cell that the post wrote still says the same. What a person
wrote into a cell that the post left blank changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid import ledgers
from salesaid.core.kinds import Kind
from salesaid.core.posts import Acknowledged
from salesaid.core.rows import Rows
from salesaid.core.schema import Ledger
from salesaid.core.text import Text

_ZERO = "0"
_MANY = 50  # rows of one day and product: too many to tell which of them one has become


class Difference(NamedTuple):
    """A cell that says other than was posted; `new` is blank where it says nothing that can be read."""

    column: str
    old: str
    new: str


class LostRow(NamedTuple):
    """A posted row that its ledger no longer holds as it was posted.

    `differences` are how the row now differs, which stands in row `row` of `file`; none where the row is gone.
    """

    posted: Acknowledged
    file: str
    row: int | None = None
    differences: tuple[Difference, ...] = ()
    also: tuple[tuple[int, int], ...] = ()  # other posts of the same cells: their numbers, the rows' places in them

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """The posts that wrote it: their numbers, the rows' places in them."""
        return ((self.posted.seq, self.posted.place), *self.also)

    @property
    def is_gone(self) -> bool:
        """Whether nothing is left of it."""
        return self.row is None


Texts = tuple[str, ...]


class _Found(NamedTuple):
    row: int
    texts: Texts


class _Pair(NamedTuple):
    """A posted row, by its place among the missing ones, and what it may have become."""

    score: int
    place: int
    near: _Found


_Group = tuple[list[int], dict[Texts, list[_Found]]]


def lost_rows(acknowledged: Sequence[Acknowledged], journals: Mapping[str, Rows]) -> list[LostRow]:
    """The posted rows that are gone or changed, in the order in which they were posted."""
    found: list[LostRow] = []
    by_ledger: dict[str, list[Acknowledged]] = defaultdict(list)
    for each in acknowledged:
        by_ledger[each.ledger].append(each)
    for id_, posted in by_ledger.items():
        if id_ in journals:
            found += _Ledger(journals[id_].until(None), posted).lost()
    return sorted(found, key=lambda each: (each.posted.seq, each.posted.place))


def sentence(each: LostRow) -> Text:
    """One row: its receipt, what it is, and how it differs."""
    ledger = ledgers.load(each.posted.ledger)
    cells = each.posted.cells
    journal = (ledger.number or "", "customer", "supplier", "product", "qty", "amount")
    named = ledger.key if ledger.kind == "register" else journal
    what = " ".join(cells[name] for name in named if cells.get(name))
    head = Text(
        f"{each.posted.receipt} {ledger.title.zh} {what}", f"{each.posted.receipt} {ledger.title.en.lower()} {what}"
    )
    if each.is_gone:
        return head + Text(" 不见了", " is gone")
    cells_zh = "、".join(
        f"{ledger.column(d.column).heading.zh} {d.old} → {d.new or '（空）'}" for d in each.differences
    )
    cells_en = ", ".join(
        f"{ledger.column(d.column).heading.en} {d.old} → {d.new or '(blank)'}" for d in each.differences
    )
    return head + Text(f"（{each.file} 第 {each.row} 行）{cells_zh}", f" ({each.file} row {each.row}) {cells_en}")


class _Ledger:
    """One ledger's rows beside those that were posted to it."""

    def __init__(self, rows: Rows, posted: Sequence[Acknowledged]) -> None:
        self._file, self._ledger = rows.file, rows.ledger
        written = {name for each in posted for name in each.cells}
        self._columns = [column.id for column in rows.ledger.every_column if column.id in written & {*rows.columns}]
        self._posted = [(each, self._texts_of(each)) for each in posted]
        self._rows = rows

    def lost(self) -> Iterator[LostRow]:
        """What is gone or changed: each row is held against the one of the file that says most of what was posted."""
        missing, others = self._unequal()
        found: dict[int, _Found] = {}
        taken: set[int] = set()
        for pair in sorted(self._pairs(missing, others), key=lambda pair: (-pair.score, pair.place, pair.near.row)):
            if pair.place not in found and pair.near.row not in taken:
                found[pair.place] = pair.near
                taken.add(pair.near.row)
        for place, (each, texts) in enumerate(missing):
            if place not in found:
                yield LostRow(each, self._file)
            elif not _says_all(texts, found[place].texts):
                near = found[place]
                yield LostRow(each, self._file, near.row, self._differences(texts, near.texts))

    def _pairs(self, missing: Sequence[tuple[Acknowledged, Texts]], others: Sequence[_Found]) -> Iterator[_Pair]:
        """What may be the same row: with the same number and half of it the same, or with nothing else than another."""
        groups = [self._sorted_in(others, (self._ledger.number,)), self._sorted_in(others, ("date", "product"))]
        groups[1][1].update({key: [] for key, rows in groups[1][1].items() if len(rows) > _MANY})
        for place, (_, texts) in enumerate(missing if others else ()):
            most = sum(map(bool, texts))
            for (at, rows), least in zip(groups, ((most + 1) // 2, most - 1), strict=True):
                for near in rows.get(tuple(texts[column] for column in at), ()):
                    score = _agreeing(texts, near.texts)
                    if score >= least:
                        yield _Pair(score + len(texts) * _says_all(texts, near.texts), place, near)

    def _unequal(self) -> tuple[list[tuple[Acknowledged, Texts]], list[_Found]]:
        """The posted rows without an equal one in the file, and the rows of the file that equal none."""
        wanted = Counter(texts for _, texts in self._posted)
        others: list[_Found] = []
        for row, texts in self._read():
            if wanted[texts] > 0:
                wanted[texts] -= 1
            else:
                others.append(_Found(row, texts))
        missing = []
        for each, texts in reversed(self._posted):
            if wanted[texts] > 0:
                wanted[texts] -= 1
                missing.append((each, texts))
        return missing[::-1], others

    def _read(self) -> Iterator[tuple[int, Texts]]:
        memos: list[dict[Any, str]] = [{} for _ in self._columns]
        kinds = [self._ledger.column(name).kind for name in self._columns]
        for row, *values in self._rows.pick("row", *self._columns):
            texts = []
            for memo, kind, value in zip(memos, kinds, values, strict=True):
                if value not in memo:
                    memo[value] = said(kind, value)
                texts.append(memo[value])
            yield row, tuple(texts)

    def _texts_of(self, each: Acknowledged) -> Texts:
        return tuple(as_said(self._ledger, name, each.cells.get(name, "")) for name in self._columns)

    def _sorted_in(self, rows: Iterable[_Found], names: Sequence[str | None]) -> _Group:
        """The rows by their texts in some columns; none where the file lacks one of these."""
        places = [self._columns.index(name) for name in names if name in self._columns]
        found: dict[Texts, list[_Found]] = defaultdict(list)
        for row in rows if len(places) == len(names) else ():
            found[tuple(row.texts[place] for place in places)].append(row)
        return places, found

    def _differences(self, old: Texts, new: Texts) -> tuple[Difference, ...]:
        cells = zip(self._columns, old, new, strict=True)
        return tuple(Difference(name, before, now) for name, before, now in cells if before and before != now)


def _says_all(old: Texts, new: Texts) -> bool:
    """Whether a row says all that was posted, and maybe more."""
    return all(before in {"", now} for before, now in zip(old, new, strict=True))


def _agreeing(old: Texts, new: Texts) -> int:
    return sum(bool(before) and before == now for before, now in zip(old, new, strict=True))


def as_said(ledger: Ledger, name: str, text: str) -> str:
    """A cell as the journal holds it, in the form that cells of files are compared in."""
    kind = ledgers.load(ledger.id).column(name).kind
    if name == "action" and not text:
        text = ledger.actions[0].id
    try:
        return said(kind, kind.parse(text))
    except ValueError:
        return text.strip()


def said(kind: Kind, value: object) -> str:
    """What a value says, however a file writes it; figures of nothing say nothing."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value.normalize():f}"
        return "" if text == _ZERO else text
    if isinstance(value, date):
        return value.isoformat()
    return "\n".join(line.strip() for line in kind.format(value).strip().splitlines())
