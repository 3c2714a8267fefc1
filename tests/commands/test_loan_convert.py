"""Goods on loan become something else; sold ones with their order, and stock moves once."""

from __future__ import annotations

import pytest

BOOK = """
    产品.csv
    产品,型号,单位,单价,最低价
    BVM7-710,ZB710,块,120,105
    BVM7-720,ZB720,块,158,
    电源线,DYX15,条,15,

    客户.csv
    客户,业务员
    骏业,徐峰

    库存变动.csv
    单号,日期,类型,产品,数量
    ST1,2026-11-01,期初,BVM7-710,20
    ST1,2026-11-01,期初,BVM7-720,5
    ST1,2026-11-01,期初,电源线,50
"""
AT_ONCE = '[book]\nlanguage = "zh"\n[ledgers.orders]\nships = "at_once"\n'


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    desk.run("loan add 骏业 BVM7-710×3 电源线×2 -d 2026-11-20")
    return desk


def hand(book, product="BVM7-710"):
    return book.rows(f"stock list {product}")[0]["on_hand"]


def line(book, product="BVM7-710"):
    [row] = [row for row in book.rows("loan list --all") if row["product"] == product]
    return row["lent"], row["returned"], row["converted"], row["out"]


def entries(data):
    names = ("action", "product", "qty", "price")
    return [(e["ledger"], *(e["row"].get(name) for name in names)) for e in data["entries"]]


def test_a_sale_writes_the_loan_and_its_order_in_one_post(book):
    data = book.json("loan convert 1120-1 --to sell --item BVM7-710×2 --price 118 -n 客户留用")["data"]
    assert data["no"] == "LN20261120-001"
    assert entries(data) == [("loans", "sell", "BVM7-710", 2, 118), ("orders", "order", "BVM7-710", 2, 118)]
    loan, order = (entry["row"] for entry in data["entries"])
    assert loan["order_no"] == order["order_no"] == "SO20261123-001"
    assert (order["amount"], order["salesperson"], order["customer"], order["note"]) == (
        236,
        "徐峰",
        "骏业",
        "客户留用",
    )
    assert line(book) == (3, 0, 2, 1)


def test_goods_sold_from_loan_ship_their_order_and_move_once(book):
    assert hand(book) == 17
    book.run("loan convert 1120-1 --to sell -i BVM7-710×2")
    [order] = book.rows("order list")
    assert (order["ordered"], order["shipped"], order["open"], order["shipping"]) == (2, 2, 0, "shipped")
    [stock] = book.rows("stock list BVM7-710")
    assert (stock["on_hand"], stock["promised"], stock["available"]) == (17, 0, 17)
    assert book.run("order ship SO20261123-001").code == 2
    [card] = [t for t in book.json("order show SO20261123-001")["data"]["tables"] if t["rows"][0].get("shipped")]
    assert card["rows"][0]["open"] == 0


def test_an_order_of_which_a_part_was_sold_from_loan_waits_for_the_rest(book):
    book.run("loan convert 1120-1 --to sell -i BVM7-710×2")
    head, row = book.lines("订单.csv")
    more = dict(zip(head.split(","), row.split(","), strict=True)) | {"数量": "5", "单价": "", "金额": ""}
    book.write("订单.csv", "\n".join([head, row, ",".join(more.values())]))
    [order] = book.rows("order list")
    assert (order["shipped"], order["open"]) == (2, 5)
    assert book.rows("stock list BVM7-710")[0]["promised"] == 5
    book.run("order ship SO20261123-001")
    assert (hand(book), book.rows("stock list BVM7-710")[0]["promised"]) == (12, 0)


def test_in_a_book_of_sales_a_sold_loan_moves_once_too(book):
    book.write("salesaid.toml", AT_ONCE)
    assert hand(book) == 17
    data = book.json("loan convert 1120-1 --to sell -i BVM7-710×2")["data"]
    assert [e["ledger"] for e in data["entries"]] == ["loans", "orders"]
    [stock] = book.rows("stock list BVM7-710")
    assert (stock["on_hand"], stock["promised"], stock["lent"]) == (17, 0, 1)
    assert [(row["ordered"], row["shipped"], row["open"]) for row in book.rows("order list")] == [(2, 2, 0)]
    assert line(book) == (3, 0, 2, 1)
    moves = book.rows("stock card BVM7-710")
    assert moves[-1]["balance"] == 17


def test_the_price_is_the_typed_one_else_the_loans_else_the_usual_one(book):
    assert entries(book.json("loan convert 1120-1 --to sell --dry-run")["data"])[1][4] == 120
    typed = entries(book.json("loan convert 1120-1 --to sell -i BVM7-710×1@110 --price 118 --dry-run")["data"])
    assert typed[1][4] == 110
    book.write("借用.csv", "单号,日期,客户,产品,数量,订单号,类型\nL1,2026-11-20,骏业,BVM7-720,1,,借出")
    data = book.json("loan convert L1 --to sell")["data"]
    assert entries(data)[1][4] == 158
    assert "price_from" in {note["code"] for note in data["notes"]}


def test_goods_lent_at_two_prices_are_sold_at_both(book):
    rows = "L1,2026-11-20,骏业,BVM7-720,1,150,,借出\nL1,2026-11-21,骏业,BVM7-720,2,160,,借出"
    book.write("借用.csv", f"单号,日期,客户,产品,数量,单价,订单号,类型\n{rows}")
    sold = entries(book.json("loan convert L1 --to sell -i BVM7-720×2")["data"])
    assert [(ledger, qty, price) for ledger, _, _, qty, price in sold] == [
        ("loans", 1, 150), ("orders", 1, 150), ("loans", 1, 160), ("orders", 1, 160),
    ]  # fmt: skip
    assert [row["amount"] for row in book.rows("order list")] == [310]


def test_a_price_below_the_lowest_is_refused_unless_it_is_meant(book):
    assert book.run("loan convert 1120-1 --to sell -i BVM7-710×1 --price 100").code == 2
    assert book.run("loan convert 1120-1 --to sell -i BVM7-710×1 --price 100 --yes").code == 2
    assert book.run("loan convert 1120-1 --to sell -i BVM7-710×1 --price 100 --yes -n 老客户").code == 0


@pytest.mark.parametrize(
    ("to", "word", "left"), [("gift", "转赠", 17), ("consume", "转耗用", 17), ("lose", "丢失", 17)]
)
def test_what_is_given_used_or_lost_leaves_the_loan_and_not_the_shelf(book, to, word, left):
    answer = book.run(f"loan convert 1120-1 --to {to} -i BVM7-710×1")
    assert answer.code == 0
    assert word in book.text("借用.csv")
    assert (hand(book), line(book)) == (left, (3, 0, 1, 2))
    assert not (book.folder / "订单.csv").exists()


def test_a_swap_writes_both_goods_under_one_number(book):
    data = book.json("loan convert 1120-1 --to swap --item BVM7-710×1 --got BVM7-720")["data"]
    assert entries(data) == [("loans", "swap", "BVM7-710", 1, None), ("loans", "swap_in", "BVM7-720", 1, None)]
    assert {entry["row"]["loan_no"] for entry in data["entries"]} == {"LN20261120-001"}
    assert (hand(book), hand(book, "BVM7-720"), line(book)) == (17, 6, (3, 0, 1, 2))
    assert len(book.rows("loan list --all")) == 2
    book.run("loan convert 1120-1 --to swap --item BVM7-710×1 --got BVM7-720×2 --got 电源线×1")
    assert (hand(book, "BVM7-720"), hand(book, "电源线")) == (8, 49)


def test_goods_that_are_new_may_come_in_for_a_swap(book):
    assert book.run("loan convert 1120-1 --to swap -i BVM7-710×1 --got 新型号×1").code == 2
    data = book.json("loan convert 1120-1 --to swap -i BVM7-710×1 --got 新型号×1 --new")["data"]
    assert [entry["ledger"] for entry in data["entries"]] == ["loans", "products", "loans"]
    assert hand(book, "新型号") == 1


def test_without_an_item_all_that_is_out_is_converted(book):
    book.run("loan return 1120-1 -i BVM7-710×1")
    data = book.json("loan convert 1120-1 --to gift")["data"]
    assert [(row[2], row[3]) for row in entries(data)] == [("BVM7-710", 2), ("电源线", 2)]
    assert book.rows("loan list") == []
    assert book.run("loan convert 1120-1 --to gift").code == 2


@pytest.mark.parametrize(
    "words",
    [
        "loan convert 1120-1", "loan convert 1120-1 --to rent", "loan convert 1120-1 --to swap",
        "loan convert 1120-1 --to gift --price 5", "loan convert 1120-1 --to gift --got BVM7-720",
        "loan convert 1120-1 --to sell -i BVM7-710×4", "loan convert 1120-1 --to sell -i BVM7-720×1",
        "loan convert 1120-1 --to sell --price abc", "loan convert 1120-1 --to sell --price -5",
        "loan convert 1120-1 --to gift -i BVM7-710×1@5", "loan convert 1120-1 --to swap --got 没有的货",
        "loan convert 1120-1 --to swap --got BVM7-720 --got 电源线",
    ],
)  # fmt: skip
def test_a_conversion_that_makes_no_sense_is_refused(book, words):
    before = book.text("借用.csv")
    answer = book.run(words)
    assert answer.code == 2
    assert answer.err
    assert book.text("借用.csv") == before


def test_a_file_without_a_column_for_the_order_is_not_sold_from(book):
    book.write("借用.csv", "单号,日期,类型,客户,产品,数量\nL1,2026-11-20,借出,骏业,BVM7-720,1")
    answer = book.run("loan convert L1 --to sell")
    assert (answer.code, "订单号" in answer.err) == (2, True)
    assert book.run("loan convert L1 --to gift").code == 0


def test_an_order_sold_from_loan_can_come_back(book):
    book.run("loan convert 1120-1 --to sell -i BVM7-710×2")
    back = book.json("order return SO20261123-001 -i BVM7-710×1 --why 退")["data"]["entries"][0]["row"]
    assert (back["qty"], back["price"], back["amount"]) == (1, 120, 120)
    assert hand(book) == 18


def test_a_person_at_a_terminal_is_asked_and_may_answer_in_chinese(book):
    assert book.run("loan convert 1120-1 -i BVM7-710×1", stdin="转赠\n").code == 0
    assert line(book) == (3, 0, 1, 2)
    assert book.run("loan convert 1120-1 -i BVM7-710×1", stdin="卖\n").code == 2


def test_undo_takes_both_rows_back(book):
    book.run("loan convert 1120-1 --to sell -i BVM7-710×2")
    assert book.run("undo").code == 0
    assert (line(book), book.rows("order list")) == ((3, 0, 0, 3), [])


@pytest.mark.parametrize("words", ["return 1120-1", "return -c 骏业 -i BVM7-710×1", "convert 1120-1 --to gift"])
def test_nothing_comes_back_or_is_converted_before_it_was_lent(book, words):
    before = book.text("借用.csv")
    refused = book.run(f"loan {words} -d 2026-11-19")
    assert (refused.code, book.text("借用.csv")) == (2, before)
    assert "2026-11-20 借出的" in refused.err
    assert "lent it on 2026-11-20" in book.run(f"--lang en loan {words} -d 2026-11-19").err
    assert book.run(f"loan {words} -d 2026-11-20").code == 0


def test_what_was_lent_later_does_not_come_back_earlier(book):
    book.run("loan add 骏业 BVM7-710×3 -d 2026-11-22")
    assert book.run("loan return -c 骏业 -i BVM7-710×4 -d 2026-11-21").code == 2
    assert book.run("loan return -c 骏业 -i BVM7-710×3 -d 2026-11-21").code == 0


def test_one_price_is_not_that_of_several_products(book):
    before = book.text("借用.csv")
    refused = book.run("loan convert 1120-1 --to sell --price 118")
    assert (refused.code, book.text("借用.csv")) == (2, before)
    assert "BVM7-710、电源线" in refused.err
    assert "--item BVM7-710" in refused.err
    assert book.run("loan convert 1120-1 --to sell -i 电源线×1@14 -i BVM7-710×1 --price 118").code == 0


def test_a_sale_from_loan_names_its_order(desk):
    desk.run("stock in --new 主板×5")
    desk.run("loan add 骏业 主板×2 --new --due +7")
    out = desk.run("loan convert 1 --to sell --price 100").out
    assert "订单 SO20261123-001" in out.splitlines()[0]
