"""The rows of an import on their way: canonical texts in a temporary file, a key a row, the names that they write."""

from __future__ import annotations

import marshal
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import IO, NamedTuple, TypeVar

from salesaid.balances.import_names import Units
from salesaid.core.clerk_rows import Batch
from salesaid.core.schema import Ledger
from salesaid.core.surplus import surplus

T = TypeVar("T")

_KEY = 8  # bytes
_LENGTH = 4
_REMEMBERED = 10_000  # texts of one column


class Rows(NamedTuple):
    """Some rows of one ledger: which of its columns, and their texts by column."""

    ids: tuple[str, ...]
    columns: Sequence[Sequence[str]]


class _Ledger:
    """What was read for one ledger."""

    def __init__(self) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed with the spool
        self.keys = array("Q")
        self.ends: list[int] = []  # how many rows were read when each file ended
        self.examples: dict[str, str] = {}
        self.actions: set[str] = set()
        self.parts: dict[str, _Parts] = {}
        self.products: Counter[tuple[str, str]] = Counter()
        self.units: set[tuple[str, str, str]] = set()
        self.customers: Counter[str] = Counter()
        self.suppliers: Counter[str] = Counter()


class Spool:
    """The rows of one import by ledger. Close it."""

    def __init__(self) -> None:
        self._ledgers: dict[str, _Ledger] = {}
        self._declared: dict[str, Ledger] = {}

    def add(self, ledger: Ledger, ids: Sequence[str], batch: Batch) -> None:
        """Take some rows of a sheet."""
        if ledger.id not in self._ledgers:
            self._ledgers[ledger.id] = _Ledger()
        own = self._ledgers[ledger.id]
        self._declared[ledger.id] = ledger
        data = marshal.dumps((tuple(ids), [list(column) for column in batch.columns]))
        own.file.write(len(data).to_bytes(_LENGTH, "little") + data)  # marshal itself would read byte by byte
        own.keys.extend(_keys(ledger, ids, batch.columns, own.parts))
        for id_, column in zip(ids, batch.columns, strict=True):
            if id_ not in own.examples and any(column):
                own.examples[id_] = next(filter(None, column))
        own.actions.update(batch.columns[ids.index("action")] if "action" in ids else [""])
        _count_names(own, ids, batch.columns)

    def end_file(self) -> None:
        """A file has been read to its end: rows of the next one are held against it."""
        for own in self._ledgers.values():
            own.ends.append(len(own.keys))

    @property
    def ledgers(self) -> tuple[str, ...]:
        """The ledgers for which there are rows."""
        return tuple(id_ for id_, own in self._ledgers.items() if own.keys)

    def keys(self, id_: str) -> array[int]:
        """A key a row, in the order of rows()."""
        return self._ledgers[id_].keys

    def examples(self, id_: str) -> Mapping[str, str]:
        """A text of every column in which some row holds something."""
        return self._ledgers[id_].examples

    def actions(self, id_: str) -> set[str]:
        """The actions of its rows; "" for the first one, unsaid."""
        return self._ledgers[id_].actions

    def rows(self, id_: str) -> Iterator[Rows]:
        """The rows, as they were added."""
        file = self._ledgers[id_].file
        file.seek(0)
        left = len(self._ledgers[id_].keys)
        while left > 0:
            length = int.from_bytes(file.read(_LENGTH), "little")
            ids, columns = marshal.loads(file.read(length))  # noqa: S302 - written above, into a file without a name
            left -= len(columns[0])
            yield Rows(ids, columns)

    def new_rows(self, id_: str, earlier: array[int]) -> bytearray:
        """1 for each row that is to be added, 0 for one that earlier imports, of these keys, have brought already."""
        own = self._ledgers[id_]
        return surplus(own.keys, [*dict.fromkeys((*own.ends, len(own.keys)))], earlier)

    @property
    def products(self) -> Counter[tuple[str, str]]:
        """How many rows write each (product, model)."""
        return _sum(own.products for id_, own in self._ledgers.items() if id_ != "products")

    @property
    def units(self) -> Units:
        """The units that rows write beside each (product, model)."""
        found: Units = {}
        for id_, own in self._ledgers.items():
            for product, model, unit in own.units if id_ != "products" else ():
                found.setdefault((product.strip(), model.strip()), set()).add(unit.strip())
        return found

    @property
    def customers(self) -> Counter[str]:
        """How many rows write each customer."""
        return _sum(own.customers for id_, own in self._ledgers.items() if id_ != "customers")

    @property
    def suppliers(self) -> Counter[str]:
        """How many rows write each supplier."""
        return _sum(own.suppliers for id_, own in self._ledgers.items() if id_ not in {"suppliers", "products"})

    def close(self) -> None:
        """Let the temporary files go."""
        for own in self._ledgers.values():
            own.file.close()


def _sum(counters: Iterable[Counter[T]]) -> Counter[T]:
    total: Counter[T] = Counter()
    for each in counters:
        total.update(each)
    return total


class _Parts(dict[str, str]):
    """What each text of one column adds to its row's key: nothing where it is blank."""

    def __init__(self, ledger: Ledger, id_: str, first: str) -> None:
        super().__init__()
        self._id = id_
        self._first = first if id_ == "action" else ""
        self._is_figure = ledger.column(id_).kind.align == "right"

    def _plain(self, text: str) -> str:
        """12 for 12.00: one program writes zeros where another does not."""
        if self._is_figure and "." in text:
            return text.rstrip("0").rstrip(".")
        return text.strip()

    def __missing__(self, text: str) -> str:
        part = f"{self._id}={self._plain(text)}\x1f" if text and text != self._first else ""
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = part
        return part


def _keys(
    ledger: Ledger, ids: Sequence[str], columns: Sequence[Sequence[str]], parts: dict[str, _Parts]
) -> Iterator[int]:
    """A key a row, the same whatever order or file its cells come in; blank cells and a first action count as none."""
    first = ledger.actions[0].id if ledger.actions else ""
    for id_ in ids:
        parts.setdefault(id_, _Parts(ledger, id_, first))
    tagged = [map(parts[id_].__getitem__, column) for id_, column in zip(ids, columns, strict=True)]
    for row in map("".join, zip(*tagged, strict=True)):
        digest = blake2b(row.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
        yield int.from_bytes(digest, "little")


def _count_names(own: _Ledger, ids: Sequence[str], columns: Sequence[Sequence[str]]) -> None:
    by_id = dict(zip(ids, columns, strict=True))
    if "product" in by_id or "model" in by_id:
        blank = [""] * len(columns[0])
        pair = by_id.get("product", blank), by_id.get("model", blank)
        own.products.update(zip(*pair, strict=True))
        if "unit" in by_id:
            own.units.update(zip(*pair, by_id["unit"], strict=True))
    if "customer" in by_id:
        own.customers.update(by_id["customer"])
    if "supplier" in by_id:
        own.suppliers.update(by_id["supplier"])
