from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from salesaid import pages

TEXT = st.text("中文字，。（）、ab c", max_size=80).map(lambda text: " ".join(text.split()))


@given(TEXT, st.integers(10, 40))
def test_wrapping_loses_nothing_but_blanks(text, width):
    assert "".join(pages.wrapped(text, width)).replace(" ", "") == text.replace(" ", "")


@given(st.text("中文字", max_size=60), st.integers(4, 40))
def test_no_line_of_chinese_is_wider_than_asked(text, width):
    assert all(cell_len(line) <= width for line in pages.wrapped(text, width))


@given(st.lists(st.sampled_from(["中", "文，", "字。", "ab", "ab，", "）。", " "]), max_size=40), st.integers(8, 20))
def test_no_line_begins_with_a_mark(pieces, width):
    text = re.sub(r" +(?=）)", "", "".join(pieces)).lstrip("）。 ")
    assert not any(line[:1] and line[0] in "，。）" for line in pages.wrapped(text, width)[1:])


def test_no_line_ends_with_an_opening_bracket():
    assert pages.wrapped("中文字（中文）「字」", 8) == ["中文字", "（中文）", "「字」"]


def test_names_and_meanings_line_up_in_cells():
    lines = pages.definitions([("客户 货品", "甲"), ("ab", "乙")], 60)
    assert lines == ["  客户 货品  甲", "  ab         乙"]


def test_a_long_name_has_a_line_for_itself():
    lines = pages.definitions([("x" * 35, "甲"), ("ab", "乙")], 80)
    assert lines == ["  " + "x" * 35, " " * 38 + "甲", "  ab" + " " * 34 + "乙"]


def test_a_long_meaning_goes_on_below_itself():
    first, second = pages.definitions([("-c", "中" * 15)], 30)
    assert (first, second) == ("  -c  " + "中" * 12, "      " + "中" * 3)


TEXT_OF_COMMAND = """记一张订单。 | Take an order.

货品写作 产品×数量，
单价可省。 | Items are written
PRODUCT×QTY.

salesaid order add 骏业 电源线×2
salesaid order add -c 骏业"""


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", ["记一张订单。", "货品写作 产品×数量，单价可省。"]),
        ("en", ["Take an order.", "Items are written PRODUCT×QTY."]),
    ],
)
def test_a_docstring_gives_the_paragraphs_of_a_page(lang, expected):
    assert pages.paragraphs(TEXT_OF_COMMAND, lang) == expected


def test_the_last_paragraph_of_a_docstring_holds_the_examples():
    assert pages.examples(TEXT_OF_COMMAND) == ["salesaid order add 骏业 电源线×2", "salesaid order add -c 骏业"]
    assert pages.examples("记一张订单。 | Take an order.") == []


def test_a_text_without_any_words_has_one_empty_paragraph():
    assert pages.paragraphs("", "zh") == [""]


def test_the_usage_line_has_in_brackets_what_may_be_left_out(desk):
    for words, usage in (
        ("demo", "salesaid demo [选项] [文件夹]"), ("undo", "[回执]"), ("stock list", "[产品]"),
        ("stock card", " 产品"), ("loan return", "[单号]"), ("loan show", " 单号"), ("check", "[规则…]"),
        ("receivable remind", "[客户]"),
    ):  # fmt: skip
        assert desk.run(f"{words} --help").out.splitlines()[0].endswith(usage)
