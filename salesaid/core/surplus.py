"""Which rows of a file are more than earlier imports have brought: rows compared as a multiset (DOMAIN.md 9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

AT_A_TIME = 250_000  # keys that are counted at a time: counts of a million take a hundred megabytes


def surplus(
    keys: Sequence[int], ends: Sequence[int], earlier: Sequence[int], at_a_time: int = AT_A_TIME
) -> bytearray:  # fmt: skip
    """1 for each row that is to be added, 0 for one that is there already; `ends` is where each file's rows end.

    Of a row that a file has n times and that was brought m times before, max(0, n − m) are added. A file is held
    against those before it as if each were imported on its own.
    """
    if not earlier and len(ends) <= 1:
        return bytearray(b"\1") * len(keys)
    fresh = bytearray(len(keys))
    parts = 1 + (len(keys) + len(earlier)) // at_a_time
    for part in range(parts):
        _mark(keys, ends, Counter(key for key in earlier if key % parts == part), parts, part, fresh)
    return fresh


def _mark(
    keys: Sequence[int], ends: Sequence[int], before: Counter[int], parts: int, part: int, fresh: bytearray
) -> None:
    """Mark the rows of one part of all keys."""
    start = 0
    for end in ends:
        left = before.copy()
        own = Counter[int]()
        for at in range(start, end):
            key = keys[at]
            if key % parts == part:
                own[key] += 1
                if left[key]:
                    left[key] -= 1
                else:
                    fresh[at] = 1
        for key, count in own.items():
            before[key] = max(before[key], count)
        start = end
