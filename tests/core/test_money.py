from __future__ import annotations

from decimal import Decimal, Inexact
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesaid.core.money import amount, cents, of_cents, parse_decimal, rounded, total
from salesaid.core.reading import Unreadable
from tests import retail

figures = st.decimals(min_value=-999_999_999_999, max_value=999_999_999_999, places=6)
sums = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("120", "120"),
        ("120.50", "120.50"),
        ("-3", "-3"),
        (" 7 ", "7"),
        ("007", "7"),
        (".5", "0.5"),
        ("￥1,234.50", "1234.50"),
        ("¥ 1,234.50", "1234.50"),
        ("1，234", "1234"),
        ("1,234,567.891", "1234567.891"),
        ("1234元", "1234"),
        ("¥12.50元", "12.50"),
        ("1.2万", "12000"),
        ("3.5万元", "35000"),
        ("-1.2 亿", "-120000000"),
        ("(50)", "-50"),
        ("（1,050.25）", "-1050.25"),
        ("－50", "-50"),
        ("\u221250", "-50"),
        ("-￥50", "-50"),
        ("￥-50", "-50"),
        ("１２３．４５", "123.45"),
        ("\xa01,234\xa0", "1234"),
        ("999999999999.999999", "999999999999.999999"),
    ],
)
def test_a_figure_is_read_as_people_write_it(written, meant):
    assert parse_decimal(written) == Decimal(meant)


@pytest.mark.parametrize("written", ["", " ", "\u3000", "-", "－", "—", "——", "/", "／", "无", " 无 ", " " * 100])
def test_a_blank_is_no_figure(written):
    assert parse_decimal(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "1,2,3", "1234,567", "12,34", ",123", "1,234,", "NaN", "nan", "Infinity", "inf", "1_000", "1E5", "1E+3000000",
        "1e400", "٣", "५", "五", "5%", "1.2.3", "1.", ".", "--5", "-(5)", "(-5)", "(5", "5)", "-¥-5", "+5", "1 234",
        "1.200,50", "$5", "€5", "十", "1234567890123", "1,234,567,890,123", "1.1234567", "100000000万", "0x10", "#N/A",
        "元", "¥", "万", "5元元", "5\n6", "²", "½",
    ],
)  # fmt: skip
def test_what_is_no_plain_figure_is_refused(written):
    with pytest.raises(Unreadable):
        parse_decimal(written)


@pytest.mark.parametrize("written", ["9" * 1_000_000, "(" + " " * 1_000_000, "1E" + "9" * 100_000, "٣" * 1_000_000])
def test_a_monstrous_cell_is_refused_by_its_length(written):
    with pytest.raises(Unreadable) as refused:
        parse_decimal(written)
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0.333333333333333", "0.333333"),
        ("66.6666666666667", "66.666667"),
        ("0.30000000000000004", "0.300000"),
        ("-1234.56789012345", "-1234.567890"),
    ],
)
def test_the_tail_of_a_spreadsheets_division_is_rounded_to_six_decimals(written, meant):
    assert str(parse_decimal(written)) == meant


@pytest.mark.parametrize("written", ["￥5", "5元", "3万元"])
def test_a_quantity_is_not_written_with_signs_of_money(written):
    assert parse_decimal(written) is not None
    with pytest.raises(Unreadable):
        parse_decimal(written, money=False)


@given(figures)
def test_any_figure_within_the_guard_is_read_exactly(value):
    read = parse_decimal(f"{value:f}")
    assert read == value
    assert str(read) == f"{value:f}"


@given(figures)
def test_grouping_and_width_change_no_figure(value):
    wide = f"{value:,f}".translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert parse_decimal(wide) == parse_decimal(f"¥{value:,f}") == value


@given(st.text())
@example("1\x002")
def test_any_other_text_is_blank_or_refused_or_a_finite_figure_below_the_limit(text):
    try:
        value = parse_decimal(text)
    except Unreadable:
        return
    assert value is None or (value.is_finite() and abs(value) < 10**12)


@pytest.mark.parametrize(
    ("qty", "price", "debt"),
    [("1", "2.675", "2.68"), ("1", "1.005", "1.01"), ("-1", "2.675", "-2.68"), ("3", "0.333333", "1.00")],
)
def test_an_amount_is_rounded_half_up_to_the_cent(qty, price, debt):
    assert str(amount(Decimal(qty), Decimal(price))) == debt


@given(figures, figures)
def test_an_amount_is_within_half_a_cent_of_the_exact_product(qty, price):
    exact = Fraction(qty) * Fraction(price)
    assert abs(Fraction(amount(qty, price)) - exact) <= Fraction(1, 200)


def test_ten_thousand_dimes_are_a_thousand():
    assert total([Decimal("0.10")] * 10_000) == Decimal("1000.00")


@given(st.lists(figures))
def test_a_sum_is_exact_in_any_order(values):
    assert Fraction(total(values)) == sum(map(Fraction, values), Fraction(0))
    assert total(reversed(values)) == total(values)


def test_a_sum_that_would_lose_a_digit_is_an_error():
    with pytest.raises(Inexact):
        total([Decimal("1E+90"), Decimal("0.01")])


@given(sums)
def test_cents_count_and_come_back(value):
    assert cents(value) == value * 100
    assert of_cents(cents(value)) == value


def test_rounding_never_leaves_a_minus_zero():
    assert str(rounded(Decimal("-0.004"), 2)) == "0.00"
    assert str(rounded(Decimal("-0.005"), 2)) == "-0.01"


def is_exact(qty: str, price: str) -> bool:
    return parse_decimal(qty) == int(qty) and str(parse_decimal(price)) == price


@retail.needed
def test_figures_of_a_real_shop_are_read_exactly():
    exact = [is_exact(sale["Quantity"], sale["UnitPrice"]) for sale in retail.sales(20_000)]
    assert exact == [True] * 20_000


@retail.needed
@pytest.mark.slow
def test_all_figures_of_a_real_shop_are_read_exactly():
    exact = [is_exact(sale["Quantity"], sale["UnitPrice"]) for sale in retail.sales()]
    assert exact == [True] * 541_909
