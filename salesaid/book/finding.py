"""Where a book lies, what its settings say, and in which file each of its ledgers is."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from salesaid import ledgers
from salesaid.core.errors import FileTrouble, Refused, Where
from salesaid.core.setting_errors import BadSettingsFile
from salesaid.core.sheet_rows import is_pattern
from salesaid.core.text import LANGUAGES, Text
from salesaid.settings import FILE_NAME, Settings, parse_settings
from salesaid.storage.contract import Spot
from salesaid.storage.trouble import NotReadable, trouble_of

OWN_FOLDER = ".salesaid"
IMPORTS = "imports"  # in it: the keys and the rows that imports have added, a file each
SUFFIXES = (".csv", ".xlsx", ".xlsm")


class NoBook(Refused):
    """There is no salesaid.toml here or above."""

    def __init__(self, start: Path) -> None:
        super().__init__(
            Text(f"{start} 及其上级文件夹里没有账本", f"there is no book in {start} or above it"),
            Text(
                "新建：salesaid init 文件夹；或用 --book 指出账本",
                "make one with salesaid init FOLDER, or name one with --book",
            ),
        )


class TwoFiles(FileTrouble):
    """Two files could be one ledger."""

    def __init__(self, title: Text, paths: list[Path]) -> None:
        self.paths = paths
        names = [path.name for path in paths]
        super().__init__(
            Text(f"{title.zh}有两个文件：{'、'.join(names)}", f"there are two files of {title.en}: {', '.join(names)}"),
            Text(
                f"留下一个，或在 {FILE_NAME} 里用 file 指定",
                f"keep one of them, or name it with `file` in {FILE_NAME}",
            ),
        )


class LedgerGone(FileTrouble):
    """A ledger's file was here, or is named by the settings, and is not there."""

    def __init__(self, title: Text, path: Path) -> None:
        super().__init__(
            Text(f"{title.zh}的文件 {path} 不见了", f"the file of {title.en}, {path}, is gone"),
            Text("把它放回原处，或在设置里改正 file", "put it back, or correct `file` in the settings"),
        )


class NoSheetsYet(Refused):
    """A ledger is to lie in sheets, one a month, of which a person makes each."""

    def __init__(self, title: Text, path: Path, pattern: str) -> None:
        super().__init__(
            Text(
                f"{title.zh}要分在“{pattern}”这些工作表里，还没有这样的文件",
                f"{title.en} is to lie in the sheets “{pattern}”, and there is no such file yet",
            ),
            Text(
                "先建好工作簿，每张表写上表头，再 salesaid adopt；或在设置里去掉 sheet",
                "make a workbook with headings in each sheet and salesaid adopt it, or leave out the setting `sheet`",
            ),
            Where(path.name),
        )


def find_book(given: str | None, start: Path) -> Path:
    """The book's folder: the one given, else the nearest upwards, else ./data. Raises NoBook."""
    if given is not None:
        folder = Path(given)
        if not _is_book(folder):
            raise NoBook(folder)
        return folder
    for folder in (start, *start.parents, start / "data"):
        with suppress(NotReadable):
            if _is_book(folder):
                return folder
    raise NoBook(start)


def _is_book(folder: Path) -> bool:
    try:
        return (folder / FILE_NAME).is_file()
    except OSError as error:
        raise trouble_of(error, folder, reading=True) from error


def read_settings(folder: Path) -> tuple[Settings, int]:
    """The settings, and the CRC of what they were read from. Raises BadSettingsFile, UnknownSetting, BadSetting."""
    from zlib import crc32

    try:
        data = (folder / FILE_NAME).read_bytes()
    except OSError as error:
        raise trouble_of(error, folder / FILE_NAME, reading=True) from error
    return parsed_settings(data), crc32(data)


@lru_cache(maxsize=1)
def parsed_settings(data: bytes) -> Settings:
    """The settings of a file's bytes. Raises BadSettingsFile, UnknownSetting, BadSetting."""
    try:
        return parse_settings(_read(data.decode("utf-8-sig")), ledgers.names())
    except UnicodeDecodeError as error:
        raise BadSettingsFile(Text("不是 UTF-8 编码", "it is not UTF-8")) from error


def _read(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad_settings(str(error)) from error


def _bad_settings(why: str) -> BadSettingsFile:
    """What is wrong where: the parser says it in English only, with its line and column at the end."""
    place = re.search(r"\(at line ([0-9]+), column ([0-9]+)\)", why)
    if place is None:
        return BadSettingsFile(Text("没有写完，末尾还缺内容", why))
    row, column = int(place[1]), int(place[2])
    return BadSettingsFile(Text(f"第 {column} 个字起不合 TOML 的写法", why), row)


def spot_of(folder: Path, settings: Settings, id_: str) -> Spot | None:
    """Where a ledger lies; None where it was never written. Raises TwoFiles, LedgerGone."""
    title = ledgers.load(id_).title
    own = settings.ledger(id_)
    if own.file is not None:
        path = _straight(folder / own.file)
        if not _is_there(path):
            raise LedgerGone(title, path)
        return Spot(path, own.sheet, own.header_row)
    found = [path for path in usual_paths(folder, id_) if _is_there(path)]
    if len(found) > 1:
        raise TwoFiles(title, found)
    return Spot(found[0], own.sheet, own.header_row) if found else None


def usual_paths(folder: Path, id_: str) -> list[Path]:
    """Where a ledger is looked for that the settings give no file of its own."""
    title = ledgers.load(id_).title
    return [folder / name for name in dict.fromkeys(title.in_(lang) + end for lang in LANGUAGES for end in SUFFIXES)]


def _straight(path: Path) -> Path:
    """A path without `..`, where the way back leads to the same file: not over a link to another folder."""
    if ".." not in path.parts:
        return path
    straight = Path(os.path.normpath(path))
    return straight if os.path.realpath(straight) == os.path.realpath(path) else path


def _is_there(path: Path) -> bool:
    """Whether anything goes by that name, a link that leads nowhere too. Raises FileTrouble."""
    try:
        path.lstat()
    except (FileNotFoundError, ValueError):  # a name with NUL in it names nothing
        return False
    except OSError as error:
        raise trouble_of(error, path, reading=True) from error
    return True


def new_spot(folder: Path, settings: Settings, id_: str, lang: str) -> Spot:
    """Where the first post of a ledger makes its file. Raises NoSheetsYet."""
    title, sheet = ledgers.load(id_).title, settings.ledger(id_).sheet
    path = folder / f"{title.zh if lang == 'zh' else title.en}.{settings.store}"
    if sheet is not None and is_pattern(sheet):
        raise NoSheetsYet(title, path, sheet)
    return Spot(path, sheet)
