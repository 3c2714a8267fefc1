"""An import that is not the newest post taken back: its rows go where they stand unchanged, others are named."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.book import indexing
from salesaid.book.finding import IMPORTS, OWN_FOLDER
from salesaid.book.import_leftovers import names_in_use
from salesaid.book.import_writing import unpacked
from salesaid.book.posting import Posted
from salesaid.book.reading import Opened
from salesaid.core.errors import Refused
from salesaid.core.reading import Unreadable
from salesaid.core.tables import Note, NotedRow
from salesaid.core.text import Text, in_rows, joined, same
from salesaid.storage import receipts
from salesaid.storage.contract import Cell, CellEdit, Change, Swap
from salesaid.storage.identity import stamp_of
from salesaid.storage.receipts import Receipt
from salesaid.storage.system import stat

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.storage.post import Desk

_NAMED = 5  # names that a note lists
_CHANGED = Text("导入后改过，没有撤掉", "changed since it was imported, and left")


class TakenBackBefore(Refused):
    """The import was taken back already, or its record is gone."""

    def __init__(self, receipt: str) -> None:
        super().__init__(
            Text(f"{receipt} 已经撤销过", f"{receipt} was taken back already"),
            Text("salesaid log 列出全部", "salesaid log lists all posts"),
        )


class _Taken(NamedTuple):
    """What is taken out of one ledger: rows of its file; of the kept rows those that do not stand there any more.

    `used` are names that stay in a register, since other rows write them; `workbook` is the file whose rows stay there,
    blank.
    """

    ledger: str
    change: Change | None
    rows: int
    missing: list[int]  # places among the kept rows
    changed: list[NotedRow]
    gone: Collection[int]
    used: list[str]
    workbook: str = ""


def take_back(
    book: Book, desk: Desk, older: Receipt, *, command: str, dry_run: bool, request_id: str | None
) -> Posted:  # fmt: skip
    """Take the unchanged rows of an import out of its ledgers. Raises TakenBackBefore, FileTrouble."""
    folder = book.folder / OWN_FOLDER / IMPORTS
    files = sorted(folder.glob(f"R{older.seq}.*.keys"))
    if not files or receipts.taken_back_by(book.folder, older) is not None:
        raise TakenBackBefore(older.id)
    files.sort(key=lambda path: path.stat().st_size == 0)  # registers last: rows that go write their names no more
    taken: list[_Taken] = []
    for path in files:
        taken.append(_taken(book, older, path, taken))
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


def _taken(book: Book, older: Receipt, keys: Path, before: Sequence[_Taken]) -> _Taken:
    id_ = keys.name.split(".")[1]
    opened = book.shelf.opened(id_)
    if opened is None:
        raise TakenBackBefore(older.id)
    is_made = not keys.stat().st_size  # entered in a register for new names
    kept = [*map(_as_kept(opened), unpacked(keys.with_suffix(".rows").read_bytes()))]
    gone, left = _found(opened, kept, with_cells=is_made or not opened.is_csv)
    used = _stay(book, opened, gone, before) if is_made else []
    missing = list(_places(kept, left))
    changed = _changed(opened, [kept[at] for at in missing], gone)
    workbook = "" if opened.is_csv else opened.file
    return _Taken(id_, _without(opened, gone), len(gone), missing, changed, gone.keys(), used, workbook)


def _found(
    opened: Opened, kept: Sequence[str], *, with_cells: bool
) -> tuple[dict[int, Sequence[str]], Counter[str]]:  # fmt: skip
    """The rows of the file that are those kept, with their cells where they are asked for, and how often each is not.

    Of equal rows the lowest are the import's. Read twice, so that a million rows need not be held.
    """
    as_kept = _as_kept(opened)
    left = Counter(kept)
    above = {row: -count for row, count in left.items()}  # how many of each stand above the import's
    for _, cells in opened.sheet.rows():
        row = as_kept(cells)
        if row in above:
            above[row] += 1
    gone: dict[int, Sequence[str]] = {}
    for number, cells in opened.sheet.rows():
        row = as_kept(cells)
        if row not in above:
            continue
        if above[row] > 0:
            above[row] -= 1
        else:
            left[row] -= 1
            gone[number] = cells if with_cells else ()
    return gone, left


def _as_kept(opened: Opened) -> Callable[[Sequence[str]], str]:
    """A row in one text. A workbook holds figures and days as such, and gives them back in a form of its own."""
    if opened.is_csv:
        return "\x1f".join
    kinds = {at: opened.ledger.column(id_).kind for id_, at in opened.headings.columns.items()}

    def one(at: int, text: str) -> str:
        kind = kinds.get(at)
        try:
            value = text if kind is None else kind.parse(text)
        except Unreadable:
            return text
        return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)

    return lambda row: "\x1f".join([one(at, text) if text.strip() else "" for at, text in enumerate(row)])


def _stay(book: Book, opened: Opened, gone: dict[int, Sequence[str]], before: Sequence[_Taken]) -> list[str]:
    """The names of a register that other rows write by now: their rows are taken out of `gone`."""
    in_use = names_in_use(book, opened.ledger.id, {each.ledger: each.gone for each in before})
    columns = opened.headings.columns
    places = [columns[id_] for id_ in (*opened.ledger.key, "model") if id_ in columns]
    stay = []
    for row, cells in sorted(gone.items()):
        names = [cells[at].strip() for at in places if cells[at].strip()]
        if in_use.has(*names):
            stay.append(names[0])
            del gone[row]
    return stay


def _without(opened: Opened, gone: Mapping[int, Sequence[str]]) -> Change | None:
    """Lines go from a CSV; in a workbook, where formulas and formats refer to rows, they are left blank."""
    if not gone:
        return None
    sheet: Any = opened.sheet
    change: Change
    if opened.is_csv:
        change = sheet.without(set(gone))
    else:
        own, blank = set(opened.headings.columns.values()), Cell("", None)
        edits = [
            CellEdit(row, at, text, blank) for row, texts in gone.items() for at, text in enumerate(texts)
            if text and at in own
        ]  # fmt: skip
        change = sheet.edit(edits)
    return change


def _places(kept: Sequence[str], left: Counter[str]) -> Iterator[int]:
    """The places of the kept rows that were not found, as often as each was not."""
    for at, row in enumerate(kept):
        if left[row] > 0:
            left[row] -= 1
            yield at


def _changed(opened: Opened, missing: Sequence[str], gone: Collection[int]) -> list[NotedRow]:
    """The rows that most likely are what became of those not found: of the same number, with most cells alike."""
    found: list[NotedRow] = []
    at = opened.headings.columns.get(opened.ledger.number or "")
    numbers = {_number(text.split("\x1f"), at) for text in missing}
    by_number: dict[str, list[tuple[int, list[str]]]] = {}
    for row in opened.sheet.rows() if missing else ():
        if row[0] not in gone and _number(row[1], at) in numbers:
            by_number.setdefault(_number(row[1], at), []).append(row)
    for text in missing:
        cells = text.split("\x1f")
        near = by_number.get(_number(cells, at), [])
        best = max(near, key=lambda row: _alike(row[1], cells), default=None)
        if best is not None and 2 * _alike(best[1], cells) >= sum(map(bool, cells)):
            near.remove(best)
            found.append(NotedRow(opened.file, best[0], _CHANGED))
    return found


def _number(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None else ""


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
    titles = [(ledgers.load(each.ledger).title, each.rows) for each in taken if each.rows or not each.used]
    counts = joined([Text(f"{title.zh} {rows} 行", f"{in_rows(rows)} of {title.en}") for title, rows in titles])
    said = Text(f"已撤销 {older.id}：撤掉 ", f"{older.id} taken back: ") + counts
    notes = []
    changed = [row for each in taken for row in each.changed]
    if changed:
        count, first = len(changed), joined([same(f"{row.file}:{row.row}") for row in changed[:_NAMED]])
        text = Text(f"{count} 行导入后改过，留着没动：", f"{in_rows(count)} left as changed since: ") + first
        notes.append(Note("changed-since", "warning", text, tuple(changed)))
    gone = sum(len(each.missing) for each in taken) - len(changed)
    if gone:
        notes.append(Note("gone-since", "info", Text(f"{gone} 行早已不在", f"{in_rows(gone)} gone already")))
    notes += [_left_blank(each) for each in taken if each.workbook and each.gone]
    used = [name for each in taken for name in each.used]
    if used:
        names = joined([same(name) for name in used[:_NAMED]]) + same(" …" if len(used) > _NAMED else "")
        start = Text("新建的资料别处在用，保留：", "made by it and used elsewhere, they stay: ")
        notes.append(Note("registers-stay", "info", start + names))
    return Posted(None, None, [], notes, said)


def _left_blank(taken: _Taken) -> Note:
    """That rows of a workbook are blank now, and which."""
    count, rows = len(taken.gone), joined([same(each) for each in _runs(sorted(taken.gone))])
    text = Text(
        f"{taken.workbook} 留下 {count} 个空行（第 {rows.zh} 行）：不影响记账，也可以在 Excel 里删掉",
        f"{in_rows(count)} of {taken.workbook} left blank ({rows.en}): that does no harm; Excel can delete blank rows",
    )
    return Note("rows-left-blank", "info", text)


def _runs(rows: Sequence[int]) -> list[str]:
    """Row numbers as people write them, 2–4 for 2, 3, 4; the first of very many."""
    found: list[str] = []
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        first, *_, last = [row for _, row in run] * 2
        found.append(str(first) if first == last else f"{first}–{last}")
    return found if len(found) <= _NAMED else [*found[:_NAMED], "…"]


def _facts(book: Book, posted: Posted, taken: Sequence[_Taken], command: str, request_id: str | None) -> dict[str, Any]:
    newest = receipts.newest_done(book.folder)
    known: Any = newest.facts.get("files", {}) if newest else {}
    facts: dict[str, Any] = {
        "command": command, "name": "undo", "user": book.user, "day": book.today.isoformat(), "no": None,
        "numbers": [], "entries": [], "notes": [[note.code, note.level, *note.text] for note in posted.notes],
        "said": list(posted.said), "files": dict(known), "taken_rows": {each.ledger: each.rows for each in taken},
    }  # fmt: skip
    return facts | ({"request_id": request_id} if request_id else {})
