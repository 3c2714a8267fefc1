"""The book's one lock: a permanent file beside the ledgers that one writing command holds at a time.

The file is never removed: a lock file that goes away with its holder lets two writers in. Where the file system
cannot lock, LockRefused is raised; nothing weaker takes its place.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from salesaid.storage import system
from salesaid.storage.identity import is_at
from salesaid.storage.trouble import FileMissing, LockedElsewhere

OWN_FOLDER = ".salesaid"
WAIT = 10.0
_LONGEST_NAP = 0.025


def lock_file(folder: Path) -> Path:
    """Where the lock of a book lies."""
    return folder / OWN_FOLDER / "lock"


@contextmanager
def locked(folder: Path, wait: float = WAIT) -> Iterator[None]:
    """The book is this command's alone. Raises LockedElsewhere after `wait` seconds, LockRefused without locks."""
    handle = _taken(folder, wait)
    try:
        yield
    finally:
        system.close(handle)


def _taken(folder: Path, wait: float) -> system.Handle:
    if system.stat(folder) is None:
        raise FileMissing(folder)
    system.make_folder(folder / OWN_FOLDER)
    path = lock_file(folder)
    until = time.monotonic() + wait
    nap = 0.001
    while True:
        handle = _tried(path)
        if handle:
            return handle
        if time.monotonic() >= until:
            raise LockedElsewhere(path, wait)
        time.sleep(nap)
        nap = min(nap * 1.5, _LONGEST_NAP)


def _tried(path: Path) -> system.Handle | None:
    """The locked file; None where another holds it, or where another file took its name meanwhile."""
    handle = system.open_kept(path)
    try:
        if system.lock(handle) and is_at(path, handle):
            return handle
    except BaseException:
        system.close(handle)
        raise
    system.close(handle)
    return None
