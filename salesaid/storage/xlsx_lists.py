"""Drop-down lists of a ledger workbook: fixed words with the cells, names on hidden sheets that grow with the rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from salesaid.storage.contract import Cell
from salesaid.storage.xlsx_append import dimension
from salesaid.storage.xlsx_cells import Styles, Writer
from salesaid.storage.xlsx_heads import head_rows
from salesaid.storage.xlsx_opened import Opened
from salesaid.storage.xlsx_parts import inflated
from salesaid.storage.xlsx_patch import Patch
from salesaid.storage.xlsx_sheet import LAST_ROW, letters_of, plain, sheet_xml, spans
from salesaid.storage.xlsx_strings import encoded, length, unescaped

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_INLINE = 250  # characters of a list that stands in its rule; Excel takes 255
_LONGEST = 32_000  # of a name; a longer text is none
_LONGEST_TITLE = 31

Names = Callable[[], Iterable[str]]
"""The names that a column may hold; asked for only where there is a list of them."""


class Choices(NamedTuple):
    """What a column's cells may be chosen from: words alone, or names, to which new ones are added as they come."""

    words: Sequence[str]
    grow: bool = False


def list_title(heading: str) -> str:
    """The name of the hidden sheet with the names of a column."""
    ending = " list" if heading.isascii() else "名单"
    return heading[: _LONGEST_TITLE - len(ending)] + ending


def offer(book: Workbook, sheet: Worksheet, headings: Sequence[str], choices: Mapping[int, Choices]) -> None:
    """Give the columns of a new ledger their drop-down lists; names get a hidden sheet each."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, own in choices.items():
        if not own.grow and not _fits(own.words):
            continue
        formula = f'"{",".join(own.words)}"'
        if own.grow:
            title = list_title(headings[column])
            _add_list(book, title, headings[column], own.words)
            formula = f"OFFSET('{title}'!$A$2,0,0,MAX(1,COUNTA('{title}'!$A:$A)-1),1)"
        # No cell is refused: a name may be new, and a person may have words of their own.
        offered = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
        letters = letters_of(column)
        offered.add(f"{letters}2:{letters}{LAST_ROW}")
        sheet.add_data_validation(offered)


def _fits(words: Sequence[str]) -> bool:
    return (
        bool(words) and not any("," in word or '"' in word for word in words) and len(",".join(words)) < _LONGEST_INLINE
    )


def _add_list(book: Workbook, title: str, heading: str, names: Sequence[str]) -> None:
    sheet = book.create_sheet(title)
    sheet.sheet_state = "hidden"
    for row, name in enumerate((heading, *filter(_is_name, names)), 1):
        cell = sheet.cell(row, 1)
        cell.value, cell.data_type = unescaped(encoded(name)), "s"


def _is_name(text: str) -> bool:
    return bool(text.strip()) and length(text) < _LONGEST


def list_patches(
    opened: Opened, headings: Sequence[str], rows: Sequence[Sequence[Cell | None]], names: Mapping[int, Names]
) -> dict[str, list[Patch]]:
    """The patches that add to a ledger's lists the names that are known, and those of new rows, by part."""
    hidden = {entry.name: entry.part for entry in opened.book.sheets if entry.hidden}
    patches: dict[str, list[Patch]] = {}
    for column, heading in enumerate(headings):
        part = opened.zipped.find(hidden.get(list_title(heading), "")) if hidden else None
        if part is not None:
            typed = [cell.text for row in rows for cell in row[column : column + 1] if cell is not None]
            known = names[column]() if column in names else ()
            own = _grown(opened, part.name, list_title(heading), [*known, *typed])
            patches |= {part.name: own} if own else {}
    return patches


def _grown(opened: Opened, part: str, title: str, wanted: Iterable[str]) -> list[Patch]:
    """The patches of one list; none where it holds all the names."""
    file = str(opened.path)
    data = sheet_xml(inflated(opened.zipped, opened.zipped.parts[part.lower()]), file, title)
    there = {texts[0] for _, texts in head_rows(plain(data), opened.words, LAST_ROW) if texts}
    new = [name for name in dict.fromkeys(wanted) if name not in there and _is_name(name)]
    last = next(iter(deque(spans(data), maxlen=1)), None)
    if not new or last is None or last.number + len(new) > LAST_ROW:
        return []
    styles = Styles((), from_1904=False, reach=lambda _: None, above=lambda _: "")
    writer = Writer(data.layout.prefix, file, title, styles)
    prefix = data.layout.prefix
    body = "".join(
        f'<{prefix}row r="{row}">{writer.cell(row, 0, None, Cell(name, name)).xml}</{prefix}row>'
        for row, name in enumerate(new, last.number + 1)
    )
    return [*dimension(data, last.number + len(new), 0), Patch(last.end, last.end, body.encode())]
