"""The words that say that a row sums up others: such a row is no entry of its ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_ZH = (
    "合计 小计 总计 共计 累计 总合计 总共计 合计金额 合计数量 总计金额 总计数量 本页合计 本页小计 本页总计 "
    "本日合计 本日小计 当日合计 当日小计 本周合计 本周小计 本月合计 本月小计 本月总计 当月合计 当月小计 本月累计 "
    "本季合计 本季小计 本年合计 本年小计 本年总计 本年累计 全年合计 汇总 总和 平均 平均值"
)
_EN = "total totals subtotal sub-total grandtotal"
WORDS = frozenset((*_ZH.split(), *_EN.split()))
_PERIOD = re.compile(
    r"(?:(?:\d{4}[年.-])?(?:[\d一二三四五六七八九十]{1,3}月份?)?(?:\d{1,2}[日号])?|[上下]半年|全年|第?[一二三四1-4]季度?|[上中下]旬)"
    r"(?:合计|小计|总计|累计|共计)"
)
_COUNT = re.compile(r"(?:合计|小计|总计|共计)[:：]?[¥￥]?\d[\d,.]*[元个台件家条笔张]?")
_ENDING = re.compile(r".{0,12}(?:合计|小计|总计|累计|共计|汇总|平均值)")
_NAMED = re.compile(r".{0,40}(?:合计|小计|总计|汇总)")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]{0,8}[)）\]】]$")
_SIGNS = ("计", "total", "汇总", "总和", "平均")  # one of them stands in every word
_SAID = re.compile("[合小总共累]计|汇总|总和|平均|total", re.IGNORECASE)  # and of these, once blanks are gone


def is_total(text: str) -> bool:
    """Whether a cell says that its row sums up others, blanks and case aside: 合计, 5月小计, 合计（元）, 合计：20家."""
    plain = _plain(text) if _may_be(text) else ""
    return bool(plain) and (plain.casefold() in WORDS or any(form.fullmatch(plain) for form in (_PERIOD, _COUNT)))


def ends_in_total(text: str) -> bool:
    """Whether a cell says so at its end, as one that belongs to a day does: 9月2日小计, 合  计."""
    return _may_be(text) and _ENDING.fullmatch(_plain(text)) is not None


def names_total(text: str) -> bool:
    """Whether a cell where a name stands says so, or says whose rows are summed up: 骏业小计."""
    return _may_be(text) and (is_total(text) or _NAMED.fullmatch(_plain(text)) is not None)


def _plain(text: str) -> str:
    """A text without blanks, a colon at its end and what stands there in brackets; "" where it says no total."""
    plain = "".join(text.split())
    return _BRACKETS.sub("", plain.rstrip(":：")).rstrip(":：") if _SAID.search(plain) else ""


def any_total(texts: Sequence[str], test: Callable[[str], bool] = is_total) -> bool:
    """Whether one of many cells says so. Most columns hold no sign of it, which one look at all of them shows."""
    return _may_be("\n".join(texts)) and any(map(test, texts))


def _may_be(text: str) -> bool:
    lower = text.lower()
    return any(sign in lower for sign in _SIGNS)
