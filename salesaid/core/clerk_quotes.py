"""Market prices as clerks keep them: a column an item (日期 | 铜 | 锡), or one item that only the title names.

Such a sheet is shown with a row a price, its item, and its unit where the sheet says one, in columns at its right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from salesaid.core.clerk import Block, ClerkSheet, Line
from salesaid.core.clerk_header import WITHIN
from salesaid.core.clerk_reshaped import Reshaped
from salesaid.core.clerk_words import DATES
from salesaid.core.heading_trouble import letters
from salesaid.core.heading_words import folded
from salesaid.core.kinds import PRICE, Unreadable
from salesaid.core.text import Text, joined, same
from salesaid.core.width import is_blank

_METALS = (
    "铜|铝|锌|铅|锡|镍|钴|锂|锑|锰|铬|钨|钼|钛|黄金|白银|钯金|铂金|铟|锗|不锈钢|螺纹钢|钢材|生铁|"
    "copper|aluminium|tin|zinc|nickel"
)
_ITEM = (
    r"(?:(?:[0-9]{1,2}|[a-z])[#号]|a00|[a-z][0-9]{2,3})? ?"
    r"(?:长江|上海|沪|国产|进口|电解|无氧|阴极|光亮|废|紫|黄|红|磷)*"
    rf"(?:{_METALS})(?:杆|线|锭|板|带|箔|丝)?"
)
_PRICED = r"(?:现货)?(?:均价|价格|价|行情|报价)"
_HEADING = re.compile(rf"({_ITEM})(?:{_PRICED})?(?:[(（](.*)[)）])?", re.IGNORECASE)
_TITLE = re.compile(rf"({_ITEM}){_PRICED}", re.IGNORECASE)
_ABOUT = re.compile(r"价|行情|price", re.IGNORECASE)
_UNIT = re.compile(r"单位[:：] ?([^\s，,；;）)]+)")
_PRICES = "均价 平均价 价格 当日均价 今日均价 日均价 中间价 现货价 结算价 收盘价 单价 今日价格"
_BESIDE = (
    "最低价 最高价 最低 最高 开盘 开盘价 涨跌 涨跌额 涨跌幅 涨幅 升贴水 序号 星期 周几 区间 价格区间 价格范围 昨日均价 "
    "昨收 备注 说明 来源 数据来源 市场 单位"
)
_CLOSED = re.compile(r"休市|停盘|停市|休息|放假|周[六日末]|无报价|未报价?|没有报价|暂无")


def _words(text: str) -> frozenset[str]:
    return frozenset(map(folded, text.split()))


_PRICE_HEADINGS, _KNOWN = _words(_PRICES), _words(f"{_PRICES} {_BESIDE}") | DATES


class _Item(NamedTuple):
    """One item: the column of its prices, what it is called, its unit where the sheet says one."""

    at: int
    name: str
    unit: str


class _Layout(NamedTuple):
    """The row of the headings, how many columns there are, which is the date's, and the items."""

    row: int
    width: int
    date: int
    items: tuple[_Item, ...]


def with_rows_for_items(sheet: ClerkSheet) -> ClerkSheet:
    """The sheet, or one that shows a row for each price. Only a sheet of nothing but prices is taken for one."""
    layout = _layout(sheet.head(WITHIN), [sheet.file.rpartition(".")[0], sheet.name or ""])
    return sheet if layout is None else _Quotes(sheet, layout)


def _layout(lines: Sequence[Line], titles: Sequence[str]) -> _Layout | None:
    above = [*titles]
    for line in lines:
        heads = [" ".join(text.split()) for text in line.texts]
        dates = [at for at, head in enumerate(heads) if folded(head) in DATES]
        if len(dates) == 1:
            items = _items(heads, dates[0], above)
            return _Layout(line.number, len(heads), dates[0], items) if items else None
        above += [head for head in heads if head]
    return None


def _items(heads: Sequence[str], date: int, titles: Sequence[str]) -> tuple[_Item, ...]:
    """The items of a row of headings; none where something else stands there as well."""
    found = {at: match for at, head in enumerate(heads) if (match := _HEADING.fullmatch(head)) and at != date}
    others = [folded(head) for at, head in enumerate(heads) if head and at not in found]
    if not _KNOWN.issuperset(others) or not _ABOUT.search(" ".join([*titles, *heads])):
        return ()
    unit = "" if folded("单位") in others else next((each[1] for text in titles if (each := _UNIT.search(text))), "")
    if found:
        return tuple(_Item(at, match[1].strip(), unit or (match[2] or "").strip()) for at, match in found.items())
    named = next((each[1].strip() for text in reversed(titles) if (each := _TITLE.search(text))), "")
    priced = [at for at, head in enumerate(heads) if folded(head) in _PRICE_HEADINGS]
    return (_Item(priced[0], named, unit),) if named and len(priced) == 1 else ()


class _Quotes(Reshaped):
    """A sheet of prices with a row a price."""

    def __init__(self, sheet: ClerkSheet, layout: _Layout) -> None:
        super().__init__(sheet)
        self._layout = layout
        self._has_units = any(item.unit for item in layout.items)
        self._closed: set[int] = set()

    def head(self, count: int) -> list[Line]:
        """The first rows: the headings with those of item and unit, a row for each price."""
        found: list[Line] = []
        for line in self._sheet.head(count):
            if line.number < self._layout.row:
                found.append(line)
            elif line.number == self._layout.row:
                found.append(Line(line.number, self._headed(line.texts)))
            else:
                found += [Line(line.number, row) for row in self._rows(line.number, line.texts)]
        return found

    def blocks(self, below: int, width: int) -> Iterator[Block]:
        """The rows below a row, one for each price."""
        for numbers, rows in self._sheet.blocks(below, self._layout.width):
            pairs = zip(numbers, rows, strict=True)
            made = [(number, row[:width]) for number, texts in pairs for row in self._rows(number, texts)]
            yield [number for number, _ in made], [row for _, row in made]

    def notes(self) -> Sequence[tuple[str, Text]]:
        """As the sheet's, with the items and how many days had no price."""
        names = joined([same(item.name) for item in self._layout.items])
        said = [*self._sheet.notes(), ("items", Text("按品种分行：", "a row for each item: ") + names)]
        if self._closed:
            count = len(self._closed)
            said.append(("no-price", Text(f"{count} 行没有价格（休市等），略去", f"rows without a price: {count}")))
        return said

    def _headed(self, texts: Sequence[str]) -> list[str]:
        heads = [*texts]
        for place, item in enumerate(self._layout.items):
            heads[item.at] = "" if place else "价格"
        return self._wide(heads, "品名", "单位")

    def _wide(self, texts: Sequence[str], name: str, unit: str) -> list[str]:
        """A row with the columns at its right."""
        blank = [""] * (self._layout.width - len(texts))
        return [*texts, *blank, name, *([unit] if self._has_units else [])]

    def _rows(self, number: int, texts: Sequence[str]) -> list[list[str]]:
        """A row for each price; a row without any is of a day without prices, or none of the table's."""
        cells = [*texts, *[""] * (self._layout.width - len(texts))]
        items = self._layout.items
        found = [self._row(number, cells, item) for item in items if not self._is_closed(number, cells, item)]
        if found:
            return found
        if any(letter.isdigit() for letter in cells[self._layout.date]):
            self._closed.add(number)
            return []
        return [self._wide(cells, "", "")]

    def _is_closed(self, number: int, cells: Sequence[str], item: _Item) -> bool:
        text = cells[item.at].strip()
        return (number, item.at) not in self.odd and (is_blank(text) or _CLOSED.search(text) is not None)

    def _row(self, number: int, cells: Sequence[str], item: _Item) -> list[str]:
        """The row of one price, which stands in the first item's column: one that cannot be read says where it is."""
        first = self._layout.items[0].at
        price = cells[item.at]
        if item.at != first and ((number, item.at) in self.odd or not _is_price(price)):
            price = f"{price}（{letters(item.at)}{number} {item.name}）"
        row = [*cells]
        for other in self._layout.items:
            row[other.at] = ""
        row[first] = price
        return self._wide(row, item.name, item.unit)


def _is_price(text: str) -> bool:
    try:
        return PRICE.parse(text) is not None
    except Unreadable:
        return False
