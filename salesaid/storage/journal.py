"""The journal's files: `.salesaid/journal/<year>.jsonl`, one record a line, each line `CRC32 JSON`.

Lines are only ever added. A line without its end is a write that was cut short: readers pass over it, the next writer
cuts it off. A whole line whose CRC is wrong is damage: it is passed over and stays where it is. The year never goes
back, whatever the clock does, so the last file holds the newest record.
"""

from __future__ import annotations

import json
from binascii import crc32
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from salesaid.storage import system
from salesaid.storage.identity import require_plain
from salesaid.storage.lock import OWN_FOLDER

Record = Mapping[str, Any]

_BLOCK = 8_192
_LARGEST_BLOCK = 1 << 20
_HEAD = len(b"00000000 ")


def journal_folder(folder: Path) -> Path:
    """Where a book's journal lies."""
    return folder / OWN_FOLDER / "journal"


def journal_files(folder: Path) -> list[Path]:
    """The journal's files, the newest year first."""
    place = journal_folder(folder)
    years = [name[:-6] for name in system.names_in(place) if name.endswith(".jsonl") and name[:-6].isdecimal()]
    return [place / f"{year}.jsonl" for year in sorted(years, key=int, reverse=True)]


def encoded(record: Record) -> bytes:
    """The line of a record."""
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"%08x %b\n" % (crc32(body), body)


def decoded(line: bytes) -> Record | None:
    """The record of a line without its end; None where the line is damaged."""
    head, body = line[:_HEAD], line[_HEAD:]
    if head != b"%08x " % crc32(body):
        return None
    try:
        record = json.loads(body.decode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def lines_of(path: Path) -> Iterator[bytes]:
    """The whole lines of a journal file, last first; a torn last line is left out."""
    handle = system.open_read(path)
    try:
        yield from _lines(handle, system.fstat(handle).st_size)
    finally:
        system.close(handle)


def lines(folder: Path) -> Iterator[bytes]:
    """The whole lines of the journal, newest first."""
    for path in journal_files(folder):
        yield from lines_of(path)


def _lines(handle: system.Handle, end: int) -> Iterator[bytes]:
    rest, block, is_torn = b"", _BLOCK, True
    while end:
        start = max(0, end - block)
        rest = system.read_at(handle, start, end - start) + rest
        block = min(block * 2, _LARGEST_BLOCK) if b"\n" in rest else block * 2
        end = start
        pieces = rest.split(b"\n")
        if is_torn and len(pieces) > 1:
            pieces.pop()
            is_torn = False
        rest = pieces.pop(0) if not is_torn else rest
        if not is_torn:
            yield from reversed(pieces)
    if not is_torn:
        yield rest


class Journal:
    """The journal opened for adding records, under the book's lock."""

    def __init__(self, handle: system.Handle, size: int) -> None:
        self._handle = handle
        self._ends = [size]

    @property
    def added(self) -> int:
        """How many records were written whole, whether or not their sync succeeded."""
        return len(self._ends) - 1

    def add(self, record: Record) -> None:
        """The record is on the disk. Where writing fails no part of it stays; a failed sync leaves it, uncertain."""
        line = encoded(record)
        try:
            system.write_all(self._handle, line)
            self._ends.append(self._ends[-1] + len(line))
        except BaseException:
            system.truncate(self._handle, self._ends[-1])
            raise
        system.sync(self._handle)

    def close(self) -> None:
        """The handle is let go."""
        system.close(self._handle)


def open_journal(folder: Path, year: int) -> Journal:
    """The journal, ready for a record of that year; what an interrupted write left at its end is cut off."""
    newest = [int(path.stem) for path in journal_files(folder)[:1]]
    system.make_folder(journal_folder(folder))
    handle = system.open_kept(journal_folder(folder) / f"{max([year, *newest])}.jsonl")
    try:
        return Journal(handle, _cut(folder, handle))
    except BaseException:
        system.close(handle)
        raise


def _cut(folder: Path, handle: system.Handle) -> int:
    """The journal's size after a torn last line is gone."""
    size = require_plain(handle).st_size
    if not size:  # before the first record, so that a file with records is known to be on the disk by its name
        _sync_folders(folder)
    whole = _whole_size(handle, size)
    if whole < size:
        system.truncate(handle, whole)
    return whole


def _whole_size(handle: system.Handle, size: int) -> int:
    end, block = size, _BLOCK
    while end:
        start = max(0, end - block)
        at = system.read_at(handle, start, end - start).rfind(b"\n")
        if at >= 0:
            return start + at + 1
        end, block = start, block * 2
    return 0


def _sync_folders(folder: Path) -> None:
    for place in (journal_folder(folder), folder / OWN_FOLDER, folder):
        system.sync_folder(place)
