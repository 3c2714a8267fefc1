"""Rows that wait for a ledger's file, as its readers see them: below its last row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesaid.core.rows import Block

Waiting = Mapping[str, Sequence[Mapping[str, str]]]
"""By ledger the rows that wait, texts by column id."""


def block_of(waiting: Sequence[Mapping[str, str]], columns: Mapping[str, int], width: int, last: int) -> list[Block]:
    """The rows as cells of a file with these columns, of which `last` is the last row; no block where none wait."""
    cells = [[""] * width for _ in waiting]
    for row, texts in zip(cells, waiting, strict=True):
        for name in texts.keys() & columns.keys():
            row[columns[name]] = texts[name]
    return [(range(last + 1, last + 1 + len(cells)), cells)] if cells else []
