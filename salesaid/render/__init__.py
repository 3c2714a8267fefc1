"""One file a format: a Table becomes a terminal table, JSON, CSV, Markdown, a page or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import NamedTuple

from salesaid.core.tables import Card, Report, Table
from salesaid.core.text import Lang

Answer = Table | Card | Report


class Occasion(NamedTuple):
    """What a file says besides its table: the language, the command it answers, and its day (never the clock's)."""

    lang: Lang
    command: str
    day: date


ToFile = Callable[[Answer, Occasion], bytes]

ENDINGS = {".xlsx": "xlsx", ".html": "html", ".csv": "csv", ".json": "json", ".md": "markdown"}


def writer(ending: str) -> ToFile | None:
    """The function that makes a file of that ending (`.xlsx`, any case); None where there is no such format."""
    name = ENDINGS.get(ending.lower())
    if name is None:
        return None
    to_file: ToFile = import_module(f"salesaid.render.as_{name}").to_file
    return to_file


def card_of(answer: Card | Report) -> Card:
    """All tables of an answer one below the other, for formats without sheets."""
    return answer if isinstance(answer, Card) else Card(answer.title, tables_of(answer), answer.notes)


def tables_of(answer: Answer) -> tuple[Table, ...]:
    """The tables of an answer, one or many."""
    if isinstance(answer, Report):
        return tuple(table for sheet in answer.sheets for table in tables_of(sheet))
    return (answer,) if isinstance(answer, Table) else answer.tables
