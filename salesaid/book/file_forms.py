"""How a file writes values: in its own words, its dates like those of the rows above (DOMAIN.md 7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from salesaid.core.dates import like_above
from salesaid.core.kinds import DATE, DUE, Choice
from salesaid.core.schema import Column
from salesaid.core.text import Lang
from salesaid.settings import Settings
from salesaid.storage.contract import Cell


class Form(NamedTuple):
    """How a file writes things: its words, and dates like those of the rows above."""

    settings: Settings
    file: str
    is_csv: bool
    lang: Lang
    above: Sequence[Sequence[str]]

    def cell(self, id_: str, column: Column, value: Any, index: int) -> Cell:
        """The cell of a value."""
        if isinstance(column.kind, Choice) or isinstance(value, bool):
            word = self._word(id_, column, value, index)
            return Cell(word, word)
        if column.kind in {DATE, DUE} and isinstance(value, date):
            order = self.settings.ledger(id_).date_order
            return Cell(like_above(value, [row[index] for row in self.above] if index >= 0 else (), order), value)
        text = column.kind.format(value)
        return Cell(text, value if isinstance(value, Decimal) else text)

    def _word(self, id_: str, column: Column, value: Any, index: int) -> str:
        own = self.settings.ledger(id_).words if column.id == "action" else {}
        for word, action in own.items():
            if action == value:
                return word
        used = [row[index].strip() for row in reversed(self.above)] if index >= 0 else []
        return column.kind.format_in(value, _language(column, used) or self.lang)


def _language(column: Column, used: Sequence[str]) -> Lang | None:
    """The language of a column's newest word that can be told."""
    for text in filter(None, used):
        try:
            value = column.kind.parse(text)
        except ValueError:
            continue
        words = {lang: column.kind.format_in(value, lang) for lang in ("zh", "en")}
        if words["zh"] != words["en"]:
            return next((lang for lang in ("zh", "en") if words[lang].casefold() == text.casefold()), None)
    return None
