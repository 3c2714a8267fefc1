"""Which ledger a clerk's sheet is: by its headings, by what stands above them and by the names of sheet and file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salesaid.core.clerk_header import Knows
from salesaid.core.clerk_headings import undecorated, words_of
from salesaid.core.clerk_mapping import LacksDate, SheetMapping, TwiceHeaded, mapped
from salesaid.core.clerk_values import NOBODY
from salesaid.core.clerk_values import Knows as Names
from salesaid.core.clerk_words import DATES
from salesaid.core.errors import SalesaidError
from salesaid.core.headers import heading_test
from salesaid.core.heading_words import COUNTING, folded
from salesaid.core.reading import Reading
from salesaid.core.schema import Ledger

_WORDS: Mapping[str, str] = {
    "orders": "订单 销售 合同 销货",
    "shipments": "出库 发货 送货 出货",
    "loans": "借用 借出 借货 借还 铺货 外借",
    "returns": "返修 维修 送修 售后",
    "payments": "收款 回款 到账",
    "purchases": "采购 进货 订货",
    "stock_moves": "出入库 库存变动 调拨 入库单 入库表 入库明细",
    "stock_counts": "盘点",
    "cash": "日记账 现金账 银行账 流水账 收支",
    "customers": "客户资料 客户档案 客户名单 客户信息 客户表 客户一览 通讯录",
    "suppliers": "供应商",
    "products": "产品资料 产品表 产品目录 商品资料 物料 产品档案 商品档案 价目 产品信息 产品清单",
    "prices": "调价 价格表 售价",
    "market_prices": "铜价 行情 市场价 价格走势",
    "visits": "拜访 走访",
    "quotes": "报价",
    "freight_bills": "运费 物流账单 快递账单 月结账单",
    "freight_rates": "运价",
    "todos": "待办",
    "documents": "单据清单",
    "targets": "目标 任务",
}
_CLAIMED, _UNCLAIMED, _ALONE, _BEST, _EVENT, _NAMED, _OWN = 2, -1, 3, 1, 3, 4, 2
_FEWEST = {"journal": 3, "register": 2}  # columns that make a sheet a ledger at all
_SIGNS = {"loans": "借 还 铺货 loan lend lent", "returns": "修 退 故障 return repair fault"}  # what is no sale says so
_UNSIGNED = -3
_HEART = {"todos": "text", "visits": "subject result kind", "documents": "path kind"}  # what they are about
_OF_GOODS = frozenset(("model", "spec", "unit", "price", "cost", "min_stock"))  # without one a Name is anybody's
_EVENT_DAY = re.compile(r"(?!.*(?:建档|建立|更新|修改|创建|生效|生日|成立|合作|签约|执行)).*(?:日期|时间|日子)")
_NO_GOODS = -4  # a ledger of goods whose sheet names none
MARGIN = 2  # by which the best has to be ahead of the next


class Proposal(NamedTuple):
    """A ledger that the sheet may be; `trouble`: somebody has to say which of two like columns it is, or the day."""

    ledger: str
    score: int
    mapping: SheetMapping | None
    trouble: SalesaidError | None = None


def known_headings(ledgers: Iterable[Ledger], said: Iterable[str] = ()) -> Knows:
    """How many columns of the ledger that knows most of them a row of cells heads (clerk_header.Knows)."""
    tests = [(words_of(ledger), heading_test(ledger, dict.fromkeys(said, ledger.columns[0].id))) for ledger in ledgers]
    named = {folded(heading.rpartition("#")[0] or heading) for heading in said} | set(map(folded, said))

    def knows(cells: Sequence[str]) -> int:
        own = {folded(cell) for cell in cells} & named
        counts = (test([undecorated(words, cell) for cell in cells]) for words, test in tests)
        return max(counts, default=0) + len(own)

    return knows


def proposals(
    ledgers: Mapping[str, Ledger],
    headings: Sequence[str],
    samples: Sequence[Sequence[str]],
    titles: Sequence[str],
    said: Mapping[str, str],
    today: date,
    reading: Reading,
    names: Names = NOBODY,
    day: date | None = None,
) -> list[Proposal]:
    """The ledgers that the sheet may be, the likeliest first; none where it fits none."""
    found = []
    ranks = {id_: _ranks(ledger) for id_, ledger in ledgers.items()}
    for id_, ledger in ledgers.items():
        words = words_of(ledger)
        plain = [undecorated(words, text) for text in headings]
        try:
            mapping = mapped(ledger, headings, samples, said, today, reading, names, day)
        except TwiceHeaded as trouble:
            found.append(Proposal(id_, _score(ledgers, id_, plain, None, ranks, titles), None, trouble))
        except LacksDate as trouble:
            mapping = mapped(ledger, headings, samples, said, today, reading, names, today)
            if len(mapping.used) + len(mapping.derived) >= _FEWEST[ledger.kind]:
                found.append(Proposal(id_, _score(ledgers, id_, plain, mapping, ranks, titles), mapping, trouble))
        except SalesaidError:
            continue
        else:
            if ledger.kind == "register" and _is_dated(headings, mapping):
                continue
            if said or _is_enough(ledger, plain, mapping, titles):
                found.append(Proposal(id_, _score(ledgers, id_, plain, mapping, ranks, titles), mapping))
    return sorted(_likely(found), key=lambda each: (-each.score, each.ledger))


def _is_enough(ledger: Ledger, headings: Sequence[str], mapping: SheetMapping, titles: Sequence[str]) -> bool:
    """Whether enough of a sheet's headings are this ledger's: half of them, a third where a title says so."""
    at = mapping.columns.get("product")
    is_anybodys = ledger.kind == "register" and at is not None and folded(headings[at]) == "name"
    if is_anybodys and _OF_GOODS.isdisjoint(mapping.columns):
        return False
    known = len(mapping.used) + len(mapping.derived)
    every = sum(bool(text) and folded(text) not in COUNTING for text in headings)
    return known >= min(_FEWEST[ledger.kind], every) and known * (3 if _is_named(ledger.id, titles) else 2) >= every


def _is_named(id_: str, titles: Sequence[str]) -> bool:
    text = " ".join(titles)
    return any(word in text for word in _WORDS.get(id_, "").split())


def _likely(found: Sequence[Proposal]) -> Sequence[Proposal]:
    """Without those that lack a date, unless they fit far better than what lacks nothing: 实盘数量 is no product's."""
    whole = [each for each in found if not isinstance(each.trouble, LacksDate)]
    best = max((each.score for each in whole), default=None)
    if best is None or any(each.score >= best + MARGIN for each in found):
        return found
    return whole


def _is_dated(headings: Sequence[str], mapping: SheetMapping) -> bool:
    """Whether rows have a day that a register would not read: they are events, not things."""
    unread = (folded(text) for at, text in enumerate(headings) if at not in mapping.used)
    return any(text in DATES or _EVENT_DAY.fullmatch(text) for text in unread)


def _ranks(ledger: Ledger) -> Mapping[str, int]:
    """The place of every heading of a ledger among those of its column."""
    return {
        folded(heading): rank
        for column in ledger.every_column
        for rank, heading in reversed([*enumerate((*column.headings, column.title))])
    }


def _score(
    ledgers: Mapping[str, Ledger],
    id_: str, headings: Sequence[str], mapping: SheetMapping | None, ranks: Mapping[str, Mapping[str, int]],
    titles: Sequence[str],
) -> int:  # fmt: skip
    own = ledgers[id_].number
    used = mapping.used if mapping else {at for at, text in enumerate(headings) if folded(text) in ranks[id_]}
    score = _EVENT * len(mapping.dates) + _OWN * (own in mapping.columns) if mapping else 0
    for at, heading in enumerate(headings):
        if at in used:
            score += _CLAIMED + _distinction(id_, folded(heading), ranks)
        elif heading and folded(heading) not in COUNTING and not (mapping and at in mapping.derived.values()):
            score += _UNCLAIMED
    text = " ".join(titles)
    signs = _SIGNS.get(id_, "").split()
    if signs and not any(sign in f"{text} {' '.join(headings)}".casefold() for sign in signs):
        score += _UNSIGNED
    goods = {"product", "qty"} <= {column.id for column in ledgers[id_].columns}
    if mapping and goods and not {"product", "model"} & set(mapping.columns):
        score += _NO_GOODS
    if mapping and id_ in _HEART and not set(_HEART[id_].split()) & set(mapping.columns):
        score += _NO_GOODS
    return score + (_NAMED if _is_named(id_, titles) else 0)


def _distinction(id_: str, heading: str, ranks: Mapping[str, Mapping[str, int]]) -> int:
    """More for a heading that only this ledger has, or that it has before others."""
    own = ranks[id_].get(heading)
    others = [known[heading] for other, known in ranks.items() if other != id_ and heading in known]
    if own is None:
        return 0
    if not others:
        return _ALONE
    return _BEST if own < min(others) else 0


def chosen(found: Sequence[Proposal]) -> Proposal | None:
    """The one that is well ahead of all others; None where there is none."""
    if not found or (len(found) > 1 and found[0].score - found[1].score < MARGIN):
        return None
    return found[0]
