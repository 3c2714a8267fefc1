"""Who has a ledger open: Excel, WPS and LibreOffice put a small owner file beside the file a person works on.

What is written to a file that is open elsewhere is lost with that person's next save, so nothing is. A lock on the file
itself says the same. An owner file that a crash left behind (a day old, and nobody holds the ledger) is only pointed
out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from salesaid.core.errors import FileTrouble, Where
from salesaid.core.text import Text
from salesaid.storage import system
from salesaid.storage.identity import require_regular
from salesaid.storage.trouble import NotReadable, NotWritable

STALE_AFTER = 24 * 3600.0  # seconds
_EXCEL, _WPS, _LIBRE = "~$", ".~", ".~lock."
_SIZE = 165  # bytes of an owner file of Excel and WPS
_NAME_AT = 55  # of them, the user's name: a count of UTF-16 units in two bytes, then the units
_READ = 512
_DROPPED = 2  # characters of a name that these programs leave out at most


class Owner(NamedTuple):
    """An owner file: where it lies, whose it is as far as it says, and how old it is."""

    path: Path
    program: str
    who: str
    seconds: float


class OpenElsewhere(FileTrouble):
    """A person has the file open in a spreadsheet program: `by` says in which, and who."""

    def __init__(self, path: Path, owner: Owner) -> None:
        self.path = path
        self.by = opened_by(owner)
        super().__init__(
            Text(
                f"{path} 正在{self.by.zh}里打开，什么都没有记", f"{path} is open in {self.by.en}; nothing was recorded"
            ),
            Text(
                f"请保存并关闭后重新输入；如果没有人开着它，就删掉 {owner.path.name}",
                f"save and close it, then try again; if nobody has it open, delete {owner.path.name}",
            )
            if owner.path != path
            else Text("请保存并关闭后重新输入", "save and close it, then try again"),
            Where(str(path)),
        )


class QueueAhead(FileTrouble):
    """Rows wait for a ledger's file, and what is to be written to it now must not overtake them."""

    def __init__(self, title: Text, queued: str) -> None:
        super().__init__(
            Text(
                f"{title.zh}还有排队的行（{queued}）没有写进去，什么都没有记",
                f"rows still wait to be written to {title.en} ({queued}); nothing was recorded",
            ),
            Text(
                "关闭正开着的台账再试；salesaid doctor 说明在等什么",
                "close the ledgers that are open and try again; salesaid doctor says what is waited for",
            ),
        )


def opened_by(owner: Owner) -> Text:
    """The program that has a file open, and who sits at it as far as that is known."""
    who = Text(f"（{owner.who}）", f" ({owner.who})") if owner.who else Text("", "")
    program = Text(f" {owner.program}", owner.program) if owner.program else Text("另一个程序", "another program")
    gap = " " if owner.program and not owner.who else ""
    return Text(f"{program.zh}{who.zh}{gap}", f"{program.en}{who.en}")


def require_free(path: Path, now: float) -> Text | None:
    """A warning where an owner file is stale; None where there is none. Raises OpenElsewhere. `now`: seconds, UTC."""
    owner = owner_of(path, now)
    if owner is None:
        if _is_held(path):
            raise OpenElsewhere(path, Owner(path, "", "", 0.0))
        return None
    if owner.seconds < STALE_AFTER or _is_held(path):
        raise OpenElsewhere(path, owner)
    days = int(owner.seconds // STALE_AFTER)
    return Text(
        f"{owner.path.name} 是 {days} 天前留下的，看来没有人开着 {path.name}，照常处理；确认后可以删掉它",
        f"{owner.path.name} is {days} days old and nobody seems to have {path.name} open: it was not waited for; "
        "delete it if that is so",
    )


def owner_of(path: Path, now: float) -> Owner | None:
    """The newest owner file of a ledger, None where there is none."""
    try:
        names = system.names_in(path.parent)
    except NotReadable:  # a folder that may be entered but not listed shows no owner files
        return None
    found = [owner for name in _owner_names(path.name, set(names)) if (owner := _read(path.with_name(name), now))]
    return min(found, key=lambda owner: owner.seconds, default=None)


def _owner_names(name: str, present: set[str]) -> Iterator[str]:
    """Those of the names that are owner files of `name`; WPS and Excel may leave out its first letters.

    A shortened name is another file's where a file of just that name is there.
    """
    if f"{_LIBRE}{name}#" in present:
        yield f"{_LIBRE}{name}#"
    stem = len(Path(name).stem)
    for dropped in range(min(_DROPPED + 1, stem)):
        short = name[dropped:]
        if not dropped or short not in present:
            yield from (start + short for start in (_EXCEL, _WPS) if start + short in present)


def _read(path: Path, now: float) -> Owner | None:
    """What an owner file says; None where it has just gone, or is no file."""
    content = b""
    facts = system.stat(path)
    if facts is None:
        return None
    with suppress(FileTrouble):  # on Windows its program keeps others from reading it
        handle = system.open_read(path)
        try:
            require_regular(handle)
            content = system.read_at(handle, 0, _READ)
        finally:
            system.close(handle)
    is_libre = path.name.startswith(_LIBRE)
    program = "LibreOffice" if is_libre else "WPS" if path.name.startswith(_WPS) else "Excel"
    who = _named_in_text(content) if is_libre else _named_in_bytes(content)
    return Owner(path, program, who, now - facts.st_mtime)


def _named_in_text(content: bytes) -> str:
    """LibreOffice: full name, login, computer, time, profile, with commas between."""
    fields = content.decode("utf-8", "replace").split(",")
    return next((field.strip() for field in fields[:2] if _is_name(field.strip())), "")


def _named_in_bytes(content: bytes) -> str:
    if len(content) != _SIZE:
        return ""
    start = _NAME_AT + 2
    length = int.from_bytes(content[_NAME_AT:start], "little")
    name = content[start : start + 2 * length].decode("utf-16-le", "replace").strip()
    return name if _is_name(name) else ""


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _NAME_AT and text.isprintable() and "\ufffd" not in text


def _is_held(path: Path) -> bool:
    """Whether another program keeps the file from being written: by a lock, on Windows by having it open."""
    try:
        handle = system.open_edit(path)
    except NotWritable:
        return system.windows and os.access(path, os.W_OK)
    except FileTrouble:  # none of our business: who writes the file will hear of it
        return False
    try:
        return not system.windows and _is_locked(handle.fd)
    finally:
        system.close(handle)


def _is_locked(fd: int) -> bool:
    import fcntl

    try:
        fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:  # a file system without such locks
        return False
    return False
