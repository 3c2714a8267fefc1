"""The rows that posts wrote: those that receipts list, and those of imports too large for that, kept beside them."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from salesaid import ledgers
from salesaid.book.finding import IMPORTS, OWN_FOLDER
from salesaid.core.kinds import Kind
from salesaid.core.posts import PostedRow
from salesaid.core.rows import Block
from salesaid.storage import receipts
from salesaid.storage.receipts import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from salesaid.book.reading import Shelf
    from salesaid.storage.spool import Queued

_PIECE = 1 << 20  # bytes


class RowsOfPosts:
    """Every row of every post that stands, read as it is asked for: a large import is never held as a whole."""

    def __init__(self, folder: Path, shelf: Shelf, queue: Sequence[Queued] = ()) -> None:
        self._folder = folder
        self._shelf = shelf
        self._queue = queue

    def rows(self, columns: Collection[str], *, after: int = 0, ledger: str | None = None) -> Iterator[PostedRow]:
        """The rows of posts above a number, of one ledger or of all, in the order in which they were posted.

        They hold at least these columns, and the number of their document. Those that wait for their file come last.
        """
        for receipt in reversed(self._standing(after)):
            entries: Any = receipt.facts.get("entries", ())
            yield from (PostedRow(receipt.seq, id_, cells) for id_, cells in entries if ledger in {None, id_})
            packs: Any = receipt.facts.get("columns", {})
            for id_, ids in packs.items():
                if ledger in {None, id_}:
                    pack = self.unpacked(receipt.seq, id_, ids, columns)
                    yield from (PostedRow(receipt.seq, id_, cells) for cells in pack)
        for each in self._queue:
            own = (PostedRow(each.after + 1, *entry) for entry in each.facts["entries"])
            yield from (row for row in own if row.seq > after and ledger in {None, row.ledger})

    def _standing(self, after: int) -> list[Receipt]:
        """The posts above a number that were not taken back, newest first."""
        found: list[Receipt] = []
        undone: set[int | None] = set()
        for receipt in receipts.receipts(self._folder):
            if receipt.seq <= after:
                break
            if receipt.state == "done" and receipt.seq not in undone:
                undone.add(receipt.undoes)
                found.append(receipt)
        return found

    def unpacked(
        self, seq: int, id_: str, ids: Sequence[str], columns: Collection[str] | None = None
    ) -> Iterator[Mapping[str, str]]:
        """The rows that an import kept as its file has them, in canonical texts: of some columns, by default all.

        `ids` are the columns of the rows, as the import's receipt names them.
        """
        path = self._folder / OWN_FOLDER / IMPORTS / f"R{seq}.{id_}.rows"
        opened = self._shelf.opened(id_)
        if opened is None or not path.is_file():
            return
        ledger = ledgers.load(id_)
        own = {name: at for at, name in enumerate(ids) if name}
        there = opened._replace(headings=opened.headings._replace(columns=own))
        wanted = [name for name in own if columns is None or name in {*columns, ledger.number}]
        texts = [_Texts(ledger.column(name).kind) for name in wanted]
        for values in self._shelf.rows_of(there, lambda: _blocks(path), None).pick(*wanted):
            cells = zip(wanted, texts, values, strict=True)
            yield {name: text[value] for name, text, value in cells if value is not None and value != ""}


class _Texts(dict[Any, str]):
    """Values of a column as texts, each worked out once."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, value: Any) -> str:
        text = self[value] = self._kind.format(value)
        return text


def _blocks(path: Path) -> Iterator[Block]:
    """The rows of a pack, piece by piece; their numbers are below those of any row of the file."""
    unpacker = zlib.decompressobj()
    rest, number = b"", 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            *whole, rest = (rest + unpacker.decompress(piece)).split(b"\x1e")
            if whole:
                rows = [row.decode("utf-8", "surrogatepass").split("\x1f") for row in whole]
                yield range(number - len(rows), number), rows
                number -= len(rows)
