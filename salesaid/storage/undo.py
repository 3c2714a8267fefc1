"""The changes that take the newest post back, bit for bit, if every file still is as that post left it."""

from __future__ import annotations

from binascii import crc32
from pathlib import Path

from salesaid.storage import system
from salesaid.storage.contract import Change, Splice, Stamp, Swap
from salesaid.storage.identity import stamp_of
from salesaid.storage.receipts import Receipt, Recorded, Spliced, Sum, Swapped, newest_done
from salesaid.storage.standing import content_of, kept_folder, standing_as_read
from salesaid.storage.trouble import NothingToUndo, Overtaken


def to_undo(folder: Path) -> Receipt:
    """The post that an undo would take back: the newest that stands, an undo included. Raises NothingToUndo."""
    receipt = newest_done(folder)
    if receipt is None:
        raise NothingToUndo
    return receipt


def undo_changes(folder: Path, receipt: Receipt) -> list[Change]:
    """The inverse of a post. Raises Overtaken, naming the first file that is no longer as it left it, FileTrouble."""
    return [_inverse(folder, receipt, change) for change in reversed(receipt.changes)]


def _inverse(folder: Path, receipt: Receipt, change: Recorded) -> Change:
    basis = _stamp(change.path)
    if standing_as_read(change) != "present":
        raise Overtaken(receipt.id, change.path)
    if isinstance(change, Spliced):
        return Splice(change.path, change.offset, change.new, change.old, basis, remove=change.made)
    return Swap(change.path, _kept(folder, receipt, change) if change.old else None, basis)


def _stamp(path: Path) -> Stamp | None:
    facts = system.stat(path)
    return stamp_of(facts) if facts else None


def _kept(folder: Path, receipt: Receipt, change: Swapped) -> bytes:
    kept = kept_folder(folder) / change.kept
    content = content_of(kept)
    if content is None or Sum(len(content), crc32(content)) != change.old:
        raise Overtaken(receipt.id, kept)
    return content
