from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.reading import Unreadable
from salesaid.core.terms import Terms, parse_terms

TERMS = st.one_of(
    st.sampled_from([Terms("cash"), Terms("in_advance"), Terms("on_delivery")]),
    st.builds(Terms, st.sampled_from(["days", "monthly"]), st.integers(0, 999), st.none()),
    st.builds(
        Terms, st.just("deposit"), st.just(0), st.decimals("0.01", "99.99", places=2).map(lambda share: +share)
    ),
)  # fmt: skip


@given(TERMS)
def test_what_terms_are_written_as_is_read_as_the_same_terms(terms):
    assert parse_terms(terms.text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("现结", Terms("cash")), (" 现款 ", Terms("cash")), ("款到发货", Terms("in_advance")),
        ("货到付款", Terms("on_delivery")), ("30天", Terms("days", 30)), ("３０ 天", Terms("days", 30)),
        ("账期45天", Terms("days", 45)), ("net 30", Terms("days", 30)), ("月结30", Terms("monthly", 30)),
        ("月结 60 天", Terms("monthly", 60)), ("月结", Terms("monthly", 0)),
        ("预付50%", Terms("deposit", 0, Decimal(50))), ("预付款 30 ％", Terms("deposit", 0, Decimal(30))),
    ],
)  # fmt: skip
def test_terms_are_read_however_people_write_them(text, terms):
    assert parse_terms(text) == terms


@pytest.mark.parametrize("text", ["", " ", "-", "无"])
def test_blank_terms_are_none(text):
    assert parse_terms(text) is None


@pytest.mark.parametrize(
    "text", ["月结三十", "30", "1000天", "预付0%", "预付100%", "预付150%", "-5天", "月底", "x" * 99, "３０天３０天"]
)
def test_anything_else_is_refused_with_what_is_accepted(text):
    with pytest.raises(Unreadable) as trouble:
        parse_terms(text)
    assert "月结30" in trouble.value.accepted.zh
    assert "月结30" in trouble.value.accepted.en


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    try:
        terms = parse_terms(text)
    except Unreadable:
        return
    assert terms is None or parse_terms(terms.text) == terms
