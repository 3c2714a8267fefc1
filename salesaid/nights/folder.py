"""Where the nights lie: a folder a day, written by one run at a time; what was written is replaced, never removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from salesaid.book import baselines
from salesaid.core.errors import FileTrouble
from salesaid.core.findings import Accepted
from salesaid.core.text import Text
from salesaid.storage import system, temps
from salesaid.storage.trouble import FolderMissing, trouble_of
from salesaid.storage.whole_file import put

SEEN, DONE, LOG = "check.json", "night.json", "nightly.log"
_LOCK = ".nightly.lock"


class AnotherNight(FileTrouble):
    """Another run is writing into the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Text(f"另一个 nightly 正在写 {folder}", f"another nightly is writing to {folder}"),
            Text("等它结束再运行；什么也没有改动", "run it again once that has ended; nothing was changed"),
        )


class OutIsNoFolder(FileTrouble):
    """What --out names is there and is no folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(f"{path} 不是文件夹", f"{path} is no folder"),
            Text("--out 要写一个文件夹，每天的结果放在里面", "--out names a folder: each day has one of its own in it"),
        )


class Done(NamedTuple):
    """What a finished night left: its files, and the people who have a page."""

    files: tuple[str, ...]
    people: tuple[str, ...]


class NightFolder:
    """The folder that --out names, and in it the folder of one day."""

    def __init__(self, out: Path, day: date) -> None:
        self.out = out
        self.day = day
        self.own = out / day.isoformat()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The folders are there and this run's alone; what a killed run left half-written is removed.

        Raises AnotherNight, FolderMissing, OutIsNoFolder.
        """
        if not self.out.absolute().parent.is_dir():
            raise FolderMissing(self.out)
        if not system.make_folder(self.out) and not self.out.is_dir():
            raise OutIsNoFolder(self.out)
        handle = system.open_kept(self.out / _LOCK)
        try:
            if not system.lock(handle):
                raise AnotherNight(self.out)
            system.make_folder(self.own)
            temps.sweep(self.own, self.own)
            yield
        finally:
            system.close(handle)

    def path(self, name: str) -> Path:
        """Where a file of the day lies."""
        return self.own / name

    def write(self, name: str, content: bytes) -> None:
        """A file of the day, whole or not at all. Raises FileTrouble."""
        put(self.path(name), content)

    # ── what nights leave for those after them ───────────────────────────────────────────────────

    def before(self) -> date | None:
        """The last night before this day that came to its end."""
        return max((day for day in self._days() if (self.out / day.isoformat() / DONE).is_file()), default=None)

    def seen_before(self) -> list[Accepted]:
        """What the last check before this day found; a second run of one day compares with the same one.

        Raises NotABaseline.
        """
        days = [day for day in self._days() if (self.out / day.isoformat() / SEEN).is_file()]
        return baselines.read(self.out / max(days).isoformat() / SEEN) if days else []

    def _days(self) -> Iterator[date]:
        try:
            names = system.names_in(self.out)
        except OSError as error:
            raise trouble_of(error, self.out, reading=True) from error
        for name in names:
            with suppress(ValueError):
                day = date.fromisoformat(name)
                if day < self.day and name == day.isoformat():
                    yield day

    def done(self) -> Done:
        """What an earlier run of this day left; nothing where none came to its end."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            data: dict[str, Any] = json.loads(self.path(DONE).read_text("utf-8"))
            return Done(tuple(map(str, data["files"])), tuple(map(str, data["people"])))
        return Done((), ())

    def finish(self, done: Done) -> None:
        """The night is at its end."""
        data = {"day": self.day.isoformat(), "files": sorted(done.files), "people": sorted(done.people)}
        text = json.dumps(data, ensure_ascii=False, indent=1)
        self.write(DONE, text.encode("utf-8", "surrogatepass") + b"\n")
