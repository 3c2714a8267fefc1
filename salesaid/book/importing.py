"""One import from files to receipt: read, preview, and all of it posted or nothing (DOMAIN.md 9)."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.balances.import_names import (
    Differing,
    NewName,
    has_parties,
    has_products,
    knows_party,
    knows_product,
    new_parties,
    new_products,
)  # fmt: skip
from salesaid.book import profiles
from salesaid.book.finding import IMPORTS, OWN_FOLDER
from salesaid.book.import_reading import NothingToRead, Reader, require_other
from salesaid.book.import_recognising import Wanted, ledger_of
from salesaid.book.import_registers import without_known
from salesaid.book.import_spool import Spool
from salesaid.book.import_trouble import FullNames, NewNames, NotImportable
from salesaid.book.import_writing import LedgerPlan, Planned, all_packed, is_large, rows_as_entries
from salesaid.book.posting import planned
from salesaid.book.writing import Plan
from salesaid.core.clerk_part import Part, Skipped
from salesaid.core.clerk_values import Knows
from salesaid.core.entries import Decision, Entry, NewNumber, Value
from salesaid.core.keys import NameKind
from salesaid.core.text import same
from salesaid.storage.contract import Change, Spooled, Swap

if TYPE_CHECKING:
    from salesaid.book import Book

_REGISTERS: Mapping[NameKind, str] = {"product": "products", "customer": "customers", "supplier": "suppliers"}


class Options(NamedTuple):
    """What the command line says beside the files."""

    wanted: Wanted
    new: bool = False
    literal: bool = False
    note: str = ""  # of rows that have none of their own; rows are compared with earlier ones without it


class Importing:
    """One import into a book, from reading to its plan. Close it."""

    def __init__(self, book: Book, paths: Sequence[Path], options: Options) -> None:
        self._book = book
        self._options = options
        self._spool = Spool()
        self._bulk: list[Planned] = []
        self.differing: list[Differing] = []
        if options.wanted.ledger is not None:
            ledger_of(options.wanted.ledger)
        try:
            self._read(paths)
        except BaseException:
            self._spool.close()
            raise

    def _read(self, paths: Sequence[Path]) -> None:
        book, options = self._book, self._options
        self._reader = Reader(
            book.folder, book.settings, book.today, options.wanted, self._spool, book.watch, names_of(book)
        )  # fmt: skip
        for path in dict.fromkeys(path.resolve() for path in paths):
            require_other(book, path)
            self._reader.read(path)
            self._spool.end_file()
        self._reader.require_met()
        if not self._reader.parts:
            raise NothingToRead(self._reader.skipped)
        self.fresh = {id_: self._fresh(id_) for id_ in self._spool.ledgers}
        self.names = self._new_names() if any(map(any, self.fresh.values())) else []

    @property
    def parts(self) -> Sequence[Part]:
        """The sheets that were read."""
        return self._reader.parts

    @property
    def skipped(self) -> Sequence[Skipped]:
        """The sheets and files that were not."""
        return self._reader.skipped

    @property
    def added(self) -> dict[str, int]:
        """How many rows each ledger gets."""
        return {id_: sum(fresh) for id_, fresh in self.fresh.items()}

    @property
    def read(self) -> dict[str, int]:
        """How many rows were read for each ledger."""
        return {id_: len(self._spool.keys(id_)) for id_ in self._spool.ledgers}

    def require_sound(self) -> None:
        """Raises NotImportable, with every problem of every sheet, FullNames and NewNames."""
        problems = [problem for part in self.parts for problem in part.tally.problems]
        if problems:
            raise NotImportable(problems, sum(part.tally.more_problems for part in self.parts))
        in_full = [each for each in self.names if each.whose]
        if in_full:
            raise FullNames(in_full)
        if not self._options.new:
            unknown = [each for each in self.names if self._knows_any(each.kind)]
            if unknown:
                raise NewNames(unknown)

    def close(self) -> None:
        """Let the spool go, and what was planned."""
        self._spool.close()
        for each in self._bulk:
            each.kept.file.close()
            if isinstance(each.change, Swap) and isinstance(each.change.new, Spooled):
                each.change.new.file.close()

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def _new_names(self) -> list[NewName]:
        found: list[NewName] = []
        own = self._own_register_keys()
        if self._spool.products:
            found += new_products(self._spool.products, self._spool.units, self._book.supply("catalogue"))
        if self._spool.customers:
            found += new_parties(self._spool.customers, self._book.supply("customer_names"))
        if self._spool.suppliers:
            found += new_parties(self._spool.suppliers, self._book.supply("supplier_names"))
        return [each for each in found if not ({each.name, each.model} - {""}) & own.get(each.kind, set())]

    def _own_register_keys(self) -> dict[NameKind, set[str]]:
        """Names that this very import enters in registers."""
        found: dict[NameKind, set[str]] = {}
        for kind, id_ in _REGISTERS.items():
            if id_ in self._spool.ledgers:
                for rows in self._spool.rows(id_):
                    for name, column in zip(rows.ids, rows.columns, strict=True):
                        if name in {kind, "model"}:
                            found.setdefault(kind, set()).update(text.strip() for text in column if text.strip())
        return found

    def _knows_any(self, kind: NameKind) -> bool:
        if kind == "product":
            return has_products(self._book.supply("catalogue"))
        return has_parties(self._book.supply(f"{kind}_names"))

    def registered(self) -> list[Entry]:
        """The rows of registers that are made for new names, if that was asked for and there is a register to be."""
        if not self._options.new:
            return []
        rows = []
        for name in self.names:
            id_ = _REGISTERS[name.kind]
            has_register = self._book.shelf.opened(id_) is not None
            if id_ not in self._spool.ledgers and (has_register or not self._knows_any(name.kind)):
                row: dict[str, Value] = {name.kind: name.name}
                row |= {column: text for column, text in (("model", name.model), ("unit", name.unit)) if text}
                rows.append(Entry(id_, row))
        return rows

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────

    def _fresh(self, id_: str) -> bytearray:
        """1 for each row that is to be added."""
        fresh = self._spool.new_rows(id_, earlier_keys(self._book.folder, id_))
        if ledgers.load(id_).kind == "register":
            self.differing += without_known(self._book, self._spool, id_, fresh)
        return fresh

    def plan(self) -> tuple[list[Planned], Plan]:
        """Bulk changes, and the plan of all other rows. Raises what the files refuse."""
        bulk = self._bulk
        entries: list[Entry] = list(self.registered())
        for id_ in self._spool.ledgers:
            if not any(self.fresh[id_]):
                continue
            if self._is_bulk(id_):
                literal, note = self._options.literal, self._options.note
                own = LedgerPlan(self._book, id_, self._spool, self.fresh[id_], literal=literal, note=note)
                bulk.append(own.planned())
            else:
                entries += self._entries(id_)
        if not entries:  # nothing has to be read to say so
            return bulk, Plan([], [], {}, [])
        return bulk, planned(self._book, Decision(same(""), tuple(entries)), literal=self._options.literal)

    def _is_bulk(self, id_: str) -> bool:
        opened = self._book.shelf.opened(id_)
        if opened is None:
            return self._book.settings.store == "csv"
        return is_large(opened.sheet.spot.path)

    def _entries(self, id_: str) -> Iterator[Entry]:
        """Rows for a workbook, one by one; those without a number get ours."""
        ledger = ledgers.load(id_)
        first = ledger.actions[0].id if ledger.actions else None
        given: NewNumber | None = None
        note = {"note": self._options.note} if self._options.note else {}
        for at, row in enumerate(rows_as_entries(ledger, self._spool, self.fresh[id_])):
            cells = {**note, **row}
            if ledger.number is not None and not cells.get(ledger.number):
                if given is None or cells.get("action") in {None, first}:
                    day: Any = cells["date"]
                    given = NewNumber(id_, day, str(at))
                cells[ledger.number] = given
            yield Entry(id_, cells, frozenset({*row, *note}))

    def keys_file(self, seq: int, bulk: Sequence[Planned], plan: Plan) -> list[Change]:
        """The files that remember what this import adds: so that it adds nothing again, and can be taken back.

        What is entered in a register for new names has no keys: it is no row of a file.
        """
        folder = self._book.folder / OWN_FOLDER / IMPORTS
        changes: list[Change] = []
        packs: dict[str, Spooled | bytes] = {each.ledger: all_packed(each.rows) for each in plan.written}
        packs |= {each.ledger: each.kept for each in bulk}
        for id_ in packs.keys() - self.fresh.keys():
            changes.append(Swap(folder / f"R{seq}.{id_}.keys", b"", None))
            changes.append(Swap(folder / f"R{seq}.{id_}.rows", packs[id_], None))
        for id_, fresh in self.fresh.items():
            if any(fresh):
                keys = array("Q", compress(self._spool.keys(id_), fresh))
                changes.append(Swap(folder / f"R{seq}.{id_}.keys", _as_bytes(keys), None))
                if id_ in packs:
                    changes.append(Swap(folder / f"R{seq}.{id_}.rows", packs[id_], None))
        return changes

    def keep_profiles(self) -> None:
        """Remember how each sheet was read, for the next one with these headings."""
        name = (self._options.wanted.profile or "").strip()
        for part in self.parts:
            profile = profiles.Profile(
                part.mapping.ledger, part.mapping.said, part.date_order, part.header.headings, name
            )
            profiles.keep(self._book.folder, profile)


def names_of(book: Book) -> Knows:
    """Whether a text is a name that the book knows, by the column that would hold it."""
    return {
        "customer": lambda text: knows_party(text, book.supply("customer_names")),
        "supplier": lambda text: knows_party(text, book.supply("supplier_names")),
        "product": lambda text: knows_product(text, book.supply("catalogue")),
    }


def _as_bytes(keys: array[int]) -> bytes:
    """Little-endian on every machine."""
    if sys.byteorder == "big":
        keys = array("Q", keys)
        keys.byteswap()
    return keys.tobytes()


def earlier_keys(folder: Path, id_: str) -> array[int]:
    """The keys of the rows that imports which stand have added to a ledger."""
    found = array("Q")
    for path in sorted((folder / OWN_FOLDER / IMPORTS).glob(f"R*.{id_}.keys")):
        found.frombytes(path.read_bytes())
    if sys.byteorder == "big":
        found.byteswap()
    return found
