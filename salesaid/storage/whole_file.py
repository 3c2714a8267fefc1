"""A file that is wanted whole or not at all: what `--out` writes."""

from __future__ import annotations

import os
from pathlib import Path

from salesaid.core.errors import SalesaidError
from salesaid.storage import system, temps
from salesaid.storage.temps import temp_name
from salesaid.storage.trouble import FolderMissing


def put(path: Path, content: bytes) -> None:
    """Write a file in place of what stands there, by way of a temp file beside it. Raises FileTrouble."""
    if not path.absolute().parent.is_dir():
        raise FolderMissing(path)
    target = Path(system.real_path(path)) if os.path.lexists(path) else path
    temp = target.with_name(temp_name(target.parent, target))
    try:
        temps.write_new(temp, content, like=target if target.exists() else None)
        system.replace(temp, target)
        system.sync_folder(target.parent)
    except (SalesaidError, OSError):
        if temp.exists():
            system.unlink(temp)
        raise
