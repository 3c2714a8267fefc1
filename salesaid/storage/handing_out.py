"""A file for people: where they have the one before open, the new one lies beside it under a name of its own."""

from __future__ import annotations

import errno
import time
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

from salesaid.core.errors import FileTrouble, Where
from salesaid.core.text import Text
from salesaid.storage import system
from salesaid.storage.owners import OpenElsewhere, require_free
from salesaid.storage.trouble import DeviceTrouble, DiskFull, NotRecorded, NotWritable
from salesaid.storage.whole_file import put

_WHY = {
    DiskFull: Text("磁盘已满或超出配额", "the disk is full or the quota used up"),
    NotWritable: Text("文件或文件夹只读，或没有权限", "it or its folder is read-only, or there is no permission"),
    NotRecorded: Text("系统未能确认已存到磁盘", "the system could not confirm that it is on the disk"),
}


class NotHandedOut(FileTrouble):
    """A file for people could not be written."""

    def __init__(self, path: Path, why: Text, *, is_old: bool) -> None:
        kept = Text("；原来的文件没有动", "; the old file is as it was") if is_old else Text("", "")
        super().__init__(
            Text(f"{path} 没有写成：{why.zh}", f"{path} could not be written: {why.en}") + kept,
            Text("解决后再运行一次，或写到别处", "run it again once that is mended, or write to another place"),
            Where(str(path)),
        )


class HandedOut(NamedTuple):
    """The file that was written, and why it is not the one that was asked for."""

    path: Path
    why: Text | None = None


def hand_out(path: Path, content: bytes) -> HandedOut:
    """Write a file whole or not at all: over an older one, or beside it where that is open.

    Raises FolderMissing, NotHandedOut and what else keeps a file from being written.
    """
    try:
        require_free(path, time.time())
        put(path, content)
    except (OpenElsewhere, NotWritable) as trouble:
        if system.stat(path) is not None:
            return _beside(path, content, trouble)
        raise _told(path, trouble) from trouble
    except (DiskFull, DeviceTrouble, NotRecorded) as trouble:
        raise _told(path, trouble) from trouble
    return HandedOut(path)


def no_room_to_work(path: Path) -> NotHandedOut:
    """The trouble of a file that could not be made, as the folder for temporary files takes none."""
    folder = gettempdir()
    why = Text(f"临时文件夹 {folder} 写不进去", f"the folder for temporary files, {folder}, takes none")
    return NotHandedOut(path, why, is_old=system.stat(path) is not None)


def _beside(path: Path, content: bytes, trouble: OpenElsewhere | NotWritable) -> HandedOut:
    """Raises NotHandedOut where the folder takes no other file either."""
    other = _free_name(path)
    try:
        put(other, content)
    except (NotWritable, DiskFull, DeviceTrouble, NotRecorded) as also:
        raise _told(path, also) from also
    if isinstance(trouble, OpenElsewhere):
        return HandedOut(other, Text(f"{path.name} 正在别处打开", f"{path.name} is open elsewhere"))
    return HandedOut(other, Text(f"{path.name} 被占用或只读", f"{path.name} is in use or read-only"))


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return next(name for name in names if system.stat(name) is None)


def _told(path: Path, trouble: FileTrouble) -> NotHandedOut:
    """The trouble by the name that was asked for; it speaks of a temp file."""
    cause = trouble.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    code = errno.errorcode.get(number or 0, "")
    why = _WHY.get(type(trouble)) or Text(f"系统报错（{code}）", f"the system reported an error ({code})")
    is_of_the_folder = trouble.where is not None and trouble.where.file == str(path.parent)
    return NotHandedOut(path, why, is_old=system.stat(path) is not None and not is_of_the_folder)
