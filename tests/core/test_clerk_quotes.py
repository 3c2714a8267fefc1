"""Sheets of prices with a column an item are shown with a row a price; all other sheets are left as they are."""

from __future__ import annotations

import pytest

from salesaid.core.clerk import Line
from salesaid.core.clerk_quotes import with_rows_for_items


class Sheet:
    """Rows of a file, the first of them row 1."""

    hidden = from_1904 = False
    merged = ()

    def __init__(self, *rows, file="铜价.xlsx"):
        self.file, self.name = file, "Sheet1"
        self.rows = [list(row) for row in rows]
        self.odd, self.lost = {}, []

    def head(self, count):
        return [Line(at, row) for at, row in enumerate(self.rows[:count], 1)]

    def blocks(self, below, width):
        numbered = [(at, (row + [""] * width)[:width]) for at, row in enumerate(self.rows, 1) if at > below]
        yield [at for at, _ in numbered], [row for _, row in numbered]

    def share(self):
        return 1.0

    def notes(self):
        return []


def melted(sheet, below, width):
    (numbers, rows), *_ = with_rows_for_items(sheet).blocks(below, width)
    return list(zip(numbers, rows, strict=True))


def test_each_price_has_a_row_with_its_item_and_the_unit_that_stands_above():
    sheet = Sheet(
        ["有色行情"], ["单位：元/吨"], ["日期", "1#电解铜", "1#锡", "备注"],
        ["11月3日", "68,450", "210,000", "夜盘"], ["11月4日", "休市", ""], ["11月5日", "68,400"],
    )  # fmt: skip
    heads = with_rows_for_items(sheet).head(3)[2].texts
    assert heads == ["日期", "价格", "", "备注", "品名", "单位"]
    assert melted(sheet, 3, len(heads)) == [
        (4, ["11月3日", "68,450", "", "夜盘", "1#电解铜", "元/吨"]),
        (4, ["11月3日", "210,000", "", "夜盘", "1#锡", "元/吨"]),
        (6, ["11月5日", "68,400", "", "", "1#电解铜", "元/吨"]),
    ]
    shown = with_rows_for_items(sheet)
    list(shown.blocks(3, len(heads)))
    assert {code: text.en for code, text in shown.notes()} == {
        "items": "a row for each item: 1#电解铜, 1#锡", "no-price": "rows without a price: 1",
    }  # fmt: skip


def test_a_price_that_cannot_be_read_says_where_it_stands():
    sheet = Sheet(["日期", "铜价", "锡价(元/吨)"], ["11月3日", "约6万", "二十一万"], ["11月4日", "1", ""])
    sheet.odd[3, 2] = "unsaved"
    assert melted(sheet, 1, 5) == [
        (2, ["11月3日", "约6万", "", "铜", ""]),
        (2, ["11月3日", "二十一万（C2 锡）", "", "锡", "元/吨"]),
        (3, ["11月4日", "1", "", "铜", ""]),
        (3, ["11月4日", "（C3 锡）", "", "锡", "元/吨"]),
    ]


def test_the_title_names_the_one_item_of_a_sheet_with_one_price():
    sheet = Sheet(
        ["2026年11月长江1#电解铜现货价格"], ["日期", "均价", "涨跌"], ["11月3日", "68,450", "+5"], ["注：含税"]
    )
    assert melted(sheet, 2, 4) == [(3, ["11月3日", "68,450", "+5", "1#电解铜"]), (4, ["注：含税", "", "", ""])]
    of_file = Sheet(["日期", "价格"], ["11月3日", "68,450"], file="铜价记录.csv")
    assert melted(of_file, 1, 3) == [(2, ["11月3日", "68,450", "铜"])]


@pytest.mark.parametrize(
    "rows",
    [
        [["日期", "品名", "均价"], ["11月3日", "铜", "1"]],  # it names its items itself
        [["日期", "铜", "客户"], ["11月3日", "1", "骏业"]],
        [["日期", "单价", "数量"], ["11月3日", "1", "2"]],
        [["日期", "均价", "最低价", "价格"], ["11月3日", "1", "2", "3"]],  # which of the two prices?
        [["日期", "铜", "发货日期"], ["11月3日", "1", "11月4日"]],
        [["品名", "铜"], ["11月3日", "1"]],
        [],
    ],
)
def test_a_sheet_of_anything_else_is_left_as_it_is(rows):
    sheet = Sheet(*rows)
    assert with_rows_for_items(sheet) is sheet


def test_columns_of_metals_that_nothing_calls_prices_are_left_as_they_are():
    sheet = Sheet(["库存"], ["日期", "铜", "锡"], ["11月3日", "5", "6"], file="仓库.xlsx")
    assert with_rows_for_items(sheet) is sheet
