"""Under which number a row is addressed."""

from __future__ import annotations

from salesaid.core.rows import Rows


def number_of(rows: Rows, row: int, written: str | int | None) -> str:
    """A row's number; without one the row is a document of its own."""
    text = written.strip() if isinstance(written, str) else ""
    return text or f"{rows.file}:{row}"
