from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价,组成
    BVM7-710,ZB710,块,120,
    BVM7-720,ZB720,块,158,
    电源线,DYX15,条,15,
    套装,TZ1,套,150,BVM7-710*1; 电源线*2

    订单.csv
    单号,日期,类型,客户,产品,型号,数量,单位,单价,金额,交期,业务员,评审人,备注
    SO20261122-003,2026-11-22,下单,骏业,BVM7-710,ZB710,3,块,10,10.00,,,李经理,
    SO20261122-003,2026-11-22,下单,骏业,电源线,DYX15,4,条,15,60.00,,,李经理,
    SO20261123-001,2026-11-23,下单,灵龙,套装,TZ1,2,套,150,300.00,,,,

    库存变动.csv
    单号,日期,类型,产品,型号,数量,单位,原因
    ST20261101-001,2026-11-01,期初,BVM7-710,ZB710,30,块,
    ST20261101-001,2026-11-01,期初,电源线,DYX15,50,条,
"""


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


def shipped(envelope):
    return [(e["row"]["product"], e["row"]["qty"], e["row"]["amount"]) for e in envelope["data"]["entries"]]


def opens(book):
    return {(row["order_no"][-3:], row["product"]): row["open"] for row in book.rows("order list")}


def test_without_items_all_that_is_open_leaves(book):
    envelope = book.json("order ship 1122-3")
    assert envelope["data"]["no"] == "SH20261123-001"
    assert shipped(envelope) == [("BVM7-710", 3, 10), ("电源线", 4, 60)]
    assert opens(book)["003", "电源线"] == 0
    assert book.run("order ship 1122-3").code == 2


def test_shares_of_part_shipments_add_up_to_the_rows_amount(book):
    amounts = [shipped(book.json("order ship 1122-3 -i BVM7-710×1"))[0][2] for _ in range(3)]
    assert amounts == [3.33, 3.34, 3.33]


def test_a_product_without_quantity_is_all_that_is_open_of_it(book):
    envelope = book.json("order ship 1122-3 -i 电源线")
    assert shipped(envelope) == [("电源线", 4, 60)]
    assert book.run("order ship 1122-3 -i 电源线").code == 2


def test_one_product_named_twice_is_held_against_the_order_once(book):
    assert book.run("order ship 1122-3 -i 电源线×3 -i 电源线×2").code == 2
    assert shipped(book.json("order ship 1122-3 -i 电源线×3 -i 电源线×1")) == [("电源线", 4, 60)]


def test_another_spelling_passes_and_another_model_does_not(book):
    assert book.run("order ship 1122-3 -i ｂｖｍ７—710×1").code == 0
    refused = book.run("order ship 1122-3 -i BVM7-720×1")
    assert refused.code == 2
    assert "BVM7-710" in refused.err
    forced = book.json("order ship 1122-3 -i BVM7-720×1 --force")
    assert "wrong_model" in [note["code"] for note in forced["data"]["notes"]]


def test_more_than_is_open_needs_force(book):
    assert book.run("order ship 1122-3 -i 电源线×5").code == 2
    forced = book.json("order ship 1122-3 -i 电源线×5 --force")
    assert shipped(forced) == [("电源线", 4, 60), ("电源线", 1, 15)]
    assert "more_than_open" in [note["code"] for note in forced["data"]["notes"]]


def test_shipping_beyond_what_is_on_hand_is_done_and_said(book):
    book.run("stock out -i BVM7-710×29 --why 展会")
    for words in ("order ship 1122-3", "order ship 1123-1 -i 套装"):
        notes = book.json(f"{words} --dry-run")["data"]["notes"]
        assert next(note["text"] for note in notes if note["code"] == "beyond_on_hand").startswith("BVM7-710")


def test_a_typed_price_is_the_shipments_price(book):
    [entry] = book.json("order ship 1122-3 -i 电源线×2@14")["data"]["entries"]
    assert (entry["row"]["price"], entry["row"]["amount"]) == (14, 28)


def test_a_bundle_keeps_what_it_held_when_it_left(book):
    [entry] = book.json("order ship 1123-1")["data"]["entries"]
    assert entry["row"]["components"] == "BVM7-710*1; 电源线*2"
    left = {row["product"]: row["on_hand"] for row in book.rows("stock list")}
    assert (left["BVM7-710"], left["电源线"]) == (28, 46)


def test_shipping_what_nobody_reviewed_is_said(book):
    codes = [note["code"] for note in book.json("order ship 1123-1 --dry-run")["data"]["notes"]]
    assert "unreviewed" in codes
    assert "unreviewed" not in [note["code"] for note in book.json("order ship 1122-3 --dry-run")["data"]["notes"]]


@pytest.mark.parametrize("no", ["1", "-1", "001", "23-1", "1123-1", "so20261123-001", "ＳＯ20261123-001"])
def test_short_forms_of_a_number_are_understood(book, no):
    assert book.json(["order", "show", no])["data"]["title"].startswith("订单 SO20261123-001")


def test_a_number_that_fits_none_or_several_is_refused_with_the_list(book):
    assert book.run("order show 9").code == 2
    book.write(
        "订单.csv",
        book.text("订单.csv")
        + "XX-77,2026-11-20,下单,灵龙,电源线,,1,,,,,,,\nYY-77,2026-11-20,下单,灵龙,电源线,,1,,,,,,,",
    )
    several = book.run("order show 77")
    assert several.code == 2
    assert "XX-77" in several.err
    assert "YY-77" in several.err


def test_a_shipment_is_signed_for_by_its_number_or_its_orders(book):
    book.run("order ship 1122-3")
    assert book.json("order sign SO20261122-003")["data"]["no"] == "SH20261123-001"
    assert book.run("order sign SH20261123-001").code == 2
    assert book.run("order sign SH20991231-001").code == 2


def test_a_number_that_fits_a_shipment_and_an_order_of_another_is_asked_back(book):
    book.run("order ship 1122-3")
    book.run("order ship 1123-1")
    refused = book.run("order sign 1123-1")  # SH20261123-001, and SO20261123-001 with SH20261123-002
    assert refused.code == 2
    assert "SH20261123-002" in refused.err
    assert book.run("order sign SH20261123-002").code == 0
    assert book.json("order sign 1123-1")["data"]["no"] == "SH20261123-001"


def test_an_order_with_two_shipments_under_way_is_not_signed_for_unasked(book):
    book.run("order ship 1122-3 -i 电源线×1")
    book.run("order ship 1122-3 -i 电源线×1")
    assert book.run("order sign SO20261122-003").code == 2


def test_what_comes_back_is_to_be_shipped_again(book):
    book.run("order ship 1122-3")
    [entry] = book.json("order return 1122-3 -i BVM7-710×1 --why 坏了")["data"]["entries"]
    assert entry["row"] == entry["row"] | {"action": "return", "qty": 1, "amount": 3.33, "note": "坏了"}
    assert opens(book)["003", "BVM7-710"] == 1
    assert {row["product"]: row["on_hand"] for row in book.rows("stock list")}["BVM7-710"] == 28


def test_no_more_comes_back_than_was_shipped(book):
    book.run("order ship 1122-3 -i 电源线×2")
    assert book.run("order return 1122-3 -i 电源线×1 -i 电源线×2 --why 坏了").code == 2
    assert book.run("order return 1122-3 -i BVM7-720×1 --why 坏了").code == 2


@pytest.mark.parametrize(
    "words", ["order ship", "order return 1122-3 -i 电源线×1", "order close 1122-3", "order change 1122-3 --why 无"]
)
def test_what_a_step_lacks_is_an_error(book, words):
    assert book.run(words).code == 2


def test_a_change_says_the_new_due_date_for_one_product_or_all(book):
    book.run("order change 1122-3 --due +7 --why 客户要求")
    book.run("order change 1122-3 -i 电源线 --due 2026-12-24 --by 赵丽 --why 缺货")
    lines = {row["product"]: row for row in book.rows("order list --customer 骏业")}
    assert {name: row["due"] for name, row in lines.items()} == {"BVM7-710": "2026-11-30", "电源线": "2026-12-24"}
    assert lines["电源线"]["salesperson"] == "赵丽"
    assert book.run("order change 1122-3 -i BVM7-720 --due +7 --why 无").code == 2
    assert book.run("order change 1122-3 -i 电源线×2 --due +7 --why 无").code == 2


def test_closing_takes_off_what_is_open_and_says_why(book):
    book.run("order ship 1122-3 -i 电源线×1")
    entries = book.json("order close 1122-3 --why 客户取消")["data"]["entries"]
    assert [(e["row"]["product"], e["row"]["qty"], e["row"]["note"]) for e in entries] == [
        ("BVM7-710", -3, "客户取消"), ("电源线", -3, "客户取消"),
    ]  # fmt: skip
    shippings = {row["product"]: row["shipping"] for row in book.rows("order list --customer 骏业")}
    assert shippings == {"BVM7-710": "closed", "电源线": "closed"}
    assert book.run("order close 1122-3 --why 又来").code == 2


def test_a_review_names_who_did_it(book):
    assert book.json("order review 1123-1 --by 赵经理")["data"]["no"] == "SO20261123-001"
    assert {row["review"] for row in book.rows("order list")} == {"reviewed"}
    assert "赵经理" in book.run("order show 1123-1").out


@pytest.mark.parametrize(
    "words", ["order ship A1", "order sign A1", "order close A1 --why 无", "order add 骏业 主板×1 --ship"]
)
def test_a_book_of_sales_ships_nothing_and_says_why(desk, words):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,10,3
    """
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[ledgers.orders]\nships = "at_once"')
    answer = desk.run(words)
    assert answer.code == 2
    assert "at_once" in answer.err


def test_in_a_book_of_sales_goods_come_back_as_red_letters_of_the_same_number(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价,金额,备注
    A1,2026-11-01,骏业,主板,3,3.34,10,
    """
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[ledgers.orders]\nships = "at_once"')
    [entry] = desk.json("order return A1 -i 主板×3 --why 坏了")["data"]["entries"]
    assert [entry["row"][name] for name in ("order_no", "qty", "amount", "note")] == ["A1", -3, -10, "坏了"]
    assert desk.run("order return A1 -i 主板×1 --why 坏了").code == 2
    assert desk.run("order review A1").code == 2  # the file has no column for it


def test_an_order_that_is_shipped_at_once_says_so_and_that_nobody_reviewed_it(book):
    answer = book.run("order add 骏业 电源线×1 --ship")
    assert "已记订单 SO20261123-002，已发货 SH20261123-001" in answer.out
    assert "还没有评审" in answer.err
    assert (
        "order SO20261123-003 taken, shipped as SH20261123-002"
        in book.run("order add 骏业 电源线×1 --ship --lang en").out
    )
    assert "评审" not in book.run("order add 骏业 电源线×1 --ship --reviewed-by 赵经理").err
    assert "发货" not in book.run("order add 骏业 电源线×1").out


def test_why_nothing_is_there_to_sign_for_is_said(book):
    refused = book.run("order sign SO20261122-003")
    assert refused.code == 2
    assert "订单 SO20261122-003 还没有发货" in refused.err
    assert "没有编号为 SO20991231-001 的" in book.run("order sign SO20991231-001").err
    book.run("order ship 1122-3")
    book.run("order sign SO20261122-003")
    for no in ("SO20261122-003", "SH20261123-001"):
        assert f"{no} 都已签收：SH20261123-001（2026-11-23）" in book.run(f"order sign {no}").err
