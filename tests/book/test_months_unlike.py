"""Sheets of months that are unlike each other: a month without a column, sheets that a pattern leaves out."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

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


def protected(path, sheet, *, on):
    book = load_workbook(path)
    book[sheet].protection.sheet = on
    book.save(path)


def test_a_post_that_waits_for_a_sheet_since_protected_says_so_and_those_behind_it_too(unlike):
    path = unlike.folder / "销售.xlsx"
    lock = unlike.folder / "~$销售.xlsx"
    lock.write_bytes(b"")
    first = posted(unlike, "order add 骏业 主板×3@9 -d 2026-09-08")["receipt"]
    second = posted(unlike, "order add 骏业 主板×1 -d 2026-10-08")["receipt"]
    assert "里打开" in unlike.run("doctor").out
    lock.unlink()
    protected(path, "9月", on=True)
    told = unlike.run("doctor").out
    stuck = next(line for line in told.splitlines() if first in line)
    assert ("受保护" in stuck, "撤销工作表保护" in stuck, "里打开" in stuck) == (True, True, False)
    assert f"{second} 排在 {first} 后面" in told
    assert "撤销工作表保护" in unlike.run("heal").err
    protected(path, "9月", on=False)
    assert unlike.run("heal").code == 0
    assert unlike.run("doctor").code == 0
    assert [cells(unlike.folder, name)[-1][4] for name in ("9月", "10月")] == [3, 1]


def test_a_total_in_the_way_says_how_many_rows_it_takes(tmp_path):
    rows = [["A", date(2026, 9, 1), "骏业", "主板", 1, 9, 9], ["合计", None, None, None, "=SUM(E2:E2)", None, None]]
    desk = desk_of(tmp_path, **{"9月": [HEADS, *rows], "10月": [HEADS]})
    answer = desk.run("order add 骏业 主板×1@9 主板×2@8 -d 2026-09-05")
    assert (answer.code, "第 3 行（合计）上方插入空行，至少 2 行" in answer.err) == (3, True)


def test_a_copy_of_a_month_in_the_same_workbook_is_told_of_when_it_is_adopted(unlike):
    path = unlike.folder / "销售.xlsx"
    book = load_workbook(path)
    book.copy_worksheet(book["9月"]).title = "2026年9月备份月"
    book.save(path)
    unlike.write("salesaid.toml", '[book]\nlanguage = "zh"\n')
    found = unlike.json(["adopt", str(path), "--sheet", "*月", "--dry-run"])["data"]
    assert "同一个月有几张表，都算进去了：9月、2026年9月备份月" in said(found, "one_month_twice")[0]
    assert found["rows"] == 3


def test_a_sheet_of_notes_that_the_pattern_fits_is_named_with_what_to_do(unlike):
    path = unlike.folder / "销售.xlsx"
    book = load_workbook(path)
    book.create_sheet("说明每月").append(["每月一张，谁用谁填"])
    book.save(path)
    for words in ("order list", "doctor"):
        answer = unlike.run(words)
        assert answer.code in {1, 3}
        assert "工作表 说明每月 里没有找到表头" in answer.out + answer.err
        assert 'sheet = "*月" 改得不包括它' in answer.out + answer.err


def test_a_workbook_that_takes_no_rows_is_told_of_when_it_is_adopted(unlike):
    path = unlike.folder / "销售.xlsx"
    book = load_workbook(path)
    book["10月"].append(["合计", None, None, None, "=SUM(E2:E2)"])
    book.save(path)
    unlike.write("salesaid.toml", '[book]\nlanguage = "zh"\n')
    words = ["adopt", str(path), "--sheet", "*月", "--dry-run"]
    before = path.read_bytes()
    told = said(unlike.json(words)["data"], "closed_to_rows")
    assert len(told) == 1
    assert "第 3 行是合计，含有公式；在 Excel 里于第 3 行" in told[0]
    assert path.read_bytes() == before
    book["10月"].insert_rows(3, amount=2)
    book.save(path)
    assert said(unlike.json(words)["data"], "closed_to_rows") == []


def test_a_sheet_of_the_month_that_is_not_used_is_named(unlike):
    path = unlike.folder / "销售.xlsx"
    book = load_workbook(path)
    book.create_sheet("12月")  # whose headings somebody forgot
    book.save(path)
    told = said(posted(unlike, "order add 骏业 主板×1 -d 2026-12-01 --new"), "no_sheet_of_month")
    assert "12月 没有算进来" in told[0]
    told = said(posted(unlike, "order add 骏业 主板×1 -d 2026-11-01"), "no_sheet_of_month")
    assert "11月份 没有算进来" in told[0]
    told = said(posted(unlike, "order add 骏业 主板×1 -d 2026-08-01"), "no_sheet_of_month")
    assert "没有算进来" not in told[0]
