from __future__ import annotations

import pytest

from salesaid.core.clerk_units import figure_of


@pytest.mark.parametrize(
    ("text", "unit", "heading", "figure"),
    [
        ("275台", "台", "数量", "275"),
        (" 1,200 KG", "kg", "数量", "1,200"),
        ("-3个", "", "数量（个）", "-3"),
        ("12.5m", "m", "", "12.5"),
        ("2箱", "个", "数量", None),
        ("275台", "", "数量", None),
        ("约10台", "台", "数量", None),
        ("10*2台", "台", "数量", None),
        ("3箱", "个", "数量(箱)", None),
        ("台", "台", "数量", None),
    ],
)
def test_a_quantity_may_say_the_unit_that_its_row_says(text, unit, heading, figure):
    assert figure_of(text, unit, heading) == figure
