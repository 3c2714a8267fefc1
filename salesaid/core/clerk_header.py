"""Where the headings of a clerk's sheet stand: under titles, in one row or two, with groups merged over columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from salesaid.core.clerk import Line, Merge, without_debris
from salesaid.core.heading_words import folded

WITHIN = 60  # rows in which the headings are looked for, and by whose values columns are told
ENOUGH = 2  # known headings that make a row the header
_LONGEST = 40  # characters; a longer cell heads nothing
_FIGURE = re.compile(r"[-+¥￥(]?[0-9][0-9,.:/\-年月日 ]*[%日)]?")

Knows = Callable[[Sequence[str]], int]
"""How many columns of some ledger a row of cells heads."""


class Header(NamedTuple):
    """The rows that hold the headings, and one heading a column, "" where there is none. `known`: see Knows."""

    first: int
    last: int
    headings: tuple[str, ...]
    known: int
    rows: tuple[tuple[str, ...], ...] = ()  # the same as they stand there, row by row


def find_header(lines: Sequence[Line], merged: Sequence[Merge], knows: Knows, row: int | None = None) -> Header | None:
    """The header among the first rows; the earliest and lowest where several are as good, None where there is none.

    With `row` the header begins there. Where no row holds known headings, the widest row of words above figures is it.
    """
    found: Header | None = None
    for at, line in enumerate(lines):
        if row is not None and line.number != row:
            continue
        below = lines[at + 1] if at + 1 < len(lines) else None
        for candidate in _candidates(line, below, merged, knows):
            if found is None or _rank(candidate) > _rank(found):
                found = candidate
    if found is not None and (found.known >= ENOUGH or row is not None):
        return found
    widest = _widest(lines)
    return found if widest is None or (found and found.known) else widest._replace(known=0)


def _rank(header: Header) -> tuple[int, bool]:
    return header.known, header.first == header.last  # a title above the headings is no upper row of theirs


def _candidates(line: Line, below: Line | None, merged: Sequence[Merge], knows: Knows) -> list[Header]:
    one = _cleaned(line.texts)
    single = Header(line.number, line.number, one, knows(one), (one,))
    if below is None or below.number != line.number + 1 or not _may_be_second(below):
        return [single]
    two = _joined(line, below, merged, knows)
    return [single, Header(line.number, below.number, two, knows(two), (one, _cleaned(below.texts)))]


def _cleaned(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple("" if len(text) > _LONGEST else " ".join(without_debris(text).split()) for text in texts)


def _may_be_second(line: Line) -> bool:
    """Whether a row may be the lower of two heading rows: it holds words alone."""
    filled = [text for text in line.texts if text.strip()]
    return bool(filled) and not any(_FIGURE.fullmatch(text.strip()) for text in filled)


def _joined(upper: Line, lower: Line, merged: Sequence[Merge], knows: Knows) -> tuple[str, ...]:
    """One heading a column from both rows: of group and part, the part, and the group the first that is known."""
    width = max(len(upper.texts), len(lower.texts))
    above = _spread(_cleaned(upper.texts), width, [one for one in merged if one.top <= upper.number <= one.bottom])
    under = [*_cleaned(lower.texts), *[""] * (width - len(lower.texts))]
    return tuple(_one_heading(group, part, knows) for group, part in zip(above, under, strict=True))


def _spread(texts: Sequence[str], width: int, merged: Sequence[Merge]) -> list[str]:
    """The upper row with each group's word over all columns of its merged range."""
    spread = [*texts, *[""] * (width - len(texts))]
    for one in merged:
        for column in range(one.left + 1, min(one.right + 1, width)):
            spread[column] = spread[column] or spread[one.left]
    return spread


def _one_heading(group: str, part: str, knows: Knows) -> str:
    if not part or not group or folded(group) == folded(part):
        return part or group
    tries = (group + part, part + group, part, group)
    return next((text for text in tries if knows((text,))), group + part)


def _widest(lines: Sequence[Line]) -> Header | None:
    """The row with most words that stands above others, for a header that nobody knows."""
    scored = [
        (sum(bool(text.strip()) and not _FIGURE.fullmatch(text.strip()) for text in line.texts), -at, line)
        for at, line in enumerate(lines)
    ]
    words, _, line = max(scored, default=(0, 0, None), key=lambda each: each[:2])
    if line is None or not words:
        return None
    headings = _cleaned(line.texts)
    return Header(line.number, line.number, headings, 0, (headings,))


def titles_above(lines: Sequence[Line], header: Header) -> list[str]:
    """The texts above the headings: the company, what the sheet is, its month."""
    return [text.strip() for line in lines if line.number < header.first for text in line.texts if text.strip()]


def is_header_again(texts: Sequence[str], header: Header) -> bool:
    """Whether a row repeats the headings, or one of their two rows, as printed pages do."""
    return any(map(partial(_is_again, texts), header.rows))


def is_other_header(texts: Sequence[str], header: Header) -> bool:
    """Whether a row repeats two headings or more in their columns: those of another table stand there."""
    pairs = zip(texts, header.headings, strict=False)
    return sum(bool(head) and text.strip() != "" and folded(text) == folded(head) for text, head in pairs) > 1


def _is_again(texts: Sequence[str], headings: Sequence[str]) -> bool:
    pairs = [(text, heading) for text, heading in zip(texts, headings, strict=False) if heading]
    return len(pairs) > 1 and all(folded(without_debris(text)) == folded(heading) for text, heading in pairs)
