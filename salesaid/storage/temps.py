"""Temp files: the new content of a file lies beside it until it takes its place.

Their names say whose they are, so that what a killed command left is found and removed.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from salesaid.core.errors import FileTrouble
from salesaid.storage import system
from salesaid.storage.trouble import Named

START = ".salesaid-tmp-"
_DAY = 86_400.0


def temp_name(path: Path) -> str:
    """A new name for the coming content of `path`, with its suffix, so that a store knows the format."""
    ending = path.suffix if path.suffix[1:].isalnum() else ""
    return f"{START}{_host()}-{os.getpid()}-{os.urandom(4).hex()}{ending}"


def sweep(folder: Path) -> None:
    """Temp files that a dead process of this computer left in the folder are removed."""
    with suppress(FileTrouble):  # what cannot be removed now does no harm
        for name in system.names_in(folder):
            if name.startswith(START) and _is_dead(folder / name):
                system.unlink(folder / name)


def write_new(path: Named, data: bytes, *, like: Named | None = None) -> None:
    """A new file holding `data`, on the disk, with mode, owner and attributes of `like`."""
    handle = system.open_new(path, 0o600 if like else 0o666)
    try:
        system.write_all(handle, data)
        if like:
            system.copy_attributes(like, handle)
        system.sync(handle)
    finally:
        system.close(handle)


def link_or_copy(source: Named, target: Named) -> None:
    """`target` becomes a second name of `source`, or its copy where there are no second names."""
    if system.link(source, target):
        return
    old = system.open_read(source)
    try:
        write_new(target, system.read_all(old), like=source)
    finally:
        system.close(old)


def _host() -> str:
    node = os.environ.get("COMPUTERNAME", "pc") if system.windows else os.uname().nodename
    return node.replace("/", "_")


def _is_dead(path: Path) -> bool:
    host, _, process = path.name[len(START) :].rpartition("-")[0].rpartition("-")
    if host != _host() or not process.isdecimal():
        return False
    return _is_old(path) if system.windows else not _runs(int(process))


def _is_old(path: Path) -> bool:
    """On Windows a process cannot be asked for without harming it, so age decides."""
    facts = system.stat(path)
    return facts is not None and time.time() - facts.st_mtime > _DAY


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
