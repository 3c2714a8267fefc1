"""Tables (ListObjects) of a sheet: one that ends at the last row grows with the rows added below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from salesaid.core.errors import Where
from salesaid.core.text import Text
from salesaid.storage.xlsx_parts import Package, inflated
from salesaid.storage.xlsx_patch import Patch
from salesaid.storage.xlsx_sheet import Box, SheetXml, box, letters_of
from salesaid.storage.xlsx_trouble import CannotChange
from salesaid.storage.xlsx_workbook import relations
from salesaid.storage.xlsx_xml import tree


class Table(NamedTuple):
    """One table of the sheet: its part, its XML, the cells it covers, and whether its last row holds totals."""

    part: str
    xml: bytes
    reference: str
    box: Box
    totals: bool
    waiting: bool  # it is empty and shows its row for the first entry


def tables(zipped: Package, part: str) -> list[Table]:
    """The tables of a sheet."""
    found: list[Table] = []
    for link in relations(zipped, part):
        piece = zipped.find(link.part) if link.kind == "table" else None
        if piece is not None:
            xml = inflated(zipped, piece)
            root = tree(xml, piece.name, zipped.file)
            reference = root.attrs.get("ref", "")
            covered = box(reference)
            if covered is not None:
                totals = root.attrs.get("totalsRowCount", "0") != "0"
                waiting = root.attrs.get("insertRow", "0") in ("1", "true")
                found.append(Table(piece.name, xml, reference, covered, totals, waiting))
    return found


def grown(known: Sequence[Table], data: SheetXml, header: int, last: int, target: Box) -> dict[str, list[Patch]]:
    """The patches that make the ledger's table reach down to the rows added; none where there is no such table."""
    where = Where(data.file, data.sheet, target.top)
    ours = [table for table in known if _is_ours(table, header, last, target)]
    for table in known:
        if table in ours:
            _refuse(table, where)
        elif table.box.meets(target):
            hint = Text("在 Excel 里把它移开", "move it out of the way in Excel")
            raise CannotChange(
                where, Text(f"{table.reference} 是另一张表格", f"{table.reference} is another table"), hint
            )
    return {table.part: _patches(table, target.bottom) for table in ours if table.box.bottom < target.bottom}


def _is_ours(table: Table, header: int, last: int, target: Box) -> bool:
    """Whether new rows belong to the table: it starts at the headings and reaches the last row."""
    across = table.box.left <= target.right and target.left <= table.box.right
    return across and table.box.top == header and table.box.bottom >= last


def _refuse(table: Table, where: Where) -> None:
    if table.totals:
        hint = Text(
            "在 Excel 里关掉表格的汇总行，或在它上面插入空行",
            "switch the table's total row off, or insert blank rows above it",
        )
        raise CannotChange(where, Text("表格带有汇总行", "the table has a total row"), hint)
    if table.waiting:
        hint = Text("在 Excel 里录入第一行并保存", "enter the first row in Excel and save")
        raise CannotChange(where, Text("表格还没有任何数据行", "the table has no row yet"), hint)


def _patches(table: Table, bottom: int) -> list[Patch]:
    """Its range, and its filter's, in the table's own tag and in autoFilter's."""
    covered = table.box
    new = f"{letters_of(covered.left)}{covered.top}:{letters_of(covered.right)}{bottom}".encode()
    old = re.escape(table.reference.encode())
    pattern = rb"<(?:[A-Za-z_][\w.-]*:)?(?:table|autoFilter)\b[^>]*?\sref=[\"'](" + old + rb")[\"']"
    return [Patch(found.start(1), found.end(1), new) for found in re.finditer(pattern, table.xml)]
