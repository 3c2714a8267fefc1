"""What the words of a heading say: folding, units in brackets, and whether 单位 heads units or companies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from unicodedata import is_normalized, normalize

from salesaid.core import kinds
from salesaid.core.schema import Column

_DROPPED = dict.fromkeys(map(ord, "_.-\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_BRACKET = r"^(.+?)[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$"

# One word a unit, parted by blanks; what is not here and neither one letter nor short ASCII is taken for a company.
_COUNTED = "个 件 台 套 卷 张 块 片 条 只 支 枝 根 盒 箱 包 袋 瓶 桶 把 副 付 双 对 组 本 册 台套 批 次 pcs pc set ea"
_MEASURED = "kg g t 公斤 千克 克 斤 市斤 吨 米 m 厘米 cm 毫米 mm 公里 平方 平方米 平米 立方 立方米 升 毫升"
_WORKED = "小时 工时 人天 台班 千米 千只 万只 人次 项目"
_PACKED = "piece pieces box boxes bag bags roll rolls pair pairs sheet sheets carton cartons ctn pack packs unit units"
_COMPANIES = "公司 集团 厂 店 中心 商行 经营部 门市 门市部 事业部 办事处 研究所 研究院 学院 大学 学校 医院 银行"

_COUNT_UNITS = frozenset(_COUNTED.split())
_UNITS = _COUNT_UNITS.union(_MEASURED.split(), _WORKED.split())
_ENGLISH_UNITS = frozenset(_PACKED.split())
_COMPANY_ENDS = tuple(_COMPANIES.split())
_LONGEST_UNIT = 4
_CLOSING = tuple(")]】〕")
_MONEY_UNIT = r"^(元|rmb|cny|人民币|¥)(/\w{1,3})?$"
_DATE_FORM = r"^[年月日ymd/]+$"
_REMARKS = frozenset(("必填", "选填", "可选", "可空", "必须", "required", "optional"))

_pattern = cache(re.compile)  # compiled when first needed: most headings are plain words


@lru_cache(maxsize=4096)
def folded(heading: str) -> str:
    """A heading without width, case, blanks, line breaks, underscores, marks of required cells and a last colon."""
    if heading.isalnum() and is_normalized("NFKC", heading):  # nearly all, and quickly told
        return heading.casefold()
    words = "".join(normalize("NFKC", heading).translate(_DROPPED).split())
    return words.casefold().strip("*★:;")


COUNTING = frozenset(map(folded, ("序号", "行号", "序", "行次", "项次", "#")))
"""Headings of columns that number the rows and say nothing of them."""

RUNNING = COUNTING | frozenset(map(folded, ("No", "No.")))
"""The same with those that may head numbers of documents as well."""


def bracketed(heading: str) -> tuple[str, str]:
    """A heading's folded words before a last bracket, and those in it; ("", "") if it has none."""
    words = folded(heading)
    found = _pattern(_BRACKET).match(words) if words.endswith(_CLOSING) else None
    return (found[1].strip(":"), found[2]) if found else ("", "")


def may_stand_in_brackets(column: Column, words: str) -> bool:
    """Whether a heading of the column means the same with these words in brackets.

    万元, 吨 or 年 do not: they would scale every figure of the column.
    """
    if words in _REMARKS:
        return True
    kind = column.kind
    if kind is kinds.MONEY or kind is kinds.PRICE:
        return words == "含税" or _pattern(_MONEY_UNIT).match(words) is not None
    if kind is kinds.DATE or kind is kinds.DUE:
        return _pattern(_DATE_FORM).match(words) is not None
    return words in _plain_units(column)


def _plain_units(column: Column) -> Iterable[str]:
    """The units in which the figures of a column of quantities or days are counted anyway."""
    if column.id == "weight":
        return ("kg", "公斤", "千克")
    if column.kind is kinds.DAYS:
        return ("月", "个月") if column.id.endswith("_months") else ("天", "日")
    return (*_COUNT_UNITS, "kg", "公斤", "千克", "米", "m") if column.kind is kinds.QTY else ()


def is_unit(word: str) -> bool:
    """Whether a word is a usual unit of measure; one Chinese character passes for one."""
    plain = folded(word)
    return plain in _UNITS or plain in _ENGLISH_UNITS or (len(plain) == 1 and "\u4e00" <= plain <= "\u9fff")


def are_companies(values: Iterable[str]) -> bool:
    """Whether the values below 单位 are companies rather than units of measure; most of them decide."""
    votes = [_is_company(value) for value in map(folded, values) if value]
    return sum(votes) * 2 > len(votes)


def _is_company(value: str) -> bool:
    """Whether one value below 单位, folded, is a company."""
    if value in _UNITS or len(value) == 1:
        return False
    return value.endswith(_COMPANY_ENDS) or not (value.isascii() and len(value) <= _LONGEST_UNIT)
