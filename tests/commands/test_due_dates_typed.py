"""Due dates as they are typed: a month and a day are the coming ones, and one that has passed is said."""

from __future__ import annotations

import pytest

BOOK = """
    客户.csv
    客户
    骏业

    产品.csv
    产品,单位,单价
    电源线,条,15

    供应商.csv
    供应商
    联芯

    订单.csv
    单号,日期,类型,客户,产品,数量,交期,备注
    SO20261122-001,2026-11-22,下单,骏业,电源线,3,2026-12-01,

    借用.csv
    单号,日期,类型,客户,产品,数量,到期日,备注
    LN20261122-001,2026-11-22,借出,骏业,电源线,3,2026-12-01,

    采购.csv
    单号,日期,类型,供应商,产品,数量,交期,备注
    PO20261122-001,2026-11-22,采购,联芯,电源线,3,2026-12-01,
"""
WRITES = [
    "order add 骏业 电源线×1", "order change 1122-1 --why 客户要求", "loan add 骏业 电源线×1",
    "loan extend 1122-1 --why 还要用", "purchase add 联芯 电源线×1", "purchase promise 1122-1",
]  # fmt: skip


@pytest.fixture
def book(desk):
    desk.lay_out(BOOK)
    return desk


@pytest.mark.parametrize("words", WRITES)
def test_a_month_and_a_day_without_a_year_are_the_coming_ones(book, words):
    for typed, day in (("1月5日", "2027-01-05"), ("12月5日", "2026-12-05"), ("11月23日", "2026-11-23")):
        data = book.json(f"{words} --due {typed} --dry-run")["data"]
        assert data["entries"][-1]["row"]["due"] == day
        assert not {"due_passed", "due_before"} & {note["code"] for note in data["notes"]}


@pytest.mark.parametrize("words", WRITES)
def test_a_due_date_before_the_rows_own_is_said(book, words):
    notes = book.json(f"{words} --due 昨天 --dry-run")["data"]["notes"]
    assert {"due_passed", "due_before"} & {note["code"] for note in notes}


def test_the_date_of_a_row_stays_in_its_year(book):
    row = book.json("order add 骏业 电源线×1 --date 1月5日 --dry-run")["data"]["entries"][-1]["row"]
    assert row["date"] == "2026-01-05"


def test_a_debt_from_before_the_book_may_have_been_due_this_year(book):
    row = book.json("receivable open -c 骏业 --amount 100 --due 1月5日 --dry-run")["data"]["entries"][-1]["row"]
    assert row["due"] == "2026-01-05"
