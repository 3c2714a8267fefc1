from __future__ import annotations

import pytest

ORDERS = "单号,日期,客户,产品,型号,数量,单价,评审人"


@pytest.fixture
def book(desk):
    desk.write("产品.csv", "产品,型号,单位\nBVM7-710,ZB710,块\n电源线,DYX15,条")
    desk.write("客户.csv", "客户,付款条件\n安卡,现结")
    return desk


def found(desk, *rows):
    desk.write("订单.csv", "\n".join([ORDERS, *(f"{row},1,6,赵" for row in rows)]))
    return {(each["code"], each["row"], each["value"]) for each in desk.rows("check N")}


def test_a_name_is_found_by_one_rule_alone(book):
    assert found(
        book, "A1,2026-11-01,安卡,bvm7—710,", "A2,2026-11-02,安卡,bvm7-710-8505,", "A3,2026-11-03,安卡,机箱风扇,",
        "A4,2026-11-04,安卡电子,电源线,", "A5,2026-11-05,安 卡,电源线,",
    ) == {
        ("N01", 2, "bvm7—710"), ("N02", 3, "bvm7-710-8505"), ("N05", 4, "机箱风扇"), ("N06", 5, "安卡电子"),
        ("N10", 6, "安 卡"),
    }  # fmt: skip


def test_what_was_put_off_is_silent_for_thirty_days(book):
    rows = ("A1,2026-11-01,安卡,bvm7-710-8505,", "A2,2026-11-02,安卡电子,电源线,")
    found(book, *rows)
    assert book.run("name later bvm7-710-8505 BVM7-710").code == 0
    assert book.run("name later 安卡电子 安卡").code == 0
    assert found(book, *rows) == set()
    book.today = "2026-12-23"
    assert {code for code, _, _ in found(book, *rows)} == {"N02", "N06"}


def test_an_unknown_customer_is_told_with_whom_it_may_be(book):
    found(book, "A1,2026-11-01,安卡电子,电源线,", "A2,2026-11-02,佳瑞,电源线,")
    suggestions = {row["value"]: row["suggestion"] for row in book.rows("check N06")}
    assert suggestions == {"安卡电子": "salesaid name same 安卡电子 安卡", "佳瑞": "salesaid customer add 佳瑞"}


def test_a_row_whose_name_and_code_lead_to_two_registered_products_is_grave(book):
    assert found(book, "A1,2026-11-01,安卡,电源线,ZB710") == {("N04", 2, "电源线")}
    assert [row["severity"] for row in book.rows("check N04")] == ["warning"]


def test_decisions_that_contradict_each_other_are_found_in_their_rows(book):
    book.write(
        "名称对照.csv", "种类,写法,对应名称,判定,判定日期\n产品,甲,乙,同一,2026-11-01\n产品,甲,丙,同一,2026-11-02"
    )
    assert found(book, "A1,2026-11-01,安卡,电源线,") == {("N08", 3, "丙")}
