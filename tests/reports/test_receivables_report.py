"""report receivables: who owes what, how late, and paid last when."""

from __future__ import annotations

from shutil import copytree

from tests.desk import Desk
from tests.sample_cells import DATA

BOOK = """
    客户.csv
    客户,业务员,付款条件,信用额度
    骏业,赵丽,30天,500
    博远,王磊,现结,

    出货.csv
    单号,日期,类型,客户,产品,数量,单价
    SH1,2026-09-01,发货,骏业,主板,4,100
    SH2,2026-11-20,发货,骏业,主板,3,100
    SH3,2026-11-22,发货,博远,主板,1,100
    SH4,2026-12-01,发货,博远,主板,9,100

    收款.csv
    单号,日期,客户,金额
    P1,2026-10-05,骏业,100
    P2,2026-10-20,博远,30
"""


def test_a_customer_s_debts_are_told_apart_by_their_due_dates(desk):
    desk.lay_out(BOOK)
    first, second = desk.rows("report receivables")
    assert first == {
        "customer": "骏业", "salesperson": "赵丽", "terms": "30天", "balance": 600, "not_due": 300, "overdue": 300,
        "unallocated": 0, "oldest_days": 53, "last_receipt": "2026-10-05", "credit_limit": 500, "over_limit": 100,
    }  # fmt: skip
    assert [second[name] for name in ("customer", "balance", "overdue", "oldest_days")] == ["博远", 70, 70, 1]


def test_one_salesperson_s_customers_have_their_own_totals(desk):
    desk.lay_out(BOOK)
    answer = desk.json("report receivables --by 王")["data"]
    assert [row["customer"] for row in answer["rows"]] == ["博远"]
    assert answer["totals"]["balance"] == 70


def test_as_of_a_day_only_rows_up_to_it_count(desk):
    desk.lay_out(BOOK)
    rows = desk.rows("report receivables --as-of 2026-09-30")
    assert [(row["customer"], row["balance"], row["overdue"]) for row in rows] == [("骏业", 400, 0)]


def test_the_totals_are_those_of_the_ages(tmp_path):
    folder = copytree(DATA, tmp_path / "book")
    desk = Desk(folder, (folder / "salesaid.toml").read_text(encoding="utf-8"), "2026-11-22")
    totals, ages = (desk.json(words)["data"]["totals"] for words in ("report receivables", "receivable list"))
    overdue = [value for name, value in ages.items() if name.startswith("d")]
    assert totals["overdue"] == sum(overdue)
    assert [totals[name] for name in ("balance", "not_due", "unallocated")] == [
        ages[name] for name in ("balance", "not_due", "unallocated")
    ]
