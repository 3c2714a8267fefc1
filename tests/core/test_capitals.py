from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.capitals import in_capitals
from salesaid.core.money import of_cents


@pytest.mark.parametrize(
    ("value", "capitals"),
    [
        ("0", "零元整"),
        ("0.01", "壹分"),
        ("0.10", "壹角整"),
        ("0.56", "伍角陆分"),
        ("1", "壹元整"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("15.50", "壹拾伍元伍角整"),
        ("100", "壹佰元整"),
        ("101", "壹佰零壹元整"),
        ("110", "壹佰壹拾元整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1000", "壹仟元整"),
        ("1001", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("1100", "壹仟壹佰元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100000", "壹拾万元整"),
        ("100001", "壹拾万零壹元整"),
        ("1000100", "壹佰万零壹佰元整"),
        ("10001000", "壹仟万壹仟元整"),
        ("20010000", "贰仟零壹万元整"),
        ("20002000", "贰仟万贰仟元整"),
        ("99999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000100000000", "壹万零壹亿元整"),
        ("-50.20", "负伍拾元贰角整"),
        ("-0.004", "零元整"),
        ("2.675", "贰元陆角捌分"),
    ],
)
def test_an_amount_is_written_in_capitals(value, capitals):
    assert in_capitals(Decimal(value)) == capitals


NUMERALS = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
SIZES = {"拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}


def value_of(spelled: str) -> int:
    """The number that capital numerals say, found by their largest size word."""
    for word in reversed(SIZES):
        high, found, low = spelled.rpartition(word)
        if found:
            return value_of(high) * SIZES[word] + value_of(low)
    return NUMERALS[spelled.lstrip("零") or "零"]


@given(st.integers(min_value=0, max_value=10**15))
def test_capitals_say_their_amount_and_no_zero_twice(count):
    capitals = in_capitals(of_cents(count))
    parts = re.fullmatch(r"(?:(.+)元)?零?(?:(.)角)?(?:(.)分)?整?", capitals)
    assert parts
    yuan, jiao, fen = (value_of(part) if part else 0 for part in parts.groups())
    assert yuan * 100 + jiao * 10 + fen == count
    assert "零零" not in capitals
    assert capitals.endswith("整") == (count % 10 == 0)
