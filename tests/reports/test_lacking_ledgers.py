"""Books that have only few ledgers, or files with few columns, have every report all the same."""

from __future__ import annotations

import pytest

from salesaid.reports import offered
from tests.desk import Desk

BOOKS = {
    "only payments": """
        payments.csv
        payment_no,date,customer,payer,amount,order_no
        PY1,2026-11-02,骏业,骏业电子,100,
        PY2,2026-11-03,,谁付的,20,SO9
        """,
    "orders that name no salesperson": """
        orders.csv
        order_no,date,customer,product,qty,price
        SO1,2026-11-02,骏业,电源线,2,10

        shipments.csv
        ship_no,date,order_no,customer,product,qty,price
        SH1,2026-11-03,SO1,骏业,电源线,2,10

        payments.csv
        payment_no,date,customer,amount,order_no
        PY1,2026-11-04,骏业,100,SO1
        PY2,2026-11-05,佳瑞,20,
        """,
    "only loans": """
        loans.csv
        loan_no,date,action,customer,product,qty,due
        LN1,2026-11-01,lend,骏业,电源线,3,2026-11-10
        LN1,2026-11-05,return,骏业,电源线,5,
        """,
    "only stock": """
        stock_moves.csv
        move_no,date,action,product,qty
        ST1,2026-11-01,opening,电源线,30
        """,
}
RECEIVED = {"only payments": 120, "orders that name no salesperson": 120}


@pytest.fixture(params=BOOKS)
def book(request, tmp_path):
    desk = Desk(tmp_path)
    desk.lay_out(BOOKS[request.param])
    return request.param, desk


def test_every_named_report_is_there(book):
    _, desk = book
    codes = {each.name: desk.run(["report", each.name]).code for each in offered()}
    assert {name for name, code in codes.items() if code} == set()


def test_the_month_is_there_in_all_forms_and_says_what_came_in(book):
    name, desk = book
    assert desk.run(f"report month --out {desk.folder}/月报.xlsx").code == 0
    assert desk.run(f"report month --out {desk.folder}/月报.html").code == 0
    money = next(each for each in desk.json("report month")["data"]["tables"] if each["title"] == "金额")
    assert next(row["value"] for row in money["rows"] if row["name"] == "received") == RECEIVED.get(name)
