"""Purchases as they are entered: for whom, at which price, until when."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,成本,最低库存,组成,产品状态
    BVM7-710,ZB710,块,82,20,,
    电源线,DYX15,条,,,,
    老板,LB1,块,5,,,停售
    套装,TZ1,套,,,BVM7-710*1; 电源线*2,

    供应商.csv
    供应商
    联芯科技
    恒通线缆

    订单.csv
    单号,日期,客户,产品,数量
    SO20261122-003,2026-11-22,骏业,BVM7-710,3

    库存变动.csv
    单号,日期,类型,产品,数量
    ST20261101-001,2026-11-01,期初,BVM7-710,10
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def notes(envelope):
    return {note["code"]: note["text"] for note in envelope["data"]["notes"]}


def test_a_purchase_is_written_whole_at_what_the_product_costs(book):
    envelope = book.json("purchase add 联芯 bvm7—710×20 --due +7 --note 急")
    assert envelope["data"]["no"] == "PO20261123-001"
    [entry] = envelope["data"]["entries"]
    assert entry["ledger"] == "purchases"
    assert {name: value for name, value in entry["row"].items() if value is not None} == {
        "purchase_no": "PO20261123-001", "date": "2026-11-23", "action": "order", "supplier": "联芯科技",
        "product": "BVM7-710", "model": "ZB710", "qty": 20, "unit": "块", "price": 82, "due": "2026-11-30",
        "note": "急",
    }  # fmt: skip
    assert notes(envelope)["price_from"] == "BVM7-710 进价 82：取自产品资料的成本"
    assert book.lines("采购.csv")[1].startswith("PO20261123-001,2026-11-23,采购,联芯科技,BVM7-710,ZB710,20,块,82")


def test_the_short_form_and_the_long_one_write_the_same_rows(book):
    short = book.json("purchase add 恒通线缆 电源线×3@2.5 老板×1 --due +7 --dry-run")
    long = book.json("purchase add -s 恒通线缆 -i 电源线*3@2.5 --item 老板×1 --due +7 --dry-run")
    assert short["data"]["entries"] == long["data"]["entries"]
    assert [entry["row"]["price"] for entry in short["data"]["entries"]] == [2.5, 5]
    assert not (book.folder / "采购.csv").exists()


def test_what_has_no_price_is_said_and_left_blank(book):
    envelope = book.json("purchase add 恒通线缆 电源线×3 --due +7")
    assert "price" not in envelope["data"]["entries"][0]["row"]
    assert "no_price" in notes(envelope)


def test_what_is_under_way_then_is_shown(book):
    book.run("purchase add 联芯科技 BVM7-710×20 --due +7")
    line = next(
        line for line in book.run("purchase add 联芯科技 套装×2 --due +9").out.splitlines() if "BVM7-710" in line
    )
    assert line.split() == ["BVM7-710", "2", "7", "22", "29", "20"]  # bought, available, incoming, projected, minimum


def test_a_purchase_for_an_order_names_it(book):
    envelope = book.json("purchase add 联芯科技 BVM7-710×3 电源线×1 --due +7 --order 1122-3")
    assert [entry["row"]["order_no"] for entry in envelope["data"]["entries"]] == ["SO20261122-003"] * 2
    assert notes(envelope)["not_on_order"] == "电源线 不在订单 SO20261122-003 上"


def test_a_part_of_a_bundle_on_the_order_is_bought_for_it(book):
    book.run("order add 骏业 套装×1")
    envelope = book.json("purchase add 恒通线缆 电源线×2 --due +7 --order 1123-1")
    assert "not_on_order" not in notes(envelope)


def test_a_new_supplier_is_entered_with_the_purchase(book):
    refused = book.run("purchase add 金盾机箱 电源线×1 --due +7")
    assert refused.code == 2
    assert "--new" in refused.err
    entries = book.json("purchase add 金盾机箱 机箱×1个@9 --due +7 --new")["data"]["entries"]
    assert [entry["ledger"] for entry in entries] == ["suppliers", "products", "purchases"]
    assert [row["supplier"] for row in book.rows("supplier list")][-1] == "金盾机箱"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("purchase add 联芯科技 电源线×1", "--due"),
        ("purchase add 联芯科技 --due +7", "货品"),
        ("purchase add --due +7", "-s 名称"),
        ("purchase add 联芯科技 电源线 --due +7", "没有写数量"),
        ("purchase add 联芯科技 电源线×0 --due +7", "看不懂"),
        ("purchase add 联芯科技 电源线×1盒 --due +7", "单位是“条”"),
        ("purchase add 联芯科技 没有×1 --due +7", "没有"),
        ("purchase add 联芯科技 电源线×1 --due 下辈子", "下辈子"),
        ("purchase add 联芯科技 电源线×1 --due +7 --order 77", "没有编号为 77 的订单"),
    ],
)
def test_what_cannot_be_bought_is_refused_and_nothing_is_written(book, words, said):
    answer = book.run(words)
    assert answer.code == 2
    assert said in answer.err
    assert not (book.folder / "采购.csv").exists()


def test_a_due_date_that_has_passed_and_a_product_that_is_given_up_are_said(book):
    told = notes(book.json("purchase add 联芯科技 老板×1 --due 2026-11-20 --dry-run"))
    assert {"due_passed", "discontinued"} <= told.keys()


def test_a_file_without_a_column_that_was_typed_is_refused(book):
    book.write("采购.csv", "采购单号,日期,类型,供应商,产品,数量\nPO1,2026-11-01,采购,联芯科技,电源线,1")
    answer = book.run("purchase add 联芯科技 电源线×1 --due +7")
    assert answer.code == 2
    assert "交期" in answer.err


def test_a_workbook_takes_purchases_and_what_follows(book):
    book.write("salesaid.toml", '[book]\nlanguage = "zh"\nstore = "xlsx"\n')
    book.run("purchase add 联芯科技 BVM7-710×20 --due +7")
    book.run("purchase promise 1 --due +14")
    book.run("purchase receive 1 -i BVM7-710×5")
    assert (book.folder / "采购.xlsx").exists()
    [row] = book.rows("purchase list")
    assert (row["received"], row["open"], row["first_due"], row["due"]) == (5, 15, "2026-11-30", "2026-12-07")
    assert book.run("undo").code == 0
    assert book.rows("purchase list")[0]["received"] == 0


def test_in_english(book):
    out = book.run("--lang en purchase add 联芯科技 BVM7-710×20 --due +7").out
    assert out.startswith("purchase PO20261123-001 entered · 联芯科技 · 1 line · 1,640.00 · due 2026-11-30")


def test_what_is_missing_is_asked_for_at_a_terminal(book):
    answer = book.run("purchase add", stdin="联芯科技\nBVM7-710×2\n+7\n")
    assert answer.code == 0
    [row] = book.rows("purchase list")
    assert (row["supplier"], row["product"], row["ordered"], row["due"]) == ("联芯科技", "BVM7-710", 2, "2026-11-30")


def test_a_request_is_answered_once(book):
    first = book.json("purchase add 联芯科技 电源线×1 --due +7 --request-id a1")["data"]
    again = book.json("purchase add 联芯科技 电源线×1 --due +7 --request-id a1")["data"]
    assert (first["no"], first["receipt"]) == (again["no"], again["receipt"])
    assert len(book.rows("purchase list")) == 1
