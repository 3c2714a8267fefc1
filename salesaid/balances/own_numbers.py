"""The document numbers that begin with our own prefixes: those of our form, by day, and those that are not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from salesaid.core.rows import Rows
from salesaid.core.width import narrow
from salesaid.settings import Settings


class OwnNumbers(NamedTuple):
    """One journal's numbers under its prefix: the serials of each day, in our form, and as written all others.

    `repeat`: some number of our form stands in several rows.
    """

    ledger: str
    prefix: str
    serials: dict[date, set[int]]
    others: list[str]
    repeat: bool

    @property
    def are_ours(self) -> bool:
        """Whether the journal is numbered in our form: an adopted one may have the prefix and a form of its own."""
        return sum(map(len, self.serials.values())) >= max(len(self.others), 1)

    def has(self, written: str) -> bool:
        """Whether this is one of the numbers of our form."""
        found = re.fullmatch(_form(self.prefix), written)
        day = _day(found[1]) if found else None
        return found is not None and day is not None and int(found[2]) in self.serials.get(day, ())


def own_numbers(journals: Mapping[str, Rows], settings: Settings) -> list[OwnNumbers]:
    """The numbers of every journal that has numbers; those of rows that are set aside were given as well."""
    return [
        _of(rows, settings.prefix(id_, rows.ledger.prefix))
        for id_, rows in journals.items()
        if rows.ledger.number in rows.columns
    ]


def _form(prefix: str) -> str:
    return rf"{re.escape(prefix)}([0-9]{{8}})-([0-9]{{3}}|[1-9][0-9]{{3,8}})"


def _of(rows: Rows, prefix: str) -> OwnNumbers:
    """All numbers of a block are looked at at once; single ones only where some are of another form."""
    form, serials, others = re.compile(_form(prefix)), dict[str, set[int]](), dict[str, None]()
    every, rows_of_ours = re.compile(f"^{form.pattern}$", re.MULTILINE), 0
    for _, column in rows.written(str(rows.ledger.number)):
        found = every.findall("\n".join(column))
        for day, own in groupby(found, itemgetter(0)):
            serials.setdefault(day, set()).update(map(int, map(itemgetter(1), own)))
        rows_of_ours += len(found)
        if len(found) < len(column):
            others.update((text.strip(), None) for text in column if not form.fullmatch(text))
    odd = [f"{prefix}{day}-{serial:03}" for day in serials if _day(day) is None for serial in serials[day]]
    begins = re.compile(re.escape(narrow(prefix)) + "[0-9]", re.IGNORECASE)
    odd += [text for text in others if text and begins.match(narrow(text))]
    days = {day: serials[text] for text in serials if (day := _day(text)) is not None}
    return OwnNumbers(rows.ledger.id, prefix, days, odd, rows_of_ours > sum(map(len, serials.values())))


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
