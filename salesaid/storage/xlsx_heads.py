"""The first rows of a sheet with all their cells, among which its headings are found."""

from __future__ import annotations

from salesaid.core.text import Text
from salesaid.storage.xlsx_read import Unusable, Words, cell_text
from salesaid.storage.xlsx_sheet import LAST_COLUMN, Cell, SheetXml, cells, column_of, spans


def head_rows(data: SheetXml, words: Words, count: int) -> list[tuple[int, list[str]]]:
    """The first rows with all their cells, for finding the headings; cells that cannot be read are blank."""
    rows: list[tuple[int, list[str]]] = []
    previous = 0
    for span in spans(data):
        previous = span.number or previous + 1
        if previous > count:
            break
        rows.append((previous, _whole_row(data, words, cells(data, span._replace(number=previous)))))
    return rows


def _whole_row(data: SheetXml, words: Words, found: list[Cell]) -> list[str]:
    texts: list[str] = []
    for cell in found:
        column = column_of(cell[0])
        if not len(texts) <= column < LAST_COLUMN:
            continue_at = f"{cell[0][:5]}{cell[1][:9]}"
            what = Text(f"单元格 {continue_at} 位置不对", f"cell {continue_at} is out of place")
            raise data.not_understood(what)
        texts += [""] * (column - len(texts)) + [_or_blank(words, cell)]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def _or_blank(words: Words, cell: Cell) -> str:
    try:
        return cell_text(words, cell)
    except Unusable:
        return ""
