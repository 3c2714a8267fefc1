from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesaid.book.plain_toml import plain

PIECES = [
    "[book]", "[ledgers.orders]", "[ledgers]", "[a.a]", 'name = "基准"', "a = 1", "a=true", "b = 2026-11-22", "\r\n",
    '"单号" = "order_no"', "\n", " ", "#x", '"', "\\", "=", "[", "]", ".", "'", "0", "1_0", "+1", "[]", "\t",
    "2026-13-01", "x", '"a=b" = 1', '"""', "\x0c", "\u2028", "é",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.lists(st.sampled_from(PIECES)).map("\n".join))
@example("[a]\nb = 1\n[a.b]\nc = 1")
@example("[a.b]\n[a]\nb = 1")
@example('"" = 1\nname = ""')
@example("a = 20261122-1")
def test_whatever_is_read_here_is_what_tomllib_reads(text):
    found = plain(text)
    assert found is None or found == tomllib.loads(text)


def test_the_settings_of_most_books_are_plain():
    text = '# 账本\r\n[book]\r\nname = "x"\nas_of = 2026-11-22\n[ledgers.orders.columns]\n"单号" = "order_no"\nn = 3'
    book = {"name": "x", "as_of": date(2026, 11, 22)}
    assert plain(text) == {"book": book, "ledgers": {"orders": {"columns": {"单号": "order_no", "n": 3}}}}


@pytest.mark.parametrize("line", ["a = 'x'", 'a = ["x"]', 'a = "x" # why', "a.b = 1", "[[a]]", "a = 1.5", 'a = "\\n"'])
def test_anything_more_is_left_to_tomllib(line):
    assert plain(line) is None
