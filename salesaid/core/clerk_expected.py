"""What is expected in a clerk's sheet where something else stands."""

from __future__ import annotations

from collections.abc import Mapping

from salesaid.core.clerk import OddCell
from salesaid.core.text import Text

ODD: Mapping[OddCell, tuple[str, Text]] = {
    "unsaved": (
        "formula-without-value",
        Text("公式要有保存的结果：用 Excel 打开并保存一次", "a formula's saved result: open and save it in Excel"),
    ),
    "error": ("error-cell", Text("一个值，不是公式的错误", "a value, not a formula's error")),
    "rounded": (
        "digits-lost",
        Text("文本：16 位以上的数字，Excel 只留前 15 位", "text: of 16 digits and more Excel keeps only 15"),
    ),
}
MERGED = Text(
    "每行各写各的数：合并的格子分不清是哪一行的", "a figure for each row: of a merged cell it is not clear whose"
)
RAGGED = Text("和表头一样多的格子：", "as many cells as there are headings: ")
ANOTHER = Text(
    "同一张表的行：这里像是另起了一张表，把它放到单独的工作表或文件",
    "rows of the same table: another seems to begin here; put it into a sheet or a file of its own",
)
