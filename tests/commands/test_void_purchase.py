"""A purchase of which goods came in is not voided unasked."""

from __future__ import annotations

BOOK = """
    产品.csv
    产品,单位
    主板,块

    供应商.csv
    供应商
    联芯
"""


def test_goods_that_came_in_lean_on_their_purchase(desk):
    desk.lay_out(BOOK)
    desk.run("purchase add 联芯 主板×10@80 --due +7")
    desk.run("purchase receive 1 -i 主板×4")
    refused = desk.run("void PO20261123-001 --why 错")
    assert refused.code == 2
    assert "到货" in refused.err
    assert desk.run("void PO20261123-001 --why 错 --force").code == 0
    assert [row["on_hand"] for row in desk.rows("stock list 主板")] == [0]


def test_a_purchase_alone_is_voided_with_nothing_left_open(desk):
    desk.lay_out(BOOK)
    desk.run("purchase add 联芯 主板×10@80 --due +7")
    assert desk.run("void PO20261123-001 --why 错").code == 0
    assert desk.rows("purchase list") == []
