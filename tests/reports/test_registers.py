"""Registers by day, cash, prices, customers who stay away, the year: the sample book's cells, and books by hand."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from shutil import copytree
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.balances.day_book import Line, day_book
from salesaid.core.kinds import DATE, QTY, TEXT
from salesaid.core.tables import Field
from salesaid.core.text import Text
from tests.desk import Desk
from tests.sample_cells import AS_OF, CASH, DATA, LOANS, PAYMENTS, RETURNS, SHIPMENTS, day

MONTHS = [(date(2026, month, 1), date(2026, month + 1, 1) - timedelta(days=1)) for month in range(7, 12)]


def exact(value):
    return Decimal(str(value))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A copy of the sample book."""
    folder = copytree(DATA, tmp_path_factory.mktemp("sample") / "book")
    return Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")


def within(rows, first, last):
    return [row for row in rows if first <= day(row) <= last]


def check_days(answer, names):
    """The total of each day stands below its rows, once, and those of all days come to the totals."""
    days = [row["date"] for row in answer["rows"] if row["kind"] == "day"]
    assert days == sorted(set(days))
    sums = defaultdict(Decimal)
    for on, own in groupby(answer["rows"], key=lambda row: row["date"]):
        *rows, total = list(own)
        assert (on, total["kind"]) == (days.pop(0), "day")
        assert {name: exact(total[name]) for name in names} == {
            name: sum(exact(row[name] or 0) for row in rows) for name in names
        }
        for name in names:
            sums[name] += exact(total[name])
    assert {name: exact(answer["totals"][name]) for name in names} == {name: sums[name] for name in names}


@pytest.mark.parametrize(("first", "last"), MONTHS)
def test_the_sales_register_has_every_row_that_was_charged_for(book, first, last):
    answer = book.json(f"report sales-register {first:%Y-%m}")["data"]
    rows = [row for row in answer["rows"] if row["kind"] != "day"]
    sent = [row for row in within(SHIPMENTS, first, last) if row["类型"] in {"发货", "退回"}]
    from_loan = [row for row in within(LOANS, first, last) if row["类型"] == "转销售"]
    refunds = [row for row in within(RETURNS, first, last) if row["类型"] == "退货"]
    assert len(rows) == len(sent) + len(from_loan) + len(refunds)
    expected = sum(Decimal(row["金额"] or 0) * (-1 if row["类型"] == "退回" else 1) for row in sent)
    expected += sum(Decimal(row["数量"]) * Decimal(row["单价"]) for row in from_loan)
    expected -= sum(Decimal(row["金额"] or 0) for row in refunds)
    assert exact(answer["totals"]["amount"]) == expected
    check_days(answer, ["amount"])


@pytest.mark.parametrize(("first", "last"), MONTHS)
def test_the_receipt_register_has_every_receipt(book, first, last):
    answer = book.json(f"report receipt-register {first:%Y-%m}")["data"]
    rows = [(row["payment_no"], exact(row["amount"])) for row in answer["rows"] if row["kind"] != "day"]
    expected = [(row["单号"], Decimal(row["金额"])) for row in within(PAYMENTS, first, last)]
    assert rows == expected
    check_days(answer, ["amount"])


@pytest.mark.parametrize(("first", "last"), MONTHS)
def test_the_loan_register_has_every_row_in_the_column_of_what_was_done(book, first, last):
    answer = book.json(f"report loan-register {first:%Y-%m}")["data"]
    columns = {"借出": "lent", "归还": "returned", "换入": "swapped_in", "延期": None}
    rows = [row for row in answer["rows"] if row["kind"] != "day"]
    written = sorted(within(LOANS, first, last), key=day)
    assert [row["loan_no"] for row in rows] == [row["单号"] for row in written]
    for row, cell in zip(rows, written, strict=True):
        column = columns.get(cell["类型"], "converted")
        for name in ("lent", "returned", "converted", "swapped_in"):
            assert row[name] == (float(cell["数量"]) if name == column else None)
    check_days(answer, ["lent", "returned", "converted", "swapped_in"])


def test_another_unit_is_shown_and_stays_out_of_the_sum_of_its_day(desk):
    """
    产品.csv
    产品,单位
    主板,块

    出货.csv
    单号,日期,类型,客户,产品,数量,单位,单价,金额
    S1,2026-11-02,发货,甲,主板,3,块,10,30
    S1,2026-11-02,发货,,主板,1,箱,100,100
    S2,2026-11-03,退回,甲,主板,1,块,10,10
    S3,2026-12-01,发货,甲,主板,1,块,10,10

    借用.csv
    单号,日期,类型,客户,产品,数量,单位
    L1,2026-11-04,借出,甲,主板,1,箱
    L1,2026-11-04,借出,甲,主板,2,块
    """
    answer = desk.json("report sales-register 2026-11")["data"]
    assert [(row["kind"], row["customer"], row["qty"], row["amount"]) for row in answer["rows"]] == [
        ("sale", "甲", 3, 30), ("sale", None, 1, 100), ("day", None, 3, 130), ("return", "甲", -1, -10),
        ("day", None, -1, -10),
    ]  # fmt: skip
    assert answer["totals"] == {"qty": 2, "amount": 120}
    assert "other_unit" in [note["code"] for note in answer["notes"]]
    lent = desk.json("report loan-register 2026-11")["data"]
    assert (lent["totals"]["lent"], [row["lent"] for row in lent["rows"]]) == (2, [1, 2, 2])
    assert [row["qty"] for row in desk.rows("report sales-register --since 2026-11-03 --until 2026-11-30")] == [-1, -1]
    assert "本日小计" in desk.run("report sales-register").out
    assert "total of the day" in desk.run("report sales-register --lang en").out


def test_money_from_payers_nobody_knows_is_said_and_what_is_paid_back_is_below_zero(desk):
    """
    收款.csv
    单号,日期,客户,付款人,金额
    P1,2026-11-02,甲,,100.5
    P2,2026-11-02,,某人,20
    P3,2026-11-05,甲,,-30
    """
    answer = desk.json("report receipt-register")["data"]
    assert [(row["kind"], row["customer"], row["amount"]) for row in answer["rows"]] == [
        ("receipt", "甲", 100.5), ("receipt", None, 20), ("day", None, 120.5), ("paid_back", "甲", -30),
        ("day", None, -30),
    ]  # fmt: skip
    assert [note["code"] for note in answer["notes"]] == ["unknown_payer"]
    assert [row["amount"] for row in desk.rows("report receipt-register --customer 甲")] == [100.5, 100.5, -30, -30]


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIELDS = (
    Field("date", Text("日期", "Date"), DATE), Field("kind", Text("类型", "Kind"), TEXT),
    Field("name", Text("名", "Name"), TEXT), Field("qty", Text("数", "Quantity"), QTY),
)  # fmt: skip


@quick
@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 1, 9)), st.integers(-9, 9)), max_size=30))
def test_a_day_book_keeps_every_row_and_adds_one_a_day(rows):
    rows = sorted(rows, key=lambda row: row[0])
    lines = [Line(on, (on, "x", "n", Decimal(qty)), {"qty": Decimal(qty)}) for on, qty in rows]
    found = day_book(lines, FIELDS, ("qty",))
    assert [row for at, row in enumerate(found.rows) if at not in found.strong] == [line.cells for line in lines]
    totals = [found.rows[at] for at in sorted(found.strong)]
    days = sorted({on for on, _ in rows})
    assert totals == [(on, "day", None, sum(qty for day_, qty in rows if day_ == on)) for on in days]
    assert found.totals == {"qty": sum(qty for _, qty in rows)}


def moved(rows, accounts=("现金", "建行基本户")):
    return {
        name: sum(Decimal(row["收入"] or 0) - Decimal(row["支出"] or 0) for row in rows if row["账户"] == name)
        for name in accounts
    }


@pytest.mark.parametrize(("first", "last"), MONTHS)
def test_cash_ties_to_the_journal_at_both_ends_of_a_month(book, first, last):
    by_account, by_category = book.json(f"report cash {first:%Y-%m}")["data"]["tables"]
    opened = {row["账户"]: Decimal(row["实盘金额"]) for row in reversed(CASH) if row["实盘金额"]}
    before = moved([row for row in CASH if day(row) < first])
    after = moved([row for row in CASH if day(row) <= last])
    is_first = first == MONTHS[0][0]
    for row in by_account["rows"]:
        name = row["account"]
        assert exact(row["closing"]) == opened[name] + after[name]
        assert exact(row["opening"]) == (0 if is_first else opened[name] + before[name])
        assert exact(row["opened"]) == (opened[name] if is_first else 0)
        listed = book.json(f"cash list --account {name} --until {last}")["data"]
        assert listed["totals"]["balance"] == row["closing"]
    own = [row for row in within(CASH, first, last) if row["类别"] != "转账"]
    for name, heading in (("income", "收入"), ("expense", "支出")):
        assert exact(by_category["totals"][name]) == sum(Decimal(row[heading] or 0) for row in own)
        assert by_category["totals"][name] == by_account["totals"][name]
        for row in by_category["rows"]:
            mine = [Decimal(each[heading] or 0) for each in own if each["类别"] == (row["category"] or "")]
            assert exact(row[name]) == sum(mine)


def test_transfers_move_money_and_are_no_income_and_a_count_tells_what_is_short(desk):
    """
    日记账.csv
    单号,日期,账户,摘要,类别,收入,支出,实盘金额
    C1,2026-10-01,现金,期初,,,,100
    C2,2026-10-05,现金,打车,交通费,,10,
    C3,2026-11-02,现金,存银行,内部转账,,50,
    C3,2026-11-02,银行,存银行,内部转账,50,,
    C4,2026-11-03,现金,卖废纸,,8,,
    C5,2026-11-04,现金,盘点,,,,45
    C6,2026-11-05,现金,打车,交通费,,5,
    C7,2026-11-30,现金,以后的,交通费,,5,
    """
    by_account, by_category = desk.json("report cash")["data"]["tables"]
    names = ("account", "opening", "income", "expense", "moved_in", "moved_out", "closing", "counted", "difference")
    assert [tuple(row[name] for name in names) for row in by_account["rows"]] == [
        ("现金", 90, 8, 5, 0, 50, 43, 45, -3), ("银行", 0, 0, 0, 50, 0, 50, None, None),
    ]  # fmt: skip
    assert by_account["totals"]["closing"] == 93
    assert [(row["category"], row["income"], row["expense"]) for row in by_category["rows"]] == [
        (None, 8, 0), ("交通费", 0, 5),
    ]  # fmt: skip
    assert "short" in [note["code"] for note in by_account["notes"]]
    assert "短款 3.00" in desk.run("report cash").out


def test_prices_are_told_as_they_change(desk):
    """
    产品.csv
    产品,单价
    主板,100

    价格.csv
    日期,产品,客户,单价
    2025-06-01,主板,,90
    2026-03-01,主板,,95
    2026-04-01,主板,甲,92

    订单.csv
    单号,日期,类型,客户,产品,数量,单价
    B1,2025-12-01,下单,甲,主板,1,88
    B2,2026-05-01,下单,甲,主板,1,92
    B3,2026-06-01,下单,甲,主板,1,92
    B4,2026-07-01,下单,甲,主板,5,99
    B4,2026-07-02,下单,甲,主板,-5,99
    B5,2026-08-01,下单,甲,主板,1,110.4
    B6,2026-08-01,下单,乙,主板,1,0
    B7,2026-09-01,下单,乙,电源线,1,5
    B8,2027-01-01,下单,甲,主板,1,1
    """
    names = ("product", "customer", "date", "source", "price", "before", "change", "change_rate", "order_no")
    found = [tuple(row[name] for name in names) for row in desk.rows("report price-history 2026 --product 主板")]
    assert found == [
        ("主板", None, "2026-03-01", "list", 95, 90, 5, 0.0556, None),
        ("主板", "甲", "2026-04-01", "agreed", 92, None, None, None, None),
        ("主板", "甲", "2026-05-01", "order", 92, 88, 4, 0.0455, "B2"),
        ("主板", "甲", "2026-08-01", "order", 110.4, 92, 18.4, 0.2, "B5"),
    ]
    assert [row["order_no"] for row in desk.rows("report price-history 2026 --customer 乙")] == [None, "B7"]
    assert len(desk.rows("report price-history 2025")) == 2


def test_who_has_not_ordered_for_long(desk):
    """
    客户.csv
    客户,业务员,客户状态
    老主顾,王磊,合作
    新主顾,王磊,合作
    从未下单,赵丽,意向

    订单.csv
    单号,日期,类型,客户,产品,数量,单价
    A1,2025-03-01,下单,老主顾,主板,1,500
    A2,2026-01-01,下单,老主顾,主板,1,100
    A3,2026-01-31,下单,老主顾,主板,1,100
    A3,2026-01-31,下单,老主顾,电源线,1,10
    A4,2026-03-22,下单,老主顾,主板,1,100
    A5,2026-11-20,下单,老主顾,主板,9,100
    A5,2026-11-21,下单,老主顾,主板,-9,100
    A6,2026-11-20,下单,新主顾,主板,1,100
    A7,2026-09-24,下单,登记外,主板,1,7

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,金额
    S1,2025-03-01,发货,A1,老主顾,主板,1,500
    S2,2025-11-23,发货,A2,老主顾,主板,1,1
    S3,2025-11-24,发货,A2,老主顾,主板,1,100
    S4,2026-04-01,退回,A2,老主顾,主板,1,20
    S5,2026-09-25,发货,A7,登记外,主板,1,7

    收款.csv
    单号,日期,客户,金额
    P1,2026-05-01,老主顾,600
    """
    answer = desk.json("report inactive-customers")["data"]
    names = ("customer", "last_order", "days_since", "usual_interval", "orders", "sales_12_months", "sales_last_year")
    assert [(*(row[name] for name in names), row["balance"]) for row in answer["rows"]] == [
        ("老主顾", "2026-03-22", 246, median([306, 30, 50]), 4, 80, 601, -19),
        ("登记外", "2026-09-24", 60, None, 1, 7, 0, 7),
        ("从未下单", None, None, None, 0, 0, 0, 0),
    ]
    assert answer["totals"] == {"orders": 5, "sales_12_months": 87, "sales_last_year": 601, "balance": -12}
    assert [note["code"] for note in answer["notes"]] == ["longer_than_usual"]
    assert [row["customer"] for row in desk.rows("report inactive-customers --days 61")] == ["老主顾", "从未下单"]
    assert [row["customer"] for row in desk.rows("report inactive-customers --by 赵丽")] == ["从未下单"]


def test_empty_books_have_registers_without_rows(desk):
    """
    产品.csv
    产品
    主板
    """
    for name in ("sales-register", "loan-register", "receipt-register", "price-history", "inactive-customers"):
        assert desk.rows(f"report {name}") == [], name
    assert [table["rows"] for table in desk.json("report cash")["data"]["tables"]] == [[], []]
    figures = {
        row["figure"]: row["this_year"]
        for table in desk.json("report year-end")["data"]["tables"]
        for row in table["rows"]
    }
    assert {name for name, value in figures.items() if value} == set()
    assert figures["collection_rate"] is None
