"""What can be wrong around a book's ledgers: its lock, its journal, files that commands left lying. Writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.storage import system
from salesaid.storage.journal import decoded, journal_folder, lines
from salesaid.storage.lock import lock_file
from salesaid.storage.receipts import receipts
from salesaid.storage.spool import spool_folder
from salesaid.storage.standing import kept_folder
from salesaid.storage.temps import START
from salesaid.storage.trouble import LockRefused


class Lock(NamedTuple):
    """The book's lock: by which call of the system, and whether it keeps a second command out."""

    kind: str
    works: bool
    why: str = ""


def lock_of(folder: Path) -> Lock:
    """The lock in force, tried out with two handles; the book has to be free, as a command that holds it finds it."""
    kind = "LockFileEx" if system.windows else "flock"
    first = second = None
    try:
        first, second = system.open_edit(lock_file(folder)), system.open_edit(lock_file(folder))
        taken = system.lock(first)
        return Lock(kind, taken and not system.lock(second))
    except LockRefused as error:
        return Lock(kind, works=False, why=error.message.en)
    except FileTrouble:  # there is no lock yet, or no right to it: whoever writes hears of it
        return Lock(kind, works=True)
    finally:
        for handle in (first, second):
            if handle is not None:
                system.close(handle)


def damaged_lines(folder: Path) -> int:
    """How many lines of the journal cannot be read."""
    return sum(decoded(line) is None for line in lines(folder) if line)


def left_alone(folder: Path) -> list[str]:
    """The receipts of interrupted posts that nobody could finish or take back since their files had changed."""
    return [receipt.id for receipt in receipts(folder) if receipt.state == "left alone"]


def leftovers(folder: Path, ledgers: set[Path]) -> list[Path]:
    """Temporary files beside the ledgers and in the book's own folders: every command takes its own away."""
    places = {folder, *(path.parent for path in ledgers), spool_folder(folder), kept_folder(folder)}
    places.add(journal_folder(folder))
    return sorted(place / name for place in places for name in system.names_in(place) if name.startswith(START))
