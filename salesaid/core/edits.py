"""How many slips lie between two texts: letters left out, added, mistaken, or two beside each other exchanged."""

from __future__ import annotations


def distance(one: str, other: str, most: int) -> int:
    """The optimal string alignment distance; `most + 1` where it is greater than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    one, other = _without_ends(one, other)
    if len(one) < 2 and len(other) < 2:  # noqa: PLR2004 - nothing to exchange: nearly every slip
        return len(one or other)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        new = [i]
        for j, its in enumerate(other, 1):
            best = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                best = min(best, before[j - 2] + 1)
            new.append(best)
        if min(new) > most:
            return most + 1
        before, row = row, new
    return min(row[-1], most + 1)


def _without_ends(one: str, other: str) -> tuple[str, str]:
    """Both without what they have in common at their beginnings and ends."""
    start = 0
    for letter, its in zip(one, other, strict=False):
        if letter != its:
            break
        start += 1
    one, other = one[start:], other[start:]
    end = 0
    for letter, its in zip(reversed(one), reversed(other), strict=False):
        if letter != its:
            break
        end += 1
    return (one[:-end], other[:-end]) if end else (one, other)
