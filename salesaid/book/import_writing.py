"""The rows of an import as changes of ledger files: in each file's own columns, words and forms, numbered by us."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import compress
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.book.file_forms import Form
from salesaid.book.finding import new_spot
from salesaid.book.import_spool import Spool
from salesaid.book.sayable import require_sayable
from salesaid.book.stores import store_for
from salesaid.book.writing import FormulaText
from salesaid.core.entries import Entry, Value
from salesaid.core.kinds import DATE, DUE, Choice
from salesaid.core.numbers import number
from salesaid.core.schema import Column, Ledger
from salesaid.core.text import Lang
from salesaid.storage.contract import Change, Spooled
from salesaid.storage.csv_store import CsvStore

if TYPE_CHECKING:
    from salesaid.book import Book

LISTED = 2000  # rows that an answer and a receipt list one by one
_ABOVE = 20
_FORMULAS = ("=", "@", "＝", "＠")


class Planned(NamedTuple):
    """What an import adds to one ledger: the change, its rows as they stand there by column, the numbers it gave."""

    ledger: str
    change: Change
    rows: int
    numbers: list[str]
    kept: Spooled  # the rows, packed: what undo looks for
    columns: list[str]  # the id of each of their columns; "" where it is the file's own
    listed: list[Entry]  # the rows one by one, where they are few


def is_large(path: object) -> bool:
    """Whether a ledger's file is a CSV, to which many rows are added at once."""
    return str(path).lower().endswith((".csv", ".tsv", ".txt"))


class LedgerPlan:
    """The rows of one import for one ledger that is a CSV file, or will be."""

    def __init__(
        self, book: Book, id_: str, spool: Spool, fresh: bytearray, *, literal: bool, note: str = ""
    ) -> None:  # fmt: skip
        self._book = book
        self._ledger = ledgers.load(id_)
        self._note = note
        self._spool = spool
        self._fresh = fresh
        self._literal = literal
        self._opened = book.shelf.opened(id_)
        self._lang: Lang = book.settings.language or book.lang
        self._serials: dict[str, int] = {}
        self._packer = zlib.compressobj(1)
        self._packed: IO[bytes] = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed with the import
        self._packed_crc = 0
        self.numbers: list[str] = []
        self.made = 0
        self._listed: list[Entry] = []
        self._lists = sum(fresh) <= LISTED

    def planned(self) -> Planned:
        """The change. Raises MissingColumn, OtherwiseFixed, FormulaText, CannotEncode and the store's trouble."""
        try:
            columns = self._columns()
            self._require_sayable([column.id for column in columns if column is not None])
            change = self._change(columns)
        except BaseException:
            self._packed.close()
            raise
        self._pack(self._packer.flush())
        kept = Spooled(self._packed, self._packed.tell(), self._packed_crc)
        ids = [column.id if column else "" for column in columns]
        return Planned(self._ledger.id, change, self.made, self.numbers, kept, ids, self._listed)

    @property
    def _file(self) -> str:
        return self._opened.file if self._opened else self._new_spot.path.name

    @property
    def _new_spot(self) -> Any:
        return new_spot(self._book.folder, self._book.settings, self._ledger.id, self._lang)

    def _columns(self) -> list[Column | None]:
        """The ledger's column at each place of the file; None: a column of its own that is left blank."""
        if self._opened is None:
            fixed = self._book.settings.ledger(self._ledger.id).fixed
            return [column for column in self._ledger.columns if column.id not in fixed]
        own = {at: id_ for id_, at in self._opened.headings.columns.items()}
        writable = {column.id: column for column in self._ledger.columns}
        return [writable.get(own.get(at, "")) for at in range(len(self._opened.sheet.headings))]

    def _require_sayable(self, there: Sequence[str]) -> None:
        own = self._book.settings.ledger(self._ledger.id)
        for entry in self._representatives():
            require_sayable(entry, self._ledger, own, there, self._file)

    def _representatives(self) -> Iterator[Entry]:
        """For each action a row that says something in every column that some row fills."""
        every = {id_: text for id_, text in self._spool.examples(self._ledger.id).items() if id_ != "action"}
        every |= {"note": self._note} if self._note else {}
        for action in self._spool.actions(self._ledger.id):
            texts = {**every, "action": action}
            row: dict[str, Value] = {id_: value_of(self._ledger, id_, text) for id_, text in texts.items() if text}
            yield Entry(self._ledger.id, row, frozenset(row))

    def _change(self, columns: Sequence[Column | None]) -> Change:
        blocks = self._blocks(columns)
        if self._opened is not None:
            sheet: Any = self._opened.sheet
            added: Change = sheet.append_texts(blocks)
            return added
        spot = self._new_spot
        store: CsvStore = store_for(spot.path)  # type: ignore[assignment]
        headings = [column.heading.in_(self._lang) for column in columns if column is not None]
        return store.create_texts(spot, headings, blocks)

    def _blocks(self, columns: Sequence[Column | None]) -> Iterator[list[list[str]]]:
        forms = self._forms(columns)
        start = 0
        for rows in self._spool.rows(self._ledger.id):
            count = len(rows.columns[0])
            chosen = self._fresh[start : start + count]
            start += count
            if any(chosen):
                by_id = {id_: list(compress(c, chosen)) for id_, c in zip(rows.ids, rows.columns, strict=True)}
                yield self._block(columns, forms, by_id, sum(chosen))

    def _block(
        self, columns: Sequence[Column | None], forms: Sequence[ColumnForm], by_id: dict[str, list[str]], count: int
    ) -> list[list[str]]:
        self._number(columns, by_id, count)
        if self._note:
            by_id["note"] = [text if text.strip() else self._note for text in by_id.get("note", [""] * count)]
        self.made += count
        if self._lists:
            self._list(columns, by_id)
        blank = [""] * count
        texts = [
            form.all(by_id[column.id]) if column is not None and column.id in by_id else blank
            for column, form in zip(columns, forms, strict=True)
        ]
        self._pack(self._packer.compress(packed(texts)))
        return texts

    def _pack(self, data: bytes) -> None:
        self._packed.write(data)
        self._packed_crc = zlib.crc32(data, self._packed_crc)

    def _list(self, columns: Sequence[Column | None], by_id: Mapping[str, Sequence[str]]) -> None:
        ids = [column.id for column in columns if column is not None and column.id in by_id]
        for texts in zip(*(by_id[id_] for id_ in ids), strict=True):
            cells = zip(ids, texts, strict=True)
            row: dict[str, Value] = {id_: value_of(self._ledger, id_, text) for id_, text in cells if text}
            self._listed.append(Entry(self._ledger.id, row))

    def _number(self, columns: Sequence[Column | None], by_id: dict[str, list[str]], count: int) -> None:
        """Give our numbers to rows that have none; events of one wide row, which follow it, share its number."""
        own = self._ledger.number
        if own is None or not any(column is not None and column.id == own for column in columns):
            return
        numbers = by_id.get(own) or [""] * count
        if all(numbers):
            return
        first = self._ledger.actions[0].id if self._ledger.actions else ""
        actions = by_id.get("action") or [first] * count
        given = ""
        filled = []
        for no, day, action in zip(numbers, by_id["date"], actions, strict=True):
            if not no and (action in {"", first} or not given):
                given = self._next(day)
            filled.append(no or given)
        by_id[own] = filled

    def _next(self, day: str) -> str:
        book = self._book
        prefix = book.settings.prefix(self._ledger.id, self._ledger.prefix)
        when = date.fromisoformat(day)
        if day not in self._serials:
            self._serials[day] = book.supply("serials").highest(prefix, when)
        self._serials[day] += 1
        self.numbers.append(number(prefix, when, self._serials[day]))
        return self.numbers[-1]

    def _forms(self, columns: Sequence[Column | None]) -> list[ColumnForm]:
        above = self._opened.sheet.last_rows(_ABOVE) if self._opened else []
        form = Form(self._book.settings, self._file, True, self._lang, above)
        return [
            ColumnForm(self._ledger, column, form, at if self._opened else -1, literal=self._literal)
            for at, column in enumerate(columns)
        ]


class ColumnForm(dict[str, str]):
    """Canonical texts of one column as the file writes them."""

    def __init__(self, ledger: Ledger, column: Column | None, form: Form, at: int, *, literal: bool) -> None:
        super().__init__()
        self._ledger, self._column, self._form, self._at = ledger, column, form, at
        kind = column.kind if column is not None else None
        self._differs = isinstance(kind, Choice) or kind is DATE or kind is DUE
        self._is_text = kind is not None and kind.align != "right" and not self._differs
        self._literal = literal

    def all(self, texts: list[str]) -> list[str]:
        """The texts as they are written. Raises FormulaText."""
        if self._is_text and not self._literal:
            self._guard(texts)
        return [*map(self.__getitem__, texts)] if self._differs else texts

    def _guard(self, texts: Sequence[str]) -> None:
        for text in texts:
            if text and text[0] in "=@＝＠ \t" and text.lstrip().startswith(_FORMULAS):
                assert self._column is not None
                raise FormulaText(text, self._column, self._form.file)

    def __missing__(self, text: str) -> str:
        written = text
        if text and self._column is not None:
            value = value_of(self._ledger, self._column.id, text)
            written = self._form.cell(self._ledger.id, self._column, value, self._at).text
        self[text] = written
        return written


def value_of(ledger: Ledger, id_: str, text: str) -> Any:
    """The value of a canonical text."""
    return ledger.column(id_).kind.parse(text)


def packed(columns: Sequence[Sequence[str]]) -> bytes:
    """Rows in one text: cells parted by U+001F, rows by U+001E, which no sheet holds."""
    rows = ["\x1f".join(row) for row in zip(*columns, strict=True)]
    return "".join([f"{row}\x1e" for row in rows]).encode("utf-8", "surrogatepass")


def all_packed(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as they are kept: packed, and made small."""
    return zlib.compress(packed(list(zip(*rows, strict=True))), 1)


def unpacked(data: bytes) -> Iterator[list[str]]:
    """The rows that were packed, one by one."""
    text = zlib.decompress(data).decode("utf-8", "surrogatepass")
    return (row.split("\x1f") for row in text.split("\x1e")[:-1])


def rows_as_entries(ledger: Ledger, spool: Spool, fresh: Sequence[int]) -> Iterator[Mapping[str, Value]]:
    """The rows that are to be added as values, in their order."""
    start = 0
    for rows in spool.rows(ledger.id):
        for at, row in enumerate(zip(*rows.columns, strict=True)):
            if fresh[start + at]:
                cells = dict(zip(rows.ids, row, strict=True))
                yield {id_: value_of(ledger, id_, text) for id_, text in cells.items() if text}
        start += len(rows.columns[0])
