"""A 合计 row under the data: when it may move down, and everything that could point at it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from salesaid.core.text import Text
from salesaid.storage.xlsx_opened import Opened
from salesaid.storage.xlsx_parts import Package, inflated
from salesaid.storage.xlsx_sheet import column_of, letters_of
from salesaid.storage.xlsx_strings import unescaped
from salesaid.storage.xlsx_tail import Row
from salesaid.storage.xlsx_trouble import CannotChange
from salesaid.storage.xlsx_workbook import relations
from salesaid.storage.xlsx_xml import Node, tree

_REFERENCE = re.compile(r"\$?[A-Za-z]{1,3}\$?([0-9]{1,7})(?![0-9(])")
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})(?![0-9])")
_UNSEEN = re.compile(r"\b(INDIRECT|OFFSET|INDEX)\s*\(", re.IGNORECASE)
_VIEWS = ("dimension", "selection", "pane", "sheetView")
_FORMULAS = ("f", "sqref", "formula", "formula1", "formula2")
_ANCHORED = ("drawing", "vmlDrawing", "comments", "threadedComment", "table", "pivotTable", "slicer")


def refuse_moving(opened: Opened, root: Node, total: Row, shift: int) -> None:
    """Refuses to move the total row down by `shift` rows where it holds a formula, or anything refers to it or past."""
    row = total.span.number
    for what in _reasons(opened, root, total):
        hint = Text(
            f"在 Excel 里于第 {row} 行（合计）上方插入空行，至少 {shift} 行，让合计的公式也算上它们，再执行一次",
            f"insert blank rows, {shift} or more, above row {row} (the total) in Excel that its formulas reach over, "
            "and repeat",
        )
        raise CannotChange(opened.where(row), Text(f"第 {row} 行是合计，", f"row {row} is a total; ") + what, hint)


def leaves_out(total: Row, column: int, row: int) -> bool:
    """Whether the total of a column ends above a row: =SUM(E4:E6) above row 7."""
    letters = letters_of(column)
    own = re.compile(rf"\$?{letters}\$?[0-9]{{1,7}}:\$?{letters}\$?([0-9]{{1,7}})(?![0-9])", re.IGNORECASE)
    formula = next((unescaped(cell[4]) for cell in total.cells if cell[4] and column_of(cell[0]) == column), "")
    ends = [int(end) for end in own.findall(formula)]
    return bool(ends) and max(ends) < row


def _reasons(opened: Opened, root: Node, total: Row) -> Iterator[Text]:
    row = total.span.number
    if any(cell[4] for cell in total.cells):
        yield Text("含有公式", "it holds formulas")
    yield from _furniture(root, row)
    for name, formula in opened.book.names:
        if _reaches(formula, row):
            yield Text(f"名称 {name} 引用了它", f"the name {name} refers to it")
    yield from _formulas(opened, row)
    for link in relations(opened.zipped, opened.part):
        if link.kind in _ANCHORED and _anchored(opened.zipped, link.part, row):
            yield Text(f"{link.part} 锚定在它上面", f"{link.part} is anchored at it")
    yield from _charts(opened.zipped, row)


def _furniture(root: Node, row: int) -> Iterator[Text]:
    """Merged cells, formats, validations, filters, page breaks … of the sheet itself."""
    for node in root.all():
        ranges = [node.attrs[key] for key in ("ref", "sqref") if key in node.attrs and node.name not in _VIEWS]
        if any(_reaches(reference, row) for reference in ranges):
            yield Text(f"{node.name} 引用了它", f"{node.name} refers to it")
        if node.name in _FORMULAS and _reaches(node.text, row):
            yield Text("格式或校验引用了它", "a format or validation refers to it")
        if node.name == "brk" and int(node.attrs.get("id", "0") or 0) >= row:
            yield Text("分页符在它下面", "a page break is below it")


def _formulas(opened: Opened, row: int) -> Iterator[Text]:
    """Formulas of this sheet, and those of other sheets that name it."""
    for entry in opened.book.sheets:
        piece = opened.zipped.find(entry.part)
        if piece is None:
            continue
        here = entry.part == opened.part
        xml = opened.data.xml if here else inflated(opened.zipped, piece)
        for raw in re.findall(rb"<(?:[A-Za-z_][\w.-]*:)?f\b[^>]*>([^<]+)<", xml):
            formula = unescaped(raw.decode("utf-8", "replace"))
            ours = here or opened.data.sheet.replace("'", "''") in formula
            if ours and (_reaches(formula, row) or _UNSEEN.search(formula)):
                yield Text(f"{entry.name} 的公式引用了它", f"a formula of {entry.name} refers to it")


def _charts(zipped: Package, row: int) -> Iterator[Text]:
    for piece in zipped.parts.values():
        if re.search(r"/charts/[^/]*\.xml$|pivotCacheDefinition[^/]*\.xml$", piece.name):
            root = tree(inflated(zipped, piece), piece.name, zipped.file)
            texts = [node.text for node in root.all("f")] + [node.attrs.get("ref", "") for node in root.all()]
            if any(_reaches(text, row) for text in texts):
                yield Text(f"{piece.name} 引用了它", f"{piece.name} refers to it")


def _anchored(zipped: Package, part: str, row: int) -> bool:
    piece = zipped.find(part)
    if piece is None:
        return False
    root = tree(inflated(zipped, piece), piece.name, zipped.file)
    rows = [node.text for node in root.all() if node.name in ("row", "Row")]
    references = [node.attrs.get("ref", "") for node in root.all()]
    deep = any(text.strip().isdecimal() and int(text) + 1 >= row for text in rows)
    return deep or any(_reaches(reference, row) for reference in references)


def _reaches(formula: str, row: int) -> bool:
    """Whether a formula or a list of ranges speaks of that row or one below it; whole columns do not count."""
    single = any(int(found) >= row for found in _REFERENCE.findall(formula))
    return single or any(int(last) >= row for _, last in _ROWS.findall(formula))
