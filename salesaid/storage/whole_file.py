"""Files that are wanted whole or not at all: what `--out` writes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from salesaid.storage import system, temps
from salesaid.storage.temps import temp_name
from salesaid.storage.trouble import FolderMissing


def put(path: Path, content: bytes) -> None:
    """Write a file in place of what stands there, by way of a temp file beside it. Raises FileTrouble."""
    put_all({path: content})


def put_all(files: Mapping[Path, bytes]) -> None:
    """Write several files; none takes its place before all of them lie on the disk. Raises FileTrouble."""
    temps_of: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            _require_folder(path)
            target = Path(system.real_path(path)) if os.path.lexists(path) else path
            temps_of[target] = target.with_name(temp_name(target.parent, target))
            temps.write_new(temps_of[target], content, like=target if target.exists() else None)
        for target, temp in temps_of.items():
            system.replace(temp, target)
        for folder in {target.parent for target in temps_of}:
            system.sync_folder(folder)
    except BaseException:  # also where a person stops it
        for temp in temps_of.values():
            if temp.exists():
                system.unlink(temp)
        raise


def _require_folder(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise FolderMissing(path)
