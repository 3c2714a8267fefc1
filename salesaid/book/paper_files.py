"""The files that documents name: how the ledger writes where they lie, and how they stand now."""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from salesaid.core.errors import FileTrouble, Where
from salesaid.core.paper_files import Filed, Presence
from salesaid.core.text import Text, joined, same
from salesaid.storage import system
from salesaid.storage.contents import presence, sha256_of

if TYPE_CHECKING:
    from salesaid.book import Book

_SHOWN = 5
_OF_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")  # a drive or a share, which other systems do not have
_READ_OTHERWISE = ("=", "@", "+", "-")  # what a spreadsheet may take for a formula


class NoSuchFile(FileTrouble):
    """The file that is to be filed is not there."""

    def __init__(self, path: Path, near: list[str]) -> None:
        names = joined([same(name) for name in near])
        asked = Text(f"是不是：{names.zh}？", f"did you mean: {names.en}?")
        look = Text(
            "看看文件名和文件夹；有空格的路径要加引号",
            "look at the name and the folder; a path with blanks needs quotes",
        )
        super().__init__(
            Text(f"找不到文件 {path}", f"there is no file {path}"), asked if near else look, Where(os.fspath(path))
        )


class IsFolder(FileTrouble):
    """A folder was named where one file is to be filed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(f"{path} 是文件夹，不是文件", f"{path} is a folder, no file"),
            Text("一次登记一个文件", "file one file at a time"),
            Where(os.fspath(path)),
        )


def filed(folder: Path, here: Path, typed: str) -> Filed:
    """The file that was typed, as the ledger of the book in `folder` is to name it.

    It is looked for from where the person stands, then from the book's folder, as ledgers name it. Raises
    NoSuchFile, IsFolder, and FileTrouble where it cannot be read.
    """
    text = typed.strip().strip('"“”')
    path = next((path for path in (here / text, folder / text) if presence(path) != "gone"), None)
    if path is None:
        raise NoSuchFile(here / text, _near(here / text))
    if path.is_dir():
        raise IsFolder(path)
    return Filed(as_named(folder, path), sha256_of(path))


def as_named(folder: Path, path: Path) -> str:
    """A path from the book's folder on, with slashes, where both have more than the root in common; else the whole."""
    base = os.path.realpath(folder)
    whole = os.path.join(os.path.realpath(os.path.abspath(path.parent)), path.name)  # noqa: PTH100, PTH118
    if _shared(base, whole):
        text = Path(os.path.relpath(whole, base)).as_posix()
        return f"./{text}" if text.startswith(_READ_OTHERWISE) else text
    return Path(whole).as_posix()


def _shared(base: str, whole: str) -> bool:
    try:
        common = Path(os.path.commonpath([base, whole]))
    except ValueError:  # on two drives
        return False
    return common != Path(common.anchor)


def _near(path: Path) -> list[str]:
    from difflib import get_close_matches

    if presence(path.parent) != "there" or not path.parent.is_dir():
        return []
    names = [name for name in system.names_in(path.parent) if not name.startswith((".", "~$"))]
    return get_close_matches(path.name, names, _SHOWN)


def paper_files(book: Book) -> PaperFilesOfBook:
    """The files that the documents of a book name."""
    return PaperFilesOfBook(book.folder)


class PaperFilesOfBook:
    """Files by their path as the ledger writes it, each looked at when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._presences: dict[str, Presence] = {}
        self._sums: dict[str, str | None] = {}

    @cached_property
    def _base(self) -> str:
        return os.path.realpath(self._folder)

    def presence(self, path: str) -> Presence:
        """Whether it is there."""
        if path not in self._presences:
            self._presences[path] = self._look(path.strip())
        return self._presences[path]

    def sha256(self, path: str) -> str | None:
        """SHA-256 of what it holds now; None where it is not there, is a folder or may not be read."""
        if path not in self._sums:
            try:
                self._sums[path] = sha256_of(self._at(path.strip()))
            except FileTrouble:
                self._sums[path] = None
        return self._sums[path]

    def _look(self, path: str) -> Presence:
        if not path:
            return "paper"
        if _is_elsewhere(path):
            return "unseen"
        return presence(self._at(path))

    def _at(self, path: str) -> Path:
        """Where it lies: from the book's folder on; a path that Windows wrote is read on other systems, too."""
        whole = Path(os.path.normpath(os.path.join(self._base, path)))  # noqa: PTH118
        if system.windows or "\\" not in path or presence(whole) == "there":
            return whole
        return Path(os.path.normpath(os.path.join(self._base, path.replace("\\", "/"))))  # noqa: PTH118


def _is_elsewhere(path: str) -> bool:
    """Whether only a system of the other sort has such paths."""
    return path.startswith("/") if system.windows else bool(_OF_WINDOWS.match(path))
