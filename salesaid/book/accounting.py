"""Nothing goes missing in silence: which rows an answer did not use, and what its files hold that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from salesaid import ledgers
from salesaid.book import COLUMNS, folding, oddities, worked_out
from salesaid.book.lacking import no_columns
from salesaid.book.reading import KEPT
from salesaid.core import inject
from salesaid.core.state import parts_of
from salesaid.core.tables import NAMED, Note, NotedRow
from salesaid.core.text import Text, in_rows

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.core.rows import Rows


_SEVERAL = {"journals", "every_ledger"}
_NO_ROWS = {
    "settings",
    "today",
    "supply",
    "is_long",
    "user",
    "lang",
    "state",
    "file_facts",
    "paper_files",
    "posted_rows",
    "acknowledged",
    "taken_back",
}


def notes(book: Book, asked: Iterable[str]) -> list[Note]:
    """What to say of the files behind an answer: rows left out, cells that cannot be read, what the file is like."""
    found: list[Note] = []
    later = 0
    behind, folds = _behind(asked)
    folds = [name for name in folds if name in book.state.looked_at]
    for id_ in behind:
        _read_once(book, id_)
        aside = _set_aside(book, id_)
        if aside:
            found.append(_aside_note(book, id_, aside))
        found += oddities.of(book, id_, {row for row, _ in aside}, folds)
        later += _later(book, id_)
        found += no_columns(book, id_)
    if later and book.tells_later:
        text = Text(
            f"{later} 行的日期晚于 {book.today}，未计入",
            f"{'1 row is' if later == 1 else f'{later} rows are'} dated after {book.today}: left out",
        )
        found.append(Note("later_rows", "info", text))
    return found


def _behind(asked: Iterable[str]) -> tuple[list[str], list[str]]:
    """The ledgers and the folds that an answer rests on, by what it was given: the same with an index and without."""
    found: set[str] = set()
    names, known, folds = list(asked), set(ledgers.names()), []
    seen: set[str] = set()
    while names:
        name = names.pop()
        if name in seen:
            continue
        seen.add(name)
        ledger = name.removesuffix(COLUMNS)
        if ledger in known:
            found.add(ledger)
        elif name in _SEVERAL:
            found |= {*folding.journals()} if name == "journals" else known
        elif name not in _NO_ROWS:
            function = worked_out(name)
            module = import_module(function.__module__)
            found |= {*getattr(module, "READS", ())}
            names += inject.names(function)
            folds += [name] if hasattr(module, "fold") else []
    if "stock" in seen:
        found |= {id_ for id_ in folding.journals() if id_ == folding.COUNTS_FIRST or _moves_goods(id_)}
    return sorted(found), folds


def _moves_goods(id_: str) -> bool:
    return any(action.ways or action.at_once for action in ledgers.load(id_).actions)


def _read_once(book: Book, id_: str) -> None:
    """Have a ledger behind an answer read that nothing has asked for yet: without an index only that tells of it."""
    if book.warm is not None and ledgers.load(id_).kind == "journal":
        return
    opened = book.shelf.opened(id_)
    if opened is None or opened.sheet.stamp.size > KEPT or any(map(_was_read, book.shelf.read(id_))):
        return
    for _ in book.shelf.rows(id_, book.today).pick_columns("row"):
        pass


def _was_read(rows: Rows) -> bool:
    return bool(rows.used or rows.later or rows.aside)


def _set_aside(book: Book, id_: str) -> list[tuple[int, Text]]:
    found = dict(book.shelf.set_aside(id_))
    if book.warm is not None:
        for key, (_, row, zh, en) in book.warm.state[folding.ASIDE].under(id_):
            assert parts_of(key)[0] == id_
            opened = book.shelf.opened(id_)
            found[opened.row(row) if opened else row] = Text(zh, en)
    return sorted(found.items())


def _later(book: Book, id_: str) -> int:
    if book.warm is None:
        return book.shelf.later(id_)
    later = (value for _, value in book.warm.state[folding.LATER].under())
    return sum(1 for day, ledger, *_ in later if ledger == id_ and day > book.today.isoformat())


def _rows_in(book: Book, id_: str, aside: int) -> int | None:
    """How many rows a ledger's file has, set aside or not; None where only the index knows, and the file is long."""
    read = max((rows.used + rows.later for rows in book.shelf.read(id_)), default=0)
    if read and (book.warm is None or ledgers.load(id_).kind == "register"):
        return read + aside
    opened = book.shelf.opened(id_)
    if opened is None or opened.sheet.stamp.size > KEPT:
        return None
    counted = sum(len(numbers) for numbers, _ in book.shelf.blocks(id_))
    return counted + len(opened.sheet.aside)


def _sums(book: Book, id_: str, aside: int) -> Text:
    """The rows of a file as a sum of those used and those left out."""
    whole = _rows_in(book, id_, aside)
    if whole is None:
        return Text("", "")
    later = _later(book, id_)
    used = whole - aside - later
    then = Text(f"＋以后的 {later}", f" + {later} later") if later else Text("", "")
    return Text(
        f"（共 {whole} 行＝采用 {used}＋未采用 {aside}{then.zh}）",
        f" ({whole} rows = {used} used + {aside} set aside{then.en})",
    )


def _aside_note(book: Book, id_: str, aside: list[tuple[int, Text]]) -> Note:
    spot = book.shelf.spot(id_)
    file = spot.path.name if spot else id_
    rows = tuple(NotedRow(file, row, reason) for row, reason in aside)
    zh = "；".join(f"第 {row} 行 {reason.zh}" for row, reason in aside[:NAMED])
    en = "; ".join(f"row {row}: {reason.en}" for row, reason in aside[:NAMED])
    more = len(aside) - NAMED
    rest = Text("", "")
    if more > 0:
        rest = Text(f"；还有 {more} 行（--format md 列出全部）", f"; {more} more (--format md lists them all)")
    head = Text(f"{file} 有 {len(aside)} 行未采用", f"{in_rows(len(aside))} of {file} set aside")
    return Note("set_aside", "warning", head + _sums(book, id_, len(aside)) + Text(f"：{zh}", f": {en}") + rest, rows)
