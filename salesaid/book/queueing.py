"""Posts that wait until their files are free: counted by every reader, merged by the next command that writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from salesaid import ledgers
from salesaid.core.entries import Decision, Entry
from salesaid.core.errors import SalesaidError
from salesaid.core.kinds import Choice, Kind
from salesaid.core.tables import Note
from salesaid.core.text import Lang, Text, joined
from salesaid.storage import spool
from salesaid.storage.owners import OpenElsewhere, QueueAhead
from salesaid.storage.post import Desk
from salesaid.storage.receipts import Receipt
from salesaid.storage.spool import Queued
from salesaid.storage.trouble import NotRecorded

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.book.posting import Posted
    from salesaid.book.queued_rows import Waiting
    from salesaid.book.reading import Shelf
    from salesaid.book.writing import Plan


_TRIES = 50


def note(queue: Sequence[Queued]) -> Note:
    """How many posts wait, and for which ledgers."""
    names = sorted({ledger for each in queue for ledger in each.ledgers})
    titles = joined([ledgers.load(name).title for name in names])
    count = len(queue)
    text = Text(
        f"有 {count} 笔在排队，还没有写进{titles.zh}；这里都已算在内",
        f"{'1 post waits' if count == 1 else f'{count} posts wait'} to be written to {titles.en}; counted in here",
    )
    return Note("waiting", "info", text)


def rows_of(book: Book) -> Waiting:
    """The rows that wait; that they are counted is said once."""
    said = note(book.queue)
    book.said += [] if said in book.said else [said]
    return rows_waiting(book.queue, book.settings.language or book.lang)


def steady(book: Book, shelf: Callable[[Waiting | None], Shelf]) -> Shelf:
    """A shelf for a reader, whose files hold none of what it counts as waiting: a merge may run at the same time.

    The files that something waits for are opened at once. A merge that has reached one of them has told the journal
    before, so the spool, looked at again, is another.
    """
    for _ in range(_TRIES):
        found = shelf(rows_of(book) if book.queue else None)
        for id_ in found.queued:
            with suppress(SalesaidError):  # a file that cannot be read is told by who reads it
                found.opened(id_)
        now = spool.waiting(book.folder)
        if [each.id for each in now] == [each.id for each in book.queue]:
            return found
        found.close()
        book.said = [said for said in book.said if said != note(book.queue)]
        book.__dict__["queue"] = now
    return shelf(rows_of(book) if book.queue else None)


def rows_waiting(queue: Sequence[Queued], lang: Lang) -> Waiting:
    """The rows of posts that wait, by ledger, in the words of a language, as a file would have them."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for each in queue:
        for id_, texts in each.facts["entries"]:
            column = ledgers.load(id_).column
            found.setdefault(id_, []).append({name: _worded(column(name).kind, texts[name], lang) for name in texts})
    return found


def _worded(kind: Kind, text: str, lang: Lang) -> str:
    return kind.format_in(kind.parse(text), lang) if isinstance(kind, Choice) else text


def queued(desk: Desk, posted: Posted, facts: Mapping[str, Any], trouble: OpenElsewhere | QueueAhead) -> Posted:
    """What a post comes to that waits, and why it does."""
    why = Text("前面还有排队的行", "others wait before it")
    if isinstance(trouble, OpenElsewhere):
        why = Text(f"{trouble.path.name} 正在{trouble.by.zh}里打开", f"{trouble.path.name} is open in {trouble.by.en}")
    said = Text(
        f"已排队：{why.zh}。清单和库存已经算上这一笔，文件关闭后，下一次记账时写进去",
        f"queued: {why.en}. Lists and stock count it already; the next command that writes merges it once "
        "the file is closed",
    )
    waits = desk.queue({**facts, "why": list(why)})
    return posted._replace(receipt=waits.id, queued=True, notes=[*posted.notes, Note("queued", "warning", said)])


def merge(book: Book, desk: Desk) -> None:
    """Write what waited to the files that are free again, in order; what touches another ledger goes on waiting."""
    found = spool.look(book.folder)
    for each in found.merged:
        spool.take_out(each)
    if found.damaged:
        book.said.append(Note("damaged_queue", "warning", _damaged(len(found.damaged))))
    blocked: set[str] = set()
    for each in found.waiting:
        if blocked & each.ledgers:
            blocked |= each.ledgers
            continue
        try:
            receipt = _merged(book, desk, each)
        except NotRecorded:
            raise
        except SalesaidError as trouble:
            blocked |= each.ledgers
            if not isinstance(trouble, OpenElsewhere):
                book.said.append(Note("not_merged", "warning", _not_merged(each, trouble)))
        else:
            spool.take_out(each)
            book.said.append(Note("merged", "info", _said(each, receipt)))
    book.close()


def _merged(book: Book, desk: Desk, each: Queued) -> Receipt:
    """The post of a queued one. Whatever stops it, its receipt tells whether it stands."""
    from salesaid.book import indexing
    from salesaid.book.posting import known_files, texts_of

    plain = book.without_queue()
    try:
        plan = planned(plain, each)
        facts = {
            **each.facts,
            "entries": [[entry.ledger, texts_of(entry)] for entry in plan.entries],
            "files": known_files(book.folder, plan),
            spool.QUEUE: each.id,
        }
        receipt = desk.post([written.change for written in plan.written], facts)
        indexing.keep_index(plain, plan)
    finally:
        plain.close()
    return receipt


def planned(plain: Book, each: Queued) -> Plan:
    """What a queued post comes to in the files as they are now. Raises what they refuse."""
    from salesaid.book.offering import names_of
    from salesaid.book.posting import values_of
    from salesaid.book.writing import Writer

    entries = tuple(Entry(ledger, values_of(ledger, texts)) for ledger, texts in each.facts["entries"])
    lang = plain.settings.language or plain.lang
    known = partial(names_of, plain.supply)
    writer = Writer(plain.shelf, lang, lambda *_: 0, lambda *_: 0, literal=True, known=known)
    return writer.plan(Decision(Text(*each.facts["said"]), entries))


def _damaged(count: int) -> Text:
    return Text(
        f"有 {count} 个排队的文件损坏，salesaid doctor 说明是哪些",
        f"{count} posts that wait cannot be read: salesaid doctor names them",
    )


def _not_merged(each: Queued, trouble: SalesaidError) -> Text:
    said = Text(f"排队的 {each.id} 写不进台账：", f"{each.id}, which waits, cannot be written: ") + trouble.message
    return said if trouble.hint is None else said + Text("；", "; ") + trouble.hint


def _said(each: Queued, receipt: Receipt) -> Text:
    what = str(each.facts.get("no") or each.facts.get("name") or "")
    return Text(
        f"排队的 {each.id} · {what} 已写进台账，回执 {receipt.id}",
        f"{each.id} · {what}, which waited, is in the ledgers now, receipt {receipt.id}",
    )
