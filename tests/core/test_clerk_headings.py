from __future__ import annotations

import pytest

from salesaid import ledgers
from salesaid.core.clerk_headings import undecorated, words_of
from salesaid.core.clerk_words import widened
from salesaid.core.headers import heading_test

WORDS = words_of(widened(ledgers.load("orders")))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("单价/元", "单价(元)"), ("数量／台", "数量(台)"), ("金额/万元", "金额/万元"), ("单位/Unit", "单位"),
        ("日期 Date", "日期"), ("客户名称\nCustomer", "客户名称"), ("Qty/数量", "数量"), ("备注Remark", "备注"),
        ("日期", "日期"), ("", ""), ("金额（元）", "金额（元）"), ("序列号/SN", "序列号/SN"),
    ],
)  # fmt: skip
def test_a_heading_is_made_plain(written, plain):
    assert undecorated(WORDS, written) == plain


@pytest.mark.parametrize("written", ["产品SN", "单价USD", "客户PO", "金额 Qty"])
def test_words_that_say_something_else_stay(written):
    assert undecorated(WORDS, written) == written


@pytest.mark.parametrize("written", ["数量/万", "单价/千", "日期/周"])
def test_a_unit_that_would_scale_every_figure_makes_the_heading_unknown(written):
    ledger = widened(ledgers.load("orders"))
    assert heading_test(ledger)([undecorated(WORDS, written)]) == 0
