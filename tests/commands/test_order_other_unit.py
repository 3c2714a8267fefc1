"""An order in another unit than the product's: its own state is true, and no sum of quantities holds it."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价
    散热片,SR40,件,48
    电源线,DYX15,条,15

    订单.csv
    单号,日期,类型,客户,产品,型号,数量,单位,单价,金额,评审人,备注
    SO20261121-001,2026-11-21,下单,海川散热器,散热片,SR40,5,包,240,1200.00,李经理,
    SO20261122-001,2026-11-22,下单,海川散热器,电源线,DYX15,4,条,15,60.00,李经理,

    库存变动.csv
    单号,日期,类型,产品,数量
    ST20261101-001,2026-11-01,期初,散热片,2
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def line(book, words="order list"):
    return next(row for row in book.rows(words) if row["product"] == "散热片")


def figures(book):
    return tuple(line(book)[name] for name in ("ordered", "closed", "shipped", "open", "shipping"))


def test_it_is_listed_in_its_own_unit_and_left_out_of_the_sums(book):
    assert figures(book) == (5, 0, 0, 5, "unshipped")
    assert line(book, "order list --open")["amount"] == 1200
    data = book.json("order list")["data"]
    assert (data["totals"]["ordered"], data["totals"]["open"], data["totals"]["amount"]) == (4, 4, 1260)
    [note] = data["notes"]
    assert note["code"] == "other_unit"
    assert "SO20261121-001 散热片 5 包" in note["text"]
    assert "SO20261121-001 散热片 5 包" in book.run("order show 1121-1").out
    assert "5 包" in book.run("order list --lang en").out
    assert book.json("order list --product 电源线")["data"]["notes"] == []


def test_its_goods_are_shipped_and_come_back_in_its_unit(book):
    data = book.json("order ship 1121-1")["data"]
    assert [(e["row"]["qty"], e["row"]["unit"], e["row"]["amount"]) for e in data["entries"]] == [(5, "包", 1200)]
    assert [note["code"] for note in data["notes"]] == ["other_unit"]
    assert figures(book) == (5, 0, 5, 0, "shipped")
    back = book.json("order return 1121-1 -i 散热片×2 --why 多发")["data"]
    assert [(e["row"]["qty"], e["row"]["unit"], e["row"]["amount"]) for e in back["entries"]] == [(2, "包", 480)]
    assert figures(book) == (5, 0, 3, 2, "partial")
    assert book.rows("stock list 散热片")[0]["on_hand"] == 2


def test_a_part_of_it_leaves_at_its_share(book):
    entries = book.json("order ship 1121-1 -i 散热片×2")["data"]["entries"]
    assert [(e["row"]["qty"], e["row"]["unit"], e["row"]["amount"]) for e in entries] == [(2, "包", 480)]
    assert figures(book) == (5, 0, 2, 3, "partial")
    assert book.run("order ship 1121-1 -i 散热片×4").code == 2


def test_it_can_be_closed_and_voided(book):
    entries = book.json("order close 1121-1 --why 取消")["data"]["entries"]
    assert [(e["row"]["qty"], e["row"]["unit"]) for e in entries] == [(-5, "包")]
    assert figures(book) == (5, 5, 0, 0, "closed")
    book.run("undo")
    assert book.run("void SO20261121-001 --why 记错").code == 0
    assert figures(book) == (0, 0, 0, 0, "closed")


def test_rows_in_two_units_are_a_line_in_the_products_own(desk):
    desk.lay_out(BOOK.replace("电源线,DYX15,4,条", "散热片,SR40,4,件").replace("SO20261122-001", "SO20261121-001"))
    assert figures(desk) == (4, 0, 0, 4, "unshipped")
    assert "SO20261121-001 散热片 5 包" in desk.json("order list")["data"]["notes"][0]["text"]
    assert [e["row"]["unit"] for e in desk.json("order ship 1121-1")["data"]["entries"]] == ["件"]


def test_it_promises_nothing_of_the_products_stock(book):
    assert book.rows("stock list 散热片")[0]["promised"] == 0
