"""Sheets of months that are unlike each other: a month without a column, sheets that a pattern leaves out."""

from __future__ import annotations

from datetime import date

import pytest

from tests.book.test_months import HEADS, cells, desk_of, posted, said

SHORT = ["单号", "日期", "客户", "产品", "数量"]


@pytest.fixture
def unlike(tmp_path):
    """September with prices, October without; a summary beside them and a month that is called otherwise."""
    return desk_of(
        tmp_path / "book",
        **{
            "汇总": [["月份", "数量", "金额"], ["9月", 2, 200]],
            "9月": [HEADS, ["X1", date(2026, 9, 3), "骏业", "主板", 2, 100, 200]],
            "10月": [SHORT, ["X2", date(2026, 10, 2), "华强", "主板", 5]],
            "11月份": [HEADS, ["X3", date(2026, 11, 5), "骏业", "主板", 1, 6, 6]],
        },
    )


def test_a_price_that_the_month_has_no_column_for_is_told_and_is_not_missed_later(unlike):
    data = posted(unlike, "order add 骏业 主板×3 -d 2026-10-08")
    assert "单价、金额" in said(data, "left_out_of_sheet")[0]
    assert [str(cell) for cell in cells(unlike.folder, "10月")[-1]][2:] == ["骏业", "主板", "3"]
    assert unlike.run("doctor").code == 0
    assert unlike.run("heal --dry-run").code == 0
    assert "receipts_lost" not in str(unlike.json("order list"))
    in_september = posted(unlike, "order add 骏业 主板×3 -d 2026-09-08")
    assert said(in_september, "left_out_of_sheet") == []
    assert in_september["entries"][0]["row"]["price"] == 100
    assert "price" not in data["entries"][0]["row"]


def test_months_that_a_pattern_leaves_out_are_named_and_the_pattern_for_all_is_offered(unlike):
    path = str(unlike.folder / "销售.xlsx")
    unlike.write("salesaid.toml", '[book]\nlanguage = "zh"\n')
    notes = unlike.json(["adopt", path, "--sheet", "*月", "--dry-run"])["data"]["notes"]
    assert [note["text"] for note in notes if note["code"] == "sheets_left_out"] == [
        "没有算进来的月份表：11月份；都要的，写 --sheet '*月*'"
    ]
    refused = unlike.run(["adopt", path])
    assert (refused.code, "--sheet '*月*'" in refused.err) == (2, True)
    assert "sheets_left_out" not in str(unlike.json(["adopt", path, "--sheet", "*月*", "--dry-run"]))
