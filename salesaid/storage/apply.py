"""One change on its way into its file: checked against what was read, staged beside it, applied, looked at again."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.storage import system
from salesaid.storage.contract import Change, Splice, Spooled, Stamp, Swap
from salesaid.storage.identity import is_at, require_plain, stamp_of
from salesaid.storage.lock import OWN_FOLDER
from salesaid.storage.receipts import Recorded, Spliced, Sum, Swapped
from salesaid.storage.standing import kept_folder, temp_of
from salesaid.storage.temps import link_or_copy, sweep, temp_name, write_new
from salesaid.storage.trouble import AlreadyThere, ChangedElsewhere, NotRecorded

_PIECE = 1 << 20


class Job(NamedTuple):
    """A change that fits its file: what the journal will say of it and what is needed to apply it."""

    record: Recorded
    handle: system.Handle | None = None  # of a splice into a file that is there
    basis: Stamp | None = None
    data: bytes | Spooled | None = None  # of a swap
    verify: Callable[[Path], None] | None = None


def ready(folder: Path, change: Change, kept: str) -> Job:
    """The change checked under the lock. Raises ChangedElsewhere where the file is not what the plan was made from.

    `kept` is the name under which a replaced file is kept.
    """
    path = Path(system.real_path(change.path))
    if isinstance(change, Splice) and not change.remove and not (change.old and change.new):
        return _ready_splice(change, path)
    return _ready_swap(folder, change, path, kept)


def stage(folder: Path, job: Job) -> None:
    """What a swap needs lies beside the file and in `.salesaid/last/`, on the disk; a splice needs nothing."""
    record = job.record
    if not isinstance(record, Swapped):
        return
    sweep(folder, record.path.parent)
    if job.data is not None:
        write_new(temp_of(record), job.data, like=record.path if record.old else None)
        system.sync_folder(record.path.parent)
        if job.verify:
            job.verify(temp_of(record))
    if record.old:
        system.make_folder(kept_folder(folder))
        link_or_copy(record.path, kept_folder(folder) / record.kept)
        system.sync_folder(kept_folder(folder))
        system.sync_folder(folder / OWN_FOLDER)


def unstage(folder: Path, job: Job) -> None:
    """What stage made is gone, as far as that can be done."""
    record = job.record
    if isinstance(record, Swapped):
        with suppress(FileTrouble):
            if record.temp:
                system.unlink(temp_of(record))
            if record.kept:
                system.unlink(kept_folder(folder) / record.kept)


def apply(job: Job) -> None:
    """The change is in its file and on the disk. ChangedElsewhere means that nothing of it is left there."""
    if isinstance(job.record, Swapped):
        _swap(job, job.record)
    elif job.handle is None:
        _make(job.record)
    else:
        _splice(job.record, job.handle)


def _ready_splice(change: Splice, path: Path) -> Job:
    record = Spliced(path, change.offset, change.old, change.new, change.basis is None)
    handle = _opened(path, change.basis)
    if handle is None:
        return Job(record)
    if _ends_as_planned(record, handle):
        return Job(record, handle)
    system.close(handle)
    raise ChangedElsewhere(path)


def _ready_swap(folder: Path, change: Change, path: Path, kept: str) -> Job:
    """The file is read and let go: on Windows an open file cannot be replaced."""
    handle = _opened(path, change.basis)
    content: bytes | None = None
    old: Sum | None = None
    if handle is not None:
        try:
            content = None if isinstance(change, Swap) else system.read_all(handle)
            old = _sum_in(handle) if content is None else _sum(content)
        finally:
            system.close(handle)
    data = change.new if isinstance(change, Swap) else _spliced(change, content, path)
    temp = temp_name(folder, path) if data is not None else ""
    record = Swapped(path, old, _sum(data), temp, kept + path.suffix if old is not None else "")
    return Job(record, None, change.basis, data, change.verify if isinstance(change, Swap) else None)


def _spliced(change: Splice, content: bytes | None, path: Path) -> bytes | None:
    """The whole content after a splice that both cuts and adds, or takes the file away."""
    if content is None or content[change.offset :] != change.old:
        raise ChangedElsewhere(path)
    return None if change.remove else content[: change.offset] + change.new


def _sum(content: bytes | Spooled | None) -> Sum | None:
    if isinstance(content, Spooled):
        return Sum(content.size, content.crc)
    return None if content is None else Sum(len(content), crc32(content))


def _sum_in(handle: system.Handle) -> Sum:
    """Size and CRC of an opened file, read a piece at a time."""
    size, crc = 0, 0
    while piece := system.read_at(handle, size, _PIECE):
        size, crc = size + len(piece), crc32(piece, crc)
    return Sum(size, crc)


def _opened(path: Path, basis: Stamp | None) -> system.Handle | None:
    """The file for writing, if it still is what was read; None where it is still to be made."""
    if basis is None:
        if system.stat(path) is not None:
            raise ChangedElsewhere(path)
        return None
    handle = system.open_append(path)
    try:
        _require_stamp(handle, basis)
    except BaseException:
        system.close(handle)
        raise
    return handle


def _require_stamp(handle: system.Handle, basis: Stamp) -> None:
    if stamp_of(require_plain(handle)) != basis:
        raise ChangedElsewhere(handle.path)


def _ends_as_planned(record: Spliced, handle: system.Handle) -> bool:
    size = system.fstat(handle).st_size
    return (
        size == record.offset + len(record.old) and system.read_at(handle, record.offset, len(record.old)) == record.old
    )


def _make(record: Spliced) -> None:
    try:
        handle = system.open_new(record.path)
    except AlreadyThere as error:
        raise ChangedElsewhere(record.path) from error
    try:
        system.write_all(handle, record.new)
        system.sync(handle)
        system.sync_folder(record.path.parent)
        if not is_at(record.path, handle):
            raise ChangedElsewhere(record.path)
    finally:
        system.close(handle)


def _splice(record: Spliced, handle: system.Handle) -> None:
    _write(record, handle)
    if is_at(record.path, handle):
        return
    before = system.read_at(handle, 0, record.offset) + record.old
    _withdraw(record, handle)
    try:
        _splice_successor(record, before)
    except NotRecorded:
        raise
    except FileTrouble as error:
        raise ChangedElsewhere(record.path) from error


def _splice_successor(record: Spliced, before: bytes) -> None:
    """A program saved the file anew while we wrote: our bytes went to the old one and belong into the new one.

    They go there only if it holds exactly what the plan was made from.
    """
    successor = system.open_append(record.path)
    try:
        require_plain(successor)
        if system.read_all(successor) != before:
            raise ChangedElsewhere(record.path)
        _write(record, successor)
        if not is_at(record.path, successor):
            _withdraw(record, successor)
            raise ChangedElsewhere(record.path)
    finally:
        system.close(successor)


def _write(record: Spliced, handle: system.Handle) -> None:
    if system.fstat(handle).st_size != record.offset + len(record.old):
        raise ChangedElsewhere(record.path)
    if record.old:
        system.truncate(handle, record.offset)
    system.write_all(handle, record.new)
    size = system.fstat(handle).st_size
    if size != record.offset + len(record.new):
        _pull_out(record, handle, size)
        raise ChangedElsewhere(record.path)
    system.sync(handle)


def _pull_out(record: Spliced, handle: system.Handle, size: int) -> None:
    """Another program added bytes of its own at the same moment; ours are the last ones and go."""
    start = size - len(record.new)
    if record.new and system.read_at(handle, start, len(record.new)) == record.new:
        system.truncate(handle, start)


def _withdraw(record: Spliced, handle: system.Handle) -> None:
    system.truncate(handle, record.offset)
    system.write_all(handle, record.old)


def _swap(job: Job, record: Swapped) -> None:
    _require_untouched(record.path, job.basis)
    if record.new is None:
        system.unlink(record.path)
    else:
        system.replace(temp_of(record), record.path)
    system.sync_folder(record.path.parent)


def _require_untouched(path: Path, basis: Stamp | None) -> None:
    """The last look before the file is replaced; keeping it by a second name has changed its ctime."""
    facts = system.stat(path)
    if (stamp_of(facts)[:4] if facts else None) != (basis[:4] if basis else None):
        raise ChangedElsewhere(path)
