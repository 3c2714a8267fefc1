"""Sizes in one spelling: `550毫升` is `550ml`, `M8×30` is `M8*30`, `330mlx24` is `330ml*24`.

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
_CHINESE = rf"(?<=[0-9])({'|'.join(_UNITS)})"
_UNIT = rf"[{MARK} -]?(?:ml|l|kg|mg|g|mm|cm|m|oz|lb|inch|in|ft|寸)(?![a-wyz])|[\"'″]"
_TIMES = rf"([0-9](?:{_UNIT})?)[{MARK} ]?[x×][{MARK} ]?(?=[0-9])"


def one_measure(folded: str) -> str:
    """A folded name or key whose Chinese units are the usual short ones, and whose sizes are multiplied with `*`."""
    if not folded.isascii():
        folded = _pattern(_CHINESE).sub(lambda found: _UNITS[found[1]], folded)
    if "x" in folded or "×" in folded:
        folded = _pattern(_TIMES).sub(r"\1*", folded)
    return folded


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
