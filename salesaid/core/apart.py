"""Words that keep names apart: a red one is not a black one, a large one not a small one, however alike they look."""

from __future__ import annotations

import re
from functools import cache

_COLOURS = (
    "black white red green blue yellow pink purple orange brown grey gray silver gold cream ivory beige turquoise "
    "lilac violet amber clear navy copper bronze charcoal coral cyan magenta mint khaki"
)
_SIZES = (
    "small medium large mini big little short long tall wide narrow thin thick xs xl xxl xxxl single double triple "
    "twin full half king queen junior baby adult left right top bottom front back upper lower inner outer male female "
    "mens womens boy girl one two three four five six seven eight nine ten eleven twelve"
)
WORDS = frozenset(f"{_COLOURS} {_SIZES}".split())

_COLOUR_SIGNS = "红橙黄绿青蓝紫黑白灰银金粉棕褐透"
SIGNS = frozenset(
    f"{_COLOUR_SIGNS}"
    "大中小长短高低宽窄厚薄粗细轻重深浅超特加"  # sizes
    "左右上下前后内外正反公母男女单双半全软硬新旧干湿冷热"  # sides and states
    "一二三四五六七八九十百千万两甲乙丙丁东南西北"  # numbers and directions
    "寸尺米厘毫斤克吨升瓦伏安匹"  # units
)

_OPPOSITES = "内外 左右 男女 公母 软硬 大小 长短 高低 厚薄 粗细 单双 上下 前后 正反 冷热 干湿"
_OPPOSITE = {sign: pair.replace(sign, "") for pair in _OPPOSITES.split() for sign in pair}

_TELLING = rf"[{_COLOUR_SIGNS}]|(?<![a-z])(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})(?![a-z])"


def telling(folded: str) -> frozenset[str]:
    """The colours and English sizes that a folded name says; a Chinese size is too often part of another word."""
    return frozenset(_telling().findall(folded))


def opposed(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether of two names' characters one says a side or size whose opposite the other says: 内六角 and 外六角."""
    return any(_OPPOSITE[sign] in other - one for sign in (one - other) & _OPPOSITE.keys())


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(_TELLING)


def keeps_apart(word: str) -> bool:
    """Whether a word, or one Chinese character, tells a colour, a size, a side or a number."""
    return word in WORDS or word in SIGNS
