"""How a column's texts stand in a workbook: as figures or dates where they read back as they are, else as texts.

A column is written in one way: were its `12` a number and its `12.50` a text, its sum would be wrong in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salesaid.core.table_schema import Layout
from salesaid.storage.contract import Cell

_EXACT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,5}[1-9])?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 15  # that Excel keeps
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
_FIGURES = frozenset({"qty", "money", "price", "rate", "days"})


class Form(NamedTuple):
    """How a column is written: what its cells are, and in which number format of Excel."""

    cells: Literal["text", "number", "date"]
    excel: str = "@"
    is_kept_text: bool = False  # a column of figures or dates that only texts keep as it is written


def form_of(layout: Layout, index: int) -> Form:
    """How a column of a ledger is written to a workbook."""
    id_ = next((id_ for id_, at in layout.columns.items() if at == index), None)
    if id_ is None:
        return Form("text")
    kind, texts = layout.ledger.column(id_).kind, set(layout.texts[index]) - {""}
    if kind.name in _FIGURES:
        return Form("number", kind.excel) if _all_exact(texts) else Form("text", is_kept_text=True)
    if kind.name == "date":
        return Form("date", kind.excel) if all(map(_is_day, texts)) else Form("text", is_kept_text=True)
    return Form("text")


def _all_exact(texts: Collection[str]) -> bool:
    return all(
        _EXACT.fullmatch(text) and text != "-0" and sum(map(str.isdigit, text)) <= _MOST_DIGITS for text in texts
    )


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and date.fromisoformat(text) >= _FIRST_DAY
    except ValueError:
        return False


def cells_of(row: Sequence[str], forms: Sequence[Form]) -> list[Cell | None]:
    """The cells of a row of texts."""
    return [_cell(text, form) if text else None for text, form in zip(row, forms, strict=True)]


def _cell(text: str, form: Form) -> Cell:
    if form.cells == "number":
        return Cell(text, Decimal(text))
    return Cell(text, date.fromisoformat(text) if form.cells == "date" else text)
