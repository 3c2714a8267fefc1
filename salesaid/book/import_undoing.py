"""An import that is not the newest post taken back: its rows go where they stand unchanged, others are named."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.book import indexing
from salesaid.book.finding import OWN_FOLDER
from salesaid.book.import_writing import unpacked
from salesaid.book.importing import IMPORTS
from salesaid.book.posting import Posted
from salesaid.book.reading import Opened
from salesaid.core.errors import Refused
from salesaid.core.tables import Note, NotedRow
from salesaid.core.text import Text, joined
from salesaid.storage import receipts
from salesaid.storage.contract import Change, Swap
from salesaid.storage.identity import stamp_of
from salesaid.storage.receipts import Receipt
from salesaid.storage.system import stat

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.storage.post import Desk

_CHANGED = Text("导入后改过，没有撤掉", "changed since it was imported, and left")


class TakenBackBefore(Refused):
    """The import was taken back already, or its record is gone."""

    def __init__(self, receipt: str) -> None:
        super().__init__(
            Text(f"{receipt} 已经撤销过", f"{receipt} was taken back already"),
            Text("salesaid log 列出全部", "salesaid log lists all posts"),
        )


class InWorkbook(Refused):
    """Rows that were imported into a workbook can be taken back only while the import is the newest post."""

    def __init__(self, receipt: str, file: str) -> None:
        super().__init__(
            Text(
                f"{receipt} 的行在工作簿 {file} 里，之后又记过账，不能整批撤掉",
                f"the rows of {receipt} stand in the workbook {file}, and posts were made since",
            ),
            Text("逐张冲销：salesaid void 单号 --why 原因", "void its documents: salesaid void NO --why REASON"),
        )


class _Taken(NamedTuple):
    """What is taken out of one ledger: rows of its file; of the kept rows those that do not stand there any more."""

    ledger: str
    change: Change | None
    rows: int
    missing: list[int]  # places among the kept rows
    changed: list[NotedRow]


def take_back(
    book: Book, desk: Desk, older: Receipt, *, command: str, dry_run: bool, request_id: str | None
) -> Posted:  # fmt: skip
    """Take the unchanged rows of an import out of its ledgers. Raises TakenBackBefore, InWorkbook, FileTrouble."""
    folder = book.folder / OWN_FOLDER / IMPORTS
    files = sorted(folder.glob(f"R{older.seq}.*.keys"))
    if not files or receipts.taken_back_by(book.folder, older) is not None:
        raise TakenBackBefore(older.id)
    taken = [_taken(book, older, path) for path in files]
    posted = _posted(older, taken)
    if dry_run:
        return posted._replace(dry_run=True)
    changes = [each.change for each in taken if each.change is not None]
    for path, each in zip(files, taken, strict=True):
        changes += _kept_changes(path, each)
    receipt = desk.take_back(changes, _facts(book, posted, taken, command, request_id), older.seq)
    book.close()
    indexing.index_anew(book)
    return posted._replace(receipt=receipt.id)


def _taken(book: Book, older: Receipt, keys: Path) -> _Taken:
    id_ = keys.name.split(".")[1]
    opened = book.shelf.opened(id_)
    kept_file = keys.with_suffix(".rows")
    if opened is None:
        raise TakenBackBefore(older.id)
    if not kept_file.exists():
        raise InWorkbook(older.id, opened.file)
    kept = ["\x1f".join(row) for row in unpacked(kept_file.read_bytes())]
    left = Counter(kept)
    standing: list[tuple[int, list[str]]] = list(opened.sheet.rows())
    gone: set[int] = set()
    for number, cells in reversed(standing):  # of equal rows the lowest are the import's
        row = "\x1f".join(cells)
        if left[row] > 0:
            left[row] -= 1
            gone.add(number)
    missing = list(_places(kept, left))
    changed = _changed(opened, [kept[at] for at in missing], [row for row in standing if row[0] not in gone])
    sheet: Any = opened.sheet
    return _Taken(id_, sheet.without(gone) if gone else None, len(gone), missing, changed)


def _places(kept: Sequence[str], left: Counter[str]) -> Iterator[int]:
    """The places of the kept rows that were not found, as often as each was not."""
    for at, row in enumerate(kept):
        if left[row] > 0:
            left[row] -= 1
            yield at


def _changed(opened: Opened, missing: Sequence[str], others: Sequence[tuple[int, list[str]]]) -> list[NotedRow]:
    """The rows that most likely are what became of those not found: of the same number, with most cells alike."""
    found: list[NotedRow] = []
    at = opened.headings.columns.get(opened.ledger.number or "")
    by_number: dict[str, list[tuple[int, list[str]]]] = {}
    for row in others:
        by_number.setdefault(row[1][at].strip() if at is not None else "", []).append(row)
    for text in missing:
        cells = text.split("\x1f")
        near = by_number.get(cells[at].strip() if at is not None else "", [])
        best = max(near, key=lambda row: _alike(row[1], cells), default=None)
        if best is not None and 2 * _alike(best[1], cells) >= sum(map(bool, cells)):
            near.remove(best)
            found.append(NotedRow(opened.file, best[0], _CHANGED))
    return found


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(bool(text) and text == its for text, its in zip(one, other, strict=False))


def _kept_changes(path: Path, taken: _Taken) -> list[Change]:
    """The import's own files: they keep the keys of rows that stay, so that these are not added again."""
    rows = path.with_suffix(".rows")
    keys = array("Q")
    keys.frombytes(path.read_bytes())
    left = array("Q", (keys[at] for at in taken.missing))
    return [Swap(path, left.tobytes() or None, _stamp(path)), Swap(rows, None, _stamp(rows))]


def _stamp(path: Path) -> Any:
    facts = stat(path)
    return stamp_of(facts) if facts else None


def _posted(older: Receipt, taken: Sequence[_Taken]) -> Posted:
    titles = [(ledgers.load(each.ledger).title, each.rows) for each in taken]
    counts = joined([Text(f"{title.zh} {rows} 行", f"{rows} rows of {title.en}") for title, rows in titles])
    said = Text(f"已撤销 {older.id}：撤掉 ", f"{older.id} taken back: ") + counts
    notes = []
    changed = [row for each in taken for row in each.changed]
    if changed:
        first = "、".join(f"{row.file}:{row.row}" for row in changed[:3])
        text = Text(
            f"{len(changed)} 行导入后改过，留着没动：{first}",
            f"{len(changed)} rows were changed since and stay: {first}",
        )
        notes.append(Note("changed-since", "warning", text, tuple(changed)))
    gone = sum(len(each.missing) for each in taken) - len(changed)
    if gone:
        notes.append(Note("gone-since", "info", Text(f"{gone} 行早已不在", f"{gone} rows were gone already")))
    made: Any = older.facts.get("entries", ())
    registers = sorted({ledger for ledger, _ in made} - {each.ledger for each in taken})
    if registers:
        names = joined([ledgers.load(id_).title for id_ in registers])
        text = Text(f"新建的{names.zh}资料保留", f"what was entered in {names.en} stays")
        notes.append(Note("registers-stay", "info", text))
    return Posted(None, None, [], notes, said)


def _facts(book: Book, posted: Posted, taken: Sequence[_Taken], command: str, request_id: str | None) -> dict[str, Any]:
    newest = receipts.newest_done(book.folder)
    known: Any = newest.facts.get("files", {}) if newest else {}
    facts: dict[str, Any] = {
        "command": command, "name": "undo", "user": book.user, "day": book.today.isoformat(), "no": None,
        "numbers": [], "entries": [], "notes": [[note.code, note.level, *note.text] for note in posted.notes],
        "said": list(posted.said), "files": dict(known), "taken_rows": {each.ledger: each.rows for each in taken},
    }  # fmt: skip
    return facts | ({"request_id": request_id} if request_id else {})
