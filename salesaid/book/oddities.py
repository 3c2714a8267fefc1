"""What a ledger's file holds that a person should know of: cells nobody can read, formulas unsaved, its own habits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from salesaid.book import folding
from salesaid.core.tables import NAMED, Note, NotedRow
from salesaid.core.text import Text

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.book.reading import Opened

_WARNINGS = {"rare_characters", "digits_lost", "error_cells", "rows_in_a_cell", "unfinished_last_line"}


def of(book: Book, id_: str, left_out: Collection[int], folds: Iterable[str]) -> Iterator[Note]:
    """The notes on one ledger's file, as far as it was read."""
    opened = book.shelf.opened(id_)
    if opened is None:
        return
    unread = list(_unread(book, opened, left_out, folds))
    if unread:
        yield _listed("unreadable", opened, unread, Text("格看不懂，按空白算", "cannot be read and count as blank"))
    unsaved = list(_unsaved(opened, left_out))
    if unsaved:
        what = Text(
            "格公式没有保存结果，按空白算，请用 Excel 打开并保存",
            "are formulas without a saved result and count as blank: open and save the file in Excel",
        )
        yield _listed("formula_without_value", opened, unsaved, what)
    for code, text in opened.sheet.notes():
        name = code.replace("-", "_")
        if name != "formula_without_value":
            said = Text(f"{opened.file}：", f"{opened.file}: ") + text
            yield Note(name, "warning" if name in _WARNINGS else "info", said)


def _unread(
    book: Book, opened: Opened, left_out: Collection[int], folds: Iterable[str]
) -> Iterator[NotedRow]:  # fmt: skip
    """Cells of used rows that were asked for and cannot be read, row by row, from the left."""
    columns = opened.headings.columns
    cells = sorted(_unread_cells(book, opened), key=lambda cell: (cell[0], columns.get(cell[1], 0)))
    asked = _asked_of(book, opened, folds) if cells else set()
    for number, name, text in cells:
        if number not in left_out and name in asked:
            heading = opened.ledger.column(name).heading
            yield NotedRow(opened.file, number, Text(f"{heading.zh} {text}", f"{heading.en} {text}"))


def _unread_cells(book: Book, opened: Opened) -> Iterable[tuple[int, str, str]]:
    """Row, column and text: as the index keeps them, else as the file has them; of a long one, what was asked for."""
    id_ = opened.ledger.id
    if book.warm is not None and opened.ledger.kind == "journal":
        kept = book.warm.state[folding.UNREAD].under(id_)
        return [(opened.row(row), name, text) for _, (_, row, name, text) in kept]
    return _asked_for(book, opened)


def _asked_of(book: Book, opened: Opened, folds: Iterable[str]) -> set[str]:
    """The columns of a ledger that an answer's folds look at, and those of its rows that were read themselves."""
    found = {name for rows in book.shelf.read(opened.ledger.id) for name in rows.unreadable()}
    row = ["?" * 9] * len(opened.sheet.headings)
    for fold in folds if opened.ledger.kind == "journal" else ():
        rows = book.shelf.rows_of(opened, lambda: [((1,), [row])], None)
        found |= folding.columns_read(fold, rows, book.supply)
    return found


def _asked_for(book: Book, opened: Opened) -> Iterator[tuple[int, str, str]]:
    """The cells among those that were read. Only where there are any the file is gone through."""
    bad: dict[str, set[str]] = {}
    for rows in book.shelf.read(opened.ledger.id):
        for name, unreadable in rows.unreadable().items():
            bad.setdefault(name, set()).update(unreadable)
    columns = [(opened.headings.columns[name], name, bad[name]) for name in bad]
    for numbers, cells in book.shelf.blocks(opened.ledger.id) if columns else ():
        for number, row in zip(numbers, cells, strict=True):
            for index, name, texts in columns:
                if row[index] in texts:
                    yield number, name, row[index]


def _unsaved(opened: Opened, left_out: Collection[int]) -> Iterator[NotedRow]:
    """Cells of used rows and used columns whose formula was saved without its result."""
    headings = {index: opened.ledger.column(id_).heading for id_, index in opened.headings.columns.items()}
    for number, columns in opened.sheet.unsaved.items():
        for index in sorted(columns) if number not in left_out else ():
            if index in headings:
                yield NotedRow(opened.file, number, headings[index])


def _listed(code: str, opened: Opened, cells: list[NotedRow], what: Text) -> Note:
    zh = "；".join(f"第 {cell.row} 行 {cell.reason.zh}" for cell in cells[:NAMED])
    en = "; ".join(f"row {cell.row} {cell.reason.en}" for cell in cells[:NAMED])
    more = len(cells) - NAMED
    rest = Text(f"；还有 {more} 格", f"; {more} more") if more > 0 else Text("", "")
    said = Text(
        f"{opened.file} 有 {len(cells)} {what.zh}：{zh}", f"{len(cells)} cells of {opened.file} {what.en}: {en}"
    )
    return Note(code, "warning", said + rest, tuple(cells))
