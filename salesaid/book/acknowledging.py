"""The rows that the ledgers have to hold by what was posted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesaid.core.posts import Acknowledged
from salesaid.storage import receipts
from salesaid.storage.receipts import Receipt

if TYPE_CHECKING:
    from salesaid.storage.spool import Queued

Unpack = Callable[[int, str, Sequence[str]], Iterator[Mapping[str, str]]]
"""The rows that an import added to a ledger, from its number and the ids of their columns."""

_WATCHED = 20_000  # rows of one import; to hold more of them against a file takes seconds


def acknowledged(
    folder: Path,
    queue: Sequence[Queued] = (),
    leave_out: Sequence[str] = ("settles",),
    only: Collection[str] | None = None,
    large: Unpack | None = None,
) -> list[Acknowledged]:
    """The rows that the ledgers have to hold by what was posted, oldest first; those of some ledgers `only`.

    Not those of a post that was undone or whose undo was interrupted, those that were put back by another, and those
    given up on purpose. The rows of imports that receipts do not list are asked of `large`; where they are very many,
    they are left out.
    """
    found: list[Acknowledged] = []
    undone: set[int | None] = set()
    half_undone: int | None = None
    settled = {(seq, place) for each in queue for fact in leave_out for seq, place in each.facts.get(fact, ())}
    for receipt in receipts.receipts(folder) if only is None else _of(folder, only, leave_out):
        if receipt.state == "pending":
            half_undone = receipt.undoes
        if receipt.state != "done" or receipt.seq in undone:
            continue
        undone.add(receipt.undoes)
        if receipt.seq == half_undone:
            continue
        facts: Mapping[str, Any] = receipt.facts
        settled.update((seq, place) for fact in leave_out for seq, place in facts.get(fact, ()))
        rows = [*_listed(receipt.seq, facts), *(_large(receipt.seq, facts, only, large) if large else ())]
        own = [each for each in rows if only is None or each.ledger in only]
        found += [each for each in reversed(own) if (each.seq, each.place) not in settled]
    return found[::-1]


def _of(folder: Path, ledgers_: Collection[str], facts: Sequence[str]) -> Iterator[Receipt]:
    """The receipts that speak of some ledgers, or settle something."""
    parts = [f'["{id_}",' for id_ in ledgers_] + [f'"{id_}":[' for id_ in ledgers_] + [f'"{fact}":[[' for fact in facts]
    return receipts.receipts_with(folder, *(part.encode() for part in parts))


def _listed(seq: int, facts: Mapping[str, Any]) -> Iterator[Acknowledged]:
    """The rows that one post added, then those of registers that it changed."""
    entries, edits = facts.get("entries", ()), facts.get("edits", ())
    for at, entry in enumerate(entries):
        yield Acknowledged(seq, at, *entry)
    for at, ((id_, cells), before) in enumerate(zip(edits, facts.get("before", ()), strict=False), len(entries)):
        yield Acknowledged(seq, at, id_, cells, before)


def _large(
    seq: int, facts: Mapping[str, Any], only: Collection[str] | None, unpack: Unpack
) -> Iterator[Acknowledged]:  # fmt: skip
    """The rows that an import added and its receipt only counts."""
    place = len(facts.get("entries", ())) + len(facts.get("edits", ()))
    for id_, ids in facts.get("columns", {}).items():
        count = facts["rows"][id_]
        if count <= _WATCHED and (only is None or id_ in only):
            for at, cells in enumerate(unpack(seq, id_, ids)):
                yield Acknowledged(seq, place + at, id_, cells)
        place += count
