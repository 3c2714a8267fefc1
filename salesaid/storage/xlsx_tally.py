"""What reading a sheet met that a person should know, counted, and told in one sentence a kind."""

from __future__ import annotations

from collections.abc import Sequence

from salesaid.core.text import Text, joined, same
from salesaid.storage.xlsx_sheet import letters_of

Notes = list[tuple[str, Text]]


class Tally:
    """What reading found that a person should know, counted."""

    def __init__(self) -> None:
        self.hidden = 0
        self.filled = 0
        self.uncached: dict[str, int] = {}
        self.unsaved: dict[int, set[int]] = {}  # the same cells: columns by row
        self.lost: dict[str, int] = {}
        self.errors: dict[str, int] = {}

    def notes(self, from_1904: bool) -> Notes:
        """One sentence for each kind of thing that was met."""
        counted = (
            (
                "date-1904",
                from_1904,
                Text("工作簿用 1904 日期系统，已换算", "the workbook counts days from 1904; converted"),
            ),
            (
                "hidden-rows",
                self.hidden,
                Text(f"隐藏的 {self.hidden} 行也已计入", f"hidden rows read too: {self.hidden}"),
            ),
            (
                "merged-cells",
                self.filled,
                Text(f"合并单元格内补了 {self.filled} 格", f"merged cells filled: {self.filled}"),
            ),
        )
        placed = (("formula-without-value", self.uncached), ("digits-lost", self.lost), ("error-cells", self.errors))
        notes = [(code, text) for code, count, text in counted if count]
        return notes + [(code, _placed(_SENTENCES[code], cells_)) for code, cells_ in placed if cells_]


_SENTENCES = {
    "formula-without-value": Text(
        "公式没有保存结果，请用 Excel 打开并保存", "formulas without a saved result; open and save the file in Excel"
    ),
    "digits-lost": Text(
        "16 位以上的数字只剩 15 位，请改为文本", "numbers of 16 digits, of which Excel keeps 15; make them text"
    ),
    "error-cells": Text("错误值", "error values"),
}


def _placed(sentence: Text, found: dict[str, int]) -> Text:
    first = joined([same(f"{column}{row}") for column, row in found.items()])
    return sentence + Text(f"（{first.zh} 起）", f" (from {first.en} on)")


def column_names(columns: Sequence[int]) -> Text:
    """Columns by their letters, for a sentence."""
    listed = joined([same(letters_of(column)) for column in columns])
    return Text(f"{listed.zh} 列", f"column{'s' if len(columns) > 1 else ''} {listed.en}")
