"""What the index remembers of a journal's file, and the rows that were written to it since.

A file whose bytes are others may still hold the same rows: a workbook that somebody saved, a CSV that was written
anew. So a digest of the rows' numbers and texts is kept too. Where the first rows still have it, only those below them
are new.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple
from zlib import crc32

from salesaid.book.reading import Opened, Shelf, blocks_of
from salesaid.core.rows import Block
from salesaid.storage.contract import Aside, Stamp
from salesaid.storage.csv_layout import Mark

_HELD = 200_000  # rows that are kept at hand while it is open whether the index knows them
_LIST = 5  # bytes before the items of a list in marshal's form


class Digest(NamedTuple):
    """Rows in short: how many, the CRC-32 of their numbers and of their texts; those the store set aside likewise."""

    rows: int = 0
    numbers: int = 0
    texts: int = 0
    last: int = 0  # the lowest row's number, set aside or not
    aside: int = 0

    def with_block(self, block: Block) -> Digest:
        """The digest of these rows and those of a block below them."""
        numbers, cells = block
        if not cells:
            return self
        of_numbers = crc32(array("I", numbers).tobytes(), self.numbers)
        # Each text with its length before it, in a form that has stayed the same since Python 3.0.
        of_texts = crc32(memoryview(marshal.dumps(list(cells), 0))[_LIST:], self.texts)
        return Digest(self.rows + len(cells), of_numbers, of_texts, max(self.last, numbers[-1]), self.aside)

    def with_aside(self, aside: Iterable[Aside]) -> Digest:
        """The digest when these rows below were set aside by the store."""
        last, crc = self.last, self.aside
        for row, reason in sorted(aside):
            last, crc = max(last, row), crc32(f"{row} {reason.zh}\n".encode("utf-8", "surrogatepass"), crc)
        return self._replace(last=last, aside=crc)


class Tail(NamedTuple):
    """A journal whose file is not what the index knows: its new rows, and what to know of the file from now on."""

    opened: Opened
    blocks: list[Block]
    known: dict[str, Any]


def tail_of(shelf: Shelf, opened: Opened, known: Mapping[str, Any] | None, *, exact: bool) -> Tail | None:
    """The rows written since; None where more than the tail changed."""
    sheet: Any = opened.sheet
    if known is None:
        return _new_rows(shelf, opened, Digest())
    facts = known["facts"]
    if not exact and list(sheet.stamp) == facts["stamp"]:
        return Tail(opened, [], dict(known))
    if not _is_laid_out(opened, known):
        return None
    if sheet.stamp.size >= facts["size"] and sheet.checksum(facts["size"]) == facts["crc"]:
        if sheet.stamp.size == facts["size"]:
            return Tail(opened, [], {**known, "facts": facts_now(opened)})
        if opened.is_csv and sheet.resumes(Mark(*known["mark"])):
            return _grown(opened, known)
    digest = _digest(known)
    return None if digest is None else _new_rows(shelf, opened, digest)


def _is_laid_out(opened: Opened, known: Mapping[str, Any]) -> bool:
    """Whether the columns are those that the known rows were read by."""
    sheet, facts = opened.sheet, known["facts"]
    same: bool = list(sheet.headings) == facts["headings"] and sheet.facts.get("sheet") == facts.get("sheet")
    return same and opened.headings.columns == known["columns"]


def _digest(known: Mapping[str, Any]) -> Digest | None:
    return Digest(*known["digest"]) if known["digest"] else None


def _grown(opened: Opened, known: Mapping[str, Any]) -> Tail:
    sheet: Any = opened.sheet
    blocks = list(blocks_of(sheet.rows(Mark(*known["mark"]))))
    return Tail(opened, blocks, known_of(opened, facts_now(opened), grown(_digest(known), blocks, sheet.aside)))


def grown(digest: Digest | None, blocks: Iterable[Block], aside: Iterable[Aside]) -> Digest | None:
    """The digest of a file to whose end rows were added; None where it was not known."""
    if digest is None:
        return None
    for block in blocks:
        digest = digest.with_block(block)
    return digest.with_aside(aside)


def _new_rows(shelf: Shelf, opened: Opened, known: Digest) -> Tail | None:
    """The rows below those that are known, found by reading all of them; None where those above are others."""
    digest, tail, held = Digest(), list[Block](), list[Block]()
    same = True
    blocks = iter(shelf.file_blocks(opened.ledger.id))
    for block in blocks:
        held += [block] if known.rows <= _HELD else []
        above, below = _parted(block, known.rows - digest.rows)
        digest = digest.with_block(above)
        if digest.rows == known.rows and below[1]:
            same = digest[:3] == known[:3]
            if not same:
                break
            tail.append(below)
    aside = opened.sheet.aside if same else ()
    if same and _holds(digest, known, tail, aside):
        whole = grown(known, tail, [each for each in aside if each.row > known.last])
        return Tail(opened, tail, known_of(opened, facts_now(opened), whole))
    if held:
        shelf.keep(opened.ledger.id, chain(held, blocks))
    return None


def _parted(block: Block, count: int) -> tuple[Block, Block]:
    numbers, cells = block
    return (numbers[:count], cells[:count]), (numbers[count:], cells[count:])


def _holds(digest: Digest, known: Digest, tail: list[Block], aside: Iterable[Aside]) -> bool:
    """Whether the rows above are the known ones, and all others lie below these."""
    before = Digest().with_aside(each for each in aside if each.row <= known.last)
    below = not tail or tail[0][0][0] > known.last
    return digest[:3] == known[:3] and before.aside == known.aside and below


def known_of(opened: Opened, facts: Mapping[str, Any], digest: Digest | None) -> dict[str, Any]:
    """What the index remembers of one journal's file."""
    return {
        "file": opened.file,
        "facts": dict(facts),
        "columns": dict(opened.headings.columns),
        "mark": _mark(opened),
        "digest": digest,
    }


def _mark(opened: Opened) -> list[int]:
    mark = opened.sheet.mark() if opened.is_csv else None  # type: ignore[attr-defined]
    return list(mark) if mark else [opened.sheet.stamp.size, 0]


def facts_now(opened: Opened) -> dict[str, Any]:
    """A file's facts as it was opened."""
    sheet = opened.sheet
    return moved_on(sheet.facts, sheet.stamp, sheet.stamp.size, sheet.checksum())


def moved_on(facts: Mapping[str, Any], stamp: Stamp, size: int, crc: int) -> dict[str, Any]:
    """A file's facts after a post of ours: the same layout, more bytes."""
    return {**facts, "stamp": list(stamp), "size": size, "crc": crc}
