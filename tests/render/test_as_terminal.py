from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from salesaid.core.kinds import QTY, TEXT
from salesaid.core.tables import Card, Field, Note, Table
from salesaid.core.text import Text
from salesaid.render.as_terminal import render
from salesaid.render.visible import visible

COLOR = re.compile(r"\x1b\[[0-9;]*m")
names = st.text(st.characters(exclude_categories=()) | st.sampled_from("—…·中文[]/:\\\x1b"), max_size=30)


def drawn(text: str, ambiguous: int) -> int:
    """How many cells a terminal takes that draws ambiguous characters so wide."""
    return cell_len(text) + sum(
        ambiguous - 1 for c in text if unicodedata.east_asian_width(c) == "A" and cell_len(c) == 1
    )


def two_columns(cells: list[str]) -> Table:
    fields = (Field("name", Text("名称", "Name"), TEXT), Field("qty", Text("数量", "Qty"), QTY))
    return Table(Text("表", "Table"), fields, [(cell, Decimal(7)) for cell in cells])


def test_a_table_reads_title_heading_rule_rows_totals_and_notes(orders) -> None:
    lines = render(orders(2), lang="zh").splitlines()
    assert lines[0] == "订单"
    assert lines[1].split() == ["订单号", "交期", "客户", "产品", "数量", "金额", "收款", "加急"]
    assert set(lines[2]) == set(lines[5]) == {"─"}
    assert lines[6].split() == ["合计", "3", "361.50"]
    assert lines[7] == "! 2 行没有单价"


def test_long_notes_are_broken_between_words_commands_in_them_never() -> None:
    sentence = "the period ends on 2026-11-30: its figures run to 2026-11-22, the periods beside it are whole"
    asked = (
        "six are nobody's in particular and are not on this page at all: salesaid today --owner me --as-of 2026-11-30"
    )
    notes = tuple(Note("n", "warning", Text(text, text)) for text in (sentence, asked))
    lines = render(two_columns(["A"])._replace(notes=notes), lang="en", width=60).splitlines()[4:]
    assert " ".join(lines[:2]) == f"! {sentence}"
    assert max(map(len, lines[:2])) <= 60
    assert lines[2:] == [f"! {asked}"]


def test_an_english_run_has_english_headings_and_words(orders) -> None:
    text = render(orders(1), lang="en")
    assert "Order No" in text
    assert "paid" in text
    assert "Total" in text


@pytest.mark.parametrize("width", [None, 200])
def test_terminal_and_pipe_show_the_same_where_there_is_room(orders, width) -> None:
    assert render(orders(9), lang="zh", width=width) == render(orders(9), lang="zh")


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(orders, width, lang) -> None:
    assert max(cell_len(line) for line in render(orders(30), lang=lang, width=width).splitlines()) <= width


@pytest.mark.parametrize("width", [20, 40, 60, 80])
def test_a_narrow_terminal_cuts_no_number_and_drops_no_column(orders, width) -> None:
    text = render(orders(8), lang="zh", width=width)
    for row in orders(8).rows:
        assert row[0] in text
        assert f"{row[5]:,.2f}" in text
    assert all(field.header.zh in text for field in orders(1).fields)


def test_a_column_without_any_entry_gives_way_and_is_named(orders) -> None:
    table = orders(8)._replace(rows=[(*row[:1], None, *row[2:]) for row in orders(8).rows])
    assert "空列未显示：交期" in render(table, lang="zh", width=60)
    assert "空列" not in render(table, lang="zh", width=200)


def test_one_row_that_does_not_fit_stands_upright(orders) -> None:
    lines = render(orders(1)._replace(totals={}), lang="zh", width=40).splitlines()
    assert lines[1:3] == ["订单号  SO20261122-001", "交期    2026-12-02"]


def test_a_terminal_shows_the_newest_and_says_how_many_more_there_are(orders) -> None:
    text = render(orders(60), lang="zh", width=200)
    assert text.count("SO2026") == 50
    assert "… 还有 10 行" in text
    assert f"{orders(60).totals['amount']:,.2f}" in text


def test_no_table_has_more_than_200_rows_on_a_terminal(orders) -> None:
    assert render(orders(300)._replace(newest=None), lang="en", width=200).count("SO2026") == 200
    assert render(orders(300)._replace(newest=999), lang="en", width=200).count("SO2026") == 200


def test_a_pipe_gets_every_row_whole_and_without_color(texts) -> None:
    text = render(texts("中" * 5000, *["x"] * 400), lang="zh")
    assert "中" * 5000 in text
    assert len(text.splitlines()) == 404
    assert "\x1b" not in text


def test_a_long_cell_is_cut_on_a_terminal(texts) -> None:
    assert "x" * 199 + "…" in render(texts("x" * 1_000_000), lang="zh", width=300)


def test_an_empty_table_says_so(orders) -> None:
    assert "没有符合条件的记录" in render(orders(0), lang="zh")
    assert "nothing to show" in render(orders(0), lang="en", width=80)


def test_a_card_shows_all_its_tables_and_its_own_notes(orders, texts) -> None:
    note = Note("n", "info", Text("截至今日", "as of today"))
    text = render(Card(Text("订单 1", "Order 1"), (orders(1), texts("甲")), (note,)), lang="zh", width=100)
    assert [text.count(word) for word in ("订单 1", "SO20261122-001", "甲", "截至今日")] == [1, 1, 1, 1]


def test_negative_numbers_are_red_and_headings_bold(orders) -> None:
    text = render(orders(4), lang="zh", width=200, color=True)
    assert re.search(r"\x1b\[31m-482.00", text)
    assert re.search(r"\x1b\[1m订单\x1b\[0m", text)
    assert COLOR.sub("", text).split() == render(orders(4), lang="zh", width=200).split()


@pytest.mark.parametrize("width", [None, 80])
def test_hostile_text_is_shown_and_never_acted_on(texts, hostile, width) -> None:
    text = render(texts(*hostile), lang="zh", width=width, color=width is not None)
    lines = [COLOR.sub("", line).rstrip() for line in text.splitlines()]
    assert lines[3:] == [visible(cell) for cell in hostile]


@pytest.mark.parametrize("width", [None, 30, 80])
@pytest.mark.parametrize("ambiguous", [1, 2])
@settings(max_examples=40, deadline=None)
@given(cells=st.lists(names, min_size=1, max_size=5))
@example(cells=["", "\u0300"])
def test_columns_line_up_whatever_the_names(width, ambiguous, cells) -> None:
    lines = render(two_columns(cells), lang="zh", width=width, ambiguous_width=ambiguous).splitlines()
    body = lines[3:] if len(lines) == len(cells) + 3 else lines[3:-1]
    if len(cells) > 1 or width is None:
        assert {drawn(line, ambiguous) for line in body} == {drawn(lines[2], ambiguous)}
        assert all(line.endswith(" 7") for line in body)


def test_a_wide_dash_is_kept_as_it_is_where_it_is_drawn_wide(texts) -> None:
    text = render(texts("BVM7—710", "甲…乙", "\U0003f000\U0003f001"), lang="zh", width=80, ambiguous_width=2)
    assert text.splitlines()[3:] == ["BVM7—710", "甲…乙", "\U0003f000\U0003f001"]
    assert set(text.splitlines()[2]) == {"-"}


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gb18030", "gbk", "utf-8"])
def test_every_stream_can_hold_what_is_printed(orders, encoding) -> None:
    text = render(orders(60), lang="zh", width=60, encoding=encoding)
    assert text.encode(encoding).decode(encoding) == text


def test_columns_line_up_where_a_character_is_written_as_an_escape() -> None:
    lines = render(two_columns(["¥5", "二"]), lang="zh", encoding="gbk").splitlines()
    assert lines[3:] == ["\\xa55     7", "二        7"]


def test_a_pipe_does_without_the_console() -> None:
    code = (
        "import sys; from salesaid.render.as_terminal import render; from salesaid.core.tables import *;"
        "from salesaid.core.text import same; from salesaid.core.kinds import TEXT;"
        "render(Table(same('t'), (Field('a', same('a'), TEXT),), [('x',)]), lang='zh');"
        "sys.exit(sorted({'rich.console', 'rich.table', 'pandas', 'openpyxl'} & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_dates_are_shown_in_iso_form(orders) -> None:
    assert date(2026, 12, 2).isoformat() in render(orders(1), lang="zh")


def test_each_block_of_a_table_too_wide_has_what_tells_its_rows_apart(orders) -> None:
    fields = tuple(field._replace(key=field.name == "product") for field in orders(4).fields)
    lines = render(orders(4)._replace(fields=fields), lang="zh", width=60).splitlines()
    heads = [line.split() for line in lines if "订单号" in line]
    assert len(heads) > 1
    assert all(heads_of.count("产品") == 1 for heads_of in heads)


@pytest.mark.parametrize("width", [20, 30, 40, 60])
def test_a_key_too_wide_to_be_repeated_stands_once_and_no_line_is_too_wide(orders, width) -> None:
    fields = tuple(field._replace(key=field.name == "paying") for field in orders(4).fields)
    lines = render(orders(4)._replace(fields=fields), lang="zh", width=width).splitlines()
    plain = render(orders(4), lang="zh", width=width).splitlines()
    assert max(map(cell_len, lines)) <= max(width, *map(cell_len, plain))
    assert all(any(field.header.zh in line for line in lines) for field in fields)
