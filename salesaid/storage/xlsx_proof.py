"""The proof that what was written reads back: new cells parsed by expat and compared with what they were to hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from salesaid.core.text import Text
from salesaid.storage.contract import Cell as NewCell
from salesaid.storage.xlsx_numbers import decimal_text, serial_of
from salesaid.storage.xlsx_sheet import Cell, cells_by_expat, column_of, sheet_xml, spans_from_end
from salesaid.storage.xlsx_strings import decoded, unescaped
from salesaid.storage.xlsx_trouble import WrittenWrong

Wanted = Mapping[int, Mapping[int, NewCell | None]]
"""New cells by row number and column."""


def reads_back(file: str, sheet: str, wanted: Wanted, *, from_1904: bool) -> Callable[[bytes], None]:
    """A test of a sheet's XML: raises WrittenWrong unless every wanted cell stands there with its value."""

    def test(xml: bytes) -> None:
        data = sheet_xml(xml, file, sheet)
        missing = set(wanted)
        for span in spans_from_end(data):
            if span.number in missing:
                missing.remove(span.number)
                there = {column_of(cell[0]): cell for cell in cells_by_expat(data, span)}
                for column, cell in wanted[span.number].items():
                    if not _is(there.get(column), cell, from_1904=from_1904):
                        raise WrittenWrong(file, Text(f"第 {span.number} 行不符", f"row {span.number} differs"))
            if not missing:
                return
        raise WrittenWrong(file, Text("缺少新行", "new rows are missing"))

    return test


def _is(there: Cell | None, wanted: NewCell | None, *, from_1904: bool) -> bool:
    value = wanted.value if wanted else None
    if there is None or value is None or value == "":
        return (value is None or value == "") and (there is None or not (there[5] or there[7] or there[4]))
    kind, raw, inline = there[3], there[5], decoded(unescaped(there[7]))
    if isinstance(value, bool):
        return (kind, raw) == ("b", str(int(value)))
    if isinstance(value, Decimal):
        return (kind, raw) == ("", decimal_text(value))
    if isinstance(value, date):
        return (kind, raw) == ("", serial_of(value, from_1904=from_1904)) or bool(kind == "inlineStr" and inline)
    return kind == "inlineStr" and inline == value
