from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.tables import Card
from salesaid.core.text import Text
from salesaid.render import Occasion
from salesaid.render.as_csv import guarded, to_file, to_text
from salesaid.render.visible import visible

OCCASION = Occasion("zh", "order list", date(2026, 11, 22))


def test_names_are_canonical_dates_iso_numbers_plain_and_lines_end_in_crlf(orders) -> None:
    lines = to_text(orders(4)).split("\r\n")
    assert lines[0] == "order_no,due,customer,product,ordered,amount,paying,rush"
    assert lines[1] == "SO20261122-001,2026-12-02,北京华夏立鸿商贸有限责任公司,BVM7—710,1,120.50,paid,false"
    assert lines[4].split(",")[4:6] == ["-4", "-482.00"]
    assert lines[5:] == [""]


def test_a_file_begins_with_a_byte_order_mark_and_a_stream_does_not(orders) -> None:
    assert to_file(orders(1), OCCASION) == b"\xef\xbb\xbf" + to_text(orders(1)).encode()


def test_no_text_begins_as_a_formula_does(texts, injections) -> None:
    for text in injections:
        cell = next(csv.reader(io.StringIO(to_text(texts(text)).split("\r\n", 1)[1], newline="")))[0]
        assert cell in {text, f"'{text}"}
        assert cell.lstrip(" \u3000\xa0\ufeff\u200b")[:1] not in set("=+-@＝＋－＠\t\r\n")


@pytest.mark.parametrize("text", ["BVM7-710", "0-5V", "a=b", "x\n=1", "骏业", "", "'", "00123", "2+1"])
def test_an_ordinary_text_gets_no_apostrophe(text) -> None:
    assert guarded(text) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_every_text_reads_back_as_it_was_but_for_the_apostrophe(texts, cells) -> None:
    read = list(csv.reader(io.StringIO(to_text(texts(*cells)), newline="")))[1:]
    assert [row[0] if row else "" for row in read] == [guarded(cell) for cell in cells]


def test_on_a_terminal_hidden_characters_are_made_visible(texts, hostile) -> None:
    lines = to_text(texts(*hostile), on_terminal=True).split("\r\n")
    assert all(visible(line) == line or "<U+" in line or not line.isascii() for line in lines)
    assert "\x1b" not in "".join(lines)


def test_the_tables_of_a_card_stand_below_each_other(texts) -> None:
    card = Card(Text("单", "One"), (texts("a"), texts("b")))
    assert to_text(card) == "name\r\na\r\n\r\nname\r\nb\r\n"
