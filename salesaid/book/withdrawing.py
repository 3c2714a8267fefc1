"""Undo of a post that still waits: it leaves the queue, and a receipt says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesaid.book.posting import Posted
from salesaid.book.undoing import OlderPost, UnknownReceipt
from salesaid.core.errors import Refused
from salesaid.core.text import Text
from salesaid.storage import receipts, spool
from salesaid.storage.post import Desk
from salesaid.storage.spool import Queued

if TYPE_CHECKING:
    from salesaid.book import Book


class WithdrawnPost(Refused):
    """The newest post is the undo of one that was still waiting: nothing is left of that to bring back."""

    def __init__(self, command: str) -> None:
        super().__init__(
            Text(
                "最近一次是撤销一笔排队中的记账，不能再恢复",
                "the newest post took back one that was still waiting, which cannot be brought back",
            ),
            Text(f"要恢复就重新输入：{command}", f"type it again: {command}"),
        )


def is_next(book: Book, typed: str | None) -> bool:
    """Whether an undo is of the queue: its newest post is named, or nothing was posted after it."""
    name = (typed or "").strip().upper()
    if name.startswith("Q"):
        return True
    newest = receipts.newest_done(book.folder)
    return bool(book.queue) and (newest is None or newest.seq <= book.queue[-1].after)


def withdraw(
    book: Book, desk: Desk, typed: str | None, *, command: str, dry_run: bool, request_id: str | None
) -> Posted:
    """Take the newest queued post out. Raises UnknownReceipt, OlderPost."""
    each = _wanted(book, (typed or "").strip().upper())
    no = str(each.facts.get("no") or "")
    said = Text(f"已撤销排队的 {each.id} · {no}", f"{each.id} · {no}, which waited, taken back")
    if dry_run:
        return Posted(no or None, None, [], [], said, dry_run=True)
    newest = receipts.newest_done(book.folder)
    facts = {
        "command": command, "name": "undo", "user": book.user, "day": book.today.isoformat(), "no": no or None,
        "numbers": each.facts["numbers"], "entries": [], "notes": [], "said": list(said),
        "files": newest.facts.get("files", {}) if newest else {}, "withdrawn": each.facts["command"],
        spool.QUEUE: each.id,
    }  # fmt: skip
    receipt = desk.note(facts | ({"request_id": request_id} if request_id else {}))
    spool.take_out(each)
    book.close()
    return Posted(no or None, receipt.id, [], [], said)


def _wanted(book: Book, name: str) -> Queued:
    newest: Queued | None = book.queue[-1] if book.queue else None
    posted = receipts.newest_done(book.folder)
    if newest is not None and name in {"", newest.id}:
        if posted is not None and posted.seq > newest.after:  # whose rows may rest on what waits
            raise OlderPost(newest.id, posted.id, str(newest.facts.get("no") or ""))
        return newest
    known = {each.id for each in book.queue} | {receipt.id for receipt in receipts.receipts(book.folder)}
    if newest is None or name not in known:
        raise UnknownReceipt(name)
    older = next((each for each in book.queue if each.id == name), newest)
    raise OlderPost(name, newest.id, str(older.facts.get("no") or ""))
