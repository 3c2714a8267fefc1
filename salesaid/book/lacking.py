"""Columns that figures rest on and that a journal's file lacks: a renamed heading must not go unnoticed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from salesaid.core.tables import Note
from salesaid.core.text import Text, joined, same

if TYPE_CHECKING:
    from salesaid.book import Book
    from salesaid.core.schema import Column

_RESTED_ON = (("qty",), ("product", "model"))


def no_columns(book: Book, id_: str) -> list[Note]:
    """What a journal's file lacks that figures rest on, with the headings that may be it."""
    opened = book.shelf.opened(id_)
    if opened is None or opened.ledger.kind != "journal":
        return []
    there = {*opened.headings.columns, *book.settings.ledger(id_).fixed}
    own = {column.id for column in opened.ledger.columns}
    unread = [opened.sheet.headings[index].strip() for index in opened.headings.extra]
    return [
        _no_column(opened.file, opened.ledger.column(group[0]), unread)
        for group in _RESTED_ON
        if own.issuperset(group) and there.isdisjoint(group)
    ]


def _no_column(file: str, column: Column, unread: Iterable[str]) -> Note:
    alike = [heading for heading in unread if heading and _is_alike(heading, column)]
    text = Text(
        f"{file} 里没有“{column.heading.zh}”这一列，都算作空",
        f"{file} has no column “{column.heading.en}” ({column.heading.zh}): it counts as blank",
    )
    if alike:
        listed = joined([same(f"“{heading}”") for heading in alike])
        text += Text(f"；没有读的列里相近的：{listed.zh}", f"; columns not read that look like it: {listed.en}")
    return Note("no_column", "warning", text)


def _is_alike(heading: str, column: Column) -> bool:
    from difflib import get_close_matches

    word = heading.casefold()
    shared = any(letter > "\u2e7f" and letter in known for known in column.headings for letter in word)
    return shared or bool(get_close_matches(word, [known.casefold() for known in column.headings], n=1))
