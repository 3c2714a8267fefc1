"""The process that reads one old workbook: it writes a JSON line a sheet, and below it one a row."""

from __future__ import annotations

import json
import struct
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from salesaid.storage.clerk_xls_records import SheetFacts, facts_of
from salesaid.storage.clerk_xls_stream import workbook_stream
from salesaid.storage.xlsx_numbers import digits_lost, number_text

_MEMORY = 1 << 30
_MOST_CELLS = 5_000_000


def main(path: str) -> int:
    """Read the workbook at a path; 1 where it cannot be read."""
    _limit()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(path)
        from_1904, facts = facts_of(workbook_stream(Path(path).read_bytes()))
        for index, (sheet, fact) in enumerate(zip(book.sheets_metadata, facts, strict=True)):
            if str(sheet.typ).endswith("WorkSheet"):
                _tell(sheet, book.get_sheet_by_index(index), fact, from_1904=from_1904)
    except PasswordError:
        _put({"locked": True})
    except (CalamineError, ValueError, IndexError, struct.error, OSError, MemoryError):
        return 1
    return 0


def _limit() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _put(record: object) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=True) + "\n")


def _tell(metadata: Any, sheet: Any, facts: SheetFacts, *, from_1904: bool) -> None:
    merged = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    hidden = not str(metadata.visible).endswith(".Visible")
    head = {"name": metadata.name, "hidden": hidden, "merged": merged, "from_1904": from_1904}
    errors = [(row, column) for row, columns in facts.errors.items() for column in columns]
    _put({**head, "errors": errors, "hidden_rows": facts.hidden})
    if sheet.start is None:
        return
    if sheet.height * sheet.width > _MOST_CELLS:
        raise MemoryError
    before = [""] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = before + [_text(value) for value in row]
        for column, error in facts.errors.get(number, {}).items():
            texts += [""] * (column + 1 - len(texts))
            texts[column] = error
        for column, digits in facts.padded.get(number, {}).items():
            if column < len(texts) and texts[column].isdecimal():
                texts[column] = texts[column].zfill(digits)
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            rounded = [at for at, value in enumerate(row, len(before)) if _is_rounded(value)]
            _put([number, texts, rounded])


def _is_rounded(value: object) -> bool:
    return isinstance(value, float) and digits_lost(repr(value))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return number_text(repr(value)) or str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S") if value.time() != time(0) else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(value)
