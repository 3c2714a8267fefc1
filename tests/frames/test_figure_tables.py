"""Figures as cells: exact, and nothing said where there is nothing to say."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.working_days import Pace
from salesaid.frames.figure_tables import MEASURES, Against, margin, measures, quantity, rate_received
from salesaid.frames.measured import NOTHING, Figures


@given(st.integers(-(10**30), 10**30))
def test_a_quantity_is_its_millionths_to_the_last_digit(millionths):
    sign, digits, exponent = quantity(millionths).as_tuple()
    value = int("".join(map(str, digits))) * 10 ** (exponent + 6)
    assert (-value if sign else value) == millionths


def test_there_is_a_cell_for_every_measure():
    assert len(measures(NOTHING)) == len(MEASURES)
    cells = dict(zip((field.name for field in MEASURES), measures(Figures(amount=900, returned=100)), strict=True))
    assert (cells["net"], cells["amount"], cells["returned"]) == (Decimal("8.00"), Decimal("9.00"), Decimal("1.00"))
    assert (cells["change"], cells["change_rate"]) == (Decimal("8.00"), None)


def test_what_came_in_is_held_against_net_sales_where_there_are_any():
    assert rate_received(Figures(amount=200, received=50)) == Decimal("0.2500")
    assert [rate_received(Figures(amount=net, received=50)) for net in (0, -5)] == [None, None]


def test_there_is_no_margin_where_no_cost_is_known():
    assert margin(Figures(amount=500)) is None
    assert margin(Figures(amount=500, known=500, cost=300)) == Decimal("2.00")


def test_without_a_target_there_is_a_pace_and_no_attainment():
    assert Against(None, Pace(1, 2)).cells(100) == (None, None, Decimal("0.5000"), None)
    assert Against(0, Pace(1, 2)).cells(100) == (Decimal("0.00"), None, Decimal("0.5000"), None)
    assert Against(200, None).cells(100) == (Decimal("2.00"), Decimal("0.5000"), None, None)
