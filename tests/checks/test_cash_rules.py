"""The rules about the cash journal."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def found(desk, rows: str, code: str) -> list[int]:
    desk.write("日记账.csv", rows)
    return [row["row"] for row in desk.rows(["check", code])]


def test_one_wrong_balance_is_one_break_though_the_next_row_goes_on_from_the_right_one(desk):
    rows = (
        "单号,日期,账户,收入,支出,余额\na,2026-11-01,现金,100,,100\nb,2026-11-02,现金,,10,99\nc,2026-11-03,现金,,10,80"
    )
    assert found(desk, rows, "C01") == [3]


def test_a_row_left_out_is_one_break_though_all_balances_after_it_go_on_from_the_wrong_one(desk):
    rows = (
        "单号,日期,账户,收入,支出,余额\na,2026-11-01,现金,100,,100\nc,2026-11-03,现金,,10,80\nd,2026-11-04,现金,,10,70"
    )
    assert found(desk, rows, "C01") == [3]


@pytest.mark.parametrize(
    "rows",
    [
        "账户,收入,支出,余额|2026-11-01,现金,100,,100|2026-11-02,工行,,10,90|2026-11-03,现金,5,,105|2026-11-03,工行,,5,85",
        "账户,收入,支出,余额|2026-11-01,现金,100,,100|2026-11-02,工行,,10,90|2026-11-03,现金,5,,95|2026-11-03,工行,,5,90",
        "账户,收入,支出,余额|2026-11-03,现金,5,,95|2026-11-02,现金,,10,90|2026-11-01,现金,100,,100",
        "账户,收入,支出,余额|2026-11-01,现金,100,,100|2026-11-02,现金,,10,|2026-11-03,现金,5,,95",
    ],
    ids=["by account", "over all accounts", "newest first", "a blank between"],
)
def test_a_balance_may_run_in_several_ways(desk, rows):
    head, *lines = rows.split("|")
    table = "\n".join([f"单号,日期,{head}", *(f"n{at},{line}" for at, line in enumerate(lines))])
    assert found(desk, table, "C01") == []


def test_a_balance_column_is_known_and_a_post_leaves_it_blank(desk):
    desk.write("日记账.csv", "单号,日期,账户,摘要,收入,支出,结余\nCJ20261101-001,2026-11-01,现金,备用金,100,,100")
    assert desk.run("cash out 10 打车费").code == 0
    assert desk.lines("日记账.csv")[-1].endswith(",")
    assert desk.rows(["check", "A", "C"]) == []


def test_a_difference_is_settled_by_a_later_count_that_agrees_and_not_by_any_row_of_the_sum(desk):
    rows = "单号,日期,账户,摘要,收入,支出,实盘金额\na,2026-11-01,现金,期初,,,100\nb,2026-11-02,现金,盘点,,,90"
    assert found(desk, rows, "C03") == [3]
    taxi = rows + "\nc,2026-11-03,现金,打车费,,10,"
    assert found(desk, taxi, "C03") == [3]
    assert found(desk, taxi + "\nd,2026-11-04,现金,盘点,,,90", "C03") == []
    assert found(desk, rows + "\nc,2026-11-03,现金,短款,,10,", "C03") == []


FIGURES = st.sampled_from(["", "5", "-3", "0", "10.005", "x", "1.2万"])
DAYS = st.sampled_from(["2026-11-01", "2026-11-02", "2026-12-24", "", "soon"])
NUMBERS = st.sampled_from(["", "a", "CJ20261101-001", "CJ20261101-003", "cj1"])
ACCOUNTS = st.sampled_from(["", "现金", "工行", " 现金"])
LINES = st.tuples(
    NUMBERS, DAYS, ACCOUNTS, st.sampled_from(["", "短款", "作废：错", "合计"]), FIGURES, FIGURES, FIGURES, FIGURES,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(LINES, max_size=9))
def test_whatever_rows_say_each_finding_has_its_row(desk, lines):
    rows = ["单号,日期,账户,摘要,收入,支出,实盘金额,结余", *(",".join(line) for line in lines)]
    desk.write("日记账.csv", "\n".join(rows))
    answer = desk.json(["check", "A", "C", "X"])
    assert answer["errors"] == []
    assert all(1 < row["row"] <= len(rows) for row in answer["data"]["rows"])
