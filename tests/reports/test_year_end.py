"""The figures of the year: a book of two years counted by sqlite, and the sample book by its cells."""

from __future__ import annotations

import csv
import sqlite3
from decimal import Decimal
from shutil import copytree

import pytest

from tests.desk import Desk
from tests.sample_cells import AS_OF, DATA, LOANS, ORDERS, PAYMENTS, PURCHASES, RETURNS, SHIPMENTS

BOOK = """
    产品.csv
    产品,单位
    主板,块
    电源线,条

    订单.csv
    单号,日期,类型,客户,产品,数量,单价
    A1,2025-02-01,下单,甲,主板,10,100
    A2,2025-12-01,下单,乙,主板,1,100
    A3,2025-06-30,下单,丙,电源线,4,5
    B1,2026-03-01,下单,甲,主板,5,90
    B1,2026-03-01,下单,甲,电源线,10,5
    B2,2026-04-01,下单,丁,主板,2,95
    B3,2026-05-01,下单,丁,主板,3,95
    B3,2026-05-02,下单,丁,主板,-3,95
    B4,2026-10-01,下单,甲,主板,1,90

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单价,金额
    S1,2025-02-05,发货,A1,甲,主板,10,100,1000
    S2,2025-12-05,发货,A2,乙,主板,1,100,100
    S3,2026-03-05,发货,B1,甲,主板,5,90,450
    S3,2026-03-05,发货,B1,甲,电源线,10,5,50
    S4,2026-03-09,退回,B1,甲,电源线,2,5,10
    S5,2026-04-02,发货,B2,丁,电源线,1,95,95
    S6,2026-04-05,发货,B2,丁,主板,2,95,190

    收款.csv
    单号,日期,客户,金额
    P1,2025-03-01,甲,700
    P2,2025-12-31,乙,100
    P3,2026-04-01,甲,300.5
    P4,2026-04-02,甲,-20

    借用.csv
    单号,日期,类型,客户,产品,数量
    L1,2025-05-01,借出,甲,主板,2
    L2,2026-05-01,借出,乙,主板,3
    L1,2026-05-03,归还,甲,主板,1
    L2,2026-05-04,丢失,乙,主板,1

    返修.csv
    单号,日期,类型,客户,产品,数量
    R1,2025-12-30,收到,甲,主板,2
    R1,2026-01-09,寄回,甲,主板,1
    R1,2026-01-29,换新,甲,主板,1
    R2,2026-06-01,收到,乙,主板,4

    采购.csv
    单号,日期,类型,供应商,产品,数量,单价
    U1,2025-01-01,采购,联芯,主板,20,70
    U2,2026-01-01,采购,联芯,主板,10,71.5
    U2,2026-01-01,采购,联芯,电源线,10,2
    U3,2026-02-01,采购,恒通,电源线,5,
    U2,2026-01-09,到货,联芯,主板,10,
"""
QUERIES = {
    "order_amount": "select sum(数量 * 单价) from 订单 where {时}",
    "contracts": "select count(*) from (select 单号 from 订单 where {时} group by 单号 having sum(数量) > 0)",
    "order_lines": "select count(*) from (select 1 from 订单 where {时} group by 单号, 产品 having sum(数量) > 0)",
    "shipped_amount": "select sum(金额) from 出货 where 类型 = '发货' and {时}",
    "returned_amount": "select sum(金额) from 出货 where 类型 = '退回' and {时}",
    "shipments": "select count(distinct 单号) from 出货 where 类型 = '发货' and {时}",
    "received": "select sum(金额) from 收款 where {时}",
    "purchase_amount": "select sum(数量 * 单价) from 采购 where 类型 = '采购' and {时}",
    "purchases": "select count(distinct 单号) from 采购 where 类型 = '采购' and {时}",
    "loans_out": "select sum(数量) from 借用 where 类型 = '借出' and {时}",
    "loans_back": "select sum(数量) from 借用 where 类型 = '归还' and {时}",
    "loans_converted": "select sum(数量) from 借用 where 类型 = '丢失' and {时}",
    "repairs_in": "select sum(数量) from 返修 where 类型 = '收到' and {时}",
    "repairs_delivered": "select sum(数量) from 返修 where 类型 in ('寄回', '换新') and {时}",
    "customers_active": "select count(distinct 客户) from 订单 where 单号 != 'B3' and {时}",
}


@pytest.fixture
def counted(desk):
    """The book, and a function that asks sqlite for a figure of some days."""
    desk.lay_out(BOOK)
    tables = sqlite3.connect(":memory:")
    for path in desk.folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        columns = [f"{name} {'numeric' if name in {'数量', '单价', '金额'} else 'text'}" for name in head]
        tables.execute(f"create table {path.stem} ({', '.join(columns)})")
        tables.executemany(f"insert into {path.stem} values ({', '.join('?' * len(head))})", rows)

    def figure(name, first, last):
        when = f"日期 between '{first}' and '{last}'"
        (value,) = tables.execute(QUERIES[name].replace("{时}", when)).fetchone()
        return Decimal(str(value or 0))

    yield desk, figure
    tables.close()


def figures(desk, words):
    tables = desk.json(words)["data"]["tables"]
    return {row["figure"]: row for table in tables for row in table["rows"]}


def exact(value):
    return None if value is None else Decimal(str(value))


def test_figures_are_what_sqlite_counts_this_year_and_last(counted):
    desk, figure = counted
    found = figures(desk, "report year-end 2026")
    spans = {
        "this_year": ("2026-01-01", "2026-11-23"), "last_year_same_days": ("2025-01-01", "2025-11-23"),
        "last_year": ("2025-01-01", "2025-12-31"),
    }  # fmt: skip
    for name in QUERIES:
        for column, span in spans.items():
            assert exact(found[name][column]) == figure(name, *span), (name, column)
        this, same = exact(found[name]["this_year"]), exact(found[name]["last_year_same_days"])
        assert exact(found[name]["change"]) == this - same
        assert (found[name]["change_rate"] is None) == (same <= 0)


def test_rates_customers_days_and_wrong_models_by_hand(counted):
    desk, _ = counted
    found = figures(desk, "report year-end")
    this = {name: row["this_year"] for name, row in found.items()}
    same = {name: row["last_year_same_days"] for name, row in found.items()}
    whole = {name: row["last_year"] for name, row in found.items()}
    assert this["net_amount"] == 785 - 10
    assert (this["collection_rate"], same["collection_rate"]) == (round(280.5 / 775, 4), 0.7)
    assert this["return_rate"] == round(10 / 785, 4)
    # 甲 and 丁 ordered, 丁 for the first time; 乙 and 丙 had a year before, 乙 only after that day.
    assert [this[f"customers_{name}"] for name in ("active", "new", "lost")] == [2, 1, 1]
    assert [whole[f"customers_{name}"] for name in ("active", "new", "lost")] == [3, 3, 0]
    assert this["repair_days"] == (10 + 30) / 2
    assert this["wrong_models"] == 1
    assert [note["code"] for note in desk.json("report year-end")["data"]["tables"][0]["notes"]] == ["so_far"]


def test_a_year_that_is_over_is_held_against_all_of_the_one_before(counted):
    desk, _ = counted
    found = figures(desk, "report year-end 2025")
    assert found["order_amount"]["this_year"] == 1120
    # The book has nothing of 2024: there is nothing to compare.
    assert all(row[name] is None for row in found.values() for name in ("last_year", "last_year_same_days", "change"))
    found = figures(desk, "report year-end --since 2026-01-01 --until 2026-04-30")
    assert found["order_amount"]["this_year"] == 450 + 50 + 190
    assert (found["order_amount"]["last_year"], found["order_amount"]["last_year_same_days"]) == (1000, 1000)
    assert desk.json("report year-end 2025")["data"]["tables"][0]["notes"] == []
    assert desk.run("report year-end 2026 --lang en").out.startswith("Year-end figures · 2026")


def test_the_sample_book(tmp_path):
    folder = copytree(DATA, tmp_path / "book")
    desk = Desk(folder, (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")
    found = {name: exact(row["this_year"]) for name, row in figures(desk, "report year-end 2026").items()}

    def total(rows, *actions, column="数量"):
        return sum(Decimal(row[column] or 0) for row in rows if row.get("类型") in actions)

    assert found["received"] == sum(Decimal(row["金额"]) for row in PAYMENTS)
    assert found["order_amount"] == sum(
        Decimal(row["金额"] or Decimal(row["数量"]) * Decimal(row["单价"] or 0))
        for row in ORDERS
        if row["类型"] == "下单"
    )
    from_loan = sum(Decimal(row["数量"]) * Decimal(row["单价"]) for row in LOANS if row["类型"] == "转销售")
    assert found["shipped_amount"] == total(SHIPMENTS, "发货", column="金额") + from_loan
    back = total(SHIPMENTS, "退回", column="金额") + total(RETURNS, "退货", column="金额")
    assert found["returned_amount"] == back
    assert found["loans_out"] == total(LOANS, "借出")
    assert found["loans_back"] == total(LOANS, "归还")
    assert found["repairs_in"] == total(RETURNS, "收到")
    assert found["repairs_delivered"] == total(RETURNS, "寄回", "换新")
    assert found["purchases"] == len({row["单号"] for row in PURCHASES if row["类型"] == "采购"})
    assert found["purchase_amount"] == sum(
        Decimal(row["数量"]) * Decimal(row["单价"]) for row in PURCHASES if row["类型"] == "采购"
    )
