from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid import ledgers
from salesaid.core import clerk_cells
from salesaid.core.clerk_cells import BAD, Cells
from salesaid.core.reading import IN_FILES

COLUMNS = ledgers.load("orders").column
FIGURES = st.one_of(
    st.decimals(-(10**9), 10**9, places=2).map(str), st.integers(-99, 99).map(str),
    st.sampled_from(["", "007", "1,200", "￥5", "x", " 7", "-0", "0.0", "1.10", "1e5"]),
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=4),
    st.sampled_from(["□a", "a[]", " a", "a ", "  ", "a b", "'123456", "同上", "\ta", '="7"', "`1234567"]),
    st.sampled_from(
        [
            "#N/A",
            "\x01",
            "a\x01b",
            "####",
            "3#楼",
            "6.22202E+15",
            "6E+5",
            "3月5日",
            "2026-03-05",
            "2026-03-05a",
            "2026/3/5",
            "-",
            "/",
        ]
    ),
)


@pytest.mark.parametrize(
    ("id_", "texts"), [("amount", FIGURES), ("qty", FIGURES), ("customer", TEXTS), ("order_no", TEXTS)]
)
@given(st.data())
def test_a_crowded_column_reads_every_cell_as_any_other(id_, texts, data):
    column = data.draw(st.lists(texts, max_size=6))
    crowded, plain = Cells(COLUMNS(id_), IN_FILES, {}), Cells(COLUMNS(id_), IN_FILES, {})
    limit = clerk_cells._REMEMBERED  # noqa: SLF001
    try:
        clerk_cells._REMEMBERED = 0  # noqa: SLF001
        crowded.one("1")
    finally:
        clerk_cells._REMEMBERED = limit  # noqa: SLF001
    assert crowded.all(column) == [plain.one(text) for text in column]


@given(st.decimals(-(10**11), 10**11, places=4))
def test_a_figure_is_what_it_was(figure):
    cells = Cells(COLUMNS("price"), IN_FILES, {})
    assert Decimal(cells.one(f"{figure:,}")) == figure
    assert cells.one("1O") == BAD


@pytest.mark.parametrize(
    ("id_", "written", "read"),
    [
        ("amount", "1,200.50元整", "1200.50"),
        ("amount", "RMB 80", "80"),
        ("price", "人民币29.82元", "29.82"),
        ("price", "'812", "812"),
        ("price", " ￥ -   ", "0"),
        ("amount", "¥-", "0"),
        ("date", "2026-05-06 周三", "2026-05-06"),
        ("date", "2026年5月6日（星期三）", "2026-05-06"),
        ("date", "2026/5/6 上午 9:30", "2026-05-06"),
        ("date", "'2026-5-6", "2026-05-06"),
        ("order_no", "'00123456", "00123456"),
        ("customer", "'98老店", "'98老店"),
        ("note", "同上", "同上"),
        ("order_no", '="00123"', "00123"),
        ("qty", '="12"', "12"),
        ("amount", "`100.00", "100.00"),
        ("customer", "骏业\t", "骏业"),
        ("model", '5" 屏', '5" 屏'),
    ],
)
def test_what_is_only_said_beside_a_value_does_not_matter(id_, written, read):
    assert Cells(COLUMNS(id_), IN_FILES, {}).one(written) == read


@pytest.mark.parametrize(
    ("id_", "written"), [("customer", "同上"), ("product", "〃"), ("date", "同上"), ("date", "周三")]
)
def test_a_cell_that_points_to_another_is_not_guessed(id_, written):
    cells = Cells(COLUMNS(id_), IN_FILES, {})
    assert cells.one(written) == BAD
    assert cells.expected(written).zh


@pytest.mark.parametrize(
    ("id_", "written"),
    [
        ("customer", "#N/A"),
        ("model", "#REF!"),
        ("note", "#VALUE!"),
        ("order_no", "6.22202E+15"),
        ("order_no", "6.2e+18"),
        ("order_no", "########"),
        ("model", "3月5日"),
        ("model", "2026-03-05"),
        ("model", "2026/3/5"),
        ("customer", "2026年3月5日"),
    ],
)
def test_what_a_spreadsheet_put_in_the_place_of_what_was_typed_is_not_taken(id_, written):
    cells = Cells(COLUMNS(id_), IN_FILES, {})
    assert cells.one(written) == BAD
    assert cells.expected(written).zh


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("note", "2026-03-05"),
        ("note", "3月5日"),
        ("model", "E+05"),
        ("model", "#12"),
        ("model", "12E+5"),
        ("model", "3-5"),
        ("note", "-"),
        ("customer", "#N/A 公司"),
    ],
)
def test_a_text_that_only_looks_like_such_a_thing_stays(id_, text):
    assert Cells(COLUMNS(id_), IN_FILES, {}).one(text) == text


@pytest.mark.parametrize("text", ["-", "—", "——", "/", " - "])
def test_a_stroke_in_the_place_of_a_name_says_that_there_is_none(text):
    assert Cells(COLUMNS("customer"), IN_FILES, {}).one(text) == ""


@pytest.mark.parametrize("written", ["0506", "1225", "506", "20265", "9999", "2026", "99999"])
def test_a_few_digits_are_no_day(written):
    cells = Cells(COLUMNS("date"), IN_FILES, {})
    assert cells.one(written) == BAD
    assert cells.expected(written).zh


@pytest.mark.parametrize(("serial", "day"), [("32874", "1990-01-01"), ("46148", "2026-05-06"), ("73050", "2099-12-31")])
def test_a_serial_of_our_days_is_a_day(serial, day):
    assert Cells(COLUMNS("date"), IN_FILES, {}).one(serial) == day
