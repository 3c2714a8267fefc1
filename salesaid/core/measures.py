"""Sizes in one spelling: `550毫升` is `550ml`, `M8×30` is `M8*30`.

Only for finding names that may be one: no key folds them, so that two written names never become one by it.
"""

from __future__ import annotations

import re
from functools import cache

from salesaid.core.keys import MARK

_UNITS = {
    "毫升": "ml", "升": "l", "公斤": "kg", "千克": "kg", "克": "g", "毫米": "mm", "厘米": "cm", "公分": "cm", "米": "m",
    "英寸": "寸", "瓦": "w", "伏": "v",
}  # fmt: skip
_SIZE = rf"(?<=[0-9])(?:(毫升|升|公斤|千克|克|毫米|厘米|公分|米|英寸|瓦|伏)|[{MARK} ]?[x×][{MARK} ]?(?=[0-9]))"


def one_measure(folded: str) -> str:
    """A folded name or key whose Chinese units are the usual short ones, and whose sizes are multiplied with `*`."""
    if folded.isascii() and "x" not in folded:
        return folded
    return _pattern(_SIZE).sub(lambda found: _UNITS[found[1]] if found[1] else "*", folded)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
