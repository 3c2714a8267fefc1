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
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def test_an_order_is_voided_by_red_letters_of_its_number(book):
    book.run("order add 骏业 BVM7-710×2@118 电源线×3")
    data = book.json("void 1 --why 重复下单")["data"]
    assert data["no"] == "SO20261123-001"
    assert [(e["row"]["qty"], e["row"]["amount"], e["row"]["note"]) for e in data["entries"]] == [
        (-2, -236, "红字：重复下单"), (-3, -45, "红字：重复下单"),
    ]  # fmt: skip
    assert [(row["ordered"], row["open"], row["amount"]) for row in book.rows("order list")] == [(0, 0, 0)] * 2
    assert book.run("void 1 --why 再来").code == 2


def test_a_void_of_one_product_leaves_the_others(book):
    book.run("order add 骏业 BVM7-710×2 电源线×3")
    book.run("void 1 -i 电源线 --why 记错")
    assert {row["product"]: row["open"] for row in book.rows("order list")} == {"BVM7-710": 2, "电源线": 0}
    assert len(book.json("void 1 --why 全错")["data"]["entries"]) == 1


def test_what_one_post_wrote_is_voided_in_every_ledger(book):
    book.run("order add 骏业 电源线×3 --ship --freight 12")
    data = book.json("void SO20261123-001 --why 重复")["data"]
    assert [(e["ledger"], e["row"]["qty"]) for e in data["entries"]] == [("orders", -3), ("shipments", -3)]
    assert data["entries"][1]["row"]["freight"] == -12
    assert book.rows("stock list 电源线")[0]["on_hand"] == 0


def test_what_later_rows_lean_on_is_voided_only_with_force(book):
    book.run("order add 骏业 电源线×3")
    book.run("order ship 1")
    refused = book.run("void SO20261123-001 --why 重复")
    assert refused.code == 2
    assert "SH20261123-001" in refused.err
    book.run("void SH20261123-001 --why 没发")
    assert book.run("void SO20261123-001 --why 重复").code == 0


def test_a_signed_shipment_is_leaned_on_by_its_signature(book):
    book.run("order add 骏业 电源线×3 --ship")
    book.run("order sign SH20261123-001")
    assert book.run("void SH20261123-001 --why 没发").code == 2
    assert book.run("void SH20261123-001 --why 没发 --force").code == 0


def test_a_number_that_two_documents_have_is_asked_back(book):
    book.run("order add 骏业 电源线×3 --ship")
    refused = book.run("void 1 --why 重复")
    assert refused.code == 2
    assert "SO20261123-001" in refused.err
    assert "SH20261123-001" in refused.err


def test_a_voided_count_no_longer_holds(book):
    book.run("stock in -i 电源线×10 --opening -d 2026-11-20")
    book.run("stock count -i 电源线=7 -i BVM7-710=4")
    assert book.rows("stock list 电源线")[0]["on_hand"] == 7
    data = book.json("void CT20261123-001 -i 电源线 --why 点错")["data"]
    assert [e["row"]["note"] for e in data["entries"]] == ["作废：点错"]
    assert book.rows("stock list 电源线")[0]["on_hand"] == 10
    assert [row["qty"] for row in book.rows("stock card 电源线")] == [10]
    assert book.rows("stock list BVM7-710")[0]["on_hand"] == 4
    assert book.run("void CT20261123-001 -i 电源线 --why 再来").code == 2


def test_a_void_is_written_in_the_books_language(book):
    book.write("salesaid.toml", '[book]\nlanguage = "en"')
    book.run("order add 骏业 电源线×3")
    assert book.json("void 1 --why twice")["data"]["entries"][0]["row"]["note"] == "red letter: twice"
    assert book.run("void 1 --why again").code == 2


def test_a_row_without_number_is_voided_by_its_address(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    ,2026-11-01,骏业,主板,2,3
    """
    data = desk.json("void 订单.csv:2 --why 重复")["data"]
    assert data["entries"][0]["row"]["order_no"] == "订单.csv:2"
    assert [row["ordered"] for row in desk.rows("order list")] == [0]


def test_a_note_that_the_file_has_no_column_for_is_left_out(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,2,3
    """
    assert desk.run("void A1 --why 重复").code == 0
    assert desk.lines("订单.csv")[-1] == "A1,2026-11-23,骏业,主板,-2,3"
    assert desk.run("void A1 --why 再来").code == 2


def test_a_serial_alone_is_todays_whatever_ends_like_it_elsewhere(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    SO20261120-001,2026-11-20,骏业,主板,2,3

    收款.csv
    单号,日期,客户,金额
    HT-001,2026-11-20,骏业,6
    """
    assert "SO20261120-001" not in desk.run("order show 1").out
    refused = desk.run("order show 1")
    assert (refused.code, "今天的那一张" in refused.err) == (2, True)
    desk.run("order add 骏业 主板×1@3")
    assert desk.json("void 001 --why 记错")["data"]["no"] == "SO20261123-001"
    assert desk.run("void -1 --why 记错").code == 2  # it is void already


def test_a_price_has_no_number_to_be_voided_by(book):
    book.run("product price BVM7-710 130")
    for words in ("void 价格.csv:2 --why 记错", "void 价格.csv:2 --why 记错 --dry-run", "void 价格.csv:9 --why 记错"):
        refused = book.run(words)
        assert refused.code == 2
        assert "product price" in refused.err
    assert "价格.csv" not in book.run("void 2 --why 记错").err


def test_a_file_without_a_column_for_numbers_says_why_and_what_to_do(desk):
    """
    订单.csv
    日期,客户,产品,数量,单价
    2026-11-01,骏业,主板,2,3
    """
    refused = desk.run("void 订单.csv:2 --why 重复")
    assert refused.code == 2
    assert "订单.csv 没有“单号”这一列" in refused.err
    assert "加一列“单号”" in refused.err
    desk.write("订单.csv", "单号,日期,客户,产品,数量,单价\n,2026-11-01,骏业,主板,2,3")
    assert desk.run("void 订单.csv:2 --why 重复").code == 0


@pytest.mark.parametrize("no", ["SO20261123-001", "SH20261123-001"])
def test_all_that_is_voided_is_named(book, no):
    book.run("order add 骏业 电源线×3 --ship")
    said = book.run(f"void {no} --why 重复").out
    assert "SO20261123-001" in said
    assert "SH20261123-001" in said


@pytest.mark.parametrize(("words", "of"), [("--due +3 --why 客户要求", "change"), ("", "review")])
def test_a_void_order_is_closed_and_no_longer_changed(book, words, of):
    book.run("order add 骏业 BVM7-710×2 电源线×3")
    book.run("void 1 --why 记错")
    assert {row["shipping"] for row in book.rows("order list")} == {"closed"}
    refused = book.run(f"order {of} 1 {words}")
    assert refused.code == 2
    assert "订单 SO20261123-001 已冲销" in refused.err


def test_what_is_left_of_an_order_that_is_void_in_part_can_be_changed(book):
    book.run("order add 骏业 BVM7-710×2 电源线×3")
    book.run("void 1 -i 电源线 --why 记错")
    assert {row["product"]: row["shipping"] for row in book.rows("order list")} == {
        "BVM7-710": "unshipped", "电源线": "closed",
    }  # fmt: skip
    assert book.run("order change 1 -i 电源线 --due +3 --why 客户要求").code == 2
    assert book.run("order change 1 --due +3 --why 客户要求").code == 0


def test_a_dry_run_says_what_would_be(book):
    for words, zh, en in (
        ("order add 骏业 电源线×3", "将记订单 SO20261123-001", "would be: order SO20261123-001 taken"),
        ("name same 电线 电源线 --new", "将：“电线”归入“电源线”", "would be: “电线” stands for"),
    ):
        assert book.run(f"{words} --dry-run").out.startswith(zh)
        assert book.run(f"{words} --dry-run", SALESAID_LANG="en").out.startswith(en)
    book.run("order add 骏业 电源线×3")
    assert book.run("order change 1 --by 小于 --why 换人 --dry-run").out.startswith("订单 SO20261123-001 将变更")
    assert book.run("void 1 --why 重复 --dry-run").out.startswith("将冲销 SO20261123-001")
    assert book.run("undo --dry-run").out.startswith("将撤销 R1")
