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
