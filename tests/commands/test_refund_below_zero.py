"""A refund whose amount was typed below zero adds to the debt as it is written: it is warned of."""

from __future__ import annotations

import pytest

BOOK = """
    出货.csv
    发货单号,日期,类型,客户,产品,数量,单价,金额
    F1,2026-11-01,发货,甲,主板,10,100,1000

    返修.csv
    返修单号,日期,类型,客户,产品,数量,金额,备注
    R1,2026-11-02,收到,甲,主板,3,,
    R1,2026-11-03,退货,甲,主板,2,-200,
    R1,2026-11-04,退货,甲,主板,1,100,
    R1,2026-11-05,退货,甲,主板,-1,-100,红字：错了
"""


def noted(desk, words):
    return [note["text"] for note in desk.json(words)["data"]["notes"] if note["code"] == "refund_below_zero"]


@pytest.mark.parametrize("words", ["receivable list", "receivable list -c 甲", "receivable statement 甲"])
def test_it_is_named_and_the_figure_stays(desk, words):
    desk.lay_out(BOOK)
    assert noted(desk, words) == ["退货的退款金额写成了负数，照写的算就是加欠款，请核对：R1 -200.00"]
    assert desk.rows("receivable list")[0]["balance"] == 1200
    assert "R1 -200.00" in desk.run(f"--lang en {words}").out


def test_what_is_as_it_should_be_is_not_named(desk):
    desk.lay_out(BOOK.replace("-200", "200"))
    assert noted(desk, "receivable list") == []
