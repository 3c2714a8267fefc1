"""What stands in the way of changing a sheet safely: protection, signatures, formulas over ranges, merged cells."""

from __future__ import annotations

import re

from salesaid.core.errors import Where
from salesaid.core.text import Text
from salesaid.storage.xlsx_parts import Package
from salesaid.storage.xlsx_sheet import Box, SheetXml, box, is_exotic, is_strict, merges
from salesaid.storage.xlsx_trouble import CannotChange
from salesaid.storage.xlsx_xml import Node

_SPAN_OF_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f\s[^>]*\bref=[\"']([^\"']+)[\"']")


def refuse_unchangeable(zipped: Package, data: SheetXml, root: Node) -> None:
    """Refuses a sheet that is protected, signed, strict, or that searching could misread."""
    where = Where(data.file, data.sheet)
    protection = root.child("sheetProtection")
    if protection is not None and protection.attrs.get("sheet") in ("1", "true", "on"):
        hint = Text("在 Excel 里撤销工作表保护后再试", "unprotect the sheet in Excel and retry")
        raise CannotChange(where, Text("工作表受保护", "the sheet is protected"), hint)
    if any(name.startswith("_xmlsignatures/") for name in zipped.parts):
        hint = Text("在 Excel 里删除数字签名后再试", "remove the digital signature in Excel and retry")
        raise CannotChange(where, Text("工作簿带有数字签名，改动会使签名失效", "it is digitally signed"), hint)
    if is_strict(root):
        hint = Text("在 Excel 里另存为普通的 .xlsx", "save it as an ordinary .xlsx in Excel")
        raise CannotChange(where, Text("是“严格 Open XML”格式", "it is in the strict Open XML format"), hint)
    if is_exotic(data):
        raise data.not_understood(Text("数据行里有注释或 CDATA", "comments or CDATA stand among its rows"))


def refuse_spanning(data: SheetXml, root: Node, target: Box) -> None:
    """Refuses cells that a merged range or a formula over several cells lays claim to."""
    where = Where(data.file, data.sheet, target.top)
    for merged in merges(root):
        if merged.meets(target):
            hint = Text("在 Excel 里取消合并后再试", "unmerge them in Excel and retry")
            raise CannotChange(
                where, Text(f"第 {merged.top} 行起有合并单元格", f"cells are merged from row {merged.top} on"), hint
            )
    may_span = data.xml.find(b"ref=", data.layout.head, data.layout.tail) >= 0  # much quicker than the pattern
    for reference in _SPAN_OF_FORMULA.findall(data.xml) if may_span else ():
        claimed = box(reference.decode("ascii", "replace"))
        if claimed is not None and claimed.meets(target):
            what = Text(f"公式占用了 {reference.decode()}", f"a formula claims {reference.decode()}")
            raise CannotChange(
                where, what, Text("在 Excel 里缩小公式的范围", "make the formula's range smaller in Excel")
            )
