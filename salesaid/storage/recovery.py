"""What an interrupted post left is finished or taken back, under the lock, as standing.py's verdict says.

Killed in the middle of this, the next writing command comes to the same verdict and goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from salesaid.core.errors import FileTrouble
from salesaid.core.text import Text, joined, same
from salesaid.storage import system
from salesaid.storage.contract import View
from salesaid.storage.identity import require_plain
from salesaid.storage.journal import Journal
from salesaid.storage.receipts import Receipt, Recorded, Spliced, State, Swapped, as_mark, newest, newest_done
from salesaid.storage.standing import Outcome, Standing, Verdict, cuts, kept_folder, temp_of, verdict, views
from salesaid.storage.temps import link_or_copy, sweep, temp_name

_MARKS: dict[Outcome, State] = {"finished": "done", "removed": "taken back", "left alone": "left alone"}


class Settled(NamedTuple):
    """What became of a post that was interrupted, and the sentence that says so."""

    receipt: Receipt
    outcome: Outcome
    text: Text


class Unfinished(NamedTuple):
    """How a reader is to see the files of an interrupted post: `views` by real path, others as they are."""

    receipt: Receipt
    outcome: Outcome
    views: dict[Path, View]
    text: Text

    def view(self, path: Path) -> View:
        """How to see one ledger, by whatever name it goes."""
        return self.views.get(Path(system.real_path(path)), View())


def unfinished(folder: Path) -> Unfinished | None:
    """What an interrupted post, or one that is being written right now, means for readers; writes nothing."""
    real = Path(system.real_path(folder))
    receipt = newest(real)
    if receipt is None or receipt.state != "pending":
        return None
    found = verdict(real, receipt)
    return Unfinished(receipt, found.outcome, views(real, receipt, found), _seen_text(receipt, found))


def settle(folder: Path, receipt: Receipt, journal: Journal) -> Settled:
    """The pending receipt's files brought to one side, and its mark written."""
    found = verdict(folder, receipt)
    if found.forward:
        _finish(receipt.changes, found.standings)
    else:
        take_back(folder, receipt.changes, found.standings)
    discard(folder, receipt.changes)
    journal.add(as_mark(receipt, _MARKS[found.outcome]))
    return Settled(receipt, found.outcome, _settled_text(receipt, found))


def take_back(folder: Path, changes: Sequence[Recorded], standings: Sequence[Standing]) -> None:
    """What is there of the changes is gone again. Cuts first: until they are mended the post can only be finished."""
    pairs = [pair for pair in zip(changes, standings, strict=True) if pair[1] in ("present", "torn")]
    for change, _ in sorted(pairs, key=lambda pair: not cuts(pair[0])):
        if isinstance(change, Swapped):
            _put_back(folder, change)
        elif change.made:
            system.unlink(change.path)
            system.sync_folder(change.path.parent)
        else:
            _write_tail(change, change.old)


def discard(folder: Path, changes: Iterable[Recorded]) -> None:
    """Temp files of the changes, used or not, are gone, and those of dead commands beside them."""
    for place in {change.path.parent for change in changes if isinstance(change, Swapped)} | {folder}:
        sweep(folder, place)
    for change in changes:
        if isinstance(change, Swapped) and change.temp:
            system.unlink(temp_of(change))


def prune(folder: Path) -> None:
    """Of the replaced files only those stay that the newest post needs for its undo. What cannot go now goes later."""
    with suppress(FileTrouble):
        _prune(folder)


def _prune(folder: Path) -> None:
    place = kept_folder(folder)
    names = system.names_in(place)
    if not names:
        return
    post = newest_done(folder)
    needed = {change.kept for change in post.changes if isinstance(change, Swapped)} if post else set()
    for name in names:
        if name not in needed:
            system.unlink(place / name)


def _finish(changes: Sequence[Recorded], standings: Sequence[Standing]) -> None:
    for change, each in zip(changes, standings, strict=True):
        if each == "foreign":
            continue
        if isinstance(change, Swapped):
            _swap_in(change, each)
        elif change.old:
            _write_tail(change, b"")
        else:
            _write_again(change)


def _swap_in(change: Swapped, each: Standing) -> None:
    if each == "absent" and change.new is None:
        system.unlink(change.path)
    elif each == "absent":
        system.replace(temp_of(change), change.path)
    system.sync_folder(change.path.parent)


def _put_back(folder: Path, change: Swapped) -> None:
    if change.old is None:
        system.unlink(change.path)
    else:
        _bring_back(folder, change)
    system.sync_folder(change.path.parent)


def _bring_back(folder: Path, change: Swapped) -> None:
    temp = change.path.with_name(temp_name(folder, change.path))
    try:
        link_or_copy(kept_folder(folder) / change.kept, temp)
        system.replace(temp, change.path)
    except BaseException:
        with suppress(FileTrouble):
            system.unlink(temp)
        raise


def _write_tail(change: Spliced, tail: bytes) -> None:
    handle = system.open_append(change.path)
    try:
        require_plain(handle)
        system.truncate(handle, change.offset)
        system.write_all(handle, tail)
        system.sync(handle)
    finally:
        system.close(handle)


def _write_again(change: Spliced) -> None:
    """Our bytes once more in their place: a sync that failed before may have left them in memory only."""
    handle = system.open_edit(change.path)
    try:
        require_plain(handle)
        system.write_at(handle, change.offset, change.new)
        system.sync(handle)
    finally:
        system.close(handle)
    if change.made:
        system.sync_folder(change.path.parent)


def _command(receipt: Receipt) -> str:
    return str(receipt.facts.get("command") or "")


def _named(receipt: Receipt) -> Text:
    command = _command(receipt)
    return Text(f"{receipt.id}({command})", f"{receipt.id} ({command})") if command else same(receipt.id)


def _again(receipt: Receipt) -> Text:
    command = _command(receipt)
    return Text(f":{command}", f": {command}") if command else Text("。", ".")


def _left(receipt: Receipt, found: Verdict) -> Text:
    pairs = zip(receipt.changes, found.standings, strict=True)
    return joined([same(change.path.name) for change, each in pairs if each in ("foreign", "grown")])


def _settled_text(receipt: Receipt, found: Verdict) -> Text:
    named = _named(receipt)
    if found.outcome == "finished":
        return Text(
            f"上次中断的 {named.zh} 已经记完整，不用重新输入。",
            f"{named.en} had been interrupted; it is now recorded in full, nothing need be typed again.",
        )
    if found.outcome == "removed":
        return Text(
            f"上次中断的 {receipt.id} 没有记上，留下的痕迹已清除；请重新输入",
            f"{receipt.id} had been interrupted and is not recorded, its traces are removed; type it again",
        ) + _again(receipt)
    left = _left(receipt, found)
    return Text(
        f"{receipt.id} 中断后 {left.zh} 又被别的程序改过，所以没有动它；请看一下这一笔在不在，不在就重新输入",
        f"{receipt.id} had been interrupted and {left.en} was changed by another program since, so it was left alone; "
        "see whether the entry is there, and if not type it again",
    ) + _again(receipt)


def _seen_text(receipt: Receipt, found: Verdict) -> Text:
    named = _named(receipt)
    if found.outcome == "finished":
        return Text(
            f"{named.zh} 还没有收尾，这里当作已记上。", f"{named.en} is not closed yet; it is shown as recorded."
        )
    if found.outcome == "removed":
        return Text(
            f"{named.zh} 没有记完，这里当作没有记。", f"{named.en} was not completed; it is shown as not recorded."
        )
    left = _left(receipt, found)
    return Text(
        f"{named.zh} 没有记完，而 {left.zh} 又被别的程序改过，这里照文件现在的样子显示。",
        f"{named.en} was not completed and {left.en} was changed by another program since; it is shown as it is.",
    )
