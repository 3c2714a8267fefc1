"""Which of the words that rows use a typed one means."""

from __future__ import annotations

import pytest

from salesaid.core.text import Text
from salesaid.core.words import AmbiguousWord, UnknownWord, word_meant

WHO = Text("业务员", "salesperson")
PEOPLE = ["徐峰", "王磊", "王磊 ", "王小磊", "Zheng", "", "徐峰"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("徐峰", "徐峰"), (" 徐 ", "徐峰"), ("王磊", "王磊"), ("ＺＨＥＮＧ", "Zheng"), ("zh", "Zheng"), ("小", "王小磊"),
     ("", ""), (" ", "")],
)  # fmt: skip
def test_a_word_is_meant_by_itself_or_by_a_part_that_only_it_holds(typed, meant):
    assert word_meant(typed, PEOPLE, WHO) == meant


def test_a_part_of_several_and_a_word_of_none_are_refused_with_what_there_is():
    with pytest.raises(AmbiguousWord) as several:
        word_meant("王", PEOPLE, WHO)
    assert several.value.hint.zh == "请写全：王小磊、王磊"
    with pytest.raises(UnknownWord) as none:
        word_meant("不存在", PEOPLE, WHO)
    assert none.value.hint.zh == "有的是：Zheng、徐峰、王小磊、王磊"


def test_where_no_row_has_any_word_nothing_is_known_to_be_wrong():
    assert word_meant("徐", ["", " "], WHO) == "徐"
