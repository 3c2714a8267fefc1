"""The rules of loans, repairs, stock and purchases: what else they find, and what they leave in peace."""

from __future__ import annotations

import pytest


def found(desk, words: str) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return [(row["code"], f"{row['file']}:{row['row']}") for row in desk.rows(f"check {words}")]


LOANS = """
    借用.csv
    借用单号,日期,类型,客户,产品,数量,应还日期
    L1,2026-11-01,借出,甲,主板,2,{}
"""


@pytest.mark.parametrize(
    ("due", "codes"),
    [
        ("2026-11-22", ["L01"]),
        ("2026-11-23", ["L02"]),
        ("2026-11-26", ["L02"]),
        ("2026-11-27", []),
        ("", ["L04"]),
    ],
)
def test_a_loan_is_overdue_due_soon_or_without_a_date(desk, due, codes):
    desk.lay_out(LOANS.format(due))
    assert [code for code, _ in found(desk, "L")] == codes
    desk.lay_out(LOANS.format(due) + "    L1,2026-11-20,归还,甲,主板,2,\n")
    assert found(desk, "L") == []


def test_days_before_a_loan_is_due_are_a_setting(desk):
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[limits]\nloan_due_soon_days = 4\n')
    desk.lay_out(LOANS.format("2026-11-27"))
    assert [code for code, _ in found(desk, "L")] == ["L02"]


def test_what_was_never_lent_came_back_too_much_at_its_own_row(desk):
    desk.lay_out(LOANS.format("2026-12-30") + "    L9,2026-11-20,归还,乙,机箱,1,\n    ,2026-11-21,转销售,丙,电源,1,\n")
    assert found(desk, "L") == [("L03", "借用.csv:3"), ("L03", "借用.csv:4")]


def test_only_what_was_lent_without_a_date_lacks_one(desk):
    desk.lay_out(LOANS.format("2026-12-30") + "    L1,2026-11-02,借出,甲,主板,3,\n")
    row = desk.rows("check L")[0]
    assert (row["code"], "主板×3" in row["message"]) == ("L04", True)


REPAIR = """
    返修.csv
    返修单号,日期,类型,客户,产品,数量,加工厂
    R1,{},收到,甲,主板,2,
"""


@pytest.mark.parametrize(
    ("received", "codes"),
    [("2026-11-20", []), ("2026-11-19", ["R01"]), ("2026-09-25", ["R01"]), ("2026-09-24", ["R02"])],
)
def test_a_repair_is_overdue_in_its_stage_until_it_is_stuck(desk, received, codes):
    desk.lay_out(REPAIR.format(received))
    assert [code for code, _ in found(desk, "R")] == codes


def test_each_stage_of_a_repair_is_told_of_with_the_command_that_ends_it(desk):
    desk.lay_out(
        REPAIR.format("2026-10-01") + "    R1,2026-10-02,送修,甲,主板,2,联芯\n    R1,2026-11-04,修回,甲,主板,1,联芯\n"
    )
    assert [row["suggestion"] for row in desk.rows("check R")] == [
        "salesaid return back R1",
        "salesaid return deliver R1",
    ]


def test_a_step_with_goods_that_were_not_there_is_told_at_its_own_row_unless_it_was_made_good(desk):
    desk.lay_out(REPAIR.format("2026-11-22") + "    R1,2026-11-22,寄回,甲,主板,3,\n")
    assert found(desk, "R") == [("R03", "返修.csv:3")]
    desk.lay_out(REPAIR.format("2026-11-22") + "    R1,2026-11-22,寄回,甲,主板,2,\n")
    assert found(desk, "R") == []


PURCHASE = """
    采购.csv
    采购单号,日期,类型,供应商,产品,数量,交期
    P1,2026-10-01,采购,联芯,主板,10,{}
"""


def test_a_purchase_is_late_by_its_newest_promise(desk):
    desk.lay_out(PURCHASE.format("2026-10-20"))
    assert found(desk, "P") == [("P01", "采购.csv:2")]
    desk.lay_out(PURCHASE.format("2026-10-20") + "    P1,2026-10-19,交期,联芯,,0,2026-11-23\n")
    assert found(desk, "P") == []


def test_a_promise_is_moved_often_beyond_the_limit_and_only_while_something_is_to_come(desk):
    moved = PURCHASE.format("2026-10-20") + "".join(
        f"    P1,2026-10-2{day},交期,联芯,,0,2026-12-0{day}\n" for day in (1, 2, 3)
    )
    desk.lay_out(moved)
    assert found(desk, "P") == [("P02", "采购.csv:2")]
    desk.lay_out(moved.replace("    P1,2026-10-23,交期,联芯,,0,2026-12-03\n", ""))
    assert found(desk, "P") == []
    desk.lay_out(moved + "    P1,2026-11-01,到货,联芯,主板,10,\n")
    assert found(desk, "P") == []


def test_another_model_that_came_is_told_once_and_what_is_late_beside_it_too(desk):
    desk.lay_out(PURCHASE.format("2026-10-20") + "    P1,2026-10-19,到货,联芯,主板二,10,\n")
    assert found(desk, "P") == [("P04", "采购.csv:3")]
    desk.lay_out(PURCHASE.format("2026-10-20") + "    P1,2026-10-19,到货,联芯,主板二,4,\n")
    assert found(desk, "P") == [("P01", "采购.csv:2"), ("P04", "采购.csv:3")]


STOCK = """
    产品.csv
    产品,单位,最低库存,组成,产品状态
    主板,块,5,,
    电源,个,,,
    套装,套,3,主板*2,
    旧板,块,5,,停售

    库存变动.csv
    单号,日期,类型,产品,数量,单位
    M1,2026-10-01,期初,主板,{},块
"""


def test_low_stock_counts_bundles_and_leaves_out_what_is_discontinued(desk):
    desk.lay_out(STOCK.format(8))
    assert found(desk, "K01") == []
    desk.lay_out(STOCK.format(6))
    assert found(desk, "K01") == [("K01", "产品.csv:4")]  # three bundles
    desk.lay_out(STOCK.format(5))
    assert found(desk, "K01") == [("K01", "产品.csv:2"), ("K01", "产品.csv:4")]


def test_what_is_below_zero_is_told_as_that_and_not_as_low(desk):
    desk.lay_out(STOCK.format(8) + "    M2,2026-10-03,出库,主板,9,块\n    M3,2026-10-04,出库,主板,1,块\n")
    rows = desk.rows("check K01 K02 K03")
    assert [(row["code"], row["row"]) for row in rows if row["code"] != "K01"] == [("K02", 3)]
    assert "账面 -2，从 2026-10-03 起为负，M2 出的" in rows[-1]["message"]
    assert [row["row"] for row in rows if row["code"] == "K01"] == [4]


def test_each_time_below_zero_is_told_and_a_warehouse_of_its_own(desk):
    desk.lay_out(
        """
        库存变动.csv
        单号,日期,类型,产品,数量,仓库,调入仓库
        M1,2026-10-01,期初,主板,5,,
        M2,2026-10-02,出库,主板,6,,
        M3,2026-10-03,入库,主板,3,,
        M4,2026-10-04,调拨,主板,3,,上海
        M5,2026-10-06,入库,主板,1,,
        M6,2026-10-07,出库,主板,4,上海,
        """
    )
    assert found(desk, "K02 K03") == [
        ("K03", "库存变动.csv:3"),
        ("K03", "库存变动.csv:5"),
        ("K02", "库存变动.csv:7"),
    ]


def test_a_book_that_never_says_what_came_in_keeps_no_stock(desk):
    desk.lay_out(
        """
        出货.csv
        单号,日期,类型,客户,产品,数量,单价
        H1,2026-10-02,发货,甲,主板,6,2
        """
    )
    assert found(desk, "K") == []


def test_a_count_whose_reason_is_written_is_worth_a_note_and_the_first_of_a_shelf_opens_it(desk):
    desk.lay_out(
        STOCK.format(8)
        + """
    盘点.csv
    单号,日期,产品,实盘数量,差异原因
    C1,2026-11-01,主板,7,报损一块
    C2,2026-11-02,主板,9,
    C3,2026-11-02,电源,9,
        """
    )
    assert [(row["row"], row["severity"]) for row in desk.rows("check K06")] == [(2, "note"), (3, "warning")]


def test_only_where_the_book_counts_shelves_go_uncounted(desk):
    old = STOCK.format(8).replace("2026-10-01", "2026-01-01")
    desk.lay_out(old)
    assert found(desk, "K07") == []
    desk.lay_out(
        old + "\n    盘点.csv\n    单号,日期,产品,实盘数量\n    C1,2026-05-27,电源,9\n    C2,2026-05-26,电源,9\n"
    )
    assert found(desk, "K07") == [("K07", "产品.csv:2")]
    desk.today = "2026-11-24"
    assert found(desk, "K07") == [("K07", "产品.csv:2"), ("K07", "盘点.csv:2")]


def late(desk) -> list[str]:
    return [row["message"].partition("（")[0] for row in desk.rows("check K05")]


def test_a_row_written_after_a_count_and_dated_before_is_told_until_it_is_counted_again(desk):
    desk.lay_out(
        """
        $ salesaid stock in --opening -i 主板×9 -d 2026-11-01 --new
        $ salesaid stock count -i 主板=9 -d 2026-11-10
        $ salesaid order add 甲 主板×2@5 -d 2026-11-09 --ship --new
        $ salesaid stock in -i 主板×1 -d 2026-11-11
        $ salesaid stock in -i 主板×1 -d 2026-11-10 -w 上海 --new
        """
    )
    assert late(desk) == ["SH20261109-001"]
    desk.run("stock count -i 主板=10 -d 2026-11-12")
    assert late(desk) == []


def test_what_was_undone_was_never_written_late(desk):
    desk.lay_out(
        """
        $ salesaid stock in --opening -i 主板×9 -d 2026-11-01 --new
        $ salesaid stock count -i 主板=9 -d 2026-11-10
        $ salesaid stock in -i 主板×1 -d 2026-11-09
        """
    )
    assert late(desk) == ["ST20261109-001"]
    desk.run("undo")
    assert late(desk) == []
    desk.run("undo")
    assert late(desk) == ["ST20261109-001"]


def test_products_that_sell_need_a_minimum_where_any_has_one(desk):
    sold = """
    出货.csv
    单号,日期,类型,客户,产品,数量,单价
    H1,2026-11-02,发货,甲,电源,6,2
    H1,2026-11-02,发货,甲,套装,1,2
    """
    desk.lay_out(STOCK.format(8) + sold)
    assert found(desk, "K04") == [("K04", "产品.csv:3")]
    desk.today = "2027-02-01"
    assert found(desk, "K04") == []
