"""Clerks' loan sheets name who lent the goods as 经手人: that is the loan's salesperson where no 业务员 stands by."""

from __future__ import annotations

import pytest

LENT = {
    "经手人": "借用单号,日期,类型,客户,产品,数量,经手人\nLN1,2026-11-20,借出,骏业,BVM7-710,2,小李\n",
    "经办人 业务员": "借用单号,日期,客户,产品,数量,经办人,业务员\nLN1,2026-11-20,骏业,BVM7-710,2,小李,徐峰\n",
}


def salesperson(desk):
    return [row["salesperson"] for row in desk.json("report loans")["data"]["rows"]]


@pytest.mark.parametrize(("headings", "whose"), [("经手人", "小李"), ("经办人 业务员", "徐峰")])
def test_who_handled_a_loan_is_its_salesperson_unless_one_is_named(desk, headings, whose):
    desk.write("借用.csv", LENT[headings])
    assert salesperson(desk) == [whose]


def test_a_new_loan_goes_to_the_column_that_the_sheet_has(desk):
    desk.write("借用.csv", LENT["经手人"])
    assert desk.run("loan add 骏业 BVM7-710×1 --by 赵丽").code == 0
    assert desk.lines("借用.csv")[-1].split(",")[-1] == "赵丽"
    assert sorted(salesperson(desk)) == ["小李", "赵丽"]


def test_a_column_beside_the_one_that_is_read_is_noted_and_kept(desk):
    desk.write("借用.csv", LENT["经办人 业务员"])
    said = desk.json("check A")["data"]["rows"]
    assert any("经办人" in row["message"] for row in said)


def test_a_clerks_wide_sheet_is_imported_with_who_lent(desk, tmp_path):
    sheet = tmp_path / "借用登记.csv"
    sheet.write_text(
        "借出日期,客户,产品名称,借出数量,归还日期,经手人\n2026-10-08,骏业,BVM7-710,2,2026-10-20,小李\n",
        encoding="utf-8",
    )
    assert desk.run(f"import {sheet} --as loans").code == 0
    heading, *rows = [line.split(",") for line in desk.lines("借用.csv")]
    assert {row[heading.index("业务员")] for row in rows} == {"小李"}
