"""Stock list and card over every place: what is lent, under way, under repair, and what came of it."""

from __future__ import annotations

import openpyxl
import pytest

from salesaid import ledgers
from tests.desk import Desk

BOOK = """
    产品.csv
    产品,型号,单位,组成,管库存
    主板,ZB-1,块,,
    电源线,,根,,
    套装,,套,主板*1; 电源线*2,
    运费,,,,否

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,期初,主板,100
    A1,2026-11-01,期初,电源线,50

    订单.csv
    订单号,日期,客户,产品,数量
    B1,2026-11-02,甲,主板,7

    借用.csv
    借用单号,日期,类型,客户,产品,型号,数量,单位,仓库
    LN1,2026-11-03,借出,甲,主板,,10,块,
    LN1,2026-11-04,归还,甲,,zb-1,2,,二仓
    LN1,2026-11-05,转销售,甲,主板,,1,,
    LN1,2026-11-05,转赠,甲,主板,,1,,
    LN1,2026-11-05,转耗用,甲,主板,,1,,
    LN1,2026-11-05,丢失,甲,主板,,1,,
    LN1,2026-11-06,换货,甲,主板,,1,,
    LN1,2026-11-06,换入,甲,电源线,,3,,
    LN1,2026-11-07,延期,甲,主板,,0,,
    LN2,2026-11-08,借出,乙,主板,,5,箱,
    LN3,2026-11-08,借出,乙,套装,,2,,

    返修.csv
    返修单号,日期,类型,客户,产品,数量
    RT1,2026-11-09,收到,甲,主板,6
    RT1,2026-11-10,送修,甲,主板,5
    RT1,2026-11-11,修回,甲,主板,4
    RT1,2026-11-12,寄回,甲,主板,1
    RT1,2026-11-12,换新,甲,主板,1
    RT1,2026-11-12,退货,甲,主板,1
    RT1,2026-11-12,报废,甲,主板,1

    采购.csv
    采购单号,日期,类型,供应商,产品,数量
    PO1,2026-11-13,采购,小于,主板,30
    PO1,2026-11-14,到货,小于,主板,20
    PO1,2026-11-15,退供,小于,主板,2
"""
MOVES = [  # as the table of ways says: ledger, from, to, quantity, what is ours after it
    ("stock_moves", "(opening)", "主仓", 100, 100),
    ("loans", "主仓", "(loan)", 10, 90),
    ("loans", "(loan)", "二仓", 2, 92),
    ("loans", "(loan)", "(customer)", 1, 92),
    ("loans", "(loan)", "(customer)", 1, 92),
    ("loans", "(loan)", "(scrap)", 1, 92),
    ("loans", "(loan)", "(scrap)", 1, 92),
    ("loans", "(loan)", "(customer)", 1, 92),
    ("loans", "主仓", "(loan)", 2, 90),
    ("returns", "(customer)", "(repair)", 6, 90),
    ("returns", "(repair)", "(factory)", 5, 90),
    ("returns", "(factory)", "(repair)", 4, 90),
    ("returns", "(repair)", "主仓", 1, 91),
    ("returns", "(repair)", "(customer)", 1, 91),
    ("returns", "(repair)", "(scrap)", 1, 91),
    ("returns", "主仓", "(customer)", 1, 90),
    ("returns", "(repair)", "(scrap)", 1, 90),
    ("purchases", "(supplier)", "主仓", 20, 110),
    ("purchases", "主仓", "(supplier)", 2, 108),
]


@pytest.fixture(params=["csv", "xlsx"])
def book(desk, request):
    desk.lay_out(BOOK)
    return desk if request.param == "csv" else as_workbooks(desk)


def as_workbooks(desk: Desk) -> Desk:
    """The same ledgers as workbooks."""
    for path in desk.folder.glob("*.csv"):
        workbook = openpyxl.Workbook()
        for line in desk.lines(path.name):
            workbook.active.append(line.split(","))
        workbook.save(path.with_suffix(".xlsx"))
        path.unlink()
    return desk


def test_lent_and_incoming_stand_beside_what_is_on_hand(book):
    columns = ["product", "warehouse", "on_hand", "promised", "available", "lent", "incoming"]
    rows = book.rows("stock list")
    assert [list(row) for row in rows] == [columns] * len(rows)
    assert [tuple(row.values()) for row in rows] == [
        ("主板", None, 108, 7, 101, 5, 12),
        ("电源线", None, 49, 0, 49, 4, 0),
        ("套装", None, None, 0, 24, None, None),
    ]


def test_places_of_our_own_are_all_that_a_list_by_warehouse_knows(book):
    rows = [tuple(row.values()) for row in book.rows("stock list 主板 --by-warehouse")]
    assert rows == [("主板", "主仓", 106, None, None, None, None), ("主板", "二仓", 2, None, None, None, None)]


def test_a_card_shows_every_move_over_every_place_and_its_balance_is_ours(book):
    rows = book.rows("stock card 主板")
    found = [(row["ledger"], row["from_place"], row["to_place"], row["qty"], row["balance"]) for row in rows]
    assert found == MOVES


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["借用", "返修", "采购", "借出", "维修", "工厂", "供应商", "客户", "报废"]),
        ("en", ["loans", "returns", "purchases", "lent", "repair", "factory", "supplier", "customer", "scrap"]),
    ],
)
def test_every_place_and_ledger_of_a_card_has_words(book, lang, words):
    said = book.run(f"--lang {lang} stock card 主板").out
    assert [word for word in words if word not in said] == []
    assert "(" not in said.replace("\n", "")


def test_a_card_of_one_day_begins_with_what_was_ours_then(book):
    rows = book.rows("stock card 主板 --since 2026-11-12 --until 2026-11-12")
    assert [row["balance"] for row in rows] == [90, 91, 91, 91, 90, 90]
    assert rows[0]["ledger"] == "opening_balance"


def test_each_ledger_whose_rows_move_goods_is_on_the_card(book):
    moving = {id_ for id_ in ledgers.names() if any(a.ways or a.at_once for a in ledgers.load(id_).actions)}
    assert moving == {"orders", "shipments", "loans", "returns", "purchases", "stock_moves"}
    assert {row["ledger"] for row in book.rows("stock card 主板")} == moving - {"orders", "shipments"}


def test_a_book_of_sales_has_its_orders_on_the_card_and_sells_a_loan_once(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,期初,主板,10

    借用.csv
    借用单号,日期,类型,客户,产品,数量
    LN1,2026-11-03,借出,甲,主板,4
    LN1,2026-11-05,转销售,甲,主板,3

    订单.csv
    订单号,日期,客户,产品,数量
    B1,2026-11-05,甲,主板,3
    """
    desk.write("salesaid.toml", '[ledgers.orders]\nships = "at_once"')
    assert [row["balance"] for row in desk.rows("stock card 主板")][-1] == 6
    assert [(row["on_hand"], row["lent"]) for row in desk.rows("stock list")] == [(6, 1)]


def test_rows_that_make_no_sense_are_shown_for_what_they_are(desk):
    """
    借用.csv
    借用单号,日期,类型,客户,产品,数量
    LN1,2026-11-03,借出,甲,主板,4
    LN1,2026-11-04,归还,甲,主板,6
    ,2026-11-04,归还,,线,1

    返修.csv
    返修单号,日期,类型,客户,产品,数量
    RT1,2026-11-05,寄回,甲,板子,3

    采购.csv
    采购单号,日期,类型,供应商,产品,数量
    ,2026-11-06,到货,,板子,2
    PO9,2026-11-06,采购,小于,新料,8
    """
    rows = {row["product"]: row for row in desk.rows("stock list")}
    assert {id_: (row["on_hand"], row["lent"], row["incoming"]) for id_, row in rows.items()} == {
        "主板": (2, -2, 0), "线": (1, -1, 0), "板子": (2, 0, 0), "新料": (0, 0, 8),
    }  # fmt: skip
    assert [(row["no"], row["balance"]) for row in desk.rows("stock card 板子")] == [("RT1", 0), ("采购.csv:2", 2)]


def test_what_orders_wait_for_is_listed_where_nothing_ever_lay(desk):
    """
    订单.csv
    订单号,日期,客户,产品,数量
    B1,2026-11-02,甲,主板,7
    """
    assert [(row["product"], row["available"]) for row in desk.rows("stock list")] == [("主板", -7)]


def test_a_bundle_with_a_service_in_it_is_as_available_as_its_goods(desk):
    """
    产品.csv
    产品,组成,管库存
    主板,,
    安装费,,否
    套装,主板*2; 安装费*1,

    库存变动.csv
    单号,日期,类型,产品,数量
    A1,2026-11-01,入库,主板,9
    """
    assert [row["available"] for row in desk.rows("stock list 套装")] == [4]
    (row,) = desk.rows("stock list 安装费")
    assert (row["on_hand"], row["available"], row["lent"]) == (None, None, None)


def test_a_warehouse_whose_name_begins_with_a_bracket_is_ours(desk):
    """
    库存变动.csv
    单号,日期,类型,产品,数量,仓库
    A1,2026-11-01,入库,主板,9,(二楼)仓
    """
    assert [row["balance"] for row in desk.rows("stock card 主板")] == [9]


def tables_of(answer):
    return {table["title"]: table["rows"] for table in answer["data"]["tables"]}


def test_the_card_of_a_product_says_who_has_it_what_comes_and_what_is_under_repair(book):
    tables = tables_of(book.json("product show 主板"))
    (data,) = tables["资料"]
    assert (data["on_hand"], data["lent"], data["incoming"]) == (108, 5, 12)
    assert [(row["loan_no"], row["customer"], row["out"]) for row in tables["借出未还"]] == [
        ("LN1", "甲", 3), ("LN3", "乙", 2),
    ]  # fmt: skip
    assert [(row["purchase_no"], row["supplier"], row["qty"]) for row in tables["采购在途"]] == [("PO1", "小于", 12)]
    assert {row["place"]: row["qty"] for row in tables["客户返修中"]} == {"(repair)": 1, "(factory)": 1}
    moves = tables["最近进出"]
    assert (len(moves), moves[0]["no"], moves[0]["balance"]) == (10, "PO1", 108)
    said = book.run("--lang en product show 主板").out
    assert all(title in said for title in ("On loan", "Under way", "Customers' under repair", "Last moves"))


def test_what_nobody_has_and_nothing_brings_takes_no_room_on_the_card(book):
    tables = tables_of(book.json("product show 运费"))
    assert not {"借出未还", "采购在途", "客户返修中", "最近进出"} & set(tables)
    assert tables["资料"][0]["lent"] is None
