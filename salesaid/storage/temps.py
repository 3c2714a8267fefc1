"""Temp files: the new content of a file lies beside it until it takes its place.

Their names say whose they are, so that what a killed command left is found and removed.
"""

from __future__ import annotations

import os
from binascii import crc32
from contextlib import suppress
from pathlib import Path

from salesaid.core.errors import FileTrouble
from salesaid.storage import system
from salesaid.storage.contract import Spooled
from salesaid.storage.trouble import Named

START = ".salesaid-tmp-"


def temp_name(book: Path, path: Path) -> str:
    """A new name for the coming content of `path`, with its suffix, so that a store knows the format."""
    ending = path.suffix if path.suffix[1:].isalnum() else ""
    return f"{START}{_process()}-{_tag(book)}{os.urandom(4).hex()}{ending}"


def sweep(book: Path, folder: Path) -> None:
    """Temp files that earlier commands on this book left in the folder are removed; the book's lock must be held."""
    ours, mine = f"-{_tag(book)}", f"{START}{_process()}-"
    with suppress(FileTrouble):  # what cannot be removed now does no harm
        for name in system.names_in(folder):
            if name.startswith(START) and ours in name and not name.startswith(mine):
                system.unlink(folder / name)


def _process() -> str:
    host = os.environ.get("COMPUTERNAME", "pc") if system.windows else os.uname().nodename
    return f"{host.replace('/', '_')}-{os.getpid()}"


def _tag(book: Path) -> str:
    """Books that share a folder must not remove each other's files."""
    return f"{crc32(os.fsencode(book)):08x}"


def write_new(path: Named, data: bytes | Spooled, *, like: Named | None = None) -> None:
    """A new file holding `data`, on the disk, with mode, owner and attributes of `like`."""
    handle = system.open_new(path, 0o600 if like else 0o666)
    try:
        for piece in data.pieces() if isinstance(data, Spooled) else (data,):
            system.write_all(handle, piece)
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
