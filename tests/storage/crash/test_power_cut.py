"""A power cut at any step: what was never synced is lost, half there, or NULs; what was acknowledged stays.

The child keeps a model of the disk: contents as of their last sync, names as of their folder's last sync. When the
power goes, the folder is rewritten as the model has it and the process is killed.
"""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

LOOKING = {"stat", "fstat", "read", "list", "resolve", "seek", "flock"}
WAYS = ("nothing", "half", "nuls", "nuls and all names")


def names_now(folder: Path) -> dict[str, int]:
    return {path.name: path.lstat().st_ino for path in folder.iterdir()}


class Disk:
    """What a power cut would leave of a book: contents by inode, names by folder."""

    def __init__(self, book: Path) -> None:
        self.book = book
        self.folders = {book: names_now(book)} | {path: names_now(path) for path in book.rglob("*") if path.is_dir()}
        self.synced = {path.stat().st_ino: path.read_bytes() for path in book.rglob("*") if path.is_file()}
        self.last = ("", book)

    def step(self, name: str, path: Path) -> None:
        """The step before this one has succeeded."""
        done, what = self.last
        if done == "fdatasync":
            self.synced[what.stat().st_ino] = what.read_bytes()
        elif done == "fsync_dir":
            self.folders[what] = names_now(what)
        self.last = (name, path)

    def cut(self, way: str) -> None:
        """The book becomes what the disk held."""
        places = [self.book, *self.book.rglob("*")]
        live = {path.stat().st_ino: path.read_bytes() for path in places if path.is_file()}
        inner = {path for path in places if path.is_dir()}
        if way.endswith("all names"):
            self.folders |= {path: names_now(path) for path in inner}
        shutil.rmtree(self.book)
        self.write(self.book, {ino: mixed(self.synced.get(ino, b""), now, way) for ino, now in live.items()}, inner)

    def write(self, folder: Path, contents: dict[int, bytes], inner: set[Path]) -> None:
        folder.mkdir()
        written: dict[int, Path] = {}
        for name, inode in self.folders.get(folder, {}).items():
            path = folder / name
            if path in inner:
                self.write(path, contents, inner)
            elif inode in written:
                path.hardlink_to(written[inode])
            else:
                path.write_bytes(contents.get(inode, self.synced.get(inode, b"")))
                written[inode] = path


def mixed(synced: bytes, live: bytes, way: str) -> bytes:
    """A content of which a part never reached the disk."""
    if way == "nothing" or not live.startswith(synced):
        return synced
    new = live[len(synced) :]
    return synced + (new[: len(new) // 2] if way == "half" else b"\0" * len(new))


def cutting(book: Path, step: int, way: str):
    disk, count = Disk(book), -1

    def hook(name, path, size):
        nonlocal count
        count += 1
        disk.step(name, Path(path))
        if count == step:
            disk.cut(way)
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


def left_by_a_cut(world, crash, book, step, way):
    """The state, whole, that the book is in after the power went at this step."""
    assert crash.run(book, world.case, cutting(book, step, way)) == -signal.SIGKILL
    return crash.settled(world, book)


def test_what_was_acknowledged_survives_the_power_cut_right_after(world, crash, place):
    for way in WAYS:
        assert left_by_a_cut(world, crash, world.copy(place / way), len(world.steps), way) == world.after


def test_a_power_cut_at_any_changing_step_leaves_all_or_none(world, crash, place):
    changing = [step for step, name in enumerate(world.steps) if name not in LOOKING]
    assert len(changing) > len(WAYS)
    for step in changing:
        left = left_by_a_cut(world, crash, world.copy(place / str(step)), step, WAYS[step % len(WAYS)])
        assert left in (world.before, world.after)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_power_cut_at_every_step_in_every_way(world, crash, place, way):
    for step in range(len(world.steps)):
        left = left_by_a_cut(world, crash, world.copy(place / str(step)), step, way)
        assert left in (world.before, world.after)
