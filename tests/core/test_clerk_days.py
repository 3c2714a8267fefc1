"""Days in two columns, as printed account books have them."""

from __future__ import annotations

import pytest

from salesaid.core.clerk import Line, Merge
from salesaid.core.clerk_days import with_whole_days


class Sheet:
    """A sheet of rows, each (number, texts)."""

    file, name, hidden, from_1904 = "账.xlsx", "10月", False, False

    def __init__(self, *rows, merged=()):
        self.rows = [Line(number, [*texts]) for number, texts in enumerate(rows, 1)]
        self.merged = merged
        self.odd, self.lost = {}, []

    def head(self, count):
        return [line for line in self.rows if line.number <= count]

    def blocks(self, below, width):
        rows = [line for line in self.rows if line.number > below]
        yield [line.number for line in rows], [[*line.texts, *[""] * width][:width] for line in rows]


def days(sheet, below, at, width=3):
    (_, rows), *_ = with_whole_days(sheet).blocks(below, width)
    return [row[at] for row in rows]


def test_the_year_above_and_a_month_that_is_written_once():
    rows = [["2026年", "", "摘要"], ["月", "日", ""], ["10", "8", "甲"], ["", "9", "乙"], ["11", "01", "丙"]]
    sheet = Sheet(*rows, merged=(Merge(1, 0, 1, 1), Merge(1, 2, 2, 2)))
    whole = with_whole_days(sheet)
    assert [line.texts for line in whole.head(2)] == [["", "", "摘要"], ["日期", "", ""]]
    assert whole.merged == [Merge(1, 2, 2, 2)]
    assert days(sheet, 2, 0) == ["2026年10月8日", "2026年10月9日", "2026年11月01日"]
    assert days(sheet, 2, 1) == ["", "", ""]
    assert days(sheet, 2, 2) == ["甲", "乙", "丙"]


def test_years_may_have_a_column_of_their_own():
    sheet = Sheet(["年", "月", "日", "摘要"], ["2025", "12", "31", "甲"], ["2026", "1", "1", "乙"], ["", "", "2", "丙"])
    assert [line.texts for line in with_whole_days(sheet).head(1)] == [["", "日期", "", "摘要"]]
    assert days(sheet, 1, 1, 4) == ["2025年12月31日", "2026年1月1日", "2026年1月2日"]
    assert days(sheet, 1, 0, 4) == ["", "", ""]


def test_without_a_year_a_day_waits_for_one_that_is_said():
    assert days(Sheet(["月", "日", "摘要"], ["10", "8", "甲"]), 1, 0) == ["10月8日"]


@pytest.mark.parametrize(
    "row", [["本月合计", "", "x"], ["10", "", "x"], ["", "8", "x"], ["10", "8日", "x"], ["", "", "x"]]
)
def test_what_is_no_day_stays_as_it_is_written(row):
    (_, rows), *_ = with_whole_days(Sheet(["月", "日", "摘要"], row)).blocks(1, 3)
    assert rows == [row]


def test_other_sheets_are_left_alone():
    sheet = Sheet(["日期", "月", "备注", "日"], ["2026-10-08", "10", "", "8"])
    assert with_whole_days(sheet) is sheet
