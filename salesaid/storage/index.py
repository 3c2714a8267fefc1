"""The index: opaque texts under (section, key), so that a quick command reads a few of them and no ledger.

It may be deleted at any time and is never believed beyond doubt: `open_index` answers None wherever it is not
certain that the file is what the last save left, and the caller reads the ledgers instead.

That certainty is the seal, a small file beside the database with its inode, size and mtime. A save first breaks the
seal (overwritten in place, fdatasync), then commits (sqlite syncs the database once), then seals anew. Whatever stops
it in between, kill or power cut, leaves a broken seal or one that does not fit. So sqlite keeps its rollback journal
in memory: on disk it would cost two syncs more (20 keys: 0.6 ms in memory, 1.4 ms on disk, where a sync takes 0.13)
and could only save a refold that is needed once after a crash. The last write of the seal is not synced: if it is
lost, the seal is still broken. A reader holds a read transaction from before it looks at the seal, so all its answers
are of one moment; it opens the database with mode=ro and leaves no file behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from salesaid.core.errors import SalesaidError
from salesaid.storage import system
from salesaid.storage.trouble import FileMissing

if TYPE_CHECKING:
    import sqlite3

DATABASE = "entries.sqlite"
SEAL = "seal"
_NEW = "entries.new"
META = "meta"  # the section that tells the version

_VERSION = "1"
_SEAL_SIZE = 160
_BROKEN = b"broken".ljust(_SEAL_SIZE)
_PATIENCE = 2.0  # seconds that a save waits for readers
_BATCH = 500
_CREATE = "CREATE TABLE entries (section TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL)"
_SORT = "CREATE UNIQUE INDEX place ON entries (section, key)"  # after loading: half the time of a sorted table
_INSERT = "INSERT INTO entries VALUES (?, ?, ?)"
_PUT = _INSERT + " ON CONFLICT (section, key) DO UPDATE SET value = excluded.value"
_DELETE = "DELETE FROM entries WHERE section = ? AND key = ?"


class IndexDamagedError(Exception):
    """The database turned out to be unreadable after it was opened: the caller reads the ledgers."""


def _is_whole(text: str) -> bool:
    """Whether a text holds no lone surrogate: no text of a ledger does, one from a command line may."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Index:
    """An index whose seal fitted when it was opened. Close it, soon where it is open for reading."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self._folder = folder
        self._connection = connection

    def _ask(self, question: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
        import sqlite3

        try:
            yield from self._connection.execute(question, values)
        except UnicodeEncodeError:  # a lone surrogate: no key holds one
            return
        except sqlite3.Error as error:
            raise IndexDamagedError(str(error)) from error

    def get(self, section: str, key: str) -> str | None:
        """The text under a key, None where there is none. Raises IndexDamagedError, as all questions do."""
        for _, value in self._ask("SELECT key, value FROM entries WHERE section = ? AND key = ?", (section, key)):
            return value
        return None

    def many(self, section: str, keys: Iterable[str]) -> dict[str, str]:
        """The texts under several keys; a key that has none is left out."""
        wanted = [key for key in dict.fromkeys(keys) if key.isascii() or _is_whole(key)]
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            question = f"SELECT key, value FROM entries WHERE section = ? AND key IN ({marks})"  # noqa: S608 - marks only
            found.update(self._ask(question, (section, *batch)))
        return found

    def items(self, section: str) -> Iterator[tuple[str, str]]:
        """All (key, text) of a section in the order of the keys' code points."""
        return self._ask("SELECT key, value FROM entries WHERE section = ? ORDER BY key", (section,))

    def under(self, section: str, prefix: str) -> Iterator[tuple[str, str]]:
        """All (key, text) of a section whose key starts with `prefix`, in order."""
        question = "SELECT key, value FROM entries WHERE section = ? AND key >= ? ORDER BY key"
        for key, value in self._ask(question, (section, prefix)):
            if not key.startswith(prefix):
                return
            yield key, value

    def sections(self) -> list[str]:
        """The names of all sections that hold anything, but for the one that tells the version."""
        return [name for name, _ in self._ask("SELECT DISTINCT section, '' FROM entries", ()) if name != META]

    def save(self, changes: Mapping[str, Mapping[str, str | None]]) -> bool:
        """Put texts under keys, None takes a key away: all of it or, answered False, none that would be believed.

        Only for an index opened with write=True, under the book's lock.
        """
        import sqlite3

        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error:
            return False  # a reader is taking long; the index is older than the ledgers then, and says so
        try:
            _break_seal(self._folder)
            self._write(changes)
            self._connection.execute("COMMIT")
            _seal(self._folder)
        except (sqlite3.Error, SalesaidError, OSError):
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            return False
        return True

    def _write(self, changes: Mapping[str, Mapping[str, str | None]]) -> None:
        for section, texts in changes.items():
            put = ((section, key, text) for key, text in texts.items() if text is not None)
            self._connection.executemany(_PUT, put)
            self._connection.executemany(_DELETE, ((section, key) for key, text in texts.items() if text is None))

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()


def open_index(folder: Path, *, write: bool) -> Index | None:
    """The index in its folder, or None where there is none that is certain to be whole. Reading writes nothing."""
    import sqlite3

    place = folder / DATABASE
    try:
        connection = _connect(place, "rw" if write else "ro")
    except (sqlite3.Error, OSError, ValueError):
        return None
    try:
        connection.execute("BEGIN")
        found = connection.execute(
            "SELECT value FROM entries WHERE section = ? AND key = 'version'", (META,)
        ).fetchone()
        good = found == (_VERSION,) and (folder / SEAL).read_bytes() == _seal_of(place)
        if write:
            connection.execute("ROLLBACK")
    except (sqlite3.Error, OSError, ValueError):
        good = False
    if not good:
        connection.close()
        return None
    return Index(folder, connection)


def rebuild(folder: Path, entries: Iterable[tuple[str, str, str]]) -> bool:
    """A new index of (section, key, text) in place of the old one, under the book's lock; False: there is none now.

    Raises ValueError where a (section, key) stands there twice.
    """
    import sqlite3

    place = folder / DATABASE
    temp = folder / _NEW
    try:
        system.make_folder(folder)
        system.unlink(temp)  # what a rebuild that was killed left
        _fill(temp, entries)
        _break_seal(folder)
        system.replace(temp, place)
        _seal(folder)
    except sqlite3.IntegrityError as error:
        _drop(temp)
        raise ValueError("a key stands in the index twice") from error
    except (sqlite3.Error, SalesaidError, OSError):
        _drop(temp)
        return False
    except BaseException:
        _drop(temp)
        raise
    return True


def _drop(temp: Path) -> None:
    with suppress(SalesaidError, OSError):
        system.unlink(temp)


def _connect(place: Path, mode: str) -> sqlite3.Connection:
    import sqlite3

    if not place.is_file():
        raise FileNotFoundError(place)
    uri = f"{place.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE)
    if mode != "ro":
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _fill(temp: Path, entries: Iterable[tuple[str, str, str]]) -> None:
    """A database file of these entries, on the disk."""
    system.close(system.open_new(temp))
    with closing(_connect(temp, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("BEGIN")
        connection.execute(_CREATE)
        connection.execute(_INSERT, (META, "version", _VERSION))
        connection.executemany(_INSERT, entries)
        connection.execute(_SORT)
        connection.execute("COMMIT")


def _seal_of(place: Path) -> bytes:
    """The seal that fits the database as it is now."""
    found = place.stat()
    fields = {"version": _VERSION, "inode": found.st_ino, "size": found.st_size, "mtime_ns": found.st_mtime_ns}
    return json.dumps(fields).encode().ljust(_SEAL_SIZE)


def _break_seal(folder: Path) -> None:
    """On the disk before anything of the database changes."""
    _write_seal(folder, _BROKEN, sync=True)


def _seal(folder: Path) -> None:
    _write_seal(folder, _seal_of(folder / DATABASE), sync=False)


def _write_seal(folder: Path, seal: bytes, *, sync: bool) -> None:
    try:
        handle = system.open_edit(folder / SEAL)
    except FileMissing:
        handle = system.open_new(folder / SEAL)
    try:
        system.write_at(handle, 0, seal)
        if sync:
            system.sync(handle)
    finally:
        system.close(handle)
