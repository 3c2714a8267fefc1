from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salesaid import ledgers
from salesaid.core.rows import TOTAL_ROW, Rows

COLUMNS = {"order_no": 0, "date": 1, "action": 2, "product": 3, "qty": 4, "price": 5}


def rows(*lines, ledger="orders", columns=COLUMNS, **options):
    cells = [line.split(",") for line in lines]
    return Rows(ledgers.load(ledger), columns, lambda: [(range(2, 2 + len(cells)), cells)], **options)


def test_cells_come_parsed_and_texts_as_they_are_written():
    found = rows("A1,2026-11-01,下单, 主 板 ,１,￥2.50")
    assert list(found.pick("row", "date", "action", "product", "qty", "price")) == [
        (2, date(2026, 11, 1), "order", " 主 板 ", Decimal(1), Decimal("2.50")),
    ]  # fmt: skip


def test_a_column_that_the_file_lacks_is_blank_and_one_that_is_fixed_is_not():
    found = rows("A1,2026-11-01,,主板,1,", fixed={"warehouse": "北京"})
    assert list(found.pick("warehouse", "unit", "due")) == [("北京", "", None)]
    assert found.has("warehouse")
    assert not found.has("unit")


@pytest.mark.parametrize(
    "line",
    ["A1,,下单,主板,1,2", "A1,昨日,下单,主板,1,2", "A1,2026-11-01,下单,主板,,2", "A1,2026-11-01,下单,主板,很多,2",
     "A1,2026-11-01,没有的,主板,1,2", "合计,,,,10,"],
)  # fmt: skip
def test_a_row_whose_needed_cell_is_blank_or_unreadable_is_set_aside_by_its_number(line):
    found = rows("A1,2026-11-01,下单,主板,1,2", line)
    assert [row for (row,) in found.pick("row")] == [2]
    assert [aside.row for aside in found.aside] == [3]


def test_a_price_that_cannot_be_read_sets_no_row_aside():
    found = rows("A1,2026-11-01,下单,主板,1,面议")
    assert list(found.pick("qty", "price")) == [(Decimal(1), None)]
    assert not found.aside


AMOUNT = {**COLUMNS, "amount": 5}


@pytest.mark.parametrize("before", ["A1,2026-11-01,下单,主板,1,2", "A1,2026-11-01,下单,主板,,2", "A1,,下单,主板,1,2"])
@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("A2,2026-11-01,下单,主板,很多,9", False),
        ("A2,2026-11-01,下单,主板,,9", True),
        ("A2,2026-11-01,下单,主板,3,面议", True),
    ],
)
def test_the_first_figure_that_a_row_has_of_several_decides_whatever_other_rows_are_like(before, line, kept):
    found = rows(before, line, columns=AMOUNT)
    assert (3 in [row for (row,) in found.pick("row")]) == kept
    assert [aside.row for aside in found.aside if aside.row == 3] == ([] if kept else [3])


def test_a_quantity_that_cannot_be_read_and_is_not_needed_is_none():
    found = rows("A1,2026-11-01,评审,主板,x,")
    assert list(found.pick("action", "qty")) == [("review", Decimal(0))]
    assert found.unreadable()["qty"]


def test_rows_dated_later_are_left_out_and_counted():
    found = rows("A1,2026-11-01,,主板,1,", "A2,2026-11-05,,主板,2,", upto=date(2026, 11, 3))
    assert [no for (no,) in found.pick("order_no")] == ["A1"]
    assert (found.used, found.later) == (1, 1)
    assert len(list(found.until(None).pick("row"))) == 2


def test_a_change_needs_its_number_and_no_quantity():
    found = rows("A1,2026-11-01,变更,主板,,", ",2026-11-01,变更,主板,,")
    assert list(found.pick("order_no", "action", "qty")) == [("A1", "change", Decimal(0))]


def test_the_words_of_a_file_stand_before_those_of_its_ledger():
    found = rows("A1,2026-11-01,开单,主板,1,", words={"开单": "order"})
    assert [action for (action,) in found.pick("action")] == ["order"]


@pytest.mark.parametrize(("fixed", "pair"), [({}, ("out", Decimal(3))), ({"action": "in"}, ("in", Decimal(-3)))])
def test_a_stock_move_without_action_goes_the_way_of_its_sign(fixed, pair):
    columns = {"date": 0, "product": 1, "qty": 2}
    found = rows("2026-11-01,主板,-3", ledger="stock_moves", columns=columns, fixed=fixed)
    assert list(found.pick("action", "qty")) == [pair]


def test_a_total_line_of_a_register_is_no_thing():
    found = rows("主板", "合计", ledger="products", columns={"product": 0})
    assert [name for (name,) in found.pick("product")] == ["主板"]


def test_a_total_line_of_a_journal_that_has_a_date_is_known_by_its_number():
    found = rows("A1,2026-11-01,,主板,1,", "本月小计：,2026-11-30,,主板,10,")
    assert [no for (no,) in found.pick("order_no")] == ["A1"]
    assert [aside.reason for aside in found.aside] == [TOTAL_ROW]
