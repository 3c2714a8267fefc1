from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salesaid import ledgers
from salesaid.core.clerk import Line, Merge, without_debris
from salesaid.core.clerk_header import Header, find_header, is_header_again, titles_above
from salesaid.core.clerk_proposal import known_headings
from salesaid.core.clerk_words import widened

KNOWS = known_headings([widened(ledgers.load(id_)) for id_ in ("orders", "loans", "products")])
HEADINGS = ["日期", "客户", "型号", "数量", "单价", "备注"]


def lines(*rows):
    return [Line(number, list(row)) for number, row in enumerate(rows, 1) if any(row)]


def test_the_header_is_found_under_titles_and_blank_rows_and_columns():
    sheet = lines(
        ["", "北京办事处"], ["", "2026年销售台账"], [], ["", *HEADINGS], ["", "2026-5-6", "骏业", "A", "3", "5"]
    )
    found = find_header(sheet, [], KNOWS)
    assert (found.first, found.last) == (4, 4)
    assert found.headings == ("", *HEADINGS)
    assert titles_above(sheet, found) == ["北京办事处", "2026年销售台账"]


def test_two_rows_of_headings_become_one():
    sheet = lines(
        ["日期", "客户信息", "", "数量"],
        ["", "客户名称", "联系人", ""],
        ["2026-5-6", "骏业", "何先生", "3"],
    )
    found = find_header(sheet, [Merge(1, 1, 1, 2), Merge(1, 0, 2, 0), Merge(1, 3, 2, 3)], KNOWS)
    assert (found.first, found.last) == (1, 2)
    assert found.headings[0::3] == ("日期", "数量")
    assert found.headings[1] == "客户名称"


def test_a_group_and_its_part_are_joined_where_that_is_known():
    sheet = lines(
        ["客户", "产品", "", "借出", "", "应还"],
        ["", "名称", "型号", "日期", "数量", "日期"],
        ["骏业", "主板", "A", "2026-5-6", "3", ""],
    )
    found = find_header(sheet, [Merge(1, 1, 1, 2), Merge(1, 3, 1, 4)], KNOWS)
    assert found.headings == ("客户", "产品名称", "产品型号", "借出日期", "借出数量", "应还日期")


def test_a_row_of_data_below_is_no_second_row_of_headings():
    found = find_header(lines(HEADINGS, ["2026-5-6", "骏业", "主板", "3", "5", ""]), [], KNOWS)
    assert (found.first, found.last) == (1, 1)


def test_a_header_that_nobody_knows_is_the_widest_row_of_words():
    found = find_header(lines(["公司"], ["甲", "乙", "丙"], ["1", "2", "3"]), [], KNOWS)
    assert (found.first, found.known, found.headings) == (2, 0, ("甲", "乙", "丙"))


def test_nothing_has_no_header():
    assert find_header([], [], KNOWS) is None


def test_debris_of_converters_goes_from_the_ends_only():
    assert without_debris("□[]数量[]") == "数量"
    assert without_debris("a[]b") == "a[]b"
    assert without_debris("[]") == ""


def test_headings_that_come_again_are_told_from_data():
    header = Header(1, 2, ("日期", "客户名称", "型号"), 3, (("日期", "客户", "型号"), ("", "名称", "规格")))
    assert is_header_again(["日期 ", "□客户", "型号[]"], header)
    assert is_header_again(["", "名称", "规格"], header)
    assert not is_header_again(["2026-5-6", "客户", "型号"], header)


TITLE = st.text(alphabet="公司有限北京办事处明细表", min_size=1, max_size=12)


@given(
    st.lists(TITLE, max_size=5),
    st.integers(0, 3),
    st.integers(0, 3),
    st.permutations(HEADINGS),
    st.integers(1, 4),
)
def test_the_header_is_found_whatever_stands_above_and_left_of_it(titles, blank_rows, blank_columns, headings, count):
    left = [""] * blank_columns
    data = [[*left, *(f"{number}" for number in range(len(headings)))] for _ in range(count)]
    rows = [*([*left, title] for title in titles), *([[]] * blank_rows), [*left, *headings], *data]
    found = find_header(lines(*rows), [], KNOWS)
    assert found.first == found.last == len(titles) + blank_rows + 1
    assert found.headings == (*left, *headings)


@given(st.lists(st.lists(st.text(max_size=6), max_size=6), max_size=8))
def test_no_sheet_breaks_the_search(rows):
    sheet = lines(*rows)
    found = find_header(sheet, [], KNOWS)
    assert found is None or found.first <= found.last
    assert all(one.number < other.number for one, other in pairwise(sheet))
