"""A sheet that is held in memory as rows of texts: what is read out of .ods and .xls files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesaid.core.clerk import Block, Line, Lost, Merge, OddCell
from salesaid.core.text import Text

_BLOCK = 4096


class TableSheet:
    """One sheet (core.clerk.ClerkSheet), all of it at hand."""

    def __init__(
        self,
        file: str,
        name: str,
        lines: Sequence[Line],
        *,
        hidden: bool = False,
        merged: Sequence[Merge] = (),
        odd: dict[tuple[int, int], OddCell] | None = None,
        hidden_rows: frozenset[int] = frozenset(),
        from_1904: bool = False,
    ) -> None:
        self.file = file
        self.name: str | None = name
        self.hidden = hidden
        self.from_1904 = from_1904
        self.merged = merged
        self.odd = odd or {}
        self.lost: list[Lost] = []
        self._lines = lines
        self._hidden_rows = hidden_rows
        self._read = self._filled = self._unseen = 0

    def head(self, count: int) -> list[Line]:
        """The first rows that hold something."""
        return [line for line in self._lines if line.number <= count]

    def blocks(self, below: int, width: int) -> Iterator[Block]:
        """The rows below the header."""
        self._read = self._filled = self._unseen = 0
        high = [one for one in self.merged if one.bottom > one.top and one.left < width]
        anchors: dict[Merge, str] = {}
        rows = [line for line in self._lines if line.number > below]
        for start in range(0, len(rows), _BLOCK):
            numbers, cells = [], []
            for number, texts in rows[start : start + _BLOCK]:
                row = texts[:width] + [""] * (width - len(texts))
                if any(map(str.strip, row)):
                    self._fill(number, row, high, anchors)
                    self._unseen += number in self._hidden_rows
                    numbers.append(number)
                    cells.append(row)
            self._read = start + len(cells)
            yield numbers, cells

    def _fill(self, number: int, row: list[str], high: Sequence[Merge], anchors: dict[Merge, str]) -> None:
        for one in high:
            if one.top == number:
                anchors[one] = row[one.left]
            elif one.top < number <= one.bottom and not row[one.left]:
                row[one.left] = anchors.get(one, "")
                self._filled += bool(row[one.left])

    def share(self) -> float:
        """How much has been read."""
        return self._read / len(self._lines) if self._lines else 1.0

    def notes(self) -> Sequence[tuple[str, Text]]:
        """Hidden rows and filled merges, as far as the sheet has been read."""
        counted = (
            (
                "hidden-rows",
                self._unseen,
                Text(f"隐藏的 {self._unseen} 行也已计入", f"hidden rows read too: {self._unseen}"),
            ),
            (
                "merged-cells",
                self._filled,
                Text(f"合并单元格内补了 {self._filled} 格", f"merged cells filled: {self._filled}"),
            ),
        )
        return [(code, text) for code, count, text in counted if count]
