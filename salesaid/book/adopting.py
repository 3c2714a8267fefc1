"""A file that an office keeps already becomes a ledger where it lies, in its own layout (DOMAIN.md 9)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.book import indexing
from salesaid.book.adopt_trouble import AlreadyKept, NoSuchSheet, OnlyImported, SeveralSheets
from salesaid.book.finding import parsed_settings, read_settings, spot_of
from salesaid.book.import_reading import require_other, wanted_sheets
from salesaid.book.import_recognising import Recognised, Recogniser, Wanted, ledger_of
from salesaid.book.importing import names_of
from salesaid.book.posting import Posted, posted_before, relative, tell, utc_now
from salesaid.book.reading import Shelf
from salesaid.core.clerk import ClerkSheet
from salesaid.core.clerk_days import with_whole_days
from salesaid.core.clerk_part import Skipped
from salesaid.core.dates import year_in
from salesaid.core.errors import FileTrouble, Refused
from salesaid.core.headers import map_headings
from salesaid.core.heading_words import folded
from salesaid.core.schema import Ledger
from salesaid.core.settings_text import Setting, with_settings
from salesaid.core.tables import Note, NotedRow
from salesaid.core.text import Text, joined
from salesaid.settings import FILE_NAME, Settings, Ships
from salesaid.storage import receipts
from salesaid.storage.clerk_files import opened
from salesaid.storage.contract import Swap
from salesaid.storage.identity import stamp_of
from salesaid.storage.post import open_desk
from salesaid.storage.system import stat

if TYPE_CHECKING:
    from salesaid.book import Book

NAME = "adopt"
_ONLY_IMPORTED = {".xls": ".xlsx", ".ods": ".xlsx"}
_LISTED = 20
_TWO_COLUMNS = Text("日期分在月、日两列里", "its days stand in two columns, month and day")
_TWO_ROWS = Text("表头不在一行里", "its headings do not stand in one row")


class Adopted(NamedTuple):
    """What an adoption says in the settings, and how many rows of the file it makes the book's."""

    ledger: str
    settings: Mapping[str, Setting]
    columns: Mapping[str, str]
    file: str
    sheet: str | None
    header_row: int
    ships: Ships | None
    rows: int
    aside: list[NotedRow]
    text: str  # of the new salesaid.toml
    posted: Posted | None = None


def plan(book: Book, path: Path, wanted: Wanted, ships: Ships | None) -> Adopted:
    """What adopting a file comes to; nothing is written.

    Raises OnlyImported, AlreadyKept, SeveralSheets, NoSuchSheet, what recognising and reading the file refuse.
    """
    if path.suffix.lower() in _ONLY_IMPORTED:
        kind = path.suffix.lower()
        raise OnlyImported(path, Text(f"{kind} 格式不能追加", f"{kind} files cannot be appended to"))
    require_other(book, path)
    sheet, found = _recognised(book, path, wanted)
    ledger, found = _ledger_of(book, found, wanted, ships)
    ships = _ships(ledger, found, ships)
    spot = spot_of(book.folder, book.settings, ledger.id)
    if spot is not None:
        raise AlreadyKept(ledger, spot.path)
    if found.mapping.dates:
        why = Text("一行里记了几件事（几个日期列）", "a row tells several events, each by a date of its own")
        raise OnlyImported(path, why)
    return _tried(book, path, sheet, found, ledger, ships)


def _recognised(book: Book, path: Path, wanted: Wanted) -> tuple[str | None, Recognised]:
    recogniser = Recogniser(book.folder, book.today, wanted, names_of(book))
    with opened(path) as sheets:
        only, _ = wanted_sheets(sheets, wanted.sheet)
        if len(only) == 1 and with_whole_days(only[0]) is not only[0]:
            raise OnlyImported(path, _TWO_COLUMNS)
        told = [(sheet, recogniser.recognise(path, sheet, alone=len(only) == 1)) for sheet in only]
        recogniser.require_met()
        usable = [(sheet, found) for sheet, found in told if isinstance(found, Recognised)]
        if not usable:
            raise NoSuchSheet(path, [found for _, found in told if isinstance(found, Skipped)])
        if len(usable) > 1:
            raise SeveralSheets(path, [sheet.name or "" for sheet, _ in usable])
        sheet, found = usable[0]
        return _name_needed(sheets, sheet), found


def _name_needed(sheets: Any, sheet: ClerkSheet) -> str | None:
    return sheet.name if len(sheets) > 1 else None


def _ledger_of(
    book: Book, found: Recognised, wanted: Wanted, ships: Ships | None
) -> tuple[Ledger, Recognised]:  # fmt: skip
    """The ledger; a list of what left is a book of sales where it names no orders and the book has none."""
    id_ = found.mapping.ledger
    is_sale = id_ == "shipments" and "order_no" not in found.mapping.columns and wanted.ledger is None
    if is_sale and ships != "later" and spot_of(book.folder, book.settings, "orders") is None:
        from salesaid.core.clerk_mapping import mapped
        from salesaid.core.clerk_words import widened

        orders = ledger_of("orders")
        mapping = mapped(
            widened(orders), found.header.headings, found.samples, found.mapping.said, book.today, found.reading
        )
        return orders, found._replace(mapping=mapping)
    return ledger_of(id_), found


def _ships(ledger: Ledger, found: Recognised, said: Ships | None) -> Ships | None:
    """Whether each row of orders is the sale itself: as said, else as the sheet's titles and headings tell."""
    if ledger.id != "orders":
        return None
    if said is not None:
        return said
    return "at_once" if found.is_of_sales else "later"


def _tried(
    book: Book, path: Path, sheet: str | None, found: Recognised, ledger: Ledger, ships: Ships | None
) -> Adopted:
    """The settings, tried on the file: what they make of its headings and rows."""
    columns = _columns(ledger, found)
    settings: dict[str, Setting] = {"file": _path_from(book.folder, path)}
    if sheet is not None:
        settings["sheet"] = sheet
    if ships is not None:
        settings["ships"] = ships
    if found.reading.order is not None:
        settings["date_order"] = found.reading.order
    if found.reading.year is not None and found.reading.year != (year_in(sheet or "") or year_in(path.name)):
        settings["year"] = found.reading.year
    shelf, text = _found_alone(book, ledger, settings, columns, found.header.last)
    if shelf is None:
        settings["header_row"] = found.header.last
        shelf, text = _told(book, path, ledger, settings, columns)
    opened_ = shelf.opened(ledger.id)
    assert opened_ is not None
    if any(opened_.headings.columns.get(id_) != at for id_, at in found.mapping.columns.items()):
        shelf.close()
        raise OnlyImported(path, _TWO_ROWS)
    rows = shelf.rows(ledger.id, None)
    for _ in rows.pick("row"):
        pass
    aside = [NotedRow(path.name, row, reason) for row, reason in shelf.set_aside(ledger.id)]
    shelf.close()
    header_row, file = opened_.sheet.header_row, str(settings["file"])
    return Adopted(ledger.id, settings, columns, file, sheet, header_row, ships, rows.used, aside, text)


def _found_alone(
    book: Book, ledger: Ledger, settings: Mapping[str, Setting], columns: Mapping[str, str], row: int
) -> tuple[Shelf | None, str]:
    """The ledger opened without being told its header row; None where it would not find it."""
    try:
        shelf, text = _shelf(book, ledger, settings, columns)
    except (FileTrouble, Refused):
        return None, ""
    known = shelf.opened(ledger.id)
    if known is not None and known.sheet.header_row == row:
        return shelf, text
    shelf.close()
    return None, ""


def _told(
    book: Book, path: Path, ledger: Ledger, settings: Mapping[str, Setting], columns: Mapping[str, str]
) -> tuple[Shelf, str]:
    """The same with its header row. Raises OnlyImported where the headings take two rows to be understood."""
    try:
        return _shelf(book, ledger, settings, columns)
    except Refused as trouble:
        raise OnlyImported(path, _TWO_ROWS) from trouble


def _columns(ledger: Ledger, found: Recognised) -> dict[str, str]:
    """The headings that the ledger does not take for the same columns of itself."""
    headings = found.header.headings
    words = {folded(word) for column in ledger.columns for word in (*column.headings, column.title)}
    needed = {id_: at for id_, at in found.mapping.columns.items() if folded(headings[at]) not in words}
    try:
        given = {_name(headings, at): id_ for id_, at in needed.items()}
        alone = map_headings(ledger, headings, given, found.samples).columns
    except (FileTrouble, Refused):
        alone = {}
    needed |= {id_: at for id_, at in found.mapping.columns.items() if alone.get(id_) != at}
    return {_name(headings, at): id_ for id_, at in needed.items()}


def _name(headings: tuple[str, ...], at: int) -> str:
    """A heading as the settings call it: 店仓#2 is the second of two."""
    twins = [place for place, text in enumerate(headings) if folded(text) == folded(headings[at])]
    return headings[at] if len(twins) == 1 else f"{headings[at]}#{twins.index(at) + 1}"


def _path_from(folder: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(path.resolve())


def _shelf(
    book: Book, ledger: Ledger, settings: Mapping[str, Setting], columns: Mapping[str, str]
) -> tuple[Shelf, str]:
    text = with_settings(_text(book), f"ledgers.{ledger.id}", settings)
    text = with_settings(text, f"ledgers.{ledger.id}.columns", columns)
    parsed: Settings = parsed_settings(text.encode())
    shelf = Shelf(book.folder, parsed)
    try:
        shelf.opened(ledger.id)
    except BaseException:
        shelf.close()
        raise
    return shelf, text


def _text(book: Book) -> str:
    return (book.folder / FILE_NAME).read_bytes().decode("utf-8-sig")


def adopt(
    book: Book, path: Path, wanted: Wanted, ships: Ships | None, *, command: str, request_id: str | None
) -> Adopted:
    """The book uses the file from now on. Raises what `plan` does, OtherRequest, FileTrouble."""
    with open_desk(book.folder, utc_now) as desk:
        book.sit_down(desk)
        before = posted_before(book, request_id, NAME) if request_id else None
        if before is not None:
            return Adopted("", {}, {}, "", None, 0, None, 0, [], "", before)
        found = plan(book, path, wanted, ships)
        posted = posted_of(found)
        own = book.folder / FILE_NAME
        facts = stat(own)
        bom = b"\xef\xbb\xbf" if own.read_bytes().startswith(b"\xef\xbb\xbf") else b""
        change = Swap(own, bom + found.text.encode(), stamp_of(facts) if facts else None)
        receipt = desk.post([change], _facts(book, found, posted, command, request_id, path))
        tell(book, desk)
    book.close()
    book.settings, book.settings_crc = read_settings(book.folder)
    indexing.index_anew(book)
    return found._replace(posted=posted._replace(receipt=receipt.id))


def posted_of(found: Adopted) -> Posted:
    """What is said of an adoption."""
    title = ledgers.load(found.ledger).title
    sheet = f"（{found.sheet}）" if found.sheet else ""
    said = Text(
        f"已把 {found.file}{sheet} 用作{title.zh}：{found.rows} 行可用",
        f"{found.file}{f' ({found.sheet})' if found.sheet else ''} is now {title.en}: {found.rows} rows used",
    )
    notes = []
    if found.ships == "at_once":
        text = Text(
            "每一行就是一笔销售（ships = at_once）；先下单后发货的，改用 --ships later",
            "each row is the sale itself (ships = at_once); where goods follow later, use --ships later",
        )
        notes.append(Note("ships", "info", text))
    if found.aside:
        told = [Text(f"第 {each.row} 行 {each.reason.zh}", f"row {each.row}: {each.reason.en}") for each in found.aside]
        first = joined(told[:3])
        text = Text(f"剔除 {len(found.aside)} 行：{first.zh}", f"{len(found.aside)} rows set aside: {first.en}")
        notes.append(Note("set_aside", "warning", text, tuple(found.aside[:_LISTED])))
    return Posted(None, None, [], notes, said)


def _facts(
    book: Book, found: Adopted, posted: Posted, command: str, request_id: str | None, path: Path
) -> dict[str, Any]:
    newest = receipts.newest_done(book.folder)
    known: Any = newest.facts.get("files", {}) if newest else {}
    facts: dict[str, Any] = {
        "command": command, "name": NAME, "user": book.user, "day": book.today.isoformat(), "no": None, "numbers": [],
        "entries": [], "edits": [], "notes": [[note.code, note.level, *note.text] for note in posted.notes],
        "said": list(posted.said), "files": {**known, found.ledger: relative(book.folder, path)},
    }  # fmt: skip
    return facts | ({"request_id": request_id} if request_id else {})
