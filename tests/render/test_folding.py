from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from salesaid.core.kinds import QTY, TEXT
from salesaid.core.tables import Field, Table
from salesaid.core.text import Text
from salesaid.render.as_terminal import render
from salesaid.render.folding import fold

WHY = "在库 45－已订 20，最低 30，日均 1.00（近 90 天），约 25 天用完，发不全：SO20261026-001、SO20261026-002"
COMMAND = "salesaid order add -c 骏业 -i 'BVM8×3@1,120.50' --note 'together with the last one — by Friday'"
PRODUCT = Field("product", Text("产品", "Product"), TEXT)
ON_HAND = Field("on_hand", Text("在库", "On hand"), QTY)
REASON = Field("why", Text("原因", "Why"), TEXT, folds=True)
texts = st.text(st.characters(exclude_categories=["C", "Z", "M"]) | st.sampled_from("—…·中文，（） 09"), max_size=90)


def low(*whys: str | None, figures: int = 1, product: str = "BVM8—810") -> Table:
    fields = (PRODUCT, *[ON_HAND] * figures, REASON)
    rows = [(product, *[Decimal(-1234567 - i)] * figures, why) for i, why in enumerate(whys)]
    return Table(Text("库存预警", "Low stock"), fields, rows)


def shown(table: Table, width: int | None, ambiguous_width: int = 1) -> list[str]:
    return render(table, lang="zh", width=width, ambiguous_width=ambiguous_width).splitlines()


def bare(text: str) -> str:
    return "".join(text.split())


def drawn(text: str, ambiguous: int) -> int:
    wide = (unicodedata.east_asian_width(c) == "A" and cell_len(c) == 1 for c in text)
    return cell_len(text) + sum(wide) * (ambiguous - 1)


def test_a_long_last_column_takes_further_lines_and_the_other_columns_are_blank_there() -> None:
    assert shown(low("在库 0，最低 10，已无可用，发不全：SO20261026-001", "近 90 天没有发货"), 46)[1:] == [
        "产品            在库  原因",
        "─" * 40,
        "BVM8—810  -1,234,567  在库 0，最低 10，",
        "                      已无可用，发不全：",
        "                      SO20261026-001",
        "BVM8—810  -1,234,568  近 90 天没有发货",
    ]


def test_without_room_beside_it_the_text_stands_below_its_row() -> None:
    assert shown(low("在库 0，最低 10，已无可用，发不全：SO20261026-001", None), 44)[1:] == [
        "产品            在库",
        "  原因",
        "─" * 20,
        "BVM8—810  -1,234,567",
        "  在库 0，最低 10，已无可用，",
        "  发不全：SO20261026-001",
        "BVM8—810  -1,234,568",
    ]


@pytest.mark.parametrize("width", [30, 46, 60, 80, 100, 120])
@pytest.mark.parametrize("ambiguous", [1, 2])
@pytest.mark.parametrize("why", [WHY, COMMAND])
def test_nothing_of_it_is_cut_and_no_line_is_too_wide(width, ambiguous, why) -> None:
    lines = shown(low(why, "—", figures=3), width, ambiguous)
    read = bare("".join(line[line.rfind("  ") :] for line in lines[3:]))
    assert bare(why) in read
    assert "".join(lines).count("-1,234,567") == 3
    assert max(drawn(line, ambiguous) for line in lines) <= width


def test_one_row_that_stands_upright_folds_too() -> None:
    lines = shown(low(WHY), 40)
    assert lines[1:4] == ["产品  BVM8—810", "在库  -1,234,567", "原因  在库 45－已订 20，最低 30，"]
    assert bare("".join(lines[3:])) == "原因" + bare(WHY)
    assert max(map(cell_len, lines)) <= 40


def test_a_pipe_and_a_wide_terminal_keep_one_line_a_row() -> None:
    assert len(shown(low(WHY, WHY), None)) == 5
    assert shown(low(WHY, WHY), 300) == shown(low(WHY, WHY), None)


@pytest.mark.parametrize("width", [44, 60])
def test_a_table_has_at_most_200_lines_and_says_how_many_rows_are_left(width) -> None:
    *lines, last = shown(low(*[WHY] * 150), width)
    heads = 2 + (lines[2] == "  原因")
    assert 190 < len(lines) - heads - 1 <= 200
    rows = sum(line.startswith("BVM8") for line in lines)
    assert last == f"… 还有 {150 - rows} 行，--out 表.xlsx 可看全部"


def test_a_negative_number_is_red_on_the_first_line_of_its_row() -> None:
    text = render(low(WHY, WHY), lang="zh", width=60, color=True)
    assert text.count("\x1b[31m-1,234,56") == 2


def test_where_the_others_take_several_blocks_it_stands_in_the_last() -> None:
    lines = shown(low(WHY, WHY, figures=9), 60)
    assert ["原因" in line for line in lines].count(True) == 1
    assert "".join(lines).count("-1,234,567") == 9


def test_a_column_that_does_not_fold_is_still_shortened() -> None:
    fields = (PRODUCT, ON_HAND, REASON._replace(folds=False))
    lines = shown(low(WHY, WHY)._replace(fields=fields), 60)
    assert len(lines) == 5
    assert all(line.endswith("…") for line in lines[3:])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("在库 45－已订 20，最低 30", ["在库 45－已订 20，", "最低 30"]),
        ("日均 0.73（近 90 天）已无", ["日均 0.73", "（近 90 天）已无"]),
        ("to the customer, SO20261026-001", ["to the customer,", "SO20261026-001"]),
        ("add -c x '深圳骏业电子'", ["add -c x", "'深圳骏业电子'"]),
        ("SO20261026-0012345678", ["SO20261026-0012345", "678"]),
        ("", []),
    ],
)
def test_lines_break_after_clauses_and_never_inside_a_number(text, lines) -> None:
    assert fold(text, 18) == lines


@pytest.mark.parametrize("width", [2, 9, 24])
@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_no_line_is_wider_than_asked_and_no_character_is_lost(width, text) -> None:
    lines = fold(text, width)
    assert max(map(cell_len, lines), default=0) <= width
    assert bare("".join(lines)) == bare(text)


@pytest.mark.parametrize("width", [46, 60, 80])
@settings(max_examples=40, deadline=None)
@given(whys=st.lists(texts, min_size=2, max_size=5))
def test_numbers_line_up_whatever_the_texts(width, whys) -> None:
    lines = shown(low(*whys), width, ambiguous_width=2)
    rows = [line for line in lines if line.startswith("BVM8")]
    assert len(rows) == len(whys)
    assert {drawn(line.split("-1,23")[0], 2) for line in rows} == {drawn("BVM8—810  ", 2)}
