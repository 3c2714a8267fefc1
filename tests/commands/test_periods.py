"""A period whose last day lies before its first is refused by every list that has one."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "words",
    ["receivable statement 骏业", "cash list", "payment list", "order list", "purchase list", "loan list",
     "return list", "stock card 主板"],
)  # fmt: skip
def test_a_last_day_before_the_first_is_refused(desk, words):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,1,5
    """
    answer = desk.json(f"{words} --since 2026-11-20 --until 2026-11-01")
    assert [error["code"] for error in answer["errors"]] == ["turned-period"]
    refused = desk.run(f"{words} --since 2026-11-20 --until 2026-11-01")
    assert (refused.code, refused.out) == (2, "")
    assert "--since 2026-11-20 比 --until 2026-11-01 晚" in refused.err
    assert desk.run(f"{words} --since 2026-11-20 --until 2026-11-20").code == 0
