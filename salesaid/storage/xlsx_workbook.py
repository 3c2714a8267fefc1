"""What a workbook says of itself: its sheets and their parts, its date system, its styles, who relates to whom."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from salesaid.core.text import Text
from salesaid.storage.xlsx_numbers import DateKind, date_kind, padded_to
from salesaid.storage.xlsx_parts import Package, inflated
from salesaid.storage.xlsx_strings import SharedStrings
from salesaid.storage.xlsx_trouble import DamagedWorkbook, NotAWorkbook
from salesaid.storage.xlsx_xml import Node, tree


class SheetEntry(NamedTuple):
    """One worksheet of the workbook."""

    name: str
    part: str
    hidden: bool


class Relation(NamedTuple):
    """One relationship of a part: what kind of thing, and which part it leads to."""

    id: str
    kind: str
    part: str


class Workbook(NamedTuple):
    """The workbook's own part, read. `unsaved`: it asks to have all formulas worked out, as none of them was yet."""

    part: str
    sheets: tuple[SheetEntry, ...]
    from_1904: bool
    names: tuple[tuple[str, str], ...]  # defined names and their formulas
    relations: tuple[Relation, ...]
    unsaved: bool = False


def relations(zipped: Package, part: str) -> tuple[Relation, ...]:
    """The relationships of a part (blank: of the package); none where it has no such file."""
    folder, name = posixpath.split(part)
    found = zipped.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    if found is None:
        return ()
    root = tree(inflated(zipped, found), found.name, zipped.file)
    return tuple(
        Relation(node.attrs.get("Id", ""), node.attrs.get("Type", "").rpartition("/")[2], _target(folder, node))
        for node in root.all("Relationship")
        if node.attrs.get("TargetMode") != "External"
    )


def _target(folder: str, node: Node) -> str:
    target = unquote(node.attrs.get("Target", "")).replace("\\", "/")
    path = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(path).lstrip("/")


def workbook(zipped: Package) -> Workbook:
    """The workbook part, found through the package's relationships. Raises NotAWorkbook, DamagedWorkbook."""
    part = next((one.part for one in relations(zipped, "") if one.kind == "officeDocument"), "xl/workbook.xml")
    found = zipped.find(part)
    if found is None and zipped.find("content.xml") is not None:
        hint = Text("把后缀改成 .ods，用 import 导入", "rename it to .ods and import it")
        raise NotAWorkbook(zipped.file, Text("其实是 .ods", "it really is .ods"), hint)
    if found is None:
        raise DamagedWorkbook(zipped.file, Text("其中没有工作簿", "there is no workbook in it"))
    root = tree(inflated(zipped, found), found.name, zipped.file)
    links = relations(zipped, found.name)
    settings, formulas = root.child("workbookPr"), root.child("calcPr")
    return Workbook(
        found.name,
        tuple(_sheets(zipped, root, {link.id: link for link in links})),
        settings is not None and settings.attrs.get("date1904") in ("1", "true", "on"),
        tuple((node.attrs.get("name", ""), node.text) for node in root.all("definedName")),
        links,
        formulas is not None and formulas.attrs.get("fullCalcOnLoad") in ("1", "true"),
    )


def _sheets(zipped: Package, root: Node, links: dict[str, Relation]) -> list[SheetEntry]:
    entries: list[SheetEntry] = []
    for node in root.all("sheet"):
        link = links.get(node.attrs.get("id", ""))
        found = zipped.find(link.part) if link and link.kind == "worksheet" else None
        if found is not None:
            hidden = node.attrs.get("state", "visible") != "visible"
            entries.append(SheetEntry(node.attrs.get("name", ""), found.name, hidden))
    return entries


def shared_strings(zipped: Package, book: Workbook) -> SharedStrings:
    """The workbook's shared strings; an empty list where it has none."""
    found = _related(zipped, book, "sharedStrings")
    return SharedStrings(found, zipped.file)


def _related(zipped: Package, book: Workbook, kind: str) -> bytes | None:
    for link in book.relations:
        found = zipped.find(link.part) if link.kind == kind else None
        if found is not None:
            return inflated(zipped, found)
    return None


def date_styles(zipped: Package, book: Workbook) -> tuple[DateKind, ...]:
    """For each cell style by its index, whether it shows a date, and which kind of one."""
    return tuple(date_kind(number, code) for number, code in _formats(zipped, book))


def padded_styles(zipped: Package, book: Workbook) -> tuple[int, ...]:
    """For each cell style by its index, to how many digits it fills numbers up with zeros; 0 where it does not."""
    return tuple(padded_to(code) for _, code in _formats(zipped, book))


def _formats(zipped: Package, book: Workbook) -> Iterator[tuple[int, str | None]]:
    """The number format of each cell style: its number, and its code unless it is known by the number alone."""
    xml = _related(zipped, book, "styles")
    if xml is None:
        return
    root = tree(xml, "styles.xml", zipped.file)
    codes = {node.attrs.get("numFmtId", ""): node.attrs.get("formatCode", "") for node in root.all("numFmt")}
    formats = root.child("cellXfs")
    for node in formats.children if formats else []:
        number = node.attrs.get("numFmtId", "0")
        yield int(number) if number.isdecimal() else 0, codes.get(number)
