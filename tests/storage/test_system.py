"""The module of system calls: short writes, told errors, the branch for Windows."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from salesaid.core.errors import FileTrouble
from salesaid.storage import system
from salesaid.storage.identity import is_at, require_plain, stamp_of
from salesaid.storage.temps import START, link_or_copy, sweep, temp_name, write_new
from salesaid.storage.trouble import (
    AlreadyThere,
    BadLink,
    DeviceTrouble,
    DiskFull,
    FileMissing,
    HardLinked,
    NotAFile,
    NotReadable,
    NotRecorded,
    NotWritable,
)


@pytest.fixture(autouse=True)
def as_found():
    yield
    system.hook = None
    system.windows = os.name == "nt"


def failing_at(name: str, number: int, times: int = 10**6):
    """A hook under which the first calls of that name fail."""
    left = times

    def hook(step, path, size):
        nonlocal left
        if step == name and left:
            left -= 1
            raise OSError(number, os.strerror(number))

    return hook


def as_nobody(work) -> int:
    """The exit code of `work` in a process without root's rights: 0, or 3 for trouble with a file."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        work()
        os._exit(0)
    except (NotWritable, NotReadable):
        os._exit(3)
    finally:
        os._exit(70)


def test_a_write_that_the_system_cuts_short_is_continued(tmp_path):
    sizes = []
    system.hook = lambda name, path, size: sizes.append(size) or 3 if name == "write" else None
    write_new(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"
    assert sizes == [10, 7, 4, 1]


def test_a_write_beyond_the_file_size_limit_is_cut_short_and_then_told_as_full(tmp_path):
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, old[1]))
    try:
        with pytest.raises(DiskFull) as caught:
            write_new(tmp_path / "a", b"x" * 150)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.where.file == str(tmp_path / "a")
    assert (tmp_path / "a").stat().st_size == 100


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, NotWritable),
        (errno.EACCES, NotWritable),
        (errno.EIO, DeviceTrouble),
    ],
)
def test_an_error_is_told_in_both_languages_with_the_files_name(tmp_path, number, kind):
    system.hook = failing_at("write", number)
    with pytest.raises(kind) as caught:
        write_new(tmp_path / "销售.csv", b"x")
    assert caught.value.exit_code == 3
    assert "销售.csv" in caught.value.message.zh
    assert "销售.csv" in caught.value.message.en


def test_a_failed_sync_is_told_as_not_recorded(tmp_path):
    system.hook = failing_at("fdatasync", errno.EIO)
    with pytest.raises(NotRecorded):
        write_new(tmp_path / "a", b"x")
    system.hook = failing_at("fsync_dir", errno.EIO)
    with pytest.raises(NotRecorded):
        system.sync_folder(tmp_path)


def calls_of(work) -> list[str]:
    """The names of the system's functions that were really called."""
    names = []
    sys.setprofile(lambda frame, event, called: names.append(called.__name__) if event == "c_call" else None)
    try:
        work()
    finally:
        sys.setprofile(None)
    return names


@pytest.mark.skipif(sys.platform != "linux", reason="other systems flush by other calls")
def test_files_and_folders_are_really_flushed_by_the_system(tmp_path):
    write_new(tmp_path / "a", b"x")
    handle = system.open_append(tmp_path / "a")
    assert "fdatasync" in calls_of(lambda: system.sync(handle))
    assert "fsync" in calls_of(lambda: system.sync_folder(tmp_path))
    system.windows = True
    assert "fsync" in calls_of(lambda: system.sync(handle))


def test_a_file_system_without_folder_syncs_is_no_failure(tmp_path):
    tried, fail = [], failing_at("fsync_dir", errno.EINVAL)
    system.hook = lambda *step: tried.append(step[0]) or fail(*step)
    system.sync_folder(tmp_path)
    assert tried == ["fsync_dir"]


def test_a_missing_file_and_a_second_one_of_a_name_are_told(tmp_path):
    with pytest.raises(FileMissing):
        system.open_append(tmp_path / "a")
    write_new(tmp_path / "a", b"")
    with pytest.raises(AlreadyThere):
        write_new(tmp_path / "a", b"")


def test_links_folders_pipes_and_devices_are_never_opened_as_files(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadLink):
        system.open_append(tmp_path / "link")
    with pytest.raises(NotAFile):
        system.open_append(tmp_path)
    for path in (tmp_path / "pipe", "/dev/null"):
        with pytest.raises(NotAFile):
            require_plain(system.open_append(path))


def test_a_file_of_two_names_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    with pytest.raises(HardLinked):
        require_plain(system.open_append(tmp_path / "a"))


def test_a_link_is_followed_to_its_file_unless_it_leads_nowhere(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "to a").symlink_to("a")
    (tmp_path / "nowhere").symlink_to("gone")
    (tmp_path / "round").symlink_to("round")
    assert system.real_path(tmp_path / "to a") == str((tmp_path / "a").resolve())
    assert system.real_path(tmp_path / "new") == str(tmp_path.resolve() / "new")
    for name in ("nowhere", "round"):
        with pytest.raises(BadLink):
            system.real_path(tmp_path / name)


@pytest.fixture
def open_folder():
    """A folder that every user may look into."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_user_without_rights_is_told_so(open_folder):
    for name, mode in (("a", 0o444), ("hidden", 0)):
        (open_folder / name).write_bytes(b"")
        (open_folder / name).chmod(mode)
    assert as_nobody(lambda: system.open_read(open_folder / "a")) == 0
    assert as_nobody(lambda: system.open_append(open_folder / "a")) == 3
    assert as_nobody(lambda: system.open_read(open_folder / "hidden")) == 3


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes on this system")
def test_a_copy_keeps_mode_owner_and_attributes(tmp_path):
    old = tmp_path / "a"
    old.write_bytes(b"x")
    old.chmod(0o640)
    os.setxattr(old, "user.note", b"kept")
    if os.geteuid() == 0:
        os.chown(old, 1234, 5678)
    system.hook = failing_at("link", errno.EPERM)
    link_or_copy(old, tmp_path / "b")
    new = (tmp_path / "b").stat()
    assert (new.st_mode, new.st_uid, new.st_gid) == (old.stat().st_mode, old.stat().st_uid, old.stat().st_gid)
    assert os.getxattr(tmp_path / "b", "user.note") == b"kept"
    assert new.st_ino != old.stat().st_ino


def test_a_full_disk_while_linking_is_no_reason_to_copy(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    system.hook = failing_at("link", errno.ENOSPC)
    with pytest.raises(DiskFull):
        link_or_copy(tmp_path / "a", tmp_path / "b")


def test_a_replaced_file_is_noticed_through_an_old_handle(tmp_path):
    write_new(tmp_path / "a", b"old")
    handle = system.open_append(tmp_path / "a")
    before = stamp_of(system.fstat(handle))
    assert is_at(tmp_path / "a", handle)
    write_new(tmp_path / "b", b"new")
    system.replace(tmp_path / "b", tmp_path / "a")
    assert not is_at(tmp_path / "a", handle)
    assert stamp_of((tmp_path / "a").stat()) != before


def test_temp_files_of_earlier_commands_on_this_book_are_swept_and_no_others(tmp_path):
    path = tmp_path / "台账.xlsx"
    mine, foreign = temp_name(tmp_path, path), temp_name(tmp_path / "other book", path)
    dead = mine.replace(f"-{os.getpid()}-", "-1-")
    others = foreign.replace(f"-{os.getpid()}-", "-1-")
    for name in (mine, foreign, dead, others, f"{START}x"):
        (tmp_path / name).write_bytes(b"")
    sweep(tmp_path, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {mine, foreign, others, f"{START}x"}
    assert mine.endswith(".xlsx")


def test_on_windows_a_busy_target_is_tried_again_for_half_a_second(tmp_path):
    system.windows = True
    for name in ("new", "target"):
        (tmp_path / name).write_text(name)
    system.hook = failing_at("replace", errno.EACCES, times=3)
    system.replace(tmp_path / "new", tmp_path / "target")
    assert (tmp_path / "target").read_text() == "new"


def test_on_windows_a_target_that_stays_busy_is_told(tmp_path):
    system.windows = True
    (tmp_path / "new").write_text("new")
    system.hook = failing_at("replace", errno.EACCES)
    with pytest.raises(NotWritable):
        system.replace(tmp_path / "new", tmp_path / "target")
    assert (tmp_path / "new").exists()


def test_elsewhere_a_refused_replace_is_not_tried_again(tmp_path):
    calls = []
    fail = failing_at("replace", errno.EACCES)
    system.hook = lambda *step: calls.append(step) or fail(*step)
    with pytest.raises(FileTrouble):
        system.replace(tmp_path / "new", tmp_path / "target")
    assert len(calls) == 1


def test_windows_knows_no_sync_of_a_folder(tmp_path):
    tried, system.windows = [], True
    system.hook = lambda *step: tried.append(step[0])
    system.sync_folder(tmp_path)
    assert tried == []
