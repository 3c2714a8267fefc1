"""A file for people: where they have the one before open, the new one lies beside it under a name of its own."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path
from typing import NamedTuple

from salesaid.core.text import Text
from salesaid.storage import system
from salesaid.storage.owners import OpenElsewhere, require_free
from salesaid.storage.trouble import NotWritable
from salesaid.storage.whole_file import put


class HandedOut(NamedTuple):
    """The file that was written, and why it is not the one that was asked for."""

    path: Path
    why: Text | None = None


def hand_out(path: Path, content: bytes) -> HandedOut:
    """Write a file whole or not at all: over an older one, or beside it where that is open. Raises FileTrouble."""
    try:
        require_free(path, time.time())
        put(path, content)
    except (OpenElsewhere, NotWritable) as trouble:
        if not path.exists():
            raise
        return _beside(path, content, trouble)
    return HandedOut(path)


def _beside(path: Path, content: bytes, trouble: OpenElsewhere | NotWritable) -> HandedOut:
    """Raises the trouble where the folder takes no other file either."""
    other = _free_name(path)
    try:
        put(other, content)
    except NotWritable:
        raise trouble from None
    is_open = isinstance(trouble, OpenElsewhere)
    why = Text(
        f"{path.name} 正在别处打开" if is_open else f"{path.name} 被占用或只读",
        f"{path.name} is open elsewhere" if is_open else f"{path.name} is in use or read-only",
    )
    return HandedOut(other, why)


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return next(name for name in names if system.stat(name) is None)
