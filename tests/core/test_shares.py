"""Shares: exact, half up, of any size."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from salesaid.core.months import MONTH
from salesaid.core.shares import growth, share

CENTS = st.integers(-(10**24), 10**24)


@given(CENTS, CENTS.filter(bool))
def test_a_share_is_the_quotient_half_up_to_four_places(part, whole):
    with localcontext() as context:
        context.prec = 80
        expected = (Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    found = share(part, whole)
    assert found == expected
    assert not str(found).startswith("-0.0000")


def test_nothing_is_no_whole_and_what_was_below_nothing_does_not_grow():
    assert share(5, 0) is None
    assert [growth(5, before) for before in (0, -5)] == [None, None]
    assert (growth(150, 100), growth(0, 100)) == (Decimal("0.5000"), Decimal("-1.0000"))


@given(st.integers(1900, 2199), st.integers(1, 12))
def test_a_month_is_read_as_people_and_excel_write_it(year, month):
    for text in (
        f"{year}-{month:02}",
        f"{year}/{month}",
        f"{year}年{month}月",
        f"{year}{month:02}",
        f"{year}-{month}-1",
    ):
        assert MONTH.parse(text) == f"{year}-{month:02}"
