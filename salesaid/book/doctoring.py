"""How every file of a book stands.

An unfinished post is settled, as any command that writes does; nothing else is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.balances.lost_in_registers import lost_from
from salesaid.balances.lost_rows import LostRow, lost_rows, sentence
from salesaid.book import index_check, queueing
from salesaid.book.posting import relative, utc_now
from salesaid.core.errors import FileTrouble, SalesaidError
from salesaid.core.rows import Rows
from salesaid.core.standing import Health, Problem, Standing
from salesaid.core.text import Text, joined, same
from salesaid.storage import health as around
from salesaid.storage import spool
from salesaid.storage.owners import STALE_AFTER, OpenElsewhere, Owner, opened_by, owner_of, require_free
from salesaid.storage.post import open_desk
from salesaid.storage.trouble import LockedElsewhere, LockRefused

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.book.reading import Opened

_PATIENCE = 2.0  # seconds for another command to end
_ENDS = (("\r\n", "CRLF"), ("\n", "LF"), ("\r", "CR"))


class _Seen(NamedTuple):
    """One ledger's file, the rows posted to it that are not as they were, and what kept it from being read."""

    standing: Standing
    lost: list[LostRow]
    trouble: SalesaidError | None


def health(book: Book) -> Health:
    """The files, what is wrong with them and around them, the lock in force, the index."""
    problems = list(_settled(book))
    plain = book.without_queue()
    try:
        seen = [each for id_ in ledgers.names() if (each := _seen(book, plain, id_)) is not None]
        places = {id_: opened.sheet.spot.path for id_ in ledgers.names() if (opened := plain.shelf.opened_before(id_))}
    finally:
        plain.close()
    problems += [Problem("unreadable", each.trouble.message, each.trouble.hint) for each in seen if each.trouble]
    lost = sorted((row for each in seen for row in each.lost), key=lambda row: (row.posted.seq, row.posted.place))
    problems += [
        Problem("receipt_lost", sentence(row), _HEAL) if row.is_gone
        else Problem("receipt_changed", sentence(row), _MEND if row.posted.before is None else _SET_BACK)
        for row in lost
    ]  # fmt: skip
    open_now = {each.standing.ledger for each in seen if each.standing.open_in}
    problems += [*_stale_owners(places.values()), *_waiting(book, open_now), *_around(book, set(places.values()))]
    lock, index = _lock(book), index_check.look(book)
    problems += [each for each in (lock, index) if each.code != "fine"]
    return Health([each.standing for each in seen], problems, [("lock", lock.said), ("index", index.said)])


_MEND = Text(
    "改错了就在表里改回；有意的：salesaid heal --accept",
    "write back what it said if that is wrong, or salesaid heal --accept if it was meant",
)
_SET_BACK = Text(
    "改回：salesaid heal；有意的：salesaid heal --accept",
    "salesaid heal writes it back, or salesaid heal --accept if it was meant",
)
_HEAL = Text("补回：salesaid heal；有意的：salesaid heal --accept", "salesaid heal, or salesaid heal --accept if meant")


def _settled(book: Book) -> Iterator[Problem]:
    """A post that was interrupted, finished or taken back now."""
    try:
        with open_desk(book.folder, utc_now, _PATIENCE) as desk:
            for each in desk.settled:
                yield Problem("unfinished_post", each.text)
    except LockedElsewhere as busy:
        yield Problem("busy", busy.message, busy.hint)
    except LockRefused:  # told with the lock
        return
    except FileTrouble as trouble:
        yield Problem("not_writable", trouble.message, trouble.hint)


def _seen(book: Book, plain: Book, id_: str) -> _Seen | None:
    """One ledger's file; None where it was never written."""
    opened, used, aside, trouble = None, None, None, None
    lost: list[LostRow] = []
    try:
        opened = plain.shelf.opened(id_)
        if opened is None:
            return None
        rows = plain.shelf.rows(id_)
        for _ in rows.pick("row"):
            pass
        used, aside = rows.used + rows.later, len(plain.shelf.set_aside(id_))
        lost = _lost(book, rows)
    except SalesaidError as error:
        trouble = error
    gone = sum(each.is_gone for each in lost)
    waiting = sum(ledger == id_ for each in book.queue for ledger, _ in each.facts["entries"])
    standing = Standing(
        id_, _file(book, opened, id_), opened.sheet.spot.sheet if opened else None, _form(opened), used, aside,
        _open_in(opened), waiting, gone, len(lost) - gone, is_sound=not (lost or waiting or trouble),
    )  # fmt: skip
    return _Seen(standing, lost, trouble)


def _lost(book: Book, rows: Rows) -> list[LostRow]:
    """What posts wrote to a ledger and is gone or changed."""
    own = [each for each in book.supply("acknowledged") if each.ledger == rows.ledger.id]
    find = lost_rows if rows.ledger.kind == "journal" else lost_from
    return find(own, {rows.ledger.id: rows})


def _file(book: Book, opened: Opened | None, id_: str) -> str:
    return relative(book.folder, opened.sheet.spot.path) if opened else ledgers.load(id_).title.zh


def _form(opened: Opened | None) -> Text:
    """How a CSV file is written; a workbook's kind."""
    if opened is None:
        return Text("", "")
    if not opened.is_csv:
        return same(opened.sheet.spot.path.suffix.lower().removeprefix("."))
    facts: Mapping[str, Any] = opened.sheet.facts
    codec, _, bom = facts["encoding"][:3]
    ends = next((name for end, name in _ENDS if facts["header"].endswith(end)), "-")
    name = codec.upper() + (" BOM" if bom else "")
    return Text(f"{name}，{ends}", f"{name}, {ends}")


def _open_in(opened: Opened | None) -> Text | None:
    if opened is None:
        return None
    try:
        require_free(opened.sheet.spot.path, utc_now().timestamp())
    except OpenElsewhere as trouble:
        return trouble.by
    return None


def _stale_owners(places: Iterable[Path]) -> Iterator[Problem]:
    """Owner files that a crash left behind."""
    now = utc_now().timestamp()
    for path in places:
        owner = owner_of(path, now)
        if owner is not None and owner.seconds >= STALE_AFTER:
            yield _stale(owner)


def _stale(owner: Owner) -> Problem:
    by = opened_by(owner)
    return Problem(
        "stale_owner_file",
        Text(
            f"{owner.path.name} 是{by.zh}留下的，已经 {int(owner.seconds // STALE_AFTER)} 天了",
            f"{owner.path.name} was left by {by.en} {int(owner.seconds // STALE_AFTER)} days ago",
        ),
        Text("确认没有人开着就删掉它", "delete it if nobody has the file open"),
    )


def _waiting(book: Book, open_now: set[str]) -> Iterator[Problem]:
    """Posts that wait, and why, now that these ledgers are open; files of the spool that nobody can read."""
    found = spool.look(book.folder)
    behind: dict[str, str] = {}  # of each ledger the first post that cannot be written
    for each in found.waiting:
        why = Text(*each.facts.get("why", ("", "")))
        is_open = bool(open_now & each.ledgers)
        said = Text(f"{each.id} 在排队：", f"{each.id} waits: ") + (why if is_open else Text("", ""))
        stopped = _stopped(book, each)
        if stopped is not None:
            now = Text("；" * is_open + "现在写不进去：", "; " * is_open + "cannot be written now: ") + stopped.message
            yield Problem("queued_post", said + now, stopped.hint)
            behind = dict.fromkeys(each.ledgers, each.id) | behind
        elif behind.keys() & each.ledgers:
            first = next(behind[id_] for id_ in sorted(each.ledgers) if id_ in behind)
            yield Problem("queued_post", Text(f"{each.id} 排在 {first} 后面", f"{each.id} waits behind {first}"))
        elif is_open:
            yield Problem("queued_post", said, _CLOSE)
        else:
            free = Text(f"{each.id} 在排队，文件已经关闭", f"{each.id} waits, and its files are closed by now")
            yield Problem("queued_post", free, _MERGE)
    for path in found.damaged:
        yield Problem(
            "damaged_queue", Text(f"排队文件 {path} 损坏", f"{path}, a post that waits, is damaged"),
            Text("salesaid log 里没有的，请重新记", "record again what salesaid log does not list"),
        )  # fmt: skip


_MERGE = Text(
    "下一次记账时写进去；现在就写用 salesaid heal",
    "the next command that writes merges it; salesaid heal does so now",
)
_CLOSE = Text("关闭台账后，下一次记账时写进去", "close the ledger: the next command that writes merges it")


def _stopped(book: Book, each: spool.Queued) -> SalesaidError | None:
    """What keeps a queued post from being merged, other than that its file is open."""
    plain = book.without_queue()
    try:
        queueing.planned(plain, each)
    except SalesaidError as trouble:
        return trouble
    finally:
        plain.close()
    return None


def _around(book: Book, places: set[Path]) -> Iterator[Problem]:
    damaged, alone = around.damaged_lines(book.folder), around.left_alone(book.folder)
    if damaged:
        yield Problem(
            "damaged_journal", Text(f"记账记录有 {damaged} 行损坏", f"{damaged} lines of the journal are damaged"),
            Text("从备份找回 .salesaid/journal", "bring .salesaid/journal back from a backup"),
        )  # fmt: skip
    if alone:
        names = joined([same(each) for each in alone])
        yield Problem(
            "left_alone",
            Text(
                f"{names.zh} 中断后文件又被改过，没有动它", f"{names.en} had been interrupted, its files changed since"
            ),
            Text("请看这一笔在不在，不在就重新输入", "see whether the entry is there, and if not type it again"),
        )
    for path in around.leftovers(book.folder, places):
        yield Problem(
            "leftover", Text(f"{path} 是没有用完的临时文件", f"{path} is a temporary file that was left"),
            Text("没有别的电脑在用这本账的话，可以删掉", "delete it unless another computer uses this book"),
        )  # fmt: skip


def _lock(book: Book) -> Problem:
    """The lock in force; a problem where it does not keep a second command out."""
    lock = around.lock_of(book.folder)
    if lock.works:
        return Problem("fine", Text(f"锁：{lock.kind}，有效", f"lock: {lock.kind}, works"))
    return Problem(
        "lock_refused",
        Text(
            f"锁：{lock.kind}，在这个文件系统上不起作用 {lock.why}",
            f"lock: {lock.kind} does not work on this file system {lock.why}",
        ),
        Text("把账本放到本机磁盘上", "keep the book on a disk of this computer"),
    )
