"""Names, units and quantities as they are typed into an order."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位
    BVM7-710,ZB710,块
    BVM7-7100,ZB7100,块
    H65 0.3*50*5,H65,张
    散热片 40×40×5,SRP,
    Widget,W1,

    客户.csv
    客户
    深圳骏业电子
    东莞骏业五金
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def codes(data):
    return [note["code"] for note in data["notes"]]


def test_one_new_product_named_twice_is_entered_once(book):
    data = book.json("order add 深圳骏业电子 新板×2@5 新板×3@4 --new")["data"]
    assert [entry["ledger"] for entry in data["entries"]].count("products") == 1
    assert codes(data).count("new_name") == 1
    assert [line for line in book.lines("产品.csv") if line.startswith("新板")] == ["新板,,"]


def test_a_new_product_in_two_spellings_is_one(book):
    data = book.json("order add 深圳骏业电子 QX-900×2@5 'qx 900×3@4' --new")["data"]
    rows = [entry["row"] for entry in data["entries"] if entry["ledger"] == "orders"]
    assert [row["product"] for row in rows] == ["QX-900", "QX-900"]


def test_new_makes_a_name_of_what_would_be_a_question_and_names_the_others(book):
    data = book.json("order add 骏业 Widget×1@5 --new")["data"]
    assert data["entries"][0] == {"ledger": "customers", "row": {"customer": "骏业"}}
    [similar] = [note["text"] for note in data["notes"] if note["code"] == "similar_name"]
    assert "深圳骏业电子" in similar
    data = book.json("order add 骏业 710×1@5 --new")["data"]
    assert data["entries"][0]["row"] == {"product": "710"}


def test_the_hint_names_new_only_where_the_command_has_it(book):
    assert "--new" in book.run("order add 骏业 Widget×1").err
    for line in ("order list -c 骏业", "order list -p 710", "customer show 没有这家"):
        refused = book.run(line)
        assert refused.code == 2
        assert "--new" not in refused.err, line
    assert "深圳骏业电子" in book.run("order list -c 骏业").err


@pytest.mark.parametrize("item", ["Widget×1O", "Widget×2O@5", "Widget×1l", "Widget×1€", "新件×1O"])
def test_a_mistyped_quantity_is_not_taken_for_a_unit(book, item):
    refused = book.run(f"order add 深圳骏业电子 {item} --new")
    assert refused.code == 2
    assert item in refused.err
    assert not (book.folder / "订单.csv").exists()


def test_an_unusual_unit_of_a_product_without_one_is_warned_of(book):
    odd = book.json("order add 深圳骏业电子 Widget×1x@5 --dry-run")["data"]
    usual = book.json("order add 深圳骏业电子 Widget×1箱@5 --dry-run")["data"]
    assert ("odd_unit" in codes(odd), "odd_unit" in codes(usual)) == (True, False)


def test_a_typed_unit_that_the_file_has_no_column_for_is_refused(book):
    book.write("订单.csv", "订单号,日期,客户,产品,数量,单价\nSO20261101-001,2026-11-01,深圳骏业电子,Widget,1,5")
    refused = book.run("order add 深圳骏业电子 Widget×1箱@5")
    assert refused.code == 2
    assert "单位" in refused.err
    assert book.run("order add 深圳骏业电子 BVM7-710×1块@5").code == 0


@pytest.mark.parametrize("item", ["BVM7-710×abc", "bvm7—710×abc", "Widget*十"])
def test_behind_a_known_product_what_is_no_quantity_is_said_to_be_none(book, item):
    refused = book.run(f"order add 深圳骏业电子 {item}")
    assert refused.code == 2
    assert f"数量“{item[-3:].lstrip('t*')}”" in refused.err
    assert "BVM7-710×10" in refused.err


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("H65 0.3×50×5", "H65 0.3*50*5"), ("散热片 40*40*5", "散热片 40×40×5"), ("h65 0.3×50×5", "H65 0.3*50*5"),
        ("h65 0.3＊50＊5", "H65 0.3*50*5"), ("H65 0.3x50X5", "H65 0.3*50*5"), ("散热片  40 x 40 x 5", "散热片 40×40×5"),
    ],
)  # fmt: skip
def test_a_sign_typed_for_the_other_in_a_name_finds_it(book, typed, name):
    data = book.json(["order", "add", "深圳骏业电子", f"{typed}×2@3"])["data"]
    assert (data["entries"][0]["row"]["product"], data["entries"][0]["row"]["qty"]) == (name, 2)
    assert f"{typed} → {name}" in [note["text"] for note in data["notes"]]


def test_a_new_customer_code_is_written_as_the_others_are(desk):
    desk.write(
        "订单.csv", "订单号,日期,客户,产品,数量,单价\nA1,2026-11-01,17850.0,主板,1,5\nA2,2026-11-01,13047.0,主板,1,5"
    )
    assert desk.json("order add 99999 主板×1 --new")["data"]["entries"][0]["row"]["customer"] == "99999.0"


def test_at_a_terminal_an_ambiguous_customer_is_asked_about_before_the_items(book):
    answer = book.run("order add 骏业", stdin="1\nWidget×2@3\n")
    assert answer.code == 0
    assert answer.out.index("深圳骏业电子") < answer.out.index("货品")
    assert book.rows("order list")[0]["customer"] == "东莞骏业五金"


def test_at_a_terminal_an_ambiguous_product_is_asked_about(book):
    assert book.run("order add 五金 710×2@3 Widget×1@2", stdin="BVM7-710\n").code == 0
    assert {row["product"] for row in book.rows("order list")} == {"BVM7-710", "Widget"}


def test_at_a_terminal_enter_takes_the_only_name_that_may_be_meant(book):
    assert book.run("order add 五金 7100×2@3", stdin="\n").code == 0
    assert book.rows("order list")[0]["product"] == "BVM7-7100"


def test_what_is_missing_is_named_with_its_option(book):
    book.run("order add 五金 Widget×2@3")
    assert "--why" in book.run("order close 1").err
    assert "-c " in book.run("order add").err
    assert "-i " in book.run("order return 1 --why 坏").err


def test_signs_that_fold_in_what_is_typed_never_join_two_products(desk):
    """
    产品.csv
    产品,单位
    H65 0.3*50,kg
    h65 0.3×50,kg
    T2 0.3*60,kg
    板 4x2,块
    """
    assert desk.run("order add 甲 'H65 0.3*50×5@1' --new").code == 0
    assert [row["product"] for row in desk.rows("order list --product 'h65 0.3×50'")] == []
    assert desk.run("order add 甲 'h65 0.3x50×5@1'").code == 2
    assert desk.json("order add 甲 '板 4x2×3@1'")["data"]["entries"][0]["row"]["qty"] == 3
    assert desk.json("order add 甲 '板 4*2@1'")["errors"][0]["code"] != "no-quantity"  # an x is no sign of a quantity
    desk.run("name different 't2 0.3×60' 'T2 0.3*60' --new")
    assert desk.run("order add 甲 't2 0.3×60×5@1'").code == 2


def test_rows_are_known_by_what_is_typed_of_them_in_other_signs(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,甲,H65 0.3*50,2,1
    """
    assert desk.json("order add 甲 'h65 0.3×50×5'")["data"]["entries"][0]["row"]["product"] == "H65 0.3*50"
    assert desk.json("order add 甲 'h65 0.3×50'")["errors"][0]["code"] == "no-quantity"
