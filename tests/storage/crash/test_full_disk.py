"""A disk that is really full: with any number of free pages a post is recorded whole or refused without a trace."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

PAGE = 4_096
PAGES = 40


@pytest.fixture
def small_disk(tmp_path):
    """A file system of forty pages."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={PAGES * PAGE}", "tmpfs", str(tmp_path)]
    if (
        os.geteuid()
        or not shutil.which("mount")
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("no right to mount a small disk here")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def leave_free(disk, pages: int) -> None:
    facts = os.statvfs(disk)
    (disk / "filler").write_bytes(b"x" * (max(0, facts.f_bavail - pages) * PAGE))


@pytest.mark.slow
def test_a_post_on_a_full_disk_is_whole_or_refused(world, crash, small_disk):
    codes = set()
    for free in range(12):
        book = world.copy(small_disk / "book")
        leave_free(small_disk, free)
        code = crash.run(book, world.case, None)
        codes.add(code)
        assert crash.files_of(book) == (world.after if code == crash.OK else world.before)
        (small_disk / "filler").unlink()
        assert crash.settled(world, book) in (world.before, world.after)
        shutil.rmtree(book)
    if world.case.turn == "do":  # an undo may find room in the journal's last page
        assert codes == {crash.OK, crash.REFUSED}
