"""Salespeople and categories that lists are asked for."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,类别
    BVM7-710,主板
    电源线,线材

    客户.csv
    客户,业务员
    骏业,徐峰
    灵龙,新来的

    订单.csv
    单号,日期,客户,产品,数量,业务员
    A1,2026-11-01,骏业,BVM7-710,2,徐峰
    A2,2026-11-02,骏业,电源线,3,赵丽
    """


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


@pytest.mark.parametrize(
    ("words", "column", "found"),
    [
        ("order list --by 徐", "order_no", ["A1"]), ("order list --by 赵丽 --customer 骏业", "order_no", ["A2"]),
        ("order list --by 新来的", "order_no", []), ("product list --category 主", "product", ["BVM7-710"]),
        ("customer list --by 徐", "customer", ["骏业"]),
    ],
)  # fmt: skip
def test_a_part_that_only_one_has_is_enough_and_what_was_understood_is_said(book, words, column, found):
    data = book.json(words)["data"]
    assert [row[column] for row in data["rows"]] == found
    typed = words.split()[3]
    said = [note["text"] for note in data["notes"] if note["code"] == "understood"]
    assert [text.split(" → ")[0] for text in said] == ([typed] if len(typed) == 1 else [])


@pytest.mark.parametrize(
    ("words", "hint"),
    [("order list --by 不存在", "徐峰、新来的、赵丽"), ("product list --category 整机", "主板、线材"),
     ("customer list --by 赵丽", "徐峰、新来的")],
)  # fmt: skip
def test_one_that_no_row_has_is_refused_with_what_there_is(book, words, hint):
    answer = book.json(words)
    assert (answer["status"], hint in answer["errors"][0]["hint"]) == ("error", True)
    assert book.run(words).code == 2
