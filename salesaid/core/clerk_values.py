"""Which column a heading that nobody knows is, by what stands below it: days, or names that the book knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType

from salesaid.core.dates import parse_date
from salesaid.core.heading_words import folded
from salesaid.core.reading import Reading, Unreadable
from salesaid.core.schema import Ledger

Knows = Mapping[str, Callable[[str], bool]]
"""Whether a text is a name that the book knows, by the column that would hold it: customer, supplier, product."""

NOBODY: Knows = MappingProxyType({})

_MOST = 10  # in ten of the values
_ENOUGH = 6
_SAMPLES = 20  # values that are looked at


def by_values(
    ledger: Ledger, headings: Sequence[str], samples: Sequence[Sequence[str]], taken: Collection[str], knows: Knows,
    reading: Reading,
) -> dict[int, str]:  # fmt: skip
    """Columns for headings that the ledger does not know, by their indexes, of those that no heading claims.

    Only where exactly one column of the sheet holds such values: else it is for a person to say.
    """
    words = {folded(word): c.id for c in ledger.every_column for word in (*c.headings, c.title)}
    claimed = {*taken, *(words[folded(text)] for text in headings if folded(text) in words)}
    if "model" in claimed:
        claimed.add("product")
    unknown = [at for at, text in enumerate(headings) if text and folded(text) not in words]
    tests: dict[str, Callable[[str], bool]] = {"date": lambda text: _is_day(text, reading), **knows}
    found: dict[int, str] = {}
    for id_, test in tests.items():
        if id_ in claimed or id_ not in {column.id for column in ledger.columns}:
            continue
        fitting = [at for at in unknown if at not in found and _are_mostly(test, samples, at)]
        if len(fitting) == 1:
            found[fitting[0]] = id_
    return found


def _are_mostly(test: Callable[[str], bool], samples: Sequence[Sequence[str]], at: int) -> bool:
    texts = dict.fromkeys(row[at].strip() for row in samples[:_SAMPLES] if at < len(row) and row[at].strip())
    return bool(texts) and _MOST * sum(map(test, texts)) >= _ENOUGH * len(texts)


def _is_day(text: str, reading: Reading) -> bool:
    """Whether a text is a day and no mere figure."""
    if text.isdigit():
        return False
    try:
        parse_date(text, reading)
    except Unreadable:
        return False
    return True
