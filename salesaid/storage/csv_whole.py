"""A whole new CSV file, as Excel opens it: UTF-8 with BOM, CRLF, every cell's text character for character."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from salesaid.storage.contract import Cell
from salesaid.storage.csv_plan import checked, field

_MARK = "\ufeff"
_END = "\r\n"
_LONG = 10_000  # characters; no usual cell is longer, and only unusual ones are looked at closely


def whole_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a CSV file. Raises CannotEncode, CellTooLong where a cell would not come back as it is."""
    lines: list[str] = []
    for row in (headings, *rows):
        if any("\0" in text or len(text) > _LONG or not text.isprintable() for text in row):
            checked(path, [Cell(text, text) for text in row], "utf-8")
        line = ",".join([field(text, ",") for text in row])
        lines.append(line or '""')  # a blank line would be no row
    return (_MARK + _END.join(lines) + _END).encode()
