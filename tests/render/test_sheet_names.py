from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.render.sheet_names import sheet_names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("订单", "订单"),
        ("a/b:c", "a-b-c"),
        ("'a'", "a"),
        ("", "Sheet"),
        ("[]", "--"),
        ("History", "History (2)"),
        ("x" * 40, "x" * 31),
    ],
)
def test_a_title_becomes_a_name_that_excel_takes(title, name) -> None:
    assert sheet_names([title]) == [name]


def test_names_differ_in_more_than_case() -> None:
    assert sheet_names(["Orders", "ORDERS", "orders"]) == ["Orders", "ORDERS (2)", "orders (3)"]


@given(st.lists(st.text(st.characters(exclude_categories=()) | st.sampled_from("'[]/😀aA")), max_size=8))
def test_every_name_follows_excels_rules(titles) -> None:
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
        assert name.casefold() != "history"
