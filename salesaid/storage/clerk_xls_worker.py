"""The process that reads one old workbook: it writes a JSON line a sheet, and below it one a row."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

_MEMORY = 1 << 30
_MOST_CELLS = 5_000_000
_DIGITS = 15


def main(path: str) -> int:
    """Read the workbook at a path; 1 where it cannot be read."""
    _limit()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(path)
        for index, facts in enumerate(book.sheets_metadata):
            if str(facts.typ).endswith("WorkSheet"):
                _tell(facts, book.get_sheet_by_index(index))
    except PasswordError:
        _put({"locked": True})
    except (CalamineError, ValueError, OSError, MemoryError):
        return 1
    return 0


def _limit() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _put(record: object) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=True) + "\n")


def _tell(facts: Any, sheet: Any) -> None:
    merged = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    _put({"name": facts.name, "hidden": not str(facts.visible).endswith(".Visible"), "merged": merged})
    if sheet.start is None:
        return
    if sheet.height * sheet.width > _MOST_CELLS:
        raise MemoryError
    before = [""] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = before + [_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            _put([number, texts])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        from salesaid.storage.xlsx_numbers import number_text

        return number_text(repr(value)) or str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S") if value.time() != time(0) else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(value)
