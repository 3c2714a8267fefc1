"""What is open: orders, loans, repairs and purchases of the sample book against its cells, and small books by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from shutil import copytree

import pytest

from tests.desk import Desk
from tests.sample_cells import (
    AS_OF,
    DATA,
    PRODUCTS,
    PURCHASES,
    RETURNS,
    cells,
    day,
    in_repair,
    lent_lines,
    open_lines,
    purchase_lines,
)


def exact(value):
    return Decimal(str(value))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A copy of the sample book."""
    folder = copytree(DATA, tmp_path_factory.mktemp("sample") / "book")
    return Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")


def test_open_orders_are_what_the_cells_leave_open(book):
    answer = book.json("report open-orders")["data"]
    found = {(row["order_no"], row["product"]): exact(row["open"]) for row in answer["rows"]}
    assert found == {line: qty for line, qty in open_lines().items() if qty > 0}
    for row in answer["rows"]:
        assert exact(row["ordered"]) - exact(row["shipped"]) == exact(row["open"])
        late = (AS_OF - date.fromisoformat(row["due"])).days
        assert row["days_late"] == (late if late > 0 else None)
    assert [row["due"] for row in answer["rows"]] == sorted(row["due"] for row in answer["rows"])
    for name in ("ordered", "shipped", "open", "amount", "received", "open_amount"):
        assert exact(answer["totals"][name]) == sum(exact(row[name]) for row in answer["rows"]), name


def test_an_open_order_says_what_is_left_of_it_in_goods_and_money(desk):
    """
    客户.csv
    客户,业务员
    甲,王磊

    订单.csv
    单号,日期,类型,客户,产品,数量,单价,交期,业务员
    B1,2026-11-01,下单,甲,主板,10,12,2026-11-10,王磊
    B1,2026-11-01,下单,甲,电源线,2,5,2026-11-10,王磊
    B2,2026-11-02,下单,乙,主板,3,12,,赵丽
    B3,2026-11-03,下单,乙,主板,4,12,2026-12-01,赵丽
    B4,2026-11-03,下单,乙,主板,4,12,2026-11-01,赵丽
    B4,2026-11-04,关闭,乙,主板,-4,,,
    B5,2026-11-30,下单,乙,主板,9,12,2026-12-01,赵丽

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价
    S1,2026-11-05,发货,B1,甲,主板,4,12
    S1,2026-11-05,发货,B1,甲,电源线,2,5

    收款.csv
    单号,日期,客户,金额,订单号
    P1,2026-11-06,甲,58,B1
    """
    answer = desk.json("report open-orders")["data"]
    names = ("order_no", "ordered", "shipped", "open", "amount", "open_amount", "due", "days_late")
    assert [tuple(row[name] for name in names) for row in answer["rows"]] == [
        ("B1", 10, 4, 6, 120, 72, "2026-11-10", 13),
        ("B3", 4, 0, 4, 48, 48, "2026-12-01", None),
        ("B2", 3, 0, 3, 36, 36, None, None),
    ]
    assert answer["totals"]["open_amount"] == 72 + 48 + 36
    assert [note["code"] for note in answer["notes"]] == ["later_rows", "late"]
    assert [row["order_no"] for row in desk.rows("report open-orders --by 赵丽")] == ["B3", "B2"]
    assert [row["order_no"] for row in desk.rows("report open-orders --customer 甲")] == ["B1"]
    assert [row["open"] for row in desk.rows("report open-orders --as-of 2026-11-04 --product 电源线")] == [2]
    assert "13 days late" in desk.run("report open-orders --lang en").out


def test_where_orders_are_the_sales_nothing_is_open(desk):
    """
    salesaid.toml
    [book]
    language = "zh"
    [ledgers.orders]
    ships = "at_once"

    订单.csv
    单号,日期,客户,产品,数量,单价
    B1,2026-11-01,甲,主板,10,12
    """
    answer = desk.json("report open-orders")["data"]
    assert answer["rows"] == []
    assert [note["code"] for note in answer["notes"]] == ["at_once"]


def test_loans_that_are_out_at_the_list_price_of_today(book):
    answer = book.json("report loans")["data"]
    found = {(row["loan_no"], row["product"]): exact(row["out"]) for row in answer["rows"]}
    assert found == {line: qty for line, qty in lent_lines().items() if qty > 0}
    listed = {}
    for row in sorted(cells("价格.csv"), key=day):
        if not row["客户"] and day(row) <= AS_OF:
            listed[row["产品"]] = Decimal(row["单价"])
    for row in answer["rows"]:
        price = listed.get(row["product"]) or Decimal(PRODUCTS[row["product"]]["单价"])
        assert exact(row["list_price"]) == price, row["product"]
        assert exact(row["value"]) == price * exact(row["out"])
        assert row["days_out"] == (AS_OF - date.fromisoformat(row["date"])).days
    assert exact(answer["totals"]["value"]) == sum(exact(row["value"]) for row in answer["rows"])
    assert [row["customer"] for row in answer["rows"]] == sorted(row["customer"] for row in answer["rows"])


def test_days_out_count_from_the_oldest_goods_that_are_still_out(desk):
    """
    产品.csv
    产品,单位,单价
    主板,块,100

    借用.csv
    单号,日期,类型,客户,产品,数量,单位,交期
    L1,2026-10-01,借出,甲,主板,2,块,2026-10-31
    L1,2026-11-03,借出,甲,主板,3,块,2026-12-31
    L1,2026-11-10,归还,甲,主板,2,块,
    L2,2026-11-10,借出,乙,主板,1,箱,
    L3,2026-11-01,借出,丙,无价品,1,块,2026-11-02
    """
    answer = desk.json("report loans")["data"]
    names = ("loan_no", "lent", "out", "value", "days_out", "days_late")
    assert [tuple(row[name] for name in names) for row in answer["rows"]] == [
        ("L3", 1, 1, None, 22, 21), ("L2", 1, 1, None, 13, None), ("L1", 5, 3, 300, 20, None),
    ]  # fmt: skip
    assert answer["totals"] == {"lent": 6, "out": 4, "value": 300}  # a box is no piece
    assert {note["code"] for note in answer["notes"]} == {"overdue", "no_price", "other_unit"}


def test_open_repairs_lie_where_the_rows_have_brought_them(book):
    stages = {"received": "收到", "at_factory": "工厂", "back": "修回"}
    found = defaultdict(dict)
    for row in book.rows("report repairs"):
        stage = stages[row["stage"]]
        found[row["return_no"]][stage] = found[row["return_no"]].get(stage, 0) + row["qty"]
    assert found == in_repair()


def test_a_repair_says_how_long_it_is_in_its_stage_and_how_far_beyond_its_limit(desk):
    """
    salesaid.toml
    [book]
    language = "zh"
    [limits]
    repair_factory_days = 10

    返修.csv
    单号,日期,类型,客户,产品,数量,故障现象,加工厂
    R1,2026-11-01,收到,甲,主板,2,不开机,
    R1,2026-11-03,送修,甲,主板,1,,精达
    R2,2026-11-20,收到,乙,主板,1,花屏,
    R2,2026-11-21,送修,乙,主板,1,,精达
    R3,2026-10-01,收到,乙,主板,1,花屏,
    R3,2026-10-05,寄回,乙,主板,1,,
    """
    answer = desk.json("report repairs")["data"]
    names = ("return_no", "qty", "stage", "factory", "days_in_stage", "days_over", "days_in_all")
    assert [tuple(row[name] for name in names) for row in answer["rows"]] == [
        ("R2", 1, "at_factory", "精达", 2, None, 3),
        ("R1", 1, "received", None, 22, 19, 22),
        ("R1", 1, "at_factory", "精达", 20, 10, 22),
    ]
    assert answer["totals"] == {"qty": 3}
    assert [row["return_no"] for row in desk.rows("report repairs --customer 乙")] == ["R2"]


def test_factories_hold_what_was_sent_and_did_not_come_back(book):
    answer = book.json("report factory-turnaround")["data"]
    sent, back = Counter(), Counter()
    at = {}
    for row in RETURNS:
        if row["类型"] in {"送修", "修回"}:
            at[row["单号"]] = row["加工厂"] or at[row["单号"]]
            (sent if row["类型"] == "送修" else back)[at[row["单号"]]] += int(row["数量"])
    rows = {row["factory"]: row for row in answer["rows"]}
    assert {name: row["sent"] for name, row in rows.items()} == sent
    assert {name: row["back"] for name, row in rows.items() if row["back"]} == back
    assert all(row["sent"] - row["back"] == row["open"] for row in rows.values())
    assert answer["totals"]["open"] == sum(where.get("工厂", 0) for where in in_repair().values())


def test_days_at_a_factory_are_of_every_stay_also_those_that_go_on(desk):
    """
    返修.csv
    单号,日期,类型,客户,产品,数量,加工厂
    R1,2026-09-01,收到,甲,主板,3,
    R1,2026-09-02,送修,甲,主板,3,精达
    R1,2026-09-06,修回,甲,主板,1,精达
    R1,2026-09-12,修回,甲,主板,1,
    R2,2026-10-01,收到,乙,主板,1,
    R2,2026-10-01,送修,乙,主板,1,精达
    R2,2026-10-07,修回,乙,主板,1,精达
    R3,2026-11-20,收到,乙,主板,2,
    R3,2026-11-21,送修,乙,主板,2,联芯
    """
    first, second = desk.rows("report factory-turnaround")
    stays = [4, 10, 6, (date(2026, 11, 23) - date(2026, 9, 2)).days]
    assert first["factory"] == "精达"
    assert (first["sent"], first["back"], first["open"], first["stays"]) == (4, 3, 1, 4)
    assert (first["mean_days"], first["median_days"], first["longest_days"]) == (
        sum(stays) / 4,
        (6 + 10) / 2,
        stays[-1],
    )
    assert (first["longest_no"], first["overdue"]) == ("R1", 1)
    assert (second["factory"], second["open"], second["overdue"], second["mean_days"]) == ("联芯", 2, 0, 2)


def test_open_purchases_are_what_the_cells_leave_open(book):
    answer = book.json("report purchases")["data"]
    found = {(row["purchase_no"], row["product"]): exact(row["open"]) for row in answer["rows"]}
    assert found == {line: qty for line, qty in purchase_lines().items() if qty > 0}
    prices = {(row["单号"], row["产品"]): Decimal(row["单价"]) for row in PURCHASES if row["类型"] == "采购"}
    promises = defaultdict(list)
    for row in PURCHASES:
        if row["类型"] in {"采购", "交期"} and row["交期"]:
            promises[row["单号"], row["产品"]].append(row["交期"])
    for row in answer["rows"]:
        line = row["purchase_no"], row["product"]
        told = promises[line] + promises[line[0], ""]
        assert exact(row["open_amount"]) == prices[line] * exact(row["open"])
        assert (row["first_due"], row["due"], row["moved"]) == (told[0], told[-1], len(told) - 1), line
    assert exact(answer["totals"]["open_amount"]) == sum(exact(row["open_amount"]) for row in answer["rows"])
    assert {row["supplier"] for row in book.rows("report purchases --supplier 江南铜业")} == {"江南铜业"}


def test_lateness_is_held_against_the_first_and_the_last_promise(desk):
    """
    供应商.csv
    供应商
    联芯
    从没买过

    采购.csv
    单号,日期,类型,供应商,产品,数量,交期
    P1,2026-10-01,采购,联芯,主板,10,2026-10-10
    P1,2026-10-08,交期,联芯,主板,,2026-10-20
    P1,2026-10-22,到货,联芯,主板,10,
    P2,2026-10-01,采购,联芯,主板,5,2026-10-15
    P2,2026-10-12,到货,联芯,主板,5,
    P3,2026-11-01,采购,联芯,主板,5,2026-11-13
    P4,2026-11-01,采购,联芯,主板,5,2026-12-13
    P5,2026-11-01,采购,恒通,电源线,5,
    """
    first, none, other = sorted(desk.rows("report supplier-lateness"), key=lambda row: -row["lines"] or 9)
    if none["supplier"] == "恒通":
        none, other = other, none
    assert first["supplier"] == "联芯"
    # P1 came 12 and 2 days late, P2 early, P3 is 10 days late by now; P4 cannot be judged.
    assert (first["lines"], first["judged"], first["open"], first["open_late"]) == (4, 3, 2, 1)
    assert (first["mean_late_first"], first["mean_late_last"], first["worst_late"]) == (7.3, 4, 12)
    assert (first["on_time_first"], first["on_time_last"]) == (0.3333, 0.3333)
    assert (first["lead_days"], first["purchases"]) == (11, 2)  # the lower of 11 and 21
    assert (none["supplier"], none["lines"], none["on_time_first"]) == ("从没买过", 0, None)
    assert (other["supplier"], other["judged"], other["open"], other["mean_late_first"]) == ("恒通", 0, 1, None)


def test_every_supplier_is_a_row_and_the_totals_are_of_all_their_lines(book):
    answer = book.json("report supplier-lateness")["data"]
    assert {row["supplier"] for row in answer["rows"]} == {row["供应商"] for row in cells("供应商.csv")}
    lines = {(row["单号"], row["产品"]) for row in PURCHASES if row["类型"] == "采购"}
    assert answer["totals"]["lines"] == sum(row["lines"] for row in answer["rows"]) == len(lines)
    assert answer["totals"]["open"] == len([qty for qty in purchase_lines().values() if qty > 0])


def test_nothing_open_is_no_row_and_no_trouble(desk):
    """
    收款.csv
    单号,日期,客户,金额
    P1,2026-11-01,甲,5
    """
    for name in ("open-orders", "loans", "repairs", "factory-turnaround", "purchases", "supplier-lateness"):
        assert desk.rows(f"report {name}") == [], name
        assert desk.run(f"report {name} --lang en").code == 0
