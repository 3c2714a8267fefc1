"""A file that an office keeps already becomes a ledger where it lies, in its own layout (DOMAIN.md 9)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from salesaid import ledgers
from salesaid.book import indexing, joining
from salesaid.book.adopt_recognising import (
    Beside,
    Sheets,
    columns_told,
    ledger_told,
    reading_told,
    recognised,
    ships_told,
)
from salesaid.book.adopt_trouble import AlreadyKept, OnlyImported
from salesaid.book.finding import parsed_settings, read_settings, spot_of
from salesaid.book.import_reading import require_other
from salesaid.book.import_recognising import Wanted
from salesaid.book.laying_out import parts_of
from salesaid.book.posting import Posted, posted_before, relative, tell, utc_now
from salesaid.book.reading import Opened, Shelf
from salesaid.core.errors import FileTrouble, Refused
from salesaid.core.schema import Ledger
from salesaid.core.settings_text import Setting, with_settings
from salesaid.core.sheet_months import of_one_month
from salesaid.core.tables import Note, NotedRow
from salesaid.core.text import Text, joined, same
from salesaid.settings import FILE_NAME, Settings, Ships
from salesaid.storage import receipts
from salesaid.storage.contract import Cell, Swap
from salesaid.storage.identity import stamp_of
from salesaid.storage.post import open_desk
from salesaid.storage.system import stat

if TYPE_CHECKING:
    from salesaid.book import Book

NAME = "adopt"
_ONLY_IMPORTED = {".xls": ".xlsx", ".ods": ".xlsx"}
_LISTED = 20
_TWO_ROWS = Text("表头不在一行里", "its headings do not stand in one row")


class Adopted(NamedTuple):
    """What an adoption says in the settings, and how many rows of the file it makes the book's."""

    ledger: str
    settings: Mapping[str, Setting]
    columns: Mapping[str, str]
    file: str
    sheet: str | None
    sheets: tuple[str, ...]  # those of a pattern
    header_row: int
    ships: Ships | None
    rows: int
    aside: list[NotedRow]
    text: str  # of the new salesaid.toml
    posted: Posted | None = None
    beside: Beside | None = None
    closed: Text | None = None  # why no row can be added now


def plan(book: Book, path: Path, wanted: Wanted, ships: Ships | None) -> Adopted:
    """What adopting a file comes to; nothing is written.

    Raises OnlyImported, AlreadyKept, SeveralSheets, UnlikeSheets, NoSuchSheet, what recognising and reading the file
    refuse.
    """
    if path.suffix.lower() in _ONLY_IMPORTED:
        kind = path.suffix.lower()
        raise OnlyImported(path, Text(f"{kind} 格式不能追加", f"{kind} files cannot be appended to"))
    require_other(book, path)
    ledger, found = ledger_told(book, path, recognised(book, path, wanted), wanted, ships)
    ships = ships_told(ledger, found, ships)
    spot = spot_of(book.folder, book.settings, ledger.id)
    if spot is not None:
        raise AlreadyKept(ledger, spot.path)
    if any(each.mapping.dates for each in found.every.values()):
        why = Text("一行里记了几件事（几个日期列）", "a row tells several events, each by a date of its own")
        raise OnlyImported(path, why)
    return _tried(book, path, found, ledger, ships)


def _tried(book: Book, path: Path, found: Sheets, ledger: Ledger, ships: Ships | None) -> Adopted:
    """The settings, tried on the file: what they make of its headings and rows."""
    columns = columns_told(ledger, path, found)
    settings: dict[str, Setting] = {"file": _path_from(book.folder, path)}
    if found.sheet is not None:
        settings["sheet"] = found.sheet
    if ships is not None:
        settings["ships"] = ships
    settings |= reading_told(path, found)
    lasts = [each.header.last for each in found.every.values()]
    shelf, text = _found_alone(book, ledger, settings, columns, lasts)
    if shelf is None:
        settings["header_row"] = lasts[0]
        shelf, text = _told(book, path, ledger, settings, columns)
    with closing(shelf):
        opened_ = shelf.opened(ledger.id)
        assert opened_ is not None
        told = [each.mapping.columns for each in found.every.values()]
        if _header_rows(opened_) != lasts or not _are_as_told(joining.columns_of_each(opened_), told):
            raise OnlyImported(path, _TWO_ROWS)
        rows = shelf.rows(ledger.id, None)
        for _ in rows.pick("row"):
            pass
        aside = [NotedRow(path.name, row, reason) for row, reason in shelf.set_aside(ledger.id)]
        closed = _closed_to_rows(opened_)
    file, sheets = str(settings["file"]), tuple(part.name for part in parts_of(opened_.sheet))
    return Adopted(
        ledger.id, settings, columns, file, found.sheet, sheets, lasts[0], ships, rows.used, aside, text,
        beside=found.beside, closed=closed,
    )  # fmt: skip


def _closed_to_rows(found: Opened) -> Text | None:
    """Why no row could be added to the sheet, or to the last of several; None where one can be."""
    sheet: Any = found.sheet
    try:
        sheet.append([[Cell("1", "1"), *[None] * (len(sheet.headings) - 1)]])
    except FileTrouble as trouble:
        return trouble.message if trouble.hint is None else trouble.message + Text("；", "; ") + trouble.hint
    return None


def _header_rows(found: Opened) -> list[int]:
    return [each.header_row for each in parts_of(found.sheet) or (found.sheet,)]


def _are_as_told(found: Sequence[Mapping[str, int]], told: Sequence[Mapping[str, int]]) -> bool:
    pairs = zip(found, told, strict=True)
    return all(each.get(id_) == at for each, own in pairs for id_, at in own.items())


def _found_alone(
    book: Book, ledger: Ledger, settings: Mapping[str, Setting], columns: Mapping[str, str], rows: Sequence[int]
) -> tuple[Shelf | None, str]:
    """The ledger opened without being told its header rows; None where it would not find them."""
    try:
        shelf, text = _shelf(book, ledger, settings, columns)
    except (FileTrouble, Refused):
        return None, ""
    known = shelf.opened(ledger.id)
    if known is not None and _header_rows(known) == rows:
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
            return Adopted("", {}, {}, "", None, (), 0, None, 0, [], "", before)
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
    if found.sheets:
        text = Text(
            f"{'、'.join(found.sheets)} 合成一本台账；新的一行记进它那个月的表，没有就记进最后一张",
            f"{', '.join(found.sheets)} are one ledger; a new row goes to the sheet of its month, else to the last",
        )
        notes.append(Note("sheets", "info", text))
    notes += [_of_one_month(several) for several in of_one_month(found.sheets)]
    if found.beside is not None:
        notes.append(_left_out(found.beside))
    if found.ships == "at_once":
        text = Text(
            "每一行就是一笔销售（ships = at_once）；先下单后发货的，改用 --ships later",
            "each row is the sale itself (ships = at_once); where goods follow later, use --ships later",
        )
        notes.append(Note("ships", "info", text))
    if found.closed is not None:
        text = Text("照现在这样，新的行写不进去：", "as it is, no new row can be written: ") + found.closed
        notes.append(Note("closed_to_rows", "warning", text))
    if found.aside:
        told = [Text(f"第 {each.row} 行 {each.reason.zh}", f"row {each.row}: {each.reason.en}") for each in found.aside]
        first = joined(told[:3])
        text = Text(f"剔除 {len(found.aside)} 行：{first.zh}", f"{len(found.aside)} rows set aside: {first.en}")
        notes.append(Note("set_aside", "warning", text, tuple(found.aside[:_LISTED])))
    return Posted(None, None, [], notes, said)


def _of_one_month(names: Sequence[str]) -> Note:
    """Sheets that may be one and its copy: the rows of both count."""
    text = Text(
        f"同一个月有几张表，都算进去了：{'、'.join(names)}；其中有备份的，会重复，请移到别的文件",
        f"several sheets are of one month, and all count: {', '.join(names)}; move a copy to another file, or its rows "
        "count twice",
    )
    return Note("one_month_twice", "warning", text)


def _left_out(beside: Beside) -> Note:
    """Sheets of months that the pattern does not fit: rows of these months would go to the last sheet."""
    names = joined([same(name) for name in beside.names])
    text = Text("没有算进来的月份表：", "sheets of months that are not among them: ") + names
    if beside.pattern is not None:
        text += Text(f"；都要的，写 --sheet '{beside.pattern}'", f"; to take them too, say --sheet '{beside.pattern}'")
    return Note("sheets_left_out", "warning", text)


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
