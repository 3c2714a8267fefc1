"""A loan is voided whole; what came of it later has to go first; a sale from loan goes with its order."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价
    BVM7-710,ZB710,块,120
    电源线,DYX15,条,15

    客户.csv
    客户
    骏业

    库存变动.csv
    单号,日期,类型,产品,数量
    ST1,2026-11-01,期初,BVM7-710,20
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    desk.run("loan add 骏业 BVM7-710×3 电源线×2")
    return desk


def hand(book):
    return book.rows("stock list BVM7-710")[0]["on_hand"]


def outs(book):
    return {row["product"]: row["out"] for row in book.rows("loan list --all")}


def test_a_loan_is_voided_by_red_letters(book):
    data = book.json("void LN20261123-001 --why 记错")["data"]
    assert [(e["row"]["action"], e["row"]["qty"], e["row"]["note"]) for e in data["entries"]] == [
        ("lend", -3, "红字：记错"), ("lend", -2, "红字：记错"),
    ]  # fmt: skip
    assert (hand(book), outs(book)) == (20, {"BVM7-710": 0, "电源线": 0})
    assert book.run("void LN20261123-001 --why 再来").code == 2
    assert "还借着" not in book.run("order add 骏业 电源线×1").out


def test_one_product_of_a_loan_is_voided_alone(book):
    book.run("void LN20261123-001 -i 电源线 --why 没借")
    assert outs(book) == {"BVM7-710": 3, "电源线": 0}


def test_what_came_back_leans_on_the_loan(book):
    book.run("loan return 1 -i BVM7-710×1")
    refused = book.run("void LN20261123-001 --why 记错")
    assert (refused.code, "归还" in refused.err) == (2, True)
    assert book.run("void LN20261123-001 -i 电源线 --why 没借").code == 0
    assert book.run("void LN20261123-001 --why 记错 --force").code == 0
    assert (hand(book), outs(book)) == (20, {"BVM7-710": 0, "电源线": 0})


def test_an_extension_does_not_lean_on_a_loan(book):
    book.run("loan extend 1 --due +30 --why 慢")
    assert book.run("void LN20261123-001 --why 记错").code == 0


@pytest.mark.parametrize("ships", ["later", "at_once"])
def test_a_sale_from_loan_is_voided_with_its_order(book, ships):
    book.write("salesaid.toml", f'[book]\nlanguage = "zh"\n[ledgers.orders]\nships = "{ships}"\n')
    book.run("loan convert LN20261123-001 --to sell -i BVM7-710×2")
    refused = book.run("void LN20261123-001 --why 记错")
    assert (refused.code, "请先冲销" in refused.err, "SO20261123-001" in refused.err) == (2, True, True)
    data = book.json("void SO20261123-001 --why 没卖成")["data"]
    assert [(e["ledger"], e["row"]["action"], e["row"]["qty"]) for e in data["entries"]] == [
        ("orders", "order", -2), ("loans", "sell", -2),
    ]  # fmt: skip
    assert (hand(book), outs(book)) == (17, {"BVM7-710": 3, "电源线": 2})
    assert [(row["ordered"], row["open"]) for row in book.rows("order list")] == [(0, 0)]
    assert book.run("void LN20261123-001 --why 记错").code == 0
    assert hand(book) == 20
