from __future__ import annotations

import pytest

from salesaid.core import inject


def report(orders, stock, *, limit=3, since=None):
    return orders, stock, limit, since


def test_positional_parameters_are_supplied_by_name_and_the_others_are_options():
    assert inject.call(report, str.upper, {"limit": 9}) == ("ORDERS", "STOCK", 9, None)


def test_what_is_given_is_not_supplied():
    asked = []
    assert inject.call(report, asked.append, {"orders": 1, "stock": 2}) == (1, 2, 3, None)
    assert asked == []


def test_an_option_that_the_function_does_not_have_is_a_mistake():
    with pytest.raises(TypeError):
        inject.call(report, str.upper, {"colour": "red"})
