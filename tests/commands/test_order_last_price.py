"""Which order gives the price where none is typed, and which prices are held against the lowest one."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价,最低价
    BVM7-710,ZB710,块,120,105
    电源线,DYX15,条,15,

    客户.csv
    客户
    骏业
    灵龙
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def price(book, words):
    return book.json(f"{words} --dry-run")["data"]["entries"][0]["row"]["price"]


def codes(envelope):
    return [note["code"] for note in envelope["data"]["notes"]]


def test_a_gift_is_no_last_price(book):
    book.run("order add 灵龙 BVM7-710×1@118")
    assert book.run("order add 灵龙 BVM7-710×1@0").code == 0
    assert price(book, "order add 灵龙 BVM7-710×2") == 118


def test_a_price_of_nothing_is_below_the_lowest_unless_it_was_typed(book):
    book.write("价格.csv", "日期,产品,客户,单价,最低价\n2026-11-01,BVM7-710,,0,105\n")
    assert book.run("order add 灵龙 BVM7-710×2").code == 2
    assert book.run("order add 灵龙 BVM7-710×2@0").code == 0


@pytest.mark.parametrize("index", [True, False])
def test_after_a_void_the_price_before_is_the_last_one(book, index):
    book.run("order add 骏业 BVM7-710×2@118 -d 2026-11-20")
    book.run("order add 骏业 BVM7-710×2@999")
    book.run("void 1123-1 --why 记错")
    for file in () if index else (book.folder / ".salesaid" / "index").iterdir():
        file.unlink()
    assert price(book, "order add 骏业 BVM7-710×1") == 118


def test_a_price_of_which_some_stands_is_the_last_one(book):
    book.run("order add 骏业 BVM7-710×2@118")
    book.run("order add 骏业 BVM7-710×5@125 BVM7-710×1@130")
    number, day = "SO20261123-002", "2026-11-23"
    with (book.folder / "订单.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"{number},{day},下单,骏业,BVM7-710,ZB710,,-1,块,130,-130,,,,,,,\r\n")
    assert price(book, "order add 骏业 BVM7-710×1") == 125


def test_voiding_the_only_order_leaves_the_list_price(book):
    book.run("order add 骏业 BVM7-710×2@118")
    book.run("void 1 --why 记错")
    assert price(book, "order add 骏业 BVM7-710×1") == 120


def test_on_one_day_the_later_row_counts_not_the_greater_text(book):
    for each in range(8):  # rows 2 to 9 of the file
        book.run(f"order add 骏业 电源线×1@{20 + each}")
    with (book.folder / "订单.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("A1,2026-11-23,下单,骏业,电源线,,,1,条,100,100,,,,,,,\r\n")
    assert price(book, "order add 骏业 电源线×1") == 100


def test_an_order_of_an_earlier_day_takes_no_price_from_after_it(book):
    book.run("order add 骏业 电源线×1@11 -d 2026-06-30")
    book.run("order add 骏业 电源线×1@12 -d 2026-08-01")
    assert price(book, "order add 骏业 电源线×1") == 12
    assert price(book, "order add 骏业 电源线×1 -d 2026-07-01") == 11
    assert price(book, "order add 骏业 电源线×1 -d 2026-06-01") == 15


def test_a_shipment_below_the_lowest_price_has_to_be_meant(book):
    book.run("order add 骏业 BVM7-710×4@118")
    refused = book.run("order ship 1 -i BVM7-710×2@1")
    assert refused.code == 2
    assert "105" in refused.err
    assert book.run("order ship 1 -i BVM7-710×1@1 --yes --note 样品").code == 0
    assert book.run("order ship 1 -i BVM7-710×1@1", stdin="n\n").code == 2
    assert book.run("order ship 1 -i BVM7-710×1@1", stdin="y\n").code == 0


def test_a_price_that_the_order_has_is_shipped_unasked(book):
    book.run("order add 骏业 BVM7-710×4@90 --yes --note 老板同意")
    assert codes(book.json("order ship 1 -i BVM7-710×2@90")).count("other_price") == 0


def test_a_price_that_is_not_the_orders_is_said(book):
    book.run("order add 骏业 BVM7-710×4@118")
    assert "other_price" in codes(book.json("order ship 1 -i BVM7-710×2@119"))
    assert "other_price" in codes(book.json("order return 1 -i BVM7-710×1@100 --why 坏了"))
    assert "other_price" not in codes(book.json("order ship 1"))


def test_what_has_no_price_is_shipped_with_a_blank_amount(desk):
    desk.write("客户.csv", "客户\n骏业")
    desk.write("产品.csv", "产品,单位\n主板,块\n电源线,条")
    desk.run("order add 骏业 主板×2")
    for words in ("order ship 1 -i 主板×1", "order ship 1 -i 电源线×1 --force", "order ship 1 -i 电源线×1 --force"):
        data = desk.json(words)
        assert [e["row"].get("amount") for e in data["data"]["entries"]] == [None]
        assert "no_price" in codes(data)


def test_freight_below_zero_is_refused(book):
    for words in ("order add 骏业 电源线×1 --ship --freight=-5", "order ship 1 --freight=-5"):
        refused = book.run(words)
        assert refused.code == 2
        assert "运费" in refused.err


def test_what_is_dated_before_its_document_is_said(book):
    book.run("order add 骏业 电源线×9")
    early = "-d 2026-11-22"
    assert "before_document" in codes(book.json(f"order ship 1 -i 电源线×5 {early}"))
    assert "before_document" in codes(book.json(f"order return SO20261123-001 -i 电源线×1 --why 坏 {early}"))
    assert "before_document" in codes(book.json(f"order close SO20261123-001 --why 取消 {early}"))
    assert "before_document" in codes(book.json(f"void SO20261123-001 --why 错 --force {early}"))
    assert "before_document" in codes(book.json("order sign SH20261122-001 -d 2026-11-21"))


def test_what_is_dated_on_its_documents_day_needs_no_word(book):
    book.run("order add 骏业 电源线×9 --ship")
    assert "before_document" not in codes(book.json("order sign SH20261123-001"))
    assert "before_document" not in codes(book.json("order return SO20261123-001 -i 电源线×1 --why 坏"))
