"""Which customers' or suppliers' names may be one firm: a short name, the legal form, the city tell them apart or not.

深圳骏业 may be 深圳市骏业电子有限公司, and is never 东莞骏业. All that is found here is a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from salesaid.core.candidates import Pair
from salesaid.core.edits import distance
from salesaid.core.keys import party_key

_PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 "
    "云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
)
_CITIES = (
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 长治 晋城 运城 临汾 呼和浩特 包头 "
    "赤峰 鄂尔多斯 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 四平 通化 哈尔滨 "
    "齐齐哈尔 大庆 牡丹江 佳木斯 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 常熟 "
    "张家港 江阴 宜兴 太仓 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 乐清 合肥 芜湖 "
    "蚌埠 淮南 马鞍山 安庆 滁州 阜阳 宿州 六安 亳州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 晋江 南昌 "
    "景德镇 九江 赣州 吉安 宜春 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 "
    "菏泽 郑州 开封 洛阳 平顶山 安阳 新乡 焦作 许昌 漯河 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 "
    "荆州 荆门 孝感 黄冈 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 汕头 佛山 "
    "江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 海口 "
    "三亚 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 达州 贵阳 遵义 昆明 曲靖 玉溪 大理 "
    "拉萨 西安 宝鸡 咸阳 渭南 汉中 榆林 兰州 天水 西宁 银川 乌鲁木齐 克拉玛依"
)
_FORM = (
    r"(?:股份)?有限(?:责任)?公司|(?:总|分)?公司|集团|(?:总|分)?厂|商行|经营部|经销部|门市部|工作室|"
    r"[ ,]*\b(?:co(?:mpany)?\b[., ]*(?:ltd|limited)?|ltd|limited|inc|corp(?:oration)?|llc|plc|gmbh|ag|sa|bv|pty)\b[. ]*"
)
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LONGEST = 40
_SHORTEST = 2  # characters that are a short name: 骏业
_SHORTEST_WORD = 4  # letters
_GENERIC = 5  # firms that hold a part: more, and it is a line of business
_SLIP = 4  # characters that are enough to see a slip in
_USUAL = 3  # firms that have a sign or word: more, and it is no slip of another


class Firm(NamedTuple):
    """What of a firm's name tells which it is: where it sits (blank where it does not say) and its own name."""

    city: str
    core: str


def firm(name: str) -> Firm:
    """A firm's name without its legal form, its city apart: 深圳市骏业电子有限公司 is 骏业电子 in 深圳."""
    key = party_key(name)
    city, rest = _city_of(re.sub(r"\(([^()]*)\)", _unless_city, key).replace("(", " ").replace(")", " "))
    for inside in re.findall(r"\(([^()]*)\)", key):
        city = city or _city_of(inside)[0]
    core = "".join(_pattern(rf"(?:{_FORM})+$").sub("", rest).split()) if _is_han(rest) else _plain_words(rest)
    return Firm(city, core or key)


def party_pairs(names: Sequence[str]) -> list[Pair]:
    """Pairs of different names that may be one firm, each once; `one` stands before `other` in the names."""
    firms = {name: firm(name) for name in names if not party_key(name).replace(".", "").isdigit()}
    rank = {name: at for at, name in enumerate(names)}
    found: dict[tuple[str, str], Pair] = {}
    for pair in (*_of_one_core(firms), *_within(firms), *_slips(firms)):
        one, other = sorted((pair.one, pair.other), key=rank.__getitem__)
        if not _elsewhere(firms[one], firms[other]):
            found.setdefault((one, other), Pair(one, other, pair.why))
    return list(found.values())


def _elsewhere(one: Firm, other: Firm) -> bool:
    """Whether two firms say that they sit in different cities."""
    return bool(one.city and other.city and one.city != other.city)


def _of_one_core(firms: Mapping[str, Firm]) -> Iterator[Pair]:
    for group in _by_core(firms).values():
        for one, other in combinations(group[: _GENERIC * _GENERIC], 2):
            yield Pair(one, other, "variant")


def _by_core(firms: Mapping[str, Firm]) -> dict[str, list[str]]:
    cores: dict[str, list[str]] = {}
    for name, each in firms.items():
        cores.setdefault(each.core, []).append(name)
    return cores


def _within(firms: Mapping[str, Firm]) -> Iterator[Pair]:
    cores = _by_core(firms)
    holders: dict[str, set[str]] = {}
    for core in cores:
        for part in _parts(core):
            if part in cores:
                holders.setdefault(part, set()).add(core)
    for part, held in holders.items():
        if len(held) <= _GENERIC:
            for core in sorted(held):
                for one in cores[part][:_GENERIC]:
                    for other in cores[core][:_GENERIC]:
                        yield Pair(one, other, "segment")


def _parts(core: str) -> set[str]:
    """What a firm may be called for short: parts of a Chinese name, whole words of another."""
    if len(core) > _LONGEST:
        return set()
    if not _is_han(core):
        words = core.split()
        runs = {" ".join(words[: end + 1]) for end in range(len(words) - 1)}
        return {run for run in runs if len(run) >= _SHORTEST_WORD}
    size = len(core)
    ends = ((start, end) for start in range(size) for end in range(start + _SHORTEST, size + 1))
    return {core[start:end] for start, end in ends} - {core}


def _slips(firms: Mapping[str, Firm]) -> Iterator[Pair]:
    cores = [core for core in _by_core(firms) if _SLIP <= len(core) <= _LONGEST]
    by_core = _by_core(firms)
    usual = Counter(sign for core in by_core for sign in set(_signs(core)))
    shared: dict[str, list[str]] = {}
    for core in cores:
        for mark in {core, *(core[:at] + core[at + 1 :] for at in range(len(core)))}:
            shared.setdefault(mark, []).append(core)
    for group in shared.values():
        for one, other in combinations(group[: _GENERIC * _GENERIC], 2):
            if _is_slip(one, other) and not _are_two_words(one, other, usual):
                yield Pair(by_core[one][0], by_core[other][0], "typo")


def _is_slip(one: str, other: str) -> bool:
    numbers = [[sign for sign in core if sign.isdigit()] for core in (one, other)]
    return numbers[0] == numbers[1] and distance(one, other, 1) == 1


def _are_two_words(one: str, other: str, usual: Mapping[str, int]) -> bool:
    """Whether two names differ in one sign, or one word, each of which several firms have: 丰盛 and 丰鹏."""
    mine, its = [Counter(_signs(core)) for core in (one, other)]
    more, less = [*(mine - its).elements()], [*(its - mine).elements()]
    return len(more) == len(less) == 1 and min(usual[more[0]], usual[less[0]]) >= _USUAL


def _signs(core: str) -> Sequence[str]:
    """The characters of a Chinese name, the words of another."""
    return core if _is_han(core) else core.split()


def _city_of(text: str) -> tuple[str, str]:
    """The city that a name begins with, and the rest; a province counts where no city is named."""
    city = ""
    while found := _pattern(rf"({_places()})(?:市|省|自治区|特别行政区)?(?=.)").match(text):
        city, text = found[1], text[found.end() :]
    return (city, text) if city else ((text, "") if text in _places().split("|") else ("", text))


@cache
def _places() -> str:
    return "|".join(sorted(f"{_PROVINCES} {_CITIES}".split(), key=len, reverse=True))


def _unless_city(found: re.Match[str]) -> str:
    return "" if _city_of(found[1])[0] else found[0]


def _is_han(text: str) -> bool:
    return bool(_pattern(f"[{_HAN}]").search(text))


def _plain_words(text: str) -> str:
    """A name in letters without its legal form and punctuation."""
    bare = _pattern(rf"(?:{_FORM})+$").sub("", text)
    return " ".join(_pattern(r"[^\w&+]+").sub(" ", bare).replace("&", " and ").split())


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
