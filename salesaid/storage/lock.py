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
QUEUE_FOLDER = f"{OWN_FOLDER}/spool"  # posts that wait until their files are free
WAIT = 10.0
_NAP = 0.002  # the lock is free for a fraction of this between two commands of a busy loop


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
    path, until = lock_file(folder), time.monotonic() + wait
    while True:
        handle = system.open_kept(path)
        try:
            _wait_for(handle, until, wait)
            if is_at(path, handle):
                return handle
        except BaseException:
            system.close(handle)
            raise
        system.close(handle)  # another file has taken the name meanwhile: that one is the lock now


def _wait_for(handle: system.Handle, until: float, wait: float) -> None:
    while not system.lock(handle):
        if time.monotonic() >= until:
            raise LockedElsewhere(handle.path, wait)
        time.sleep(_NAP)
