"""The words that say that a row sums up others: such a row is no entry of its ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ZH = (
    "合计 小计 总计 共计 累计 总合计 总共计 合计金额 合计数量 总计金额 总计数量 本页合计 本页小计 本页总计 "
    "本日合计 本日小计 当日合计 当日小计 本周合计 本周小计 本月合计 本月小计 本月总计 当月合计 当月小计 本月累计 "
    "本季合计 本季小计 本年合计 本年小计 本年总计 本年累计 全年合计"
)
_EN = "total totals subtotal sub-total grandtotal"
WORDS = frozenset((*_ZH.split(), *_EN.split()))
_ENDING = re.compile(r".{0,12}(?:合计|小计|总计|累计|共计)[:：]?")
_SIGNS = ("计", "total")  # one of them stands in every word


def is_total(text: str) -> bool:
    """Whether a cell says that its row sums up others; blanks, a colon at the end and case do not matter."""
    return _may_be(text) and "".join(text.split()).rstrip(":：").casefold() in WORDS


def ends_in_total(text: str) -> bool:
    """Whether a cell says so at its end, as one that belongs to a day does: 9月2日小计, 合  计."""
    return _may_be(text) and _ENDING.fullmatch("".join(text.split())) is not None


def any_total(texts: Sequence[str]) -> bool:
    """Whether one of many cells says so. Most columns hold no sign of it, which one look at all of them shows."""
    return _may_be("\n".join(texts)) and any(map(is_total, texts))


def _may_be(text: str) -> bool:
    lower = text.lower()
    return any(sign in lower for sign in _SIGNS)
