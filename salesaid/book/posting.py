"""One post from decision to receipt. Only what writes loads it: a twentieth of a stock check is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.book import indexing, watching
from salesaid.book.offering import names_of
from salesaid.book.reading import Opened
from salesaid.book.writing import Plan, Writer
from salesaid.core.entries import Decision, Entry
from salesaid.core.errors import Refused
from salesaid.core.tables import Note
from salesaid.core.text import Text
from salesaid.storage import receipts
from salesaid.storage.owners import OpenElsewhere, QueueAhead
from salesaid.storage.post import Desk, open_desk
from salesaid.storage.receipts import Receipt

if TYPE_CHECKING:
    from salesaid.book import Book, Decide


class OtherRequest(Refused):
    """A request id was used before, by another command."""

    def __init__(self, request_id: str, command: str) -> None:
        super().__init__(
            Text(
                f"请求编号 {request_id} 已被 {command} 用过",
                f"the request id {request_id} was used before, by {command}",
            ),
            Text("换一个编号", "use another one"),
        )


class Posted(NamedTuple):
    """What a post came to. `receipt` is what undo takes, None for a dry run; `repeated`: it was posted before."""

    no: str | None
    receipt: str | None
    entries: list[Entry]
    notes: list[Note]
    said: Text
    dry_run: bool = False
    repeated: bool = False
    decision: Decision | None = None
    edits: Sequence[Entry] = ()  # rows of registers that were changed: their keys and the new values
    queued: bool = False  # it waits until its files are free


def try_out(book: Book, decide: Decide, given: Mapping[str, Any], *, literal: bool) -> Posted:
    """What a post would be, without writing anything."""
    decision = book.call(decide, given)
    return _posted(decision, planned(book, decision, literal=literal), book.today)._replace(dry_run=True)


def post(
    book: Book,
    decide: Decide,
    given: Mapping[str, Any],
    *,
    command: str,
    name: str,
    request_id: str | None,
    literal: bool,
) -> Posted:
    """Decide under the lock and post: all of it or nothing, durable once this returns."""
    with open_desk(book.folder, utc_now) as desk:
        book.sit_down(desk)
        before = posted_before(book, request_id, name) if request_id else None
        if before is not None:
            return before
        decision = book.call(decide, given)
        plan = planned(book, decision, literal=literal)
        watching.look_again(book, desk, plan)
        if name == "heal":  # which says itself what was lost
            book.said = [note for note in book.said if note.code != watching.CODE]
        posted = _posted(decision, plan, book.today)
        if not plan.written and not decision.settles:
            return posted
        known = known_files(book.folder, plan)
        facts = _facts_of(command, name, book.user, book.today, request_id, posted, plan, known)
        if not plan.written:
            return posted._replace(receipt=desk.note(facts).id)
        try:
            receipt = _recorded(book, desk, plan, facts)
        except (OpenElsewhere, QueueAhead) as trouble:
            if decision.edits:
                raise
            from salesaid.book.queueing import queued

            return queued(desk, posted, facts, trouble)
        tell(book, desk)
        indexing.keep_index(book.plain, plan)
        return posted._replace(receipt=receipt.id)


def _recorded(book: Book, desk: Desk, plan: Plan, facts: Mapping[str, Any]) -> Receipt:
    """All changes of a plan in their files. Raises OpenElsewhere, QueueAhead where it has to wait."""
    changes = [each.change for each in plan.written]
    desk.require_free(changes)
    require_no_queue(book, plan)
    return desk.post(changes, facts)


def require_no_queue(book: Book, plan: Plan) -> None:
    """Nothing waits for the ledgers that a plan writes. Raises QueueAhead."""
    for written in plan.written:
        for queued in book.queue:
            if written.ledger in queued.ledgers:
                raise QueueAhead(ledgers.load(written.ledger).title, queued.id)


def undo(book: Book, receipt: str | None, *, command: str, dry_run: bool, request_id: str | None) -> Posted:
    """Take back the newest post. Raises OlderPost, Overtaken, NothingToUndo, OtherRequest."""
    from salesaid.book import undoing

    with open_desk(book.folder, utc_now) as desk:
        book.sit_down(desk)
        before = posted_before(book, request_id, "undo") if request_id and not dry_run else None
        if before is not None:
            return before
        undone = undoing.undo(book, desk, receipt, command=command, dry_run=dry_run, request_id=request_id)
        tell(book, desk)
        return undone


def tell(book: Book, desk: Desk) -> None:
    """What the desk found odd is said with the answer."""
    book.said += [Note("owner_file", "warning", text) for text in desk.warnings]


def planned(book: Book, decision: Decision, *, literal: bool) -> Plan:
    """What the rows and edits of a decision come to in the files. Raises what the files refuse."""
    serials = book.supply("serials")
    plain = book.plain
    for each in dict.fromkeys((book, plain)):
        if each.warm is None:
            indexing.remember_given(each.state, book.folder)
        else:
            indexing.remember_newest(each.state, book.folder)

    def row_of(opened: Opened, nth: int) -> int:
        from salesaid.book import placing

        waiting = len(book.shelf.queued.get(opened.ledger.id, ()))
        return opened.row(placing.row_of(opened, nth, plain.shelf, plain.warm) + waiting)

    lang = book.settings.language or book.lang
    known = partial(names_of, book.supply)
    return Writer(plain.shelf, lang, serials.highest, row_of, literal=literal, known=known).plan(decision)


def _posted(decision: Decision, plan: Plan, today: date) -> Posted:
    notes = [*dict.fromkeys([*decision.notes, *_ahead(decision, today)]), *plan.notes]
    no = _number_of(decision, plan)
    given = {"no": no or "", **{new.ledger: number for new, number in plan.numbers.items()}}
    said = Text(*(_filled(part, given) for part in decision.said))
    edits = [Entry(edit.ledger, {**edit.key, **edit.cells}) for edit in decision.edits]
    return Posted(no, None, plan.entries, notes, said, decision=decision, edits=edits)


def _filled(said: str, numbers: Mapping[str, str]) -> str:
    """A sentence with `{no}`, the document's number, and others as `{shipments}`, in their places."""
    for name, number in numbers.items():
        said = said.replace(f"{{{name}}}", number)
    return said


def _ahead(decision: Decision, today: date) -> list[Note]:
    """A warning for each day after today that rows are dated by: most commands need no say of their own."""
    days = {entry.row.get("date") for entry in decision.entries}
    later = sorted(day for day in days if isinstance(day, date) and day > today)
    if not later:
        return []
    from salesaid.balances.new_rows import later_date

    return [note for day in later for note in later_date(day, today)]


def _number_of(decision: Decision, plan: Plan) -> str | None:
    """The number of the document that the command names."""
    if decision.no is None or isinstance(decision.no, str):
        return decision.no
    return plan.numbers.get(decision.no)


def _facts_of(
    command: str,
    name: str,
    user: str,
    today: date,
    request_id: str | None,
    posted: Posted,
    plan: Plan,
    known: Mapping[str, str],
) -> dict[str, Any]:
    """What the journal keeps of a post: enough to answer a repeated request, and to list it."""
    facts: dict[str, Any] = {
        "command": command,
        "name": name,
        "user": user,
        "day": today.isoformat(),
        "no": posted.no,
        "numbers": sorted(plan.numbers.values()),
        "entries": [[entry.ledger, texts_of(entry)] for entry in posted.entries],
        "edits": [[entry.ledger, texts_of(entry, blanks=True)] for entry in posted.edits],
        "before": _before(posted, plan),
        "notes": [[note.code, note.level, *note.text] for note in posted.notes],
        "said": list(posted.said),
        "files": dict(known),
    }
    if posted.decision and posted.decision.settles:
        facts["settles"] = posted.decision.settles
    return facts | ({"request_id": request_id} if request_id else {})


def _before(posted: Posted, plan: Plan) -> list[Mapping[str, str]]:
    """What the cells of each edit said before."""
    own = {each.ledger: iter(each.before) for each in plan.written if each.before}
    return [next(own[edit.ledger]) for edit in posted.edits]


def texts_of(entry: Entry, *, blanks: bool = False) -> dict[str, str]:
    """A row as the journal holds it: texts by column."""
    column = ledgers.load(entry.ledger).column
    return {id_: column(id_).kind.format(value) for id_, value in entry.row.items() if blanks or value is not None}


def posted_before(book: Book, request_id: str, name: str) -> Posted | None:
    """The answer of an earlier run with this request id. Raises OtherRequest."""
    for queued in book.queue:
        if queued.facts.get("request_id") == request_id:
            return _repeated(queued.facts, name)._replace(receipt=queued.id, queued=True)
    receipt = receipts.find_request(book.folder, request_id)
    if receipt is None or receipt.facts.get("withdrawn"):
        return None
    posted = _repeated(receipt.facts, name)
    return posted._replace(receipt=receipt.id, notes=[*posted.notes, *_taken_back(book.folder, receipt)])


def _repeated(facts: Mapping[str, Any], name: str) -> Posted:
    if facts["name"] != name:
        raise OtherRequest(str(facts["request_id"]), str(facts["name"]))
    entries, edits = (
        [Entry(ledger, values_of(ledger, texts)) for ledger, texts in facts.get(kind, ())]
        for kind in ("entries", "edits")
    )
    notes = [Note(code, level, Text(zh, en)) for code, level, zh, en in facts["notes"]]
    said = Text(*facts["said"]) + Text("（先前已记）", " (posted before)")
    return Posted(facts["no"], None, entries, notes, said, repeated=True, edits=edits)


def _taken_back(folder: Path, receipt: Receipt) -> list[Note]:
    undo = receipts.taken_back_by(folder, receipt)
    if undo is None:
        return []
    text = Text(f"{receipt.id} 已被 {undo.id} 撤销", f"{receipt.id} was taken back by {undo.id}")
    return [Note("taken_back", "warning", text)]


def values_of(ledger: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """A row of the journal as values."""
    columns = {column.id: column.kind for column in ledgers.load(ledger).columns}
    return {id_: columns[id_].parse(text) for id_, text in texts.items()}


def known_files(folder: Path, plan: Plan) -> dict[str, str]:
    """The file of every ledger that a post that stands has written, so that a lost one is missed."""
    newest = receipts.newest_done(folder)
    before: Any = newest.facts.get("files", {}) if newest else {}
    written = {each.ledger: relative(folder, each.change.path) for each in plan.written}
    return {**before, **written}


def relative(folder: Path, path: Path) -> str:
    """A file's path from the book's folder; its whole path where it lies elsewhere."""
    real = folder.resolve()
    resolved = path.resolve()
    return resolved.relative_to(real).as_posix() if resolved.is_relative_to(real) else str(resolved)


def utc_now() -> datetime:
    """The instant of a receipt."""
    return datetime.now(UTC)
