"""Taking back the newest post, and what the journal knows of earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesaid import ledgers
from salesaid.book import indexing
from salesaid.book.posting import Posted
from salesaid.core.errors import Refused
from salesaid.core.numbers import number
from salesaid.core.posts import Post
from salesaid.core.text import Text
from salesaid.storage import receipts
from salesaid.storage.post import Desk
from salesaid.storage.receipts import Receipt
from salesaid.storage.trouble import Overtaken
from salesaid.storage.undo import to_undo

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.storage.spool import Queued


class OlderPost(Refused):
    """A post that is not the newest cannot be taken back to the byte."""

    def __init__(self, receipt: str, newest: str, no: str) -> None:
        super().__init__(
            Text(f"{receipt} 不是最近一次记账（{newest}），不能撤销", f"{receipt} is not the newest post ({newest})"),
            _void_line(no),
        )


class UnknownReceipt(Refused):
    """No post has that receipt."""

    def __init__(self, receipt: str) -> None:
        super().__init__(
            Text(f"没有回执 {receipt}", f"there is no receipt {receipt}"),
            Text("salesaid log 列出全部", "salesaid log lists them all"),
        )


class OvertakenPost(Refused):
    """The newest post's files were changed since: only red letters can take it back."""

    def __init__(self, why: Overtaken, no: str) -> None:
        super().__init__(why.message, _void_line(no), why.where)


def _void_line(no: str) -> Text | None:
    if not no:
        return None
    return Text(f"改用红字冲销：salesaid void {no} --why 原因", f"void it instead: salesaid void {no} --why REASON")


def undo(book: Book, desk: Desk, typed: str | None, *, command: str, dry_run: bool, request_id: str | None) -> Posted:
    """Take back the newest post, or say what that would do. Raises OlderPost, UnknownReceipt, OvertakenPost."""
    from salesaid.book import withdrawing

    if withdrawing.is_next(book, typed):
        return withdrawing.withdraw(book, desk, typed, command=command, dry_run=dry_run, request_id=request_id)
    target = to_undo(book.folder)
    if target.facts.get("withdrawn"):
        raise withdrawing.WithdrawnPost(str(target.facts["withdrawn"]))
    no = str(target.facts.get("no") or "")
    if typed is not None and typed.strip().upper() != target.id:
        older = next((each for each in receipts.receipts(book.folder) if each.id == typed.strip().upper()), None)
        if older is None:
            raise UnknownReceipt(typed)
        if older.facts.get("name") == "import" and older.state == "done":
            return _row_by_row(book, desk, older, command, dry_run, request_id)
        raise OlderPost(older.id, target.id, str(older.facts.get("no") or ""))
    try:
        desk.undo_changes()
        if dry_run:
            return Posted(no or None, None, [], [], _said(target), dry_run=True)
        files = _files_before(book.folder, target)
        receipt = desk.undo(_facts(book, target, command, files, request_id))
    except Overtaken as why:
        if target.facts.get("name") == "import" and target.undoes is None:  # somebody saved its ledger since
            return _row_by_row(book, desk, target, command, dry_run, request_id)
        raise OvertakenPost(why, no) from why
    book.close()
    indexing.index_anew(book)
    return Posted(no or None, receipt.id, [], [], _said(target))


def _row_by_row(
    book: Book, desk: Desk, imported: Receipt, command: str, dry_run: bool, request_id: str | None
) -> Posted:  # fmt: skip
    """An import taken out of its ledgers as they are by now; rows that were edited since are named and stay."""
    from salesaid.book import import_undoing

    return import_undoing.take_back(book, desk, imported, command=command, dry_run=dry_run, request_id=request_id)


def _said(target: Receipt) -> Text:
    what = str(target.facts.get("no") or target.facts.get("name") or "")
    return Text(f"已撤销 {target.id} · {what}", f"{target.id} taken back · {what}")


def _facts(
    book: Book, target: Receipt, command: str, files: Mapping[str, str], request_id: str | None
) -> dict[str, Any]:
    said = _said(target)
    facts = {
        "command": command, "name": "undo", "user": book.user, "day": book.today.isoformat(),
        "no": target.facts.get("no"), "numbers": [], "entries": [], "notes": [], "said": list(said),
        "files": dict(files),
    }  # fmt: skip
    return facts | ({"request_id": request_id} if request_id else {})


def _files_before(folder: Path, target: Receipt) -> dict[str, str]:
    """The ledgers' files once the post is taken back: those that the book had just before it."""
    before = (each for each in receipts.receipts(folder) if each.seq < target.seq and each.state == "done")
    if target.undoes is not None:  # an undo is being undone: what the undone post had made is there again
        before = (each for each in receipts.receipts(folder) if each.seq == target.undoes)
    found = next(before, None)
    files: Any = found.facts.get("files", {}) if found else {}
    return dict(files)


def posts(folder: Path, zone: tzinfo, queue: Sequence[Queued] = ()) -> Iterator[Post]:
    """Every post as the log lists it, newest first; an undo with the rows that it took back or brought again.

    Those that wait in the queue come before all others.
    """
    for each in reversed(queue):
        yield _as_post(Receipt(0, each.at, each.facts, ()), zone, state="queued")._replace(receipt=each.id)
    every = list(receipts.receipts(folder))
    by_seq = {receipt.seq: receipt for receipt in every}
    for receipt in every:
        written = receipt
        while written.undoes is not None and written.undoes in by_seq:
            written = by_seq[written.undoes]
        yield _as_post(receipt, zone, written)


def _rows_of(receipt: Receipt) -> dict[str, int]:
    """How many rows a post wrote, by ledger."""
    facts: Mapping[str, Any] = receipt.facts
    rows: dict[str, int] = dict(facts.get("rows", {}))
    for ledger, _ in (*facts.get("entries", ()), *facts.get("edits", ())):
        rows[ledger] = rows.get(ledger, 0) + 1
    return rows


def _as_post(receipt: Receipt, zone: tzinfo, written: Receipt | None = None, state: str = "") -> Post:
    facts: Mapping[str, Any] = receipt.facts
    at = datetime.fromisoformat(receipt.at).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    undoes = f"R{receipt.undoes}" if receipt.undoes is not None else ""
    return Post(
        receipt.id, at, str(facts.get("user", "")), str(facts.get("command", "")), str(facts.get("no") or ""),
        _rows_of(written or receipt), state or receipt.state, undoes,
    )  # fmt: skip


def taken_back(folder: Path) -> frozenset[str]:
    """The numbers of documents whose posts were taken back: nobody gets them again, and their rows are gone."""
    found: set[str] = set()
    undone: set[int | None] = set()
    for receipt in receipts.receipts(folder):
        if receipt.seq in undone or receipt.facts.get("withdrawn"):
            numbers: Any = receipt.facts.get("numbers", ())
            found.update(numbers)
            ranges: Any = receipt.facts.get("ranges", ())
            found.update(no for each in ranges for no in _numbers_of(*each))
        elif receipt.state == "done":
            undone.add(receipt.undoes)
    return frozenset(found)


def _numbers_of(prefix: str, day: str, first: int, last: int) -> Iterator[str]:
    """The numbers of a run, as an import gives them."""
    return (number(prefix, date.fromisoformat(day), serial) for serial in range(first, last + 1))


def posted_with(folder: Path, number: str, queue: Sequence[Queued] = ()) -> list[tuple[str, str]]:
    """The documents that the post which made a document made, itself among them."""
    for each in queue:
        if number in each.facts["numbers"]:
            return list(dict.fromkeys(_documents(each.facts)))
    for receipt in receipts.receipts(folder):
        facts: Mapping[str, Any] = receipt.facts
        if receipt.state == "done" and number in facts.get("numbers", ()):
            return list(dict.fromkeys(_documents(facts)))
    return []


def _documents(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    made = set(facts["numbers"])
    found = []
    for id_, texts in facts["entries"]:
        own = ledgers.load(id_).number
        if own and texts.get(own) in made:
            found.append((id_, texts[own]))
    return found
