"""A journal that somebody saved: rows that are the same are not folded again, and every answer is as if they were."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.book import Book
from salesaid.book.known import Digest
from salesaid.core.text import Text
from salesaid.storage.contract import Aside
from tests.book.test_answers_from_index import answers, worked_out

HEADINGS = ["单号", "日期", "类型", "客户", "产品", "数量", "单价", "备注", "金额"]
ROWS = [
    ["SO20261101-001", date(2026, 11, 1), "下单", "骏业", "电源线", 5, 15, "=急"],
    [None, date(2026, 11, 2), "下单", "灵龙", "散件", 2, 7.5, "没有单号"],
    [None, date(2026, 11, 2), "下单", "灵龙", "散件", "两个", 7, "数量看不懂"],
    ["SO20261102-001", date(2026, 11, 2), "下单", "新客", "电源线", 4, None, None],
    [None, date(2026, 11, 3), "下单", "骏业", "电源线", -1, 15, "退一条"],
    ["SO20261125-001", date(2026, 11, 25), "下单", "骏业", "电源线", 9, 15, "以后的"],
]
BY_HAND = ["SO20261109-001", date(2026, 11, 9), "下单", "骏业", "电源线", 3, 15, None]


@pytest.fixture
def shop(desk):
    """
    产品.csv
    产品,型号,单位,单价
    电源线,DYX15,条,15
    """
    desk.lay_out(shop.__doc__ or "")
    return desk


def lay_out_workbook(desk):
    book = openpyxl.Workbook()
    for row in [HEADINGS, *ROWS]:
        book.active.append([f"'{cell}" if cell == "=急" else cell for cell in row])
    book.save(desk.folder / "订单.xlsx")


def save(desk, change=lambda sheet: None):
    book = openpyxl.load_workbook(desk.folder / "订单.xlsx")
    change(book.active)
    book.save(desk.folder / "订单.xlsx")


def sort_by_customer(sheet):
    rows = sorted(sheet.iter_rows(min_row=2, values_only=True), key=lambda row: str(row[3]))
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


CHANGES = {
    "nothing": lambda sheet: None,
    "a row below": lambda sheet: sheet.append(BY_HAND),
    "a row below a gap": lambda sheet: [sheet.cell(sheet.max_row + 3, 1).value] and sheet.append(BY_HAND),
    "a row inserted": lambda sheet: sheet.insert_rows(3),
    "a row edited": lambda sheet: sheet.__setitem__("F2", 50),
    "a row mended": lambda sheet: sheet.__setitem__("F4", 2),
    "the last row edited": lambda sheet: sheet.__setitem__("F8", 1),
    "the last row deleted": lambda sheet: sheet.delete_rows(8),
    "a row deleted": lambda sheet: sheet.delete_rows(2),
    "a row given a number": lambda sheet: sheet.__setitem__("A3", "SO20261102-009"),
    "sorted": sort_by_customer,
    "a blank row above": lambda sheet: sheet.insert_rows(1),
    "a column inserted": lambda sheet: sheet.insert_cols(2),
    "headings exchanged": lambda sheet: (sheet.__setitem__("D1", "产品"), sheet.__setitem__("E1", "客户")),
}  # fmt: skip


def assert_as_afresh(desk, *, warm=None):
    for day in (date(2026, 11, 23), date(2026, 11, 26)):
        for exact in (False, True):
            with closing(Book(desk.folder, day, "zh", "x", exact=exact)) as kept, closing(kept.fresh()) as afresh:
                found, wanted = answers(kept), answers(afresh)
                assert found | {"serials": 0} == wanted | {"serials": 0}
                assert wanted["promised"] == worked_out(afresh)
                assert warm is None or (kept.warm is not None) is warm
                for book in (kept, afresh):
                    book.supply("orders")
                assert [note.text for note in kept.left_out()] == [note.text for note in afresh.left_out()]


@pytest.mark.parametrize("change", CHANGES)
def test_a_workbook_saved_elsewhere_answers_as_read_afresh(shop, change):
    lay_out_workbook(shop)
    assert shop.run("order add 骏业 电源线×2").code == 0
    save(shop, CHANGES[change])
    assert_as_afresh(shop, warm=change in {"nothing", "a row below", "a row below a gap"})
    assert shop.run("order add 灵龙 电源线×1@14 --new").code == 0
    assert_as_afresh(shop, warm=True)
    save(shop)
    assert_as_afresh(shop, warm=True)


def test_rows_of_ours_and_of_others_in_turn_are_never_folded_again(shop):
    lay_out_workbook(shop)
    for number in range(4):
        assert shop.run("order add 骏业 电源线×2@14.5 散件×1 --new").code == 0
        save(shop, CHANGES["a row below"] if number % 2 else CHANGES["nothing"])
        assert_as_afresh(shop, warm=True)


def test_a_total_row_that_moves_down_is_not_taken_for_a_row_known(shop):
    lay_out_workbook(shop)
    save(shop, lambda sheet: sheet.append(["合计"]))
    for _ in range(2):
        assert shop.run("order add 骏业 电源线×2").code == 0
        save(shop)
        assert_as_afresh(shop)


def test_a_csv_written_anew_in_another_dialect_keeps_its_index(shop):
    path = shop.folder / "订单.csv"
    shop.write("订单.csv", "日期,类型,客户,产品,数量\n多出,来的,几,个,单,元,格\n2026-11-01,下单,骏业,电源线,5")
    assert shop.run("order add 骏业 电源线×2").code == 0
    path.write_bytes(shop.text("订单.csv").replace("电源线", '"电源线"').replace("\n", "\r\n").encode("gb18030"))
    assert_as_afresh(shop, warm=True)
    assert shop.run("order add 灵龙 电源线×1 --new").code == 0
    assert_as_afresh(shop, warm=True)
    text = path.read_text(encoding="gb18030")
    for old, new in (("几,个", "几,位"), (",单,元,格", ""), (",5", ",6")):
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert_as_afresh(shop, warm=old == "几,个")


rows = st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)).map(list), max_size=6)


@given(rows, st.integers(0, 6), rows)
def test_a_digest_is_of_the_rows_and_not_of_their_blocks(cells, cut, other):
    numbers = range(2, 2 + len(cells))
    whole = Digest().with_block((numbers, cells))
    assert Digest().with_block((numbers[:cut], cells[:cut])).with_block((numbers[cut:], tuple(cells[cut:]))) == whole
    assert (Digest().with_block((range(2, 2 + len(other)), other)) == whole) is (other == cells)


def test_a_digest_knows_the_numbers_of_rows_and_what_was_set_aside():
    rows = [["a"], ["b"]]
    assert Digest().with_block(([2, 3], rows)) != Digest().with_block(([2, 4], rows))
    one, other = (Digest().with_aside([Aside(row, Text("坏", "bad"))]) for row in (4, 5))
    assert one != other
