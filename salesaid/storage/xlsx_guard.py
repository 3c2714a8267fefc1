"""What stands in the way of changing a sheet safely: protection, signatures, formulas over ranges, merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def refuse_spanning(data: SheetXml, root: Node, targets: Sequence[Box]) -> None:
    """Refuses cells that a merged range or a formula over several cells lays claim to."""
    merged, claimed = list(merges(root)), _claimed(data)
    for target in targets:
        where = Where(data.file, data.sheet, target.top)
        met = next((each for each in merged if each.meets(target)), None)
        if met is not None:
            hint = Text("在 Excel 里取消合并后再试", "unmerge them in Excel and retry")
            raise CannotChange(
                where, Text(f"第 {met.top} 行起有合并单元格", f"cells are merged from row {met.top} on"), hint
            )
        reference = next((name for name, each in claimed if each.meets(target)), None)
        if reference is not None:
            hint = Text("在 Excel 里缩小公式的范围", "make the formula's range smaller in Excel")
            raise CannotChange(where, Text(f"公式占用了 {reference}", f"a formula claims {reference}"), hint)


def _claimed(data: SheetXml) -> list[tuple[str, Box]]:
    """The ranges of formulas over several cells, with their names."""
    if data.xml.find(b"ref=", data.layout.head, data.layout.tail) < 0:  # much quicker than the pattern
        return []
    names = [found.decode("ascii", "replace") for found in _SPAN_OF_FORMULA.findall(data.xml)]
    return [(name, each) for name in names if (each := box(name)) is not None]
