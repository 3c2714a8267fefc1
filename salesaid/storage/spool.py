"""The spool: posts whose ledgers are open elsewhere wait in `.salesaid/spool/`, each whole in a file of its own.

A post is named Q and the number that the journal would have given it; a name is never used twice, since every post that
leaves the spool leaves a receipt, whose facts name it under `queue`. So a post whose receipt stands has been merged,
though a kill kept its file from being removed: it is merged exactly once.

A post is queued under the book's lock, like any other: it has its documents' numbers already, and without a lock two
computers could give one number to two documents. Where no lock holds nothing could merge it either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.storage import system
from salesaid.storage.identity import require_regular
from salesaid.storage.journal import decoded, encoded
from salesaid.storage.lock import QUEUE_FOLDER
from salesaid.storage.receipts import Receipt, next_seq, receipts
from salesaid.storage.standing import verdict
from salesaid.storage.temps import sweep, temp_name, write_new
from salesaid.storage.trouble import NotRecorded

QUEUE = "queue"  # the fact of a receipt that names the queued post it came from
_SUFFIX = ".json"


class Queued(NamedTuple):
    """A post that waits. `after` is the newest receipt's number when it was queued, `at` UTC in ISO form."""

    id: str
    after: int
    at: str
    facts: Mapping[str, Any]
    path: Path

    @property
    def ledgers(self) -> set[str]:
        """The ledgers that it adds rows to."""
        return {str(ledger) for ledger, _ in self.facts["entries"]}


class Spool(NamedTuple):
    """What lies in the spool: posts that wait, in order; those that were merged already; files nobody can read."""

    waiting: list[Queued]
    merged: list[Queued]
    damaged: list[Path]


def spool_folder(folder: Path) -> Path:
    """Where the queued posts of a book lie."""
    return folder / QUEUE_FOLDER


def look(folder: Path) -> Spool:
    """The spool as it is. Writes nothing."""
    queued, damaged = _files(folder)
    if not queued:
        return Spool([], [], damaged)
    gone = _named_in_journal(folder, min(each.after for each in queued))
    waiting = [each for each in queued if each.id not in gone]
    return Spool(waiting, [each for each in queued if each.id in gone], damaged)


def waiting(folder: Path) -> list[Queued]:
    """The posts that wait, in the order in which they were queued."""
    return look(folder).waiting


def put(folder: Path, facts: Mapping[str, object], at: str) -> Queued:
    """A post is queued, on the disk once this returns; the book's lock must be held. Raises FileTrouble."""
    place = spool_folder(folder)
    if system.make_folder(place):
        system.sync_folder(place.parent)
    sweep(folder, place)
    seq = next_seq(folder)
    number = max([seq, *(_number(path) + 1 for path in _paths(folder))])
    path = place / f"Q{number}{_SUFFIX}"
    queued = Queued(path.stem, seq - 1, at, facts, path)
    _write(folder, path, encoded({"id": queued.id, "after": queued.after, "at": at, "facts": facts}))
    return queued


def take_out(queued: Queued) -> None:
    """The file of a post is gone. Where it cannot go now it goes later: its receipt says that it was merged."""
    with suppress(FileTrouble):
        system.unlink(queued.path)
        system.sync_folder(queued.path.parent)


def _write(folder: Path, path: Path, line: bytes) -> None:
    temp = path.with_name(temp_name(folder, path))
    try:
        write_new(temp, line)
        system.replace(temp, path)
    except BaseException:
        with suppress(FileTrouble):
            system.unlink(temp)
        raise
    try:
        system.sync_folder(path.parent)
    except NotRecorded:
        with suppress(FileTrouble):
            system.unlink(path)
        raise


def _paths(folder: Path) -> list[Path]:
    place = spool_folder(folder)
    names = [name for name in system.names_in(place) if name.endswith(_SUFFIX) and name[1 : -len(_SUFFIX)].isdecimal()]
    return sorted((place / name for name in names), key=_number)


def _number(path: Path) -> int:
    return int(path.stem[1:])


def _files(folder: Path) -> tuple[list[Queued], list[Path]]:
    queued, damaged = [], []
    for path in _paths(folder):
        try:
            queued.append(_read(path))
        except FileTrouble:
            if system.stat(path) is not None:  # else it has just been merged
                damaged.append(path)
        except (KeyError, TypeError, ValueError):
            damaged.append(path)
    return queued, damaged


def _read(path: Path) -> Queued:
    handle = system.open_read(path)
    try:
        require_regular(handle)
        record = decoded(system.read_all(handle).removesuffix(b"\n"))
    finally:
        system.close(handle)
    if record is None:
        raise ValueError(path)
    return Queued(record["id"], int(record["after"]), record["at"], record["facts"], path)


def _named_in_journal(folder: Path, after: int) -> set[str]:
    """The queued posts of which receipts say that they were merged or withdrawn."""
    return {str(receipt.facts[QUEUE]) for receipt in _newer(folder, after) if _stands(folder, receipt)}


def _newer(folder: Path, after: int) -> Iterator[Receipt]:
    for receipt in receipts(folder):
        if receipt.seq <= after:
            return
        if QUEUE in receipt.facts:
            yield receipt


def _stands(folder: Path, receipt: Receipt) -> bool:
    """Whether a receipt's rows are in the ledgers, as readers see them."""
    if receipt.state == "pending":
        return verdict(Path(system.real_path(folder)), receipt).outcome != "removed"
    return receipt.state != "taken back"
