from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.order_lines import OrderLine

COLUMNS = [
    "order_no", "date", "customer", "product", "model", "ordered", "closed", "shipped", "open", "price", "amount",
    "received", "due", "days_late", "salesperson", "shipping", "paying", "review",
]  # fmt: skip


def test_a_line_gathers_its_rows_and_its_red_letters(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,型号,数量,单价,金额,交期,业务员
    A1,2026-11-01,下单,骏业,主板,Z1,10,5,50,2026-11-10,徐峰
    A1,2026-11-02,下单,骏业,主 板,z1,5,7,35,2026-11-20,
    A1,2026-11-03,下单,骏业,主板,Z1,-3,5,-15,,
    A1,2026-11-04,关闭,骏业,主板,Z1,-2,,,,

    出货.csv
    单号,日期,类型,订单号,客户,产品,型号,数量
    S1,2026-11-05,发货,A1,骏业,主板,Z1,7
    S2,2026-11-06,退回,A1,骏业,主板,Z1,1
    """
    data = desk.json("order list")["data"]
    assert [column["name"] for column in data["columns"]] == COLUMNS
    [row] = data["rows"]
    assert [row[name] for name in ("ordered", "closed", "shipped", "open", "amount")] == [12, 2, 6, 4, 70]
    assert row["price"] == round(70 / 12, 6)
    assert (row["due"], row["days_late"], row["shipping"], row["review"]) == ("2026-11-10", 13, "partial", "pending")


def test_rows_are_used_up_in_file_order_each_at_its_own_due_date(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,交期
    A1,2026-11-01,骏业,主板,10,2026-11-10
    A1,2026-11-01,骏业,主板,5,2026-11-30

    出货.csv
    单号,日期,订单号,客户,产品,数量
    S1,2026-11-05,A1,骏业,主板,10
    """
    [row] = desk.rows("order list")
    assert (row["due"], row["days_late"]) == ("2026-11-30", None)


def test_498_of_500_is_partial(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量
    A1,2026-11-01,骏业,主板,500
    A2,2026-11-01,骏业,主板,500
    A3,2026-11-01,骏业,主板,500

    出货.csv
    单号,日期,订单号,客户,产品,数量
    S1,2026-11-05,A1,骏业,主板,498
    S2,2026-11-05,A2,骏业,主板,501
    S3,2026-11-05,A3,骏业,主板,500
    """
    words = {row["order_no"]: (row["shipping"], row["open"]) for row in desk.rows("order list")}
    assert words == {"A1": ("partial", 2), "A2": ("over", -1), "A3": ("shipped", 0)}


def test_a_credit_under_its_own_number_closes_the_oldest_lines_of_its_customer(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,4,10
    A2,2026-11-02,骏业,主板,6,10
    B1,2026-11-01,灵龙,主板,9,10
    C1,2026-11-03,骏业,主板,-7,10
    """
    lines = {row["order_no"]: row for row in desk.rows("order list")}
    assert {no: (row["closed"], row["open"]) for no, row in lines.items()} == {
        "A1": (4, 0), "A2": (3, 3), "B1": (0, 9), "C1": (0, 0),
    }  # fmt: skip
    assert (lines["C1"]["ordered"], lines["C1"]["amount"], lines["A1"]["shipping"]) == (-7, -70, "closed")


def test_the_last_word_on_an_order_wins_for_one_product_or_for_all(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,交期,业务员,评审人,客户订单号
    A1,2026-11-01,下单,骏业,主板,4,2026-11-10,徐峰,,
    A1,2026-11-01,下单,骏业,电源线,4,2026-11-10,,,
    A1,2026-11-02,变更,骏业,主板,0,2026-11-15,赵丽,,
    A1,2026-11-03,变更,骏业,,0,2026-11-25,,,P-7
    A1,2026-11-04,评审,骏业,,0,,,李经理,
    """
    lines = {row["product"]: row for row in desk.rows("order list")}
    assert [lines[name]["due"] for name in ("主板", "电源线")] == ["2026-11-25", "2026-11-25"]
    assert [lines[name]["salesperson"] for name in ("主板", "电源线")] == ["赵丽", "徐峰"]
    assert {row["review"] for row in lines.values()} == {"reviewed"}
    assert len(desk.rows("order list --po p-7")) == 2


def test_each_row_of_an_order_has_the_salesperson_that_it_says(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,业务员
    A1,2026-11-01,骏业,主板,4,徐峰
    A1,2026-11-01,骏业,电源线,4,赵丽
    """
    assert [row["product"] for row in desk.rows("order list --by 徐峰")] == ["主板"]
    assert [row["product"] for row in desk.rows("order list --by ' 赵丽'")] == ["电源线"]


def test_another_unit_stays_out_of_quantities_but_not_of_amounts(desk):
    """
    产品.csv
    产品,单位
    主板,块

    订单.csv
    单号,日期,客户,产品,数量,单位,单价
    A1,2026-11-01,骏业,主板,2,箱,100
    A1,2026-11-01,骏业,主板,5,块,10
    """
    [row] = desk.rows("order list")
    assert (row["ordered"], row["open"], row["amount"]) == (5, 5, 250)
    shipped = desk.json("order ship A1")["data"]["entries"]
    assert [(entry["row"]["qty"], entry["row"]["amount"]) for entry in shipped] == [(5, 50)]


def test_rows_without_names_or_numbers_are_lines_of_their_own(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    ,2026-11-01,,主板,2,3
    ,2026-11-01,骏业,,5,1
    """
    rows = desk.rows("order list")
    assert {row["order_no"]: (row["customer"], row["product"]) for row in rows} == {
        "订单.csv:2": (None, "主板"), "订单.csv:3": ("骏业", None),
    }  # fmt: skip
    assert [row["order_no"] for row in desk.rows(["order", "list", "--customer", ""])] == ["订单.csv:2"]
    assert [row["order_no"] for row in desk.rows("order list --product (无品名)")] == ["订单.csv:3"]
    assert "(无客户)" in desk.run("order list").out


def test_a_row_without_number_is_addressed_by_file_and_row(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,单价,备注
    ,2026-11-01,下单,骏业,主板,2,3,
    ,2026-11-02,下单,骏业,主板,4,3,
    """
    assert desk.json("order show 订单.csv:3")["data"]["tables"][0]["rows"][0]["ordered"] == 4
    assert desk.run("order ship 订单.csv:3").code == 0
    assert desk.run("order close 订单.csv:2 --why 取消").code == 0
    assert {row["order_no"]: (row["closed"], row["shipped"]) for row in desk.rows("order list")} == {
        "订单.csv:2": (2, 0), "订单.csv:3": (0, 4),
    }  # fmt: skip


def test_in_a_file_without_numbers_nothing_can_be_said_of_an_order_later(desk):
    """
    订单.csv
    日期,类型,客户,产品,数量,备注
    2026-11-01,下单,骏业,主板,2,
    """
    answer = desk.run("order close 订单.csv:2 --why 取消")
    assert answer.code == 2
    assert "订单号" in answer.err or "单号" in answer.err


def test_the_newest_line_stands_first_and_totals_count_all(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,2,3
    A2,2026-11-03,骏业,主板,4,3
    A3,2026-11-02,骏业,主板,1,3
    """
    data = desk.json("order list --limit 2")["data"]
    assert [row["order_no"] for row in data["rows"]] == ["A2", "A3"]
    assert (data["totals"]["ordered"], data["totals"]["amount"]) == (7, 21)


def test_filters_choose_lines(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,交期
    A1,2026-11-01,骏业,主板,2,2026-11-05
    A2,2026-11-03,灵龙,电源线,4,2026-12-05
    A3,2026-11-09,灵龙,主板,1,

    出货.csv
    单号,日期,订单号,客户,产品,数量
    S1,2026-11-10,A3,灵龙,主板,1
    """
    chosen = {
        words: {row["order_no"] for row in desk.rows(f"order list {words}")}
        for words in ("--customer 灵龙", "--product 主板", "--open", "--late", "--since 2026-11-03 --until 2026-11-05")
    }
    assert list(chosen.values()) == [{"A2", "A3"}, {"A1", "A3"}, {"A1", "A2"}, {"A1"}, {"A2"}]


def test_as_of_leaves_out_what_came_later_and_counts_lateness_from_its_day(desk):
    """
    订单.csv
    单号,日期,类型,客户,产品,数量,交期
    A1,2026-11-01,下单,骏业,主板,2,2026-11-05
    A1,2026-11-20,关闭,骏业,主板,-2,
    A2,2026-11-21,下单,骏业,主板,4,
    """
    [row] = desk.rows("order list --as-of 2026-11-10")
    assert (row["order_no"], row["open"], row["days_late"]) == ("A1", 2, 5)


def test_a_book_where_each_row_is_the_sale_has_nothing_open(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,2,3
    A1,2026-11-04,骏业,主板,-1,3
    """
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\n[ledgers.orders]\nships = "at_once"')
    [row] = desk.rows("order list")
    assert [row[name] for name in ("ordered", "shipped", "open", "amount", "shipping")] == [1, 1, 0, 3, "shipped"]


def test_an_order_shows_what_was_shipped_signed_for_and_taken_back(desk):
    """
    订单.csv
    单号,日期,客户,产品,数量,单价
    A1,2026-11-01,骏业,主板,5,3
    """
    desk.run("order ship A1 -i 主板×4 --carrier 顺丰")
    desk.run("order sign A1")
    desk.run("order return A1 -i 主板×1 --why 坏了")
    lines, sent = (table["rows"] for table in desk.json("order show A1")["data"]["tables"])
    assert (lines[0]["shipped"], lines[0]["open"]) == (3, 2)
    assert [(row["action"], row["qty"], row["signed"]) for row in sent] == [
        ("ship", 4, "2026-11-23"), ("return", -1, None),
    ]  # fmt: skip


@given(st.decimals(-5, 5, places=1), st.decimals(0, 5, places=1), st.decimals(0, 5, places=1))
def test_a_line_is_shipped_or_closed_only_when_nothing_is_open(ordered, closed, shipped):
    opened = ordered - closed - shipped if ordered >= 0 else Decimal(0)
    line = OrderLine(*[None] * 6, ordered, closed, shipped, opened, *[None] * 8)
    assert (line.shipping in {"shipped", "closed"}) is (opened == 0)
    assert (line.shipping == "over") is (opened < 0)
