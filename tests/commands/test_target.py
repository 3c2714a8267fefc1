"""target: set for months, held against what was sold and against working days."""

from __future__ import annotations

from decimal import Decimal

import pytest


def test_a_target_is_set_changed_undone_and_changed_back(desk):
    """
    客户.csv
    客户,业务员
    骏业,赵丽
    """
    assert desk.run("target set 2026-11 赵丽 20万").out.startswith("已定目标：2026-11 赵丽 200,000.00")
    assert desk.lines("目标.csv") == ["月份,业务员,类别,目标金额,备注", "2026-11,赵丽,,200000.00,"]
    changed = desk.run("target set 11月 赵丽 250000")
    assert "目标金额 200,000.00 → 250,000.00" in changed.out
    assert desk.lines("目标.csv")[1:] == ["2026-11,赵丽,,250000.00,"]
    assert desk.run("undo").code == 0
    assert desk.lines("目标.csv")[1:] == ["2026-11,赵丽,,200000.00,"]


def test_a_book_in_a_workbook_takes_targets_as_well(desk):
    desk.write("salesaid.toml", '[book]\nlanguage = "zh"\nstore = "xlsx"')
    assert desk.run("target set 2026-11 全部 5000").code == 0
    assert desk.run("target set 2026-11 全部 6000").code == 0
    assert desk.run("target set 2026-12 赵丽 7000.5 --category 主板 -n 冲刺").code == 0
    found = [(row["month"], row["salesperson"], row["category"], row["target"]) for row in desk.rows("target list")]
    assert found == [("2026-12", "赵丽", "主板", 7000.5), ("2026-11", None, None, 6000)]


def test_a_dry_run_writes_nothing(desk):
    assert "将定目标" in desk.run("target set 2026-11 赵丽 100 --dry-run").out
    assert not (desk.folder / "目标.csv").exists()


@pytest.mark.parametrize("typed", ["abc", "-", "-5"])
def test_what_is_no_amount_is_refused(desk, typed):
    refused = desk.run(["target", "set", "2026-11", "赵丽", "--", typed])
    assert (refused.code, "看不懂" in refused.err) == (2, True)
    assert not (desk.folder / "目标.csv").exists()


def test_a_year_is_no_month(desk):
    refused = desk.run("target set 2026 赵丽 100")
    assert (refused.code, "“2026”是年，这里要月" in refused.err) == (2, True)


def test_an_unknown_salesperson_is_warned_of_and_written(desk):
    done = desk.run("target set 2026-11 小明 100")
    assert (done.code, "还没有业务员“小明”" in done.err) == (0, True)


def test_the_house_in_any_words_is_one_row(desk):
    """
    目标.csv
    月份,业务员,类别,目标金额
    2026年11月,全公司,,1000
    """
    assert desk.run("target set 2026-11 全部 2000").code == 0
    assert desk.lines("目标.csv")[1:] == ["2026年11月,全公司,,2000.00"]


def test_a_file_without_a_column_for_categories_takes_targets_of_all_goods_and_refuses_others(desk):
    """
    目标.csv
    月份,业务员,目标金额
    2026-11,赵丽,1000
    """
    assert desk.run("target set 2026-11 赵丽 2000").code == 0
    assert desk.run("target set 2026-12 赵丽 3000").code == 0
    assert desk.lines("目标.csv")[1:] == ["2026-11,赵丽,2000.00", "2026-12,赵丽,3000.00"]
    refused = desk.run("target set 2026-12 赵丽 3000 --category 主板")
    assert (refused.code, "类别" in refused.err) == (2, True)


def test_two_rows_for_the_same_are_named_when_one_is_to_be_changed(desk):
    """
    目标.csv
    月份,业务员,目标金额
    2026-11,赵丽,1000
    2026-11,赵丽,2000
    """
    refused = desk.run("target set 2026-11 赵丽 3000")
    assert (refused.code, "第 2, 3 行" in refused.err) == (2, True)


SALES = """
    订单.csv
    单号,日期,客户,产品,型号,数量,单价,业务员
    A1,2026-11-02,骏业,主板,ZB1,10,100,赵丽
    A2,2026-11-03,博远,电源,DY1,5,20,王磊
    A3,2026-10-03,博远,电源,DY1,1,20,王磊

    产品.csv
    产品,型号,类别
    主板,ZB1,板卡
    电源,DY1,电源

    目标.csv
    月份,业务员,类别,目标金额
    2026-11,赵丽,,4000
    2026-11,赵丽,板卡,500
    2026-11,全部,电源,50
    2026-10,王磊,,80
    2027-01,王磊,,90
"""
AT_ONCE = '[book]\nlanguage = "zh"\n[ledgers.orders]\nships = "at_once"\n'


def test_targets_are_held_against_what_was_sold_of_them_and_against_working_days(desk):
    desk.lay_out(SALES)
    desk.write("salesaid.toml", AT_ONCE)
    rows = desk.rows("target list")
    found = [(row["month"], row["salesperson"], row["category"], row["net"], row["attainment"]) for row in rows]
    assert found == [
        ("2026-11", None, "电源", 100, 2),
        ("2026-11", "赵丽", None, 1000, 0.25),
        ("2026-11", "赵丽", "板卡", 1000, 2),
        ("2026-10", "王磊", None, 20, 0.25),
    ]
    november, october = rows[1], rows[3]
    assert (november["pace"], october["pace"]) == (0.7619, 1)  # the 23rd is the 16th of 21 working days
    assert Decimal(str(november["against_pace"])) == Decimal("0.3281")
    assert november["missing"] == 3000


def test_only_what_was_sold_up_to_the_day_counts(desk):
    desk.lay_out(SALES)
    desk.write("salesaid.toml", AT_ONCE)
    row = desk.rows("target list 2026-11 --by 赵丽 --as-of 2026-11-01")[0]
    assert (row["net"], row["pace"], row["against_pace"]) == (0, 0, None)


def test_a_list_without_targets_says_how_to_set_one(desk):
    answer = desk.json("target list", SALESAID_LANG="en")["data"]
    assert answer["rows"] == []
    assert answer["notes"][0]["code"] == "no_targets"
