"""Lines in time: they go on from left to right whichever way the rows go, and begin at nought only where that tells."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from salesaid.core.kinds import DATE, PRICE
from salesaid.core.tables import Chart, Field, Table
from salesaid.core.text import Text, same
from salesaid.render.drawing import drawing_of, span_of, ticks_of
from salesaid.render.svg_chart import svg

FIELDS = (Field("date", Text("日期", "Date"), DATE), Field("price", Text("价格", "Price"), PRICE))
PRICES = [Decimal(price) for price in (68_000, 68_450, 68_520, 68_400)]
DAYS = [date(2026, 11, 2) + timedelta(at) for at in range(len(PRICES))]


def drawn(rows, kind="line"):
    return drawing_of(Table(same("铜"), FIELDS, rows, chart=Chart(kind, "date", ("price",))), "zh")


def test_rows_that_go_back_in_time_are_drawn_as_those_that_go_on():
    rows = list(zip(DAYS, PRICES, strict=True))
    on, back = drawn(rows), drawn(rows[::-1])
    assert (on.newest_first, back.newest_first) == (False, True)
    assert on.names == back.names == tuple(day.isoformat() for day in DAYS)
    assert on.series[0].values == back.series[0].values == tuple(PRICES)
    assert svg(on, "zh") == svg(back, "zh")


def test_columns_stand_as_their_rows_do():
    back = drawn(list(zip(DAYS, PRICES, strict=True))[::-1], "columns")
    assert (back.newest_first, back.names[0]) == (False, DAYS[-1].isoformat())


@pytest.mark.parametrize(
    ("kind", "figures", "span"),
    [
        ("line", [68_000, 68_520], (68_000, 68_520)),
        ("line", [100, 199], (100, 199)),
        ("line", [100, 200], (0, 200)),
        ("line", [5, 5], (0, 5)),
        ("line", [-5, -4], (-5, 0)),
        ("line", [0, 1], (0, 1)),
        ("columns", [68_000, 68_520], (0, 68_520)),
    ],
)
def test_an_axis_begins_at_nought_but_for_a_course_far_above_it(kind, figures, span):
    assert span_of(kind, [Decimal(figure) for figure in figures]) == span


def test_every_figure_lies_between_the_ticks():
    ticks = ticks_of(drawn(list(zip(DAYS, PRICES, strict=True))))
    assert ticks[0] <= min(PRICES) < max(PRICES) <= ticks[-1]
    assert ticks[0] > 60_000
    assert len(ticks) < 10
