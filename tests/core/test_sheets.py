"""Names of sheets that say a month, and rows that say their sheet."""

from __future__ import annotations

import json
import pickle
from array import array
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesaid.core.sheet_months import month_of, pattern_of, sheet_for
from salesaid.core.sheet_rows import RowOfSheet, first_of, plain_row, row_in, row_said, sheet_in, sheet_of

NAMES = ("3月", "4月", "5月")


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("3月", (None, 3)), ("03月", (None, 3)), ("三月", (None, 3)), ("十二月", (None, 12)), ("12月份", (None, 12)),
        ("1 月", (None, 1)), ("3月销售", (None, 3)), ("2026年3月", (2026, 3)), ("26年3月", (2026, 3)),
        ("2026-03", (2026, 3)), ("202603", (2026, 3)), ("2026.3", (2026, 3)), ("３月", (None, 3)),
        ("3月销售 2025", (2025, 3)), ("Mar 2026", (2026, 3)), ("March", (None, 3)), ("正月", (None, 1)),
        ("3月-5月", None), ("全年", None), ("2026", None), ("本月", None), ("Market", None), ("13月", None),
        ("价格表", None), ("二十一月", None),
    ],
)  # fmt: skip
def test_the_month_that_a_name_says(name, month):
    assert month_of(name) == month


@pytest.mark.parametrize(
    ("names", "day", "year", "at"),
    [
        (NAMES, date(2026, 4, 9), None, 1),
        (NAMES, date(2026, 4, 9), 2026, 1),
        (NAMES, date(2026, 4, 9), 2025, None),
        (NAMES, date(2026, 6, 1), None, None),
        (NAMES, None, None, None),
        (("2025年4月", "2026年4月"), date(2026, 4, 9), None, 1),
        (("4月", "2026年4月"), date(2026, 4, 9), None, 1),
        (("2025年4月", "4月"), date(2026, 4, 9), None, 1),
        (("2025年4月", "说明"), date(2026, 4, 9), None, None),
    ],
)
def test_the_sheet_of_a_day(names, day, year, at):
    assert sheet_for(names, day, year) == at


@pytest.mark.parametrize(
    ("names", "every", "pattern"),
    [
        (NAMES, (*NAMES, "价格表"), "*月"),
        (("3月份", "4月份"), ("3月份", "4月份", "本月"), "*月份"),
        (("2026-03", "2026-04"), ("2026-03", "2026-04", "说明"), "20*"),
        (("Mar", "Apr"), ("Mar", "Apr"), "*"),
        (("Mar", "Apr"), ("Mar", "Apr", "Notes"), None),
        (NAMES, (*NAMES, "本月"), None),
        (("3月", "三月"), ("3月", "三月"), None),
        (("2026年3月", "4月", "三月备份"), ("2026年3月", "4月", "三月备份"), None),
        (("2025年3月", "2026年3月"), ("2025年3月", "2026年3月"), "*月"),
        (("3月",), ("3月",), None),
        (("甲", "乙"), ("甲", "乙"), None),
    ],
)
def test_the_pattern_of_sheets(names, every, pattern):
    assert pattern_of(names, every) == pattern


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 1_048_576)), min_size=2, max_size=9))
def test_rows_of_several_sheets_are_whole_numbers_in_their_order(places):
    rows = [RowOfSheet(first_of(at) + row, NAMES[at]) for at, row in places]
    assert [(sheet_of(row), plain_row(row)) for row in rows] == places
    assert [str(row) for row in sorted(rows)] == [f"{NAMES[at]}:{row}" for at, row in sorted(places)]
    bare = json.loads(json.dumps(rows))
    assert bare == rows
    assert array("I", rows).tolist() == bare
    assert [f"{row_in(NAMES, number)}" for number in bare] == [f"{row}" for row in rows]
    assert [row_said(NAMES, str(row)) for row in rows] == rows
    assert [str(row) for row in pickle.loads(pickle.dumps(rows))] == [str(row) for row in rows]


def test_rows_of_one_sheet_are_what_they_were():
    assert (row_in(None, 12), row_in("3月", 12), type(row_in("3月", 12))) == (12, 12, int)
    assert (row_said(None, "12"), row_said("3月", "12"), row_said(None, "3月:12"), row_said(NAMES, "12")) == (
        12,
        12,
        None,
        None,
    )
    assert (sheet_in("3月", 12), sheet_in(None, 12), sheet_in(NAMES, first_of(1) + 2), sheet_in(NAMES, None)) == (
        "3月", None, "4月", None
    )  # fmt: skip
