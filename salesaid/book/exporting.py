"""Ledgers as files for others: CSV or workbooks, every cell's text as it stands, with a Table Schema beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from salesaid import ledgers
from salesaid.book import Book
from salesaid.book.packaging import DESCRIPTOR, described, descriptor
from salesaid.book.reading import Opened
from salesaid.book.sheet_texts import Form, cells_of, form_of
from salesaid.core.errors import Refused
from salesaid.core.exports import Exported
from salesaid.core.kinds import TEXT
from salesaid.core.rows import Block
from salesaid.core.table_schema import Layout
from salesaid.core.text import Lang, Text, joined
from salesaid.settings import FILE_NAME
from salesaid.storage.contract import Cell

_OTHER = frozenset({".xls", ".xlsm", ".ods", ".tsv", ".txt", ".json", ".md", ".numbers", ".et"})
_SAMPLE = 200  # rows that the columns of a new workbook are to have room for


class OneFileEach(Refused):
    """Several ledgers are to go into one CSV file."""

    def __init__(self, out: Path, count: int) -> None:
        super().__init__(
            Text(f"{count} 本台账放不进一个 {out.name}", f"{count} ledgers do not fit into one {out.name}"),
            Text("给一个文件夹，或用 .xlsx（每本一张表）", "name a folder, or an .xlsx file: a sheet for each"),
        )


class OtherStore(Refused):
    """The file's ending says another format than --store, or none that a ledger can be exported to."""

    def __init__(self, out: Path) -> None:
        super().__init__(
            Text(f"不能导出成 {out.name}", f"ledgers are not exported to {out.name}"),
            Text(
                "请用 .csv、.xlsx 或一个文件夹，--store 与之一致", "take .csv, .xlsx or a folder, and --store to match"
            ),
        )


class NeverWritten(Refused):
    """There are no rows to be exported: the ledger has not been written yet."""

    def __init__(self, titles: Sequence[Text]) -> None:
        which = joined(list(titles)) if titles else Text("这个账本", "this book")
        super().__init__(
            which + Text("还没有记过账，没有可导出的", ": nothing has been posted, there is nothing to export")
        )


class AnotherBook(Refused):
    """The files would take the place of another book's ledgers."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Text(f"{folder} 是另一个账本，不能导出到那里", f"{folder} is another book: nothing is exported there"),
            Text("换一个文件夹", "take another folder"),
        )


class Plan(NamedTuple):
    """Which ledgers go into which file."""

    files: Mapping[Path, tuple[str, ...]]
    folder: Path
    store: str


class _Read(NamedTuple):
    opened: Opened
    layout: Layout
    rows: int
    keys: int | None  # how many different keys a register has; None where it has none


def export(book: Book, words: Sequence[str], out: Path, store: str | None, lang: Lang) -> list[Exported]:
    """Write ledgers to a file or a folder: all of them whole, or nothing.

    Raises UnknownLedger, NeverWritten, OneFileEach, OtherStore, IsOfTheBook, WouldBeLedger, AnotherBook,
    NotOurDescriptor and FileTrouble.
    """
    asked = [*dict.fromkeys(map(book.ledger_named, words))]
    found = [id_ for id_ in asked or ledgers.names() if book.shelf.opened(id_) is not None]
    if missing := [id_ for id_ in asked if id_ not in found]:
        raise NeverWritten([ledgers.load(id_).title for id_ in missing])
    if not found:
        raise NeverWritten([])
    plan = _planned(found, out, store, book.settings.language or lang)
    _require_free(book, plan)
    read = {id_: _gathered(book, id_) for id_ in found}
    contents, done = _contents(book, plan, read)
    layouts = {id_: (each.layout, each.keys == each.rows) for id_, each in read.items()}
    places = {each.ledger: (Path(each.path).name, each.sheet) for each in done}
    package = descriptor(book.settings.name, described(layouts, places), plan.folder)
    _put({**contents, plan.folder / DESCRIPTOR: package}, plan.folder)
    return done


def _planned(ids: Sequence[str], out: Path, store: str | None, lang: Lang) -> Plan:
    suffix = out.suffix.lower()
    if out.is_dir() or suffix not in {".csv", ".xlsx", *_OTHER}:
        kind = store or "csv"
        return Plan({out / f"{ledgers.load(id_).title.in_(lang)}.{kind}": (id_,) for id_ in ids}, out, kind)
    if suffix in _OTHER or (store is not None and f".{store}" != suffix):
        raise OtherStore(out)
    if suffix == ".csv" and len(ids) > 1:
        raise OneFileEach(out, len(ids))
    return Plan({out: tuple(ids)}, out.parent, suffix[1:])


def _require_free(book: Book, plan: Plan) -> None:
    """Raises IsOfTheBook, WouldBeLedger for files of the book's own, AnotherBook for another's."""
    if (plan.folder / FILE_NAME).exists() and plan.folder.resolve() != book.folder.resolve():
        raise AnotherBook(plan.folder)
    for path in (*plan.files, plan.folder / DESCRIPTOR):
        book.require_not_ours(path)


def _gathered(book: Book, id_: str) -> _Read:
    """A ledger's distinct texts by column, and how many rows and keys it has."""
    opened = book.shelf.opened(id_)
    assert opened is not None
    columns, key = opened.headings.columns, opened.ledger.key
    texts: dict[int, set[str]] = {index: set() for index in columns.values()}
    keys: set[tuple[object, ...]] | None = set() if key and set(key) <= set(columns) else None
    rows = 0
    for row in _rows(book.shelf.blocks(id_)):
        rows += 1
        for index, met in texts.items():
            met.add(row[index])
        if keys is not None:
            keys.add(tuple(_key(opened, name, row[columns[name]]) for name in key))
    headings = opened.sheet.headings
    return _Read(opened, Layout(opened.ledger, headings, columns, texts), rows, None if keys is None else len(keys))


def _key(opened: Opened, name: str, text: str) -> object:
    kind = opened.ledger.column(name).kind
    try:
        return text if kind is TEXT else kind.parse(text)
    except ValueError:
        return text


def _rows(blocks: Any) -> Iterator[Sequence[str]]:
    """Rows that hold something: of blanks alone no workbook makes a row."""
    block: Block
    for block in blocks:
        yield from (row for row in block[1] if any(map(str.strip, row)))


def _contents(book: Book, plan: Plan, read: Mapping[str, _Read]) -> tuple[dict[Path, bytes], list[Exported]]:
    contents: dict[Path, bytes] = {}
    done: list[Exported] = []
    for path, ids in plan.files.items():
        if plan.store == "csv":
            from salesaid.storage.csv_whole import whole_csv

            contents[path] = whole_csv(path, read[ids[0]].layout.headings, _rows(book.shelf.blocks(ids[0])))
            done.append(_exported(ids[0], path, None, read[ids[0]], ()))
            continue
        contents[path], forms = _workbook(book, path, ids, read)
        done += [_exported(id_, path, form[0], read[id_], form[1]) for id_, form in forms.items()]
    return contents, done


def _workbook(
    book: Book, path: Path, ids: Sequence[str], read: Mapping[str, _Read]
) -> tuple[bytes, dict[str, tuple[str, tuple[Form, ...]]]]:
    """A workbook with a sheet a ledger; by ledger, the sheet and how its columns were written."""
    from salesaid.storage.xlsx_create import NewSheet, new_workbook, sheet_name
    from salesaid.storage.xlsx_parts import package, preflight

    sheets, forms = [], {}
    for id_ in ids:
        layout = read[id_].layout
        own = tuple(form_of(layout, index) for index in range(len(layout.headings)))
        title = path.stem if len(ids) == 1 else ledgers.load(id_).title.in_(book.settings.language or book.lang)
        sample = list(islice(_lines(book, id_, own), _SAMPLE))
        sheets.append(NewSheet(title, layout.headings, [form.excel for form in own], _lines(book, id_, own), sample))
        forms[id_] = (sheet_name(title), own)
    new = new_workbook(str(path), sheets)
    preflight(package(new, str(path)))
    return new, forms


def _lines(book: Book, id_: str, forms: Sequence[Form]) -> Iterator[Sequence[Cell | None]]:
    return (cells_of(row, forms) for row in _rows(book.shelf.blocks(id_)))


def _exported(id_: str, path: Path, sheet: str | None, read: _Read, forms: Sequence[Form]) -> Exported:
    as_text = tuple(heading for heading, form in zip(read.layout.headings, forms, strict=False) if form.is_kept_text)
    opened, title = read.opened, ledgers.load(id_).title
    aside = tuple((each.row, each.reason) for each in opened.sheet.aside)
    columns = len(read.layout.headings)
    return Exported(id_, title, str(path), sheet, read.rows, columns, aside, opened.file, as_text)


def _put(files: Mapping[Path, bytes], folder: Path) -> None:
    """Write all files; a folder that was made for them goes again where that fails."""
    from salesaid.storage import system
    from salesaid.storage.trouble import FolderMissing
    from salesaid.storage.whole_file import put_all

    made = not folder.exists()
    if made and not folder.absolute().parent.exists():
        raise FolderMissing(folder)
    if made:
        system.make_folder(folder)
    try:
        put_all(files)
    except BaseException:
        if made and not any(folder.iterdir()):
            folder.rmdir()
        raise
