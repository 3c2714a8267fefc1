"""The rules of orders: what else they find, and what they leave in peace."""

from __future__ import annotations

import pytest

HEAD = "单号,日期,类型,客户,产品,数量,单价,金额,交期,评审人,备注"
SHIPPED = "单号,日期,类型,订单号,客户,产品,数量,单价,金额"


@pytest.fixture
def book(desk):
    def lay_out(orders: str, shipments: str = "", more: str = "", settings: str = "") -> None:
        desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n' + settings)
        desk.write("订单.csv", "\n".join([HEAD, *orders.split()]))
        if shipments:
            desk.write("出货.csv", "\n".join([SHIPPED, *shipments.split()]))
        desk.lay_out(more)

    desk.write_book = lay_out
    return desk


def found(desk, words: str) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return [(row["code"], f"{row['file']}:{row['row']}") for row in desk.rows(f"check {words}")]


ORDER = "S1,2026-11-10,下单,甲,主板,10,6,,2026-11-20,赵,"


def test_a_void_order_that_was_shipped_is_shipped_over(book):
    book.write_book(f"{ORDER} S1,2026-11-11,下单,甲,主板,-10,6,,,,红字", "H1,2026-11-12,发货,S1,甲,主板,10,6,")
    assert found(book, "O01") == [("O01", "订单.csv:2")]


def test_a_credit_that_closed_what_was_shipped_shows_as_shipped_over(book):
    book.write_book(f"{ORDER} S2,2026-11-13,下单,甲,主板,-4,6,,,,", "H1,2026-11-12,发货,S1,甲,主板,6,6,")
    assert found(book, "O01 O03") == []


def test_where_each_row_is_the_sale_rules_of_shipping_are_silent(book):
    book.write_book(
        f"{ORDER} S2,2026-11-12,下单,甲,电源线,1,6,,2026-11-13,,",
        "H1,2026-10-12,发货,S1,甲,主板,12,6, H2,2026-10-12,发货,S1,甲,机箱,1,6, H2,2026-10-13,签收,,甲,,0,,",
        settings='[ledgers.orders]\nships = "at_once"\n',
    )
    assert found(book, "O") == []


def test_goods_that_a_wrong_model_went_for_are_told_of_once_and_others_are_late_beside_it(book):
    wrong = "H1,2026-11-12,发货,S1,甲,主板二,4,6,"
    book.write_book("S1,2026-11-10,下单,甲,主板,4,6,,2026-11-20,赵,", wrong)
    assert found(book, "O01 O02 O03") == [("O02", "订单.csv:2")]
    book.write_book(ORDER, wrong)
    assert found(book, "O01 O02 O03") == [("O02", "订单.csv:2"), ("O03", "订单.csv:2")]


def test_a_wrong_model_stays_until_both_legs_are_closed(book):
    legs = "H1,2026-11-12,发货,S1,甲,主板二,10,6, H2,2026-11-13,退回,S1,甲,主板二,10,6,"
    book.write_book(ORDER, legs)
    suggestion = book.rows("check O02")[0]["suggestion"]
    assert suggestion == "salesaid order ship S1 -i 主板×10"
    book.write_book(ORDER, f"{legs} H3,2026-11-14,发货,S1,甲,主板,10,6,")
    assert found(book, "O02") == []


@pytest.mark.parametrize(
    "second",
    [
        "S2,2026-11-14,下单,甲,主板,10,6,,2026-11-30,赵,",  # four days later
        "S2,2026-11-12,下单,甲,主板,11,6,,2026-11-30,赵,",
        "S2,2026-11-12,下单,乙,主板,10,6,,2026-11-30,赵,",
        "S2,2026-11-12,下单,甲,机箱,10,6,,2026-11-30,赵,",
        "S1,2026-11-12,下单,甲,主板,10,6,,2026-11-30,赵,",  # the same number
        "S2,2026-11-12,下单,甲,主板,10,6,,2026-11-30,赵, S2,2026-11-12,关闭,甲,主板,-10,,,,,",
        ",2026-11-12,下单,甲,主板,10,6,,2026-11-30,赵,",  # no number: told by nothing
    ],
)
def test_orders_that_differ_are_no_double(book, second):
    book.write_book(f"{ORDER} {second}")
    assert found(book, "O04") == []


def test_an_order_is_double_when_all_of_it_stands_in_the_other_and_the_days_are_a_setting(book):
    both = f"{ORDER} S1,2026-11-10,下单,甲,机箱,2,60,,2026-11-20,赵,"
    book.write_book(f"{both} S2,2026-11-12,下单,甲,主板,10,6,,2026-11-20,赵,")
    assert found(book, "O04") == [("O04", "订单.csv:4")]
    book.write_book(f"{both} S2,2026-11-12,下单,甲,主板,10,6,,,赵, S2,2026-11-12,下单,甲,电源,1,6,,,赵,")
    assert found(book, "O04") == []
    book.write_book(f"{ORDER} S2,2026-11-15,下单,甲,主板,10,6,,,赵,", settings="[limits]\nsame_order_days = 5\n")
    assert found(book, "O04") == [("O04", "订单.csv:3")]


def test_what_is_free_has_a_price_and_what_was_sold_without_an_order_needs_one(book):
    book.write_book(
        "S1,2026-11-10,下单,甲,主板,10,0,,,赵, S2,2026-11-10,下单,甲,机箱,1,,0,,赵, "
        "S3,2026-11-10,下单,甲,电源,1,,,,赵, S4,2026-11-10,下单,甲,线,1,,,,赵, S4,2026-11-11,下单,甲,线,-1,,,,,红字",
        "H1,2026-11-12,发货,,甲,主板,1,,, H2,2026-11-12,发货,S3,甲,电源,1,,,",
    )
    assert found(book, "O05") == [("O05", "出货.csv:2"), ("O05", "订单.csv:4")]


def test_the_floor_is_that_of_the_day(book):
    prices = """
        价格.csv
        日期,产品,单价,最低价
        2026-11-01,主板,8,7
        2026-11-15,主板,8,5
    """
    book.write_book(f"{ORDER} S2,2026-11-16,下单,乙,主板,3,6,,,赵,", more=prices)
    assert found(book, "O06") == [("O06", "订单.csv:2")]


def test_prices_are_held_against_the_last_one_of_the_same_customer_in_percent(book):
    rows = (
        "S3,2026-11-12,下单,甲,主板,1,7.8,,,赵, S1,2026-11-10,下单,甲,主板,1,6,,,赵, "
        "S2,2026-11-11,下单,甲,主板,1,0,,,赵, S4,2026-11-12,下单,乙,主板,1,60,,,赵, "
        "S5,2026-11-13,下单,甲,主板,1,4,,,赵,"
    )
    book.write_book(rows)
    row = book.rows("check O07")[0]
    assert (row["row"], row["value"]) == (6, "4")
    assert "S3" in row["message"]
    book.write_book(rows, settings="[limits]\nprice_change_percent = 29\n")
    assert found(book, "O07") == [("O07", "订单.csv:2"), ("O07", "订单.csv:6")]
    book.write_book(rows, settings="[limits]\nprice_change_percent = 60\n")
    assert found(book, "O07") == []


def test_an_amount_may_be_off_by_a_cent_and_another_unit_is_not_judged(book):
    book.write_book(
        "S1,2026-11-10,下单,甲,主板,3,33.33,100,,赵, S2,2026-11-10,下单,甲,机箱,3,33.33,100.02,,赵, "
        "S3,2026-11-10,下单,甲,电源,0,,50,,赵,",
        "H1,2026-11-12,发货,,甲,主板,2,6,13 H2,2026-11-12,发货,S1,甲,主板,3,33.33,90",
    )
    assert found(book, "O08") == [("O08", "出货.csv:2"), ("O08", "订单.csv:3")]
    assert "多 0.03" in book.rows("check O08")[1]["message"]


def test_a_book_that_reviews_nothing_lacks_no_review(book):
    unreviewed = ORDER.replace("赵", "")
    book.write_book(unreviewed, "H1,2026-11-12,发货,S1,甲,主板,10,6,")
    assert found(book, "O09") == []
    book.write_book(
        f"{unreviewed} S2,2026-11-10,下单,甲,主板,1,6,,,, S2,2026-11-10,评审,甲,,0,,,,钱,",
        "H1,2026-11-12,发货,S1,甲,主板,5,6, H2,2026-11-12,发货,S1,甲,主板,5,6,",
    )
    assert found(book, "O09") == [("O09", "订单.csv:2")]


SENT = "H1,2026-10-10,发货,S1,甲,主板,10,6, H2,2026-11-20,发货,S2,乙,机箱,1,6,"


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("", []),  # nothing is ever signed for
        ("H2,2026-11-21,签收,S2,乙,,0,,", ["O10"]),
        ("H2,2026-11-21,签收,S2,乙,,0,, H1,2026-10-12,签收,S1,甲,,0,,", []),
        ("H2,2026-11-21,签收,S2,乙,,0,, ,2026-10-12,签收,S1,甲,,0,,", []),  # by its order
        ("H2,2026-11-21,签收,S2,乙,,0,, ,2026-10-09,签收,S1,甲,,0,,", ["O10"]),  # signed before it left
        ("H2,2026-11-21,签收,S2,乙,,0,, H3,2026-10-20,退回,S1,甲,主板,10,6,", []),
        ("H2,2026-11-21,签收,S2,乙,,0,, H3,2026-10-20,退回,S1,甲,主板,9,6,", ["O10"]),
        ("H2,2026-11-21,签收,S2,乙,,0,, H1,2026-10-11,发货,S1,甲,主板,-10,6,", []),  # red letters
    ],
)
def test_what_is_under_way_too_long_is_told_where_the_book_signs_at_all(book, more, codes):
    book.write_book(ORDER, f"{SENT} {more}")
    assert [code for code, _ in found(book, "O10")] == codes


def test_goods_that_travel_long_are_asked_for_later(book):
    register = "\n客户.csv\n客户,在途天数\n甲,{}"
    for transit, codes in ((33, ["O10"]), (34, [])):
        book.write_book(ORDER, f"{SENT} H2,2026-11-21,签收,S2,乙,,0,,", more=register.format(transit))
        assert [code for code, _ in found(book, "O10")] == codes


def test_a_wrong_model_that_may_be_the_right_one_in_other_words_says_how_to_join_them(book):
    order = ORDER.replace("主板", "BVM7-710").replace("10,6", "4,6")
    book.write_book(order, "H1,2026-11-12,发货,S1,甲,bvm7-710-8505,4,6,")
    join = "salesaid name same bvm7-710-8505 BVM7-710"
    assert book.rows("check O02")[0]["suggestion"] == (
        f"若是同一产品：{join}；否则：salesaid order return S1 -i bvm7-710-8505×4 --why 型号不符"
    )
    book.run(join.removeprefix("salesaid "))
    assert found(book, "O01 O02 O03") == []


def test_a_model_decided_to_be_another_is_not_asked_about_again(book):
    order = ORDER.replace("主板", "BVM7-710").replace("10,6", "4,6")
    book.write_book(order, "H1,2026-11-12,发货,S1,甲,bvm7-710-8505,4,6,")
    book.run("name different bvm7-710-8505 BVM7-710")
    assert "name same" not in book.rows("check O02")[0]["suggestion"]
