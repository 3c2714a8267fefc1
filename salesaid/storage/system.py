"""Every system call that writes, and every open, stat and lock of the write path.

A test sets `hook` and sees each step before it happens; it may raise OSError, end the process, or answer how many
bytes a write step is to write. OSErrors become trouble.py's classes with the file's name in them.
"""

# This module is where the bare calls of the system stand.
# ruff: noqa: PTH102, PTH105, PTH108, PTH116, PTH208

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from salesaid.storage.trouble import LockRefused, Named, NotRecorded, trouble_of

Hook = Callable[[str, str, int], int | None]
"""Called with the step's name, the path and, for a write, the bytes left; an int answer shortens that write."""

hook: Hook | None = None
windows = os.name == "nt"

_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # opening a pipe must not wait for its other end
_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EIO, errno.EINVAL)
_NO_LINKING_FOR_GOOD = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ENOENT, errno.EEXIST)


class Handle(NamedTuple):
    """An open file and the name it was opened by."""

    fd: int
    path: str


def _step(name: str, path: Named, size: int = 0) -> int | None:
    return hook(name, os.fspath(path), size) if hook else None


@contextmanager
def _telling(name: str, path: Named, *, reading: bool = False) -> Iterator[None]:
    """One step, whose OSError is told as trouble with `path`."""
    try:
        _step(name, path)
        yield
    except OSError as error:
        raise trouble_of(error, path, reading=reading) from error


def _open(path: Named, flags: int, mode: int = 0o666, *, reading: bool = False) -> Handle:
    with _telling("open", path, reading=reading):
        return Handle(os.open(path, flags | _PLAIN, mode), os.fspath(path))


def open_read(path: Named) -> Handle:
    """The file for reading; a link at its very name is refused."""
    return _open(path, os.O_RDONLY | _NO_WAIT, reading=True)


def open_append(path: Named) -> Handle:
    """An existing file for reading and for writing at its end."""
    return _open(path, os.O_RDWR | os.O_APPEND | _NO_WAIT)


def open_edit(path: Named) -> Handle:
    """An existing file for writing anywhere."""
    return _open(path, os.O_RDWR | _NO_WAIT)


def open_new(path: Named, mode: int = 0o666) -> Handle:
    """A file that did not exist before, for writing at its end."""
    return _open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, mode)


def open_kept(path: Named) -> Handle:
    """A file of the book's own folder (journal, lock), made where it is not there yet."""
    return _open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _NO_WAIT)


def close(handle: Handle) -> None:
    """The handle is let go; what had to be on the disk was synced before, so no error of this matters."""
    with suppress(OSError):
        os.close(handle.fd)


def fstat(handle: Handle) -> os.stat_result:
    """What the system says of the open file."""
    with _telling("fstat", handle.path):
        return os.fstat(handle.fd)


def stat(path: Named) -> os.stat_result | None:
    """What the system says of the file by that name, links not followed; None where there is none."""
    with _telling("stat", path, reading=True):
        try:
            return os.lstat(path)
        except FileNotFoundError:
            return None


def real_path(path: Named) -> str:
    """The file behind links. Raises BadLink where a link leads nowhere; a missing file is no trouble."""
    with _telling("resolve", path, reading=True):
        try:
            return os.path.realpath(path, strict=os.path.lexists(path))
        except FileNotFoundError as error:
            raise OSError(errno.ELOOP, "dangling link") from error


def names_in(folder: Named) -> list[str]:
    """The names in a folder; none where the folder is not there."""
    with _telling("list", folder, reading=True):
        try:
            return os.listdir(folder)
        except FileNotFoundError:
            return []


def read_at(handle: Handle, offset: int, size: int) -> bytes:
    """Up to `size` bytes from `offset`, fewer only at the file's end."""
    pieces: list[bytes] = []
    with _telling("read", handle.path, reading=True):
        os.lseek(handle.fd, offset, os.SEEK_SET)
        while size > 0 and (piece := os.read(handle.fd, size)):
            pieces.append(piece)
            size -= len(piece)
    return b"".join(pieces)


def read_all(handle: Handle) -> bytes:
    """The whole file."""
    return read_at(handle, 0, os.fstat(handle.fd).st_size + 1)


def write_all(handle: Handle, data: bytes) -> None:
    """All bytes, however few the system takes at a time."""
    rest = memoryview(data)
    try:
        while rest:
            few = _step("write", handle.path, len(rest))
            written = os.write(handle.fd, rest[:few])
            rest = rest[written:]
    except OSError as error:
        raise trouble_of(error, handle.path) from error


def write_at(handle: Handle, offset: int, data: bytes) -> None:
    """All bytes from `offset` on, through a handle of open_edit."""
    with _telling("seek", handle.path):
        os.lseek(handle.fd, offset, os.SEEK_SET)
    write_all(handle, data)


def truncate(handle: Handle, size: int) -> None:
    """The file ends at `size`."""
    with _telling("truncate", handle.path):
        os.ftruncate(handle.fd, size)


def sync(handle: Handle) -> None:
    """The file's bytes are on the disk. Raises NotRecorded; the same handle must not be synced again then."""
    try:
        _step("fdatasync", handle.path)
        _flush(handle.fd)
    except OSError as error:
        raise NotRecorded(handle.path) from error


def _flush(fd: int) -> None:
    if windows:
        os.fsync(fd)
    elif sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
    else:
        os.fdatasync(fd)


def sync_folder(folder: Named) -> None:
    """The names in the folder are on the disk; nothing to do on Windows, nor where a file system knows no such call."""
    if windows:
        return
    try:
        _step("fsync_dir", folder)
        fd = os.open(folder, os.O_RDONLY | _PLAIN)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise NotRecorded(folder) from error


def replace(source: Named, target: Named) -> None:
    """`source` takes the name `target`, in one step. On Windows a program may hold the target for a moment."""
    for left in range(9, -1, -1):
        try:
            _step("replace", target)
            os.replace(source, target)
        except PermissionError as error:
            if not windows or not left:
                raise trouble_of(error, target) from error
            time.sleep(0.05)
        except OSError as error:
            raise trouble_of(error, target) from error
        else:
            return


def unlink(path: Named) -> None:
    """The name is gone; no trouble where it was gone already."""
    with _telling("unlink", path), suppress(FileNotFoundError):
        os.unlink(path)


def make_folder(path: Named) -> bool:
    """Whether the folder had to be made."""
    with _telling("mkdir", path):
        try:
            os.mkdir(path)
        except FileExistsError:
            return False
        return True


def link(source: Named, target: Named) -> bool:
    """`target` is a second name of `source`; False where the file system or its rules allow none."""
    try:
        _step("link", target)
        os.link(source, target)
    except OSError as error:
        if error.errno in _NO_LINKING_FOR_GOOD:
            raise trouble_of(error, target) from error
        return False
    return True


def copy_attributes(source: Named, handle: Handle) -> None:
    """Mode, owner and extended attributes of `source`, as far as the user may set them."""
    with _telling("attributes", handle.path):
        facts = os.stat(source)
        if windows:
            return
        try:
            os.fchown(handle.fd, facts.st_uid, facts.st_gid)
        except PermissionError:
            with suppress(PermissionError):
                os.fchown(handle.fd, -1, facts.st_gid)
        os.fchmod(handle.fd, facts.st_mode & 0o7777)
        if sys.platform == "linux":
            _copy_extended(source, handle.fd)


def _copy_extended(source: Named, fd: int) -> None:
    with suppress(OSError):
        for name in os.listxattr(source):
            with suppress(OSError):
                os.setxattr(fd, name, os.getxattr(source, name))


def lock(handle: Handle) -> bool:
    """Whether the lock is ours now; never waits. Raises LockRefused where the file system cannot lock."""
    try:
        _step("flock", handle.path)
        _take(handle.fd)
    except (BlockingIOError, PermissionError, InterruptedError):
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            raise LockRefused(handle.path, errno.errorcode[error.errno or 0]) from error
        raise trouble_of(error, handle.path) from error
    return True


def _take(fd: int) -> None:
    if windows:
        import importlib

        msvcrt: Any = importlib.import_module("msvcrt")
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
