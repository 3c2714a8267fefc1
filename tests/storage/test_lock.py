"""One writer at a time, by a lock file that stays."""

from __future__ import annotations

import errno
import os
import time
from types import ModuleType

import pytest

from salesaid.storage import system
from salesaid.storage.lock import lock_file, locked
from salesaid.storage.trouble import FileMissing, LockedElsewhere, LockRefused


@pytest.fixture(autouse=True)
def as_found():
    yield
    system.hook = None
    system.windows = os.name == "nt"


def held_by_another(folder, seconds: float) -> int:
    """Another process holds the lock for so long; it has it when this returns."""
    ready, told = os.pipe()
    child = os.fork()
    if not child:
        try:
            with locked(folder):
                os.write(told, b"x")
                time.sleep(seconds)
        finally:
            os._exit(0)
    os.read(ready, 1)
    os.close(ready)
    os.close(told)
    return child


def is_free(folder) -> bool:
    try:
        with locked(folder, wait=0.05):
            return True
    except LockedElsewhere:
        return False


def test_a_second_command_waits_for_the_first(tmp_path):
    child = held_by_another(tmp_path, 0.2)
    start = time.monotonic()
    with locked(tmp_path):
        assert time.monotonic() - start > 0.1
    os.waitpid(child, 0)


def test_a_command_that_waited_too_long_is_told(tmp_path):
    child = held_by_another(tmp_path, 5)
    with pytest.raises(LockedElsewhere) as caught, locked(tmp_path, wait=0.05):
        pass
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert caught.value.exit_code == 3
    assert "占用" in caught.value.message.zh


def test_the_lock_of_a_killed_command_is_free(tmp_path):
    child = held_by_another(tmp_path, 60)
    assert not is_free(tmp_path)
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert is_free(tmp_path)


def test_the_lock_file_stays_and_an_empty_or_odd_one_serves_as_well(tmp_path):
    with locked(tmp_path):
        pass
    inode = lock_file(tmp_path).stat().st_ino
    lock_file(tmp_path).write_bytes(b"pid 1 on another host")
    with locked(tmp_path, wait=0.05):
        assert lock_file(tmp_path).stat().st_ino == inode
    assert lock_file(tmp_path).read_bytes() == b"pid 1 on another host"


def test_the_lock_is_let_go_when_the_command_fails(tmp_path):
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    with locked(tmp_path, wait=0.05):
        pass


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO])
def test_a_file_system_without_locks_is_refused_by_name(tmp_path, number):
    def hook(name, path, size):
        if name == "flock":
            raise OSError(number, os.strerror(number))

    system.hook = hook
    with pytest.raises(LockRefused) as caught, locked(tmp_path):
        pytest.fail("two writers could be in here")
    assert errno.errorcode[number] in caught.value.message.zh


def test_a_lock_file_that_was_replaced_meanwhile_is_not_the_lock(tmp_path):
    replaced = []

    def hook(name, path, size):
        if name == "flock" and not replaced:
            lock_file(tmp_path).unlink()
            lock_file(tmp_path).touch()
            replaced.append(path)

    system.hook = hook
    with locked(tmp_path):
        system.hook = None
        with pytest.raises(LockedElsewhere), locked(tmp_path, wait=0.02):
            pass


def test_a_book_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileMissing), locked(tmp_path / "gone"):
        pass


def msvcrt_by_flock() -> ModuleType:
    """Windows' module for locks, doing the same by this system's means."""
    import fcntl

    module = ModuleType("msvcrt")
    module.LK_NBLCK = 2
    module.locking = lambda fd, mode, size: fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return module


def test_the_branch_for_windows_keeps_two_writers_apart(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "msvcrt", msvcrt_by_flock())
    system.windows = True
    with locked(tmp_path), pytest.raises(LockedElsewhere), locked(tmp_path, wait=0.02):
        pass
