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

CHANGING = {"write", "truncate", "fdatasync", "fsync_dir", "replace", "unlink", "link", "mkdir", "acknowledged"}
WAYS = ("nothing", "half", "nuls", "nuls and all names")


def names_now(folder: Path) -> dict[str, int]:
    return {entry.name: entry.inode() for entry in os.scandir(folder)}


class Disk:
    """What a power cut would leave of a book."""

    def __init__(self, book: Path) -> None:
        self.book = book
        self.names: dict[str, dict[str, int]] = {}
        self.contents: dict[int, bytes] = {}
        self.folders: dict[str, int] = {}
        self.last = ("", "")
        for folder, _, files in os.walk(book):
            self.names[folder] = names_now(Path(folder))
            for name in files:
                self.keep(Path(folder) / name)

    def keep(self, file: Path) -> None:
        self.contents[file.stat().st_ino] = file.read_bytes()

    def step(self, name: str, path: str) -> None:
        """The step before this one has succeeded."""
        done, what = self.last
        if done == "fdatasync":
            self.keep(Path(what))
        elif done == "fsync_dir":
            self.names[what] = names_now(Path(what))
        self.last = (name, path)

    def cut(self, way: str) -> None:
        """The book becomes what the disk held."""
        live, kind = self.read_live()
        if way.endswith("all names"):
            self.names |= {folder: names_now(Path(folder)) for folder in kind}
        shutil.rmtree(self.book)
        self.write(str(self.book), live, way)

    def read_live(self) -> tuple[dict[int, bytes], list[str]]:
        live, folders = {}, []
        for folder, below, files in os.walk(self.book):
            folders.append(folder)
            self.folders |= {(path := os.path.join(folder, name)): os.stat(path).st_ino for name in below}
            for name in files:
                file = Path(folder) / name
                live[file.stat().st_ino] = file.read_bytes()
        return live, folders

    def write(self, folder: str, live: dict[int, bytes], way: str) -> None:
        os.mkdir(folder)
        places: dict[int, str] = {}
        for name, inode in self.names.get(folder, {}).items():
            path = os.path.join(folder, name)
            if path in self.folders:
                self.write(path, live, way)
            elif inode in places:
                os.link(places[inode], path)
            else:
                places[inode] = path
                Path(path).write_bytes(mixed(self.contents.get(inode, b""), live.get(inode, b""), way))


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
        disk.step(name, path)
        if count == step:
            disk.cut(way)
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


def assert_survives(world, crash, book, step, way):
    assert crash.run(book, world.case, cutting(book, step, way)) == -signal.SIGKILL
    state = crash.assert_all_or_none(world, book)
    if step == len(world.steps):
        assert state == world.after


def test_what_was_acknowledged_survives_the_power_cut_right_after(world, crash, place):
    for way in WAYS:
        assert_survives(world, crash, world.copy(place / way), len(world.steps), way)


def test_a_power_cut_at_any_changing_step_leaves_all_or_none(world, crash, place):
    for step, name in enumerate(world.steps):
        if name in CHANGING:
            way = WAYS[step % len(WAYS)]
            assert_survives(world, crash, world.copy(place / str(step)), step, way)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_power_cut_at_every_step_in_every_way(world, crash, place, way):
    for step in range(len(world.steps) + 1):
        assert_survives(world, crash, world.copy(place / str(step)), step, way)
