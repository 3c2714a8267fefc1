from __future__ import annotations

from datetime import date

import pytest

from salesaid.core.tables import Card
from salesaid.core.text import Text
from salesaid.render import Occasion
from salesaid.render.as_markdown import escaped, to_file, to_text


def test_a_table_has_a_title_marked_columns_totals_and_notes(orders) -> None:
    lines = to_text(orders(1), "zh").splitlines()
    assert lines[0] == "## 订单"
    assert lines[2] == "| 订单号 | 交期 | 客户 | 产品 | 数量 | 金额 | 收款 | 加急 |"
    assert lines[3] == "| --- | --- | --- | --- | ---: | ---: | --- | --- |"
    assert lines[5] == "| **合计** |  |  |  | **1** | **120.50** |  |  |"
    assert lines[7] == "- 注意：2 行没有单价"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a|b", r"a\|b"), ("a\nb", "a␊b"), ("<b>", r"\<b\>"), ("[a](b)", r"\[a\](b)"), ("*a_b*", r"\*a\_b\*"),
        ("http://e.com", r"http\://e.com"), ("www.e.com", r"www\.e.com"), ("@me", r"\@me"), ("\\", "\\\\"),
        ("# a", r"\# a"), ("- a", r"\- a"), ("1. a", r"1\. a"), ("BVM7—710（北京）", "BVM7—710（北京）"),
    ],
)  # fmt: skip
def test_no_text_becomes_markup(text, markdown) -> None:
    assert escaped(text) == markdown


def test_every_row_has_the_columns_of_the_head_whatever_it_holds(texts, hostile, injections) -> None:
    lines = to_text(texts(*hostile, *injections, "a|b\\|c"), "en").splitlines()[2:]
    assert {line.replace("\\\\", "").replace("\\|", "").count("|") for line in lines} == {2}


def test_a_negative_number_stays_plain(orders) -> None:
    assert "| -4 | -482.00 |" in to_text(orders(4), "zh")


def test_an_empty_table_says_so(orders) -> None:
    assert "nothing to show" in to_text(orders(0), "en")


def test_a_card_has_its_tables_below_its_title(orders, texts) -> None:
    text = to_file(Card(Text("单", "One"), (orders(1), texts("甲"))), Occasion("en", "x", date(2026, 1, 1))).decode()
    assert [line for line in text.splitlines() if line.startswith("#")] == ["# One", "## Orders", "## Names"]
