"""How the files of a receipt stand now, and what is to become of a post that was interrupted.

Nothing is written here. Recovery does what the verdict says; readers see the files as if it had been done.

A post is taken back unless all of it is there. One that cuts (the undo of an append) is finished instead: a file that
is still uncut can be read as if it were cut, while the row that is gone could not be shown without writing it.
"""

from __future__ import annotations

from binascii import crc32
from pathlib import Path
from typing import Literal, NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.storage import system
from salesaid.storage.contract import View
from salesaid.storage.identity import require_regular
from salesaid.storage.lock import OWN_FOLDER
from salesaid.storage.receipts import Receipt, Recorded, Spliced, Sum, Swapped
from salesaid.storage.trouble import FileMissing

Standing = Literal["present", "grown", "absent", "torn", "foreign"]
"""The change is there; is there with more behind it; is not there; is there in part; the file is another's work."""

Outcome = Literal["finished", "removed", "left alone"]


class Verdict(NamedTuple):
    """What becomes of a pending receipt: `forward` its changes are completed, else taken back, but the foreign ones."""

    outcome: Outcome
    forward: bool
    standings: tuple[Standing, ...]


def kept_folder(folder: Path) -> Path:
    """Where the files lie that the newest post replaced."""
    return folder / OWN_FOLDER / "last"


def temp_of(change: Swapped) -> Path:
    """The new content before it takes its place."""
    return change.path.with_name(change.temp)


def sum_of(path: Path) -> Sum | None:
    """Size and CRC of a file; None where there is none."""
    content = content_of(path)
    return None if content is None else Sum(len(content), crc32(content))


def content_of(path: Path, offset: int = 0) -> bytes | None:
    """The file's bytes from `offset` on; None where there is no file."""
    try:
        handle = system.open_read(path)
    except FileMissing:
        return None
    try:
        size = require_regular(handle).st_size
        return system.read_at(handle, offset, size - offset) if size >= offset else b""
    finally:
        system.close(handle)


def standing(change: Recorded) -> Standing:
    """How one change stands in its file; foreign where the file cannot be read."""
    try:
        return standing_as_read(change)
    except FileTrouble:
        return "foreign"


def standing_as_read(change: Recorded) -> Standing:
    """How one change stands in its file. Raises FileTrouble where the file cannot be read."""
    return _splice_standing(change) if isinstance(change, Spliced) else _swap_standing(change)


def verdict(folder: Path, receipt: Receipt) -> Verdict:
    """What is to become of a pending receipt, by how its files stand."""
    found = tuple(standing(change) for change in receipt.changes)
    if all(each in ("present", "grown") for each in found):
        return Verdict("finished", True, found)
    forward = any(cuts(change) for change in receipt.changes) and any(each != "absent" for each in found)
    pairs = zip(receipt.changes, found, strict=True)
    sure = tuple(each if _is_possible(folder, change, each, forward) else "foreign" for change, each in pairs)
    if "foreign" in sure:
        return Verdict("left alone", forward, sure)
    return Verdict("finished" if forward else "removed", forward, sure)


def views(folder: Path, receipt: Receipt, found: Verdict) -> dict[Path, View]:
    """How readers see the files, by their real paths; a file that is not named is seen as it is."""
    seen = {}
    for change, each in zip(receipt.changes, found.standings, strict=True):
        view = _view_forward(change, each) if found.forward else _view_back(folder, change, each)
        if view:
            seen[change.path] = view
    return seen


def cuts(change: Recorded) -> bool:
    """Whether the change takes bytes of a file away in place."""
    return isinstance(change, Spliced) and bool(change.old)


def _splice_standing(change: Spliced) -> Standing:
    if _size(change.path) < change.offset:
        return "foreign"
    tail = content_of(change.path, change.offset)
    if tail is None:
        return "absent" if change.made else "foreign"
    if tail == change.new:
        return "present"
    if tail == change.old and not change.made:
        return "absent"
    if change.new and tail.startswith(change.new):
        return "grown"
    return "torn" if _is_part(tail, change.new or change.old) else "foreign"


def _size(path: Path) -> int:
    facts = system.stat(path)
    return facts.st_size if facts else 0


def _is_part(tail: bytes, whole: bytes) -> bool:
    """Whether the bytes are what a write of `whole` leaves when it is cut short: its start, or NULs in its place."""
    if len(tail) > len(whole):
        return False
    return whole.startswith(tail) or all(byte in (0, ours) for byte, ours in zip(tail, whole, strict=False))


def _swap_standing(change: Swapped) -> Standing:
    now = sum_of(change.path)
    if now == change.new:
        return "present"
    return "absent" if now == change.old else "foreign"


def _is_possible(folder: Path, change: Recorded, each: Standing, forward: bool) -> bool:
    """Whether one change can be finished, or taken back, by what lies on the disk."""
    if isinstance(change, Spliced):
        return each != "foreign" and (forward or each != "grown")
    if forward:
        return each == "present" or (each == "absent" and (not change.new or sum_of(temp_of(change)) == change.new))
    return each == "absent" or (
        each == "present" and (not change.old or sum_of(kept_folder(folder) / change.kept) == change.old)
    )


def _view_forward(change: Recorded, each: Standing) -> View | None:
    if each not in ("absent", "torn"):
        return None
    if isinstance(change, Spliced):
        return View(limit=change.offset)
    return View(absent=True) if change.new is None else View(instead=temp_of(change))


def _view_back(folder: Path, change: Recorded, each: Standing) -> View | None:
    if each not in ("present", "torn"):
        return None
    if isinstance(change, Spliced):
        return View(absent=True) if change.made else View(limit=change.offset)
    return View(absent=True) if change.old is None else View(instead=kept_folder(folder) / change.kept)
