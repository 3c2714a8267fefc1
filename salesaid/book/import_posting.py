"""An import posted under the lock, or tried out; and one that is not the newest post taken back by its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.balances.import_names import Differing, NewName
from salesaid.book import indexing
from salesaid.book.finding import IMPORTS, OWN_FOLDER
from salesaid.book.import_writing import LISTED, Planned
from salesaid.book.importing import Importing, Options
from salesaid.book.posting import Posted, posted_before, relative, tell, texts_of, utc_now
from salesaid.book.writing import Plan, Written
from salesaid.core.clerk_part import Part, Skipped
from salesaid.core.entries import Entry
from salesaid.core.errors import SalesaidError
from salesaid.core.numbers import split
from salesaid.core.tables import Note
from salesaid.core.text import Text, in_rows, joined, same
from salesaid.storage import receipts, system
from salesaid.storage.post import open_desk

if TYPE_CHECKING:
    from salesaid.book import Book

NAME = "import"
_NAMED = 3  # names that a note lists
_FOLDED_AT_ONCE = 20_000  # rows; of more the next post makes the index
_INDEX_LATER = Note(
    "index-later",
    "info",
    Text(
        "索引还没有整理：命令要先通读台账，每十万行约几秒；记下一笔之后就快了",
        "the index is not made yet: commands read the ledgers first, some seconds for every 100,000 rows, until "
        "the next post is done",
    ),
)


class Outcome(NamedTuple):
    """What an import came to, or would come to: its sheets, its new names, and by ledger rows read and rows added."""

    posted: Posted
    parts: Sequence[Part] = ()
    skipped: Sequence[Skipped] = ()
    names: Sequence[NewName] = ()
    read: Mapping[str, int] = {}
    added: Mapping[str, int] = {}
    registered: Mapping[str, int] = {}
    differing: Sequence[Differing] = ()


def try_out(importing: Importing) -> Outcome:
    """What an import would be. Raises NotImportable, NewNames and what the files refuse."""
    importing.require_sound()
    bulk, plan = importing.plan()
    return _outcome(importing, _posted(importing, bulk, plan)._replace(dry_run=True))


def post(
    book: Book, paths: Sequence[Path], options: Options, *, command: str, request_id: str | None
) -> Outcome:  # fmt: skip
    """Import all of the files or nothing; what stands in the book from earlier imports is not added again.

    Raises what reading the files refuses, NotImportable, NewNames, OtherRequest.
    """
    with open_desk(book.folder, utc_now) as desk:
        book.sit_down(desk)
        before = posted_before(book, request_id, NAME) if request_id else None
        if before is not None:
            return Outcome(before)
        with closing(Importing(book, paths, options)) as importing:
            importing.require_sound()
            bulk, plan = importing.plan()
            posted = _posted(importing, bulk, plan)
            if bulk or plan.written:
                _make_folder(book.folder)
                changes = [each.change for each in bulk] + [each.change for each in plan.written]
                changes += importing.keys_file(receipts.next_seq(desk.folder), bulk, plan)
                receipt = desk.post(changes, _facts(book, posted, bulk, plan, command, request_id))
                posted = posted._replace(receipt=receipt.id)
            tell(book, desk)
            with suppress(SalesaidError, OSError):  # the rows are recorded: what a profile would spare is little
                importing.keep_profiles()
            outcome = _outcome(importing, posted)
        book.close()
        if posted.receipt and not (sum(outcome.added.values()) <= _FOLDED_AT_ONCE and indexing.keep_up(book)):
            outcome = outcome._replace(posted=posted._replace(notes=[*posted.notes, _INDEX_LATER]))
        return outcome


def _make_folder(folder: Path) -> None:
    if not (folder / OWN_FOLDER / IMPORTS).is_dir():
        system.make_folder(folder / OWN_FOLDER / IMPORTS)
        system.sync_folder(folder / OWN_FOLDER)


def _outcome(importing: Importing, posted: Posted) -> Outcome:
    registered: dict[str, int] = {}
    for entry in importing.registered():
        registered[entry.ledger] = registered.get(entry.ledger, 0) + 1
    return Outcome(
        posted, importing.parts, importing.skipped, importing.names, importing.read, importing.added, registered,
        importing.differing,
    )  # fmt: skip


def _posted(importing: Importing, bulk: Sequence[Planned], plan: Plan) -> Posted:
    added, read = importing.added, importing.read
    entries: list[Entry] = [entry for each in bulk for entry in each.listed]
    entries += plan.entries if len(plan.entries) <= LISTED else []
    notes = [*plan.notes, *(note for part in importing.parts for note in part.notes)]
    otherwise = Counter(each.ledger for each in importing.differing)
    again = {id_: read[id_] - count - otherwise[id_] for id_, count in added.items()}
    again = {id_: count for id_, count in again.items() if count}
    if again:
        text = joined([_counted(id_, count) for id_, count in again.items()])
        notes.append(
            Note("already-there", "info", Text("先前已有、不再添加：", "there already and not added again: ") + text)
        )
    if importing.differing:
        notes.append(_differs(importing.differing))
    if not any(added.values()) and not plan.written:
        said = Text("没有新的行", "no new rows")
        if not importing.differing:
            said += Text("：都已在账本里", ": all of them are in the book already")
    else:
        said = Text("已导入 ", "imported ") + joined([_counted(id_, count) for id_, count in added.items() if count])
        made = [entry.ledger for entry in importing.registered()]
        if made:
            counts = {id_: made.count(id_) for id_ in dict.fromkeys(made)}
            said += Text("；新建 ", "; new: ") + joined([_counted(id_, count) for id_, count in counts.items()])
    return Posted(None, None, entries, [*dict.fromkeys(notes)], said)


def _differs(differing: Sequence[Differing]) -> Note:
    """Rows of registers that say otherwise than the row there: an import changes none."""
    count = len(differing)
    every = [same(name) for name in dict.fromkeys(each.name for each in differing)]
    names, more = joined(every[:_NAMED]), Text(" 等", " …") if len(every) > _NAMED else Text("", "")
    text = Text(
        f"{count} 行与在册的写得不同，没有改：",
        f"{in_rows(count)} not as the register has it, which stays as it is: ",
    )
    return Note("registered-otherwise", "warning", text + names + more)


def _counted(id_: str, count: int) -> Text:
    title = ledgers.load(id_).title
    return Text(f"{title.zh} {count} 行", f"{in_rows(count)} of {title.en}")


def _facts(
    book: Book, posted: Posted, bulk: Sequence[Planned], plan: Plan, command: str, request_id: str | None
) -> dict[str, Any]:
    """What the journal keeps: counts of rows, and the rows themselves where they are few."""
    listed = {entry.ledger for entry in posted.entries}
    counts = {each.ledger: each.rows for each in bulk if each.ledger not in listed}
    columns = {each.ledger: each.columns for each in bulk if each.ledger not in listed}
    for each in plan.written:
        if each.ledger not in listed:
            counts[each.ledger], columns[each.ledger] = len(each.rows), _columns(book, each)
    numbers = [no for each in bulk for no in each.numbers] + list(plan.numbers.values())
    changed = [(each.ledger, each.change.path) for each in bulk]
    changed += [(each.ledger, each.change.path) for each in plan.written]
    written = {id_: relative(book.folder, path) for id_, path in changed}
    newest = receipts.newest_done(book.folder)
    known: Any = newest.facts.get("files", {}) if newest else {}
    facts: dict[str, Any] = {
        "command": command, "name": NAME, "user": book.user, "day": book.today.isoformat(), "no": None,
        "numbers": [], "ranges": _ranges(numbers),
        "entries": [[entry.ledger, texts_of(entry)] for entry in posted.entries], "edits": [], "rows": counts,
        "columns": columns,
        "notes": [[note.code, note.level, *note.text] for note in posted.notes], "said": list(posted.said),
        "files": {**known, **written},
    }  # fmt: skip
    return facts | ({"request_id": request_id} if request_id else {})


def _columns(book: Book, written: Written) -> list[str]:
    """The column id at each place of a file's rows; "" where a column is the file's own."""
    if written.opened is None:
        fixed = book.settings.ledger(written.ledger).fixed
        return [column.id for column in ledgers.load(written.ledger).columns if column.id not in fixed]
    found = [""] * len(written.opened.sheet.headings)
    for id_, at in written.opened.headings.columns.items():
        found[at] = id_
    return found


def _ranges(numbers: Sequence[str]) -> list[list[Any]]:
    """Numbers of ours as prefix, day, first and last serial: an import gives them in one run a day."""
    found: dict[tuple[str, str], list[int]] = {}
    for no in numbers:
        parts = split(no)
        if parts is not None:
            found.setdefault((parts.prefix, parts.day.isoformat()), []).append(parts.serial)
    return [[prefix, day, min(serials), max(serials)] for (prefix, day), serials in found.items()]
