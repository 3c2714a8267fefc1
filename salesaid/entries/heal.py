"""Rows that a person's save took out of the ledgers: put back at the end, or let go because it was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from salesaid import ledgers
from salesaid.balances.lost_rows import Difference, LostRow, sentence
from salesaid.core.entries import Decision, Edit, Entry, Value
from salesaid.core.errors import Refused
from salesaid.core.tables import Note
from salesaid.core.text import Text, joined, same


class NothingLost(Refused):
    """A receipt is named of which no row is missing or changed."""

    def __init__(self, receipt: str, lost: Sequence[LostRow]) -> None:
        there = joined([same(each) for each in dict.fromkeys(each.posted.receipt for each in lost)])
        super().__init__(
            Text(f"{receipt} 没有不见或被改的行", f"no row of {receipt} is missing or changed"),
            Text(f"有的是：{there.zh}", f"those that have: {there.en}")
            if lost
            else Text("salesaid log 列出全部回执", "salesaid log lists all receipts"),
        )


def heal(
    lost_rows: Sequence[LostRow],
    lost_in_registers: Sequence[LostRow],
    *,
    receipts: Sequence[str] = (),
    accept: bool = False,
) -> Decision:
    """Put back the rows that are gone, of some receipts or of all; with `accept` let them and the changed ones be.

    Cells of registers that an old copy brought back get their newer values again; what was changed in a journal is only
    shown. Raises NothingLost.
    """
    chosen = _chosen([*lost_rows, *lost_in_registers], [each.strip().upper() for each in receipts])
    if accept:
        return _accepted(chosen)
    gone, changed = [each for each in chosen if each.is_gone], [each for each in chosen if not each.is_gone]
    added = {each.posted.ledger for each in gone}
    old = [each for each in changed if each.posted.before is not None]
    # A post adds rows to a file or changes rows of it, never both.
    mended = [each for each in old if each.posted.ledger not in added]
    left = [each for each in changed if each.posted.before is None]
    notes = [*_notes([*gone, *map(_turned, mended)], "put_back", "info"), *_notes(left, "changed", "warning")]
    if len(old) > len(mended):
        notes.append(_once_more(len(old) - len(mended)))
    if left:
        notes.append(_unhealed())
    entries = tuple(Entry(each.posted.ledger, _values(each)) for each in gone)
    return Decision(
        _said(gone, mended, left), entries, tuple(_edits(mended)), notes=tuple(notes), settles=_places(gone)
    )


def _turned(each: LostRow) -> LostRow:
    """A row that is put right, from what it says now to what was posted."""
    return each._replace(differences=tuple(Difference(column, new, old) for column, old, new in each.differences))


def _edits(mended: Sequence[LostRow]) -> Iterator[Edit]:
    """The newest values of the cells, an edit a row."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], dict[str, Value]] = {}
    for each in mended:
        ledger, cells = ledgers.load(each.posted.ledger), each.posted.cells
        key = tuple((name, cells[name]) for name in ledger.key if name in cells)
        own = found.setdefault((ledger.id, key), {})
        for name, old, _ in each.differences:
            value: Any = ledger.column(name).kind.parse(old)
            own[name] = value
    return (Edit(id_, dict(key), cells) for (id_, key), cells in found.items())


def _chosen(lost: Sequence[LostRow], receipts: Sequence[str]) -> list[LostRow]:
    for receipt in receipts:
        if receipt not in {each.posted.receipt for each in lost}:
            raise NothingLost(receipt, lost)
    return [each for each in lost if not receipts or each.posted.receipt in receipts]


def _accepted(chosen: Sequence[LostRow]) -> Decision:
    count = len(chosen)
    said = Text(f"已认可 {count} 行：不再提起", f"{count} {_rows(count)} let be, and not spoken of again")
    if not chosen:
        said = _ALL_THERE
    return Decision(said, notes=tuple(_notes(chosen, "accepted", "info")), settles=_places(chosen))


_ALL_THERE = Text("记过账的行都在，没有被改", "all rows that were posted are there and unchanged")


def _said(gone: Sequence[LostRow], mended: Sequence[LostRow], changed: Sequence[LostRow]) -> Text:
    if not gone and not mended and not changed:
        return _ALL_THERE
    parts = []
    if gone:
        count = len(gone)
        parts.append(Text(f"已补回 {count} 行", f"{count} {_rows(count)} put back"))
    if mended:
        count, done = len(mended), "" if gone else "已"
        said = f"{count} {_rows(count)} say{'s' if count == 1 else ''} again what was posted"
        parts.append(Text(f"{done}改回 {count} 行", said))
    if changed:
        count = len(changed)
        parts.append(Text(f"{count} 行被改过，没有动", f"{count} changed {_rows(count)} left as they are"))
    return Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _rows(count: int) -> str:
    return "row" if count == 1 else "rows"


def _notes(lost: Sequence[LostRow], code: str, level: str) -> list[Note]:
    return [Note(code, "warning" if level == "warning" else "info", sentence(each)) for each in lost]


def _unhealed() -> Note:
    text = Text(
        "改错了的请在表里改回原来的值；有意改的，用 salesaid heal --accept 认可",
        "what was changed by mistake is mended in the sheet itself; what was meant: salesaid heal --accept",
    )
    return Note("changed_by_hand", "info", text)


def _once_more(count: int) -> Note:
    text = Text(
        f"同一个表里还有 {count} 行要改回：再执行一次 salesaid heal",
        f"{count} more {_rows(count)} of the same file to be put right: run salesaid heal once more",
    )
    return Note("once_more", "warning", text)


def _places(lost: Sequence[LostRow]) -> tuple[tuple[int, int], ...]:
    return tuple(place for each in lost for place in each.places)


def _values(each: LostRow) -> dict[str, Value]:
    column = ledgers.load(each.posted.ledger).column
    values: dict[str, Any] = {name: column(name).kind.parse(text) for name, text in each.posted.cells.items() if text}
    return values
