from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.settings_text import with_settings

TEXT = """# 账本
[book]
name = "b"  # 名称

[ledgers.orders]  # 订单
ships = "later"

# 用语
[ledgers.orders.words]
"订" = "order"
"""


def test_a_new_table_comes_at_the_end_and_everything_else_stays():
    new = with_settings(TEXT, "ledgers.loans", {"file": "../借用.csv", "header_row": 3})
    assert new == TEXT + '\n[ledgers.loans]\nfile = "../借用.csv"\nheader_row = 3\n'


def test_a_table_that_is_there_gets_the_keys_below_its_own():
    new = with_settings(TEXT, "ledgers.orders", {"file": "a.csv"})
    assert new == TEXT.replace('ships = "later"\n', 'ships = "later"\nfile = "a.csv"\n')
    assert tomllib.loads(new)["ledgers"]["orders"] == {"ships": "later", "file": "a.csv", "words": {"订": "order"}}


def test_line_ends_stay_what_they_are():
    assert with_settings("[book]\r\n", "a", {"b": 1}) == "[book]\r\n\r\n[a]\r\nb = 1\r\n"


def test_nothing_to_say_changes_nothing():
    assert with_settings(TEXT, "ledgers.loans", {}) == TEXT


@given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1))
def test_every_heading_and_name_comes_back_as_it_is(settings):
    found = tomllib.loads(with_settings(TEXT, "ledgers.loans.columns", settings))
    assert found["ledgers"]["loans"]["columns"] == settings
    assert found["book"] == {"name": "b"}
