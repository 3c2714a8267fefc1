"""Long texts of a table's last column on a screen: folded beside their rows where there is room, else below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from salesaid.render.columns import GAP, Column, measured, width_of

LEAST_ROOM = 24  # terminal cells that a text is folded into beside its row
LINE_LIMIT = 200  # lines of one table
INDENT = "  "  # of a text below its row

Read = Callable[[str], str]  # the text that a drawn text stands for, of the same length

_WIDE = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003efff"
_OPENING = "（【《〈「『“‘［"
_CLOSING = "，。、；：！？）】》〉」』”’］…—－％×＊＠"
_WITH_ITS_UNIT = rf"(?!(?<=[{_WIDE}]\s)\d)(?!(?<=\d\s)[{_WIDE}])"  # no break between 90 and 天
_BREAK = (
    rf"(?<=\s)(?![\s{_CLOSING}]){_WITH_ITS_UNIT}"
    rf"|(?<![\s{_OPENING}])(?![\s{_CLOSING},.;:!?)%])(?:(?<=[{_WIDE}])|(?=[{_WIDE}]))"
)
_CLAUSE_ENDS = r"(?:[，；。]|[,;.]\s)\s*\Z"
_WORD_ENDS = r"\s\Z"


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compiled when first needed: it takes 5 ms, and most tables have no long text."""
    return re.compile(text)


class Folded(NamedTuple):
    """A column of long texts in lines: those of each row, and whether they stand beside the rows or below them."""

    header: str
    cells: list[list[str]]
    total: str
    beside: bool

    def rows(self) -> int:
        """How many rows fit into the lines of one table, at least the first."""
        heights = (max(1, len(lines)) if self.beside else 1 + len(lines) for lines in self.cells)
        return max(1, sum(end <= LINE_LIMIT for end in accumulate(heights)))


def folded(column: Column, others: Sequence[Column], width: int, read: Read) -> Folded:
    """The column's texts in lines for a screen on which these other columns stand on its left."""
    room = width - width_of(others) - GAP if others else width
    beside = room >= LEAST_ROOM or not others
    room = room if beside else max(width - len(INDENT), LEAST_ROOM)
    return Folded(column.header, [fold(cell, room, read) for cell in column.cells], column.total, beside)


def fold(text: str, width: int, read: Read = str) -> list[str]:
    """The text in lines no wider than that, broken after a clause or a word where that fills half a line."""
    from rich.cells import cell_len

    lines: list[str] = []
    line: list[str] = []
    for part in _parts(text, width, read):
        while line and cell_len("".join(line) + part.rstrip()) > width:
            kept = _kept(line, width, read)
            lines.append("".join(line[:kept]).rstrip())
            line = line[kept:]
        line.append(part)
    return [*lines, "".join(line).rstrip()] if line else lines


def _parts(text: str, width: int, read: Read) -> list[str]:
    """The text where it may be broken; what is longer than a line is in parts as long as one."""
    from rich.cells import cell_len, chop_cells

    places = [0, *(found.start() for found in _pattern(_BREAK).finditer(read(text))), len(text)]
    parts: list[str] = []
    for start, end in pairwise(places):
        part = text[start:end]
        parts += chop_cells(part, max(width, 2)) if cell_len(part.rstrip()) > width else [part] * bool(part)
    return parts


def _kept(line: Sequence[str], width: int, read: Read) -> int:
    """How many parts of a full line stay on it: up to its last clause, else its last word, if that fills half of it."""
    from rich.cells import cell_len

    starts = [start for start in accumulate(line) if cell_len(start) * 2 >= width]
    for ends in (_CLAUSE_ENDS, _WORD_ENDS):
        at = max((at for at, start in enumerate(starts, 1) if _pattern(ends).search(read(start))), default=0)
        if at:
            return len(line) - len(starts) + at
    return len(line)


def beside(columns: Sequence[Column], texts: Folded) -> list[Column]:
    """The columns and the folded one: further lines of a row are blank in all the others."""
    heights = [max(1, len(lines)) for lines in texts.cells]
    starts = [0, *accumulate(heights)]
    last = measured(texts.header, [line for lines in texts.cells for line in lines or [""]], texts.total)
    return [*(_spread(column, heights, starts) for column in columns), last]


def _spread(column: Column, heights: Sequence[int], starts: Sequence[int]) -> Column:
    cells = [line for cell, height in zip(column.cells, heights, strict=True) for line in (cell, *[""] * (height - 1))]
    return column._replace(cells=cells, below=tuple(starts[at] for at in column.below))


def below(lines: Sequence[str], texts: Folded, heading: str) -> list[str]:
    """The drawn lines (heading, rule, rows, totals) with the texts between: each below its row, indented."""
    head, rule, *rest = lines
    rows, after = rest[: len(texts.cells)], rest[len(texts.cells) :]
    body = [
        line for row, more in zip(rows, texts.cells, strict=True) for line in (row, *(INDENT + text for text in more))
    ]
    return [head, INDENT + heading, rule, *body, *after]
