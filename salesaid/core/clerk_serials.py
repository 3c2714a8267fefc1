"""Columns that only count a sheet's rows: 编号 or No. over 1, 2, 3, which number no documents."""

from __future__ import annotations

from collections.abc import Sequence

from salesaid.core.heading_words import folded

_MAYBE = frozenset(map(folded, ("编号", "No", "单号")))


def without_row_counts(headings: Sequence[str], samples: Sequence[Sequence[str]]) -> list[str]:
    """The headings, "" for those that could head numbers of documents but stand over a count of the rows."""
    return ["" if folded(text) in _MAYBE and _counts(samples, at) else text for at, text in enumerate(headings)]


def _counts(samples: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the figures of a column are 1, 2, 3 and so on, each in a row of its own; ="1" is one, too."""
    texts = (row[at].strip().removeprefix('="').removesuffix('"').lstrip("'") for row in samples if at < len(row))
    figures = [text for text in texts if text.isdecimal()]
    return bool(figures) and [*map(int, figures)] == [*range(1, len(figures) + 1)]
