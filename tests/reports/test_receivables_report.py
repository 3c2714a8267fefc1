"""What is owed by age, salesperson and customer: the sample book's cells and list, and a small book by hand."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from shutil import copytree

from tests.desk import Desk
from tests.sample_cells import AS_OF, CUSTOMERS, DATA, owed


def exact(value):
    return Decimal(str(value))


def test_all_three_tables_tie_to_the_cells_and_to_the_list(tmp_path):
    desk = Desk(copytree(DATA, tmp_path / "book"), (DATA / "salesaid.toml").read_text("utf-8"), f"{AS_OF}")
    by_age, by_person, by_customer = desk.json("report receivables")["data"]["tables"]
    expected = {name: amount for name, amount in owed().items() if amount}
    assert {row["customer"] or "": exact(row["balance"]) for row in by_customer["rows"]} == expected
    people = defaultdict(Decimal)
    for name, amount in expected.items():
        people[CUSTOMERS.get(name, {}).get("业务员", "")] += amount
    assert {row["salesperson"] or "": exact(row["balance"]) for row in by_person["rows"]} == people
    listed = desk.json("receivable list")["data"]["totals"]
    assert {row["age"]: row["amount"] for row in by_age["rows"]} == {
        name: amount for name, amount in listed.items() if name != "balance"
    }
    assert by_age["totals"]["amount"] == by_customer["totals"]["balance"] == listed["balance"]
    overdue = listed["balance"] - listed["unallocated"] - listed["not_due"]
    assert by_person["totals"]["overdue"] == by_customer["totals"]["overdue"] == overdue


def test_what_is_overdue_for_how_long_and_above_which_limit(desk):
    """
    客户.csv
    客户,业务员,付款条件,信用额度
    甲,王磊,10天,100
    乙,王磊,现结,500
    丙,赵丽,30天,
    丁,赵丽,30天,

    出货.csv
    单号,日期,类型,客户,产品,数量,金额
    S1,2026-10-01,发货,甲,主板,1,80
    S2,2026-11-20,发货,甲,主板,1,120
    S3,2026-11-03,发货,乙,主板,1,40
    S4,2026-11-20,发货,丙,主板,1,7

    收款.csv
    单号,日期,客户,金额
    P1,2026-11-05,甲,30
    P2,2026-11-05,丁,15
    """
    _, by_person, by_customer = desk.json("report receivables")["data"]["tables"]
    names = ("customer", "not_due", "overdue", "unallocated", "balance", "overdue_rate", "longest")
    assert [tuple(row[name] for name in names) for row in by_customer["rows"]] == [
        ("甲", 120, 50, 0, 170, 0.2941, 43), ("乙", 0, 40, 0, 40, 1, 20), ("丙", 7, 0, 0, 7, 0, None),
        ("丁", 0, 0, -15, -15, None, None),
    ]  # fmt: skip
    assert [(row["salesperson"], row["overdue"], row["balance"]) for row in by_person["rows"]] == [
        ("王磊", 90, 210), ("赵丽", 0, -8),
    ]  # fmt: skip
    notes = desk.json("report receivables")["data"]["tables"][0]["notes"]
    assert [note["text"] for note in notes if note["code"] == "over_limit"] == ["超过信用额度：甲"]
    assert desk.json("report receivables --by 赵丽")["data"]["tables"][2]["totals"]["balance"] == -8
    assert desk.json("report receivables --as-of 2026-10-05")["data"]["tables"][2]["totals"]["overdue"] == 0
