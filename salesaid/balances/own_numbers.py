"""The document numbers that begin with our own prefixes: those of our form, taken apart, and those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salesaid.core.numbers import DocumentNumber, number, split
from salesaid.core.rows import Rows
from salesaid.core.width import narrow
from salesaid.settings import Settings


class OwnNumbers(NamedTuple):
    """One journal's numbers under its prefix, as written: the parts of those of our form, then all others."""

    ledger: str
    prefix: str
    ours: dict[str, DocumentNumber]
    others: list[str]

    @property
    def are_ours(self) -> bool:
        """Whether the journal is numbered in our form: an adopted one may have the prefix and a form of its own."""
        return len(self.ours) >= len(self.others)


def own_numbers(journals: Mapping[str, Rows], settings: Settings) -> list[OwnNumbers]:
    """The numbers of every journal that has numbers."""
    return [
        _of(rows, settings.prefix(id_, rows.ledger.prefix))
        for id_, rows in journals.items()
        if rows.ledger.number in rows.columns
    ]


def _of(rows: Rows, prefix: str) -> OwnNumbers:
    found = OwnNumbers(rows.ledger.id, prefix, {}, [])
    begins = re.compile(re.escape(narrow(prefix)) + "[0-9]", re.IGNORECASE)
    for written in _distinct(rows):
        if begins.match(written) or begins.match(narrow(written)):
            parts = split(written)
            if parts is not None and number(prefix, parts.day, parts.serial) == written:
                found.ours[written] = parts
            else:
                found.others.append(written)
    return found


def _distinct(rows: Rows) -> Iterator[str]:
    """The numbers of all rows: those of rows that are set aside were given as well."""
    texts: dict[str, None] = {}
    for column in rows.written(str(rows.ledger.number)):
        texts.update(dict.fromkeys(column))
    return (text.strip() for text in texts if text.strip())
