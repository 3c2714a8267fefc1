"""Wrong models shipped, by month and sender: held against a count over the cells that uses none of the program."""

from __future__ import annotations

import csv
import shutil
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from tests.desk import Desk

SAMPLE = Path(__file__).parents[2] / "data"

BOOK = """
    产品.csv
    产品,型号,单位
    BVM7-710,710,块
    BVM7-720,720,块
    电源线,,条

    订单.csv
    单号,日期,类型,客户,产品,数量,单位,单价
    SO20261001-001,2026-10-01,下单,骏业,BVM7-710,5,块,100
    SO20261002-001,2026-10-02,下单,骏业,BVM7-710,3,块,100
    SO20261102-001,2026-11-02,下单,宏达,电源线,9,条,6

    出货.csv
    单号,日期,类型,订单号,客户,产品,数量,单位,仓库,经手人
    SH20261003-001,2026-10-03,发货,SO20261001-001,骏业,BVM7-720,5,块,主仓,小于
    SH20261004-001,2026-10-04,发货,SO20261002-001,骏业,BVM7-720,3,块,主仓,小郑
    SH20261010-001,2026-10-10,退回,SO20261002-001,骏业,BVM7-720,3,块,主仓,小郑
    SH20261011-001,2026-10-11,发货,SO20261002-001,骏业,BVM7-710,3,块,主仓,小郑
    SH20261103-001,2026-11-03,发货,SO20261102-001,宏达,电源线,4,条,上海,
    SH20261104-001,2026-11-04,发货,SO20261102-001,宏达,电源线,5,条,,
    SH20261105-001,2026-11-05,发货,,宏达,电源线,1,条,,小于
    SH20261105-001,2026-11-06,发货,,宏达,电源线,-1,条,,小于
"""


def rows(desk, *options):
    data = desk.json(" ".join(["report wrong-models", *options]))["data"]
    return [tuple(row.values()) for row in data["rows"]], data["totals"]


def test_a_line_is_its_senders_the_rate_by_month_and_what_is_not_settled_stays_open(desk):
    desk.lay_out(BOOK)
    found, totals = rows(desk, "2026")
    assert found == [
        ("2026-10", "小于", 1, 1, 1, 1),
        ("2026-10", "小郑", 2, 1, 0.5, 0),  # taken back, and the right one followed
        ("2026-11", None, 1, 0, 0, 0),
        ("2026-11", "上海", 1, 0, 0, 0),  # nobody's name: the warehouse
    ]
    assert totals == {"lines": 5, "wrong": 2, "rate": pytest.approx(0.4), "open": 1}


def test_only_lines_of_the_period_count_and_its_last_day_rules_what_is_open(desk):
    desk.lay_out(BOOK)
    found, totals = rows(desk, "--since", "2026-10-04", "--until", "2026-10-05")
    assert found == [("2026-10", "小郑", 1, 1, 1, 1)]  # not taken back yet
    assert totals["lines"] == 1
    assert "发货人" in desk.run("report wrong-models 2026-09").out


def test_a_blank_sender_is_shown_as_not_filled_in_in_both_languages(desk):
    desk.lay_out(BOOK)
    assert "(未填)" in desk.run("report wrong-models 2026-11").out
    assert "(not filled in)" in desk.run("--lang en report wrong-models 2026-11").out


def test_the_lines_of_the_sample_book_are_those_of_its_shipments(tmp_path):
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    sample = Desk(tmp_path, settings=(SAMPLE / "salesaid.toml").read_text("utf-8"))
    with (SAMPLE / "出货.csv").open(encoding="utf-8-sig", newline="") as file:
        sums, first = defaultdict(Decimal), {}
        for row in csv.DictReader(file):
            if row["类型"] == "发货" and row["日期"].startswith("2026-"):
                key = (row["单号"], row["产品"], row["型号"])
                sums[key] += Decimal(row["数量"])
                first.setdefault(key, (row["日期"][:7], row["经手人"] or row["仓库"] or None))
    expected = Counter(first[key] for key, qty in sums.items() if qty > 0)
    found, totals = rows(sample, "2026")
    assert {(month, sender): lines for month, sender, lines, *_ in found} == expected
    assert totals["lines"] == sum(expected.values())
